"""The organiser's back office, found here by Django's admin."""

from django.contrib import admin

from emporion.web.accounts import office as accounts
from emporion.web.booths import office as booths
from emporion.web.deals import office as deals
from emporion.web.editions import office as editions
from emporion.web.exhibitors import office as exhibitors
from emporion.web.journal import office as journal
from emporion.web.organisations import office as organisations
from emporion.web.reference import office as reference
from emporion.web.shell import record_names
from emporion.web.visitors import office as visitors

__all__ = [
    "accounts", "booths", "deals", "editions", "exhibitors", "journal", "organisations", "reference", "visitors",
]  # fmt: skip

# The first page leads to the rooms that are no lists of records.
admin.site.index_template = "shell/admin/index.html"
record_names.name()
