"""Addresses of the organiser's office outside the lists of records, below ``my/office/``."""

from __future__ import annotations

from django.urls import path

from emporion.web.meetings import office as meetings
from emporion.web.meetings import sheets

urlpatterns = [
    path("timetable/", meetings.timetable, name="office_timetable"),
    path("timetable/slots/", meetings.opened, name="office_slots"),
    path("timetable/deed/", meetings.deed, name="office_timetable_deed"),
    path("timetable/changes/", meetings.changes, name="office_changes"),
    path("timetable/closure/", meetings.closure, name="office_closure"),
    path("timetable/<int:pk>/pin/", meetings.pinning, name="office_pin"),
    path("delegations/<str:path>/sheets/", sheets.sheets, name="delegation_sheets"),
    path("delegations/<str:path>/sheets.pdf", sheets.document, name="delegation_document"),
    path("delegations/<str:path>/share/", sheets.share, name="delegation_share"),
]
