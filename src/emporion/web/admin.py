"""The organiser's back office, found here by Django's admin."""

from emporion.web.organiser import accounts, deals, editions, exhibition, journal, reference, visiting

__all__ = ["accounts", "deals", "editions", "exhibition", "journal", "reference", "visiting"]
