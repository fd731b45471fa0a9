"""Addresses of no fair: the list of fairs, links that are private by their token, old addresses."""

from __future__ import annotations

from django.urls import path, re_path

from emporion.web.desk import unsubscribe
from emporion.web.editions import fairs
from emporion.web.editions.setup import steps as setup
from emporion.web.meetings import calendar, sheets

# First parts of addresses that had no fair in front when an installation held one fair.
OLD = "bulletin|exhibitors|halls|market|my/exhibitor|my/office|my/visit|products|programme|search|signup"

urlpatterns = [
    path("", fairs.fairs, name="fairs"),
    path("setup/", setup.start, name="setup"),
    path("setup/<slug:step>/", setup.step, name="setup_step"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("sheets/<str:token>/", sheets.leader_sheets, name="leader_sheets"),
    path("sheets/<str:token>.pdf", sheets.leader_document, name="leader_document"),
    re_path(rf"^(?P<path>(?:{OLD})(?:/.*)?)$", fairs.old_address, name="old_address"),
]
