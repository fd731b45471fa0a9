"""The organiser's back office, found here by Django's admin."""

from django.contrib import admin

from emporion.web.organiser import accounts, deals, editions, exhibition, journal, names, reference, visiting

__all__ = ["accounts", "deals", "editions", "exhibition", "journal", "names", "reference", "visiting"]

# The first page leads to the rooms that are no lists of records.
admin.site.index_template = "organiser/index.html"
names.name()
