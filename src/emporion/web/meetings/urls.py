"""The addresses of meetings."""

from __future__ import annotations

from django.urls import path

from emporion.web.meetings import asking, calendar, office, person, sheets

urlpatterns = [
    path("calendar/<str:token>.ics", calendar.feed, name="calendar"),
    path("my/visit/ask/", asking.asking, name="my_visit_ask"),
    path("my/visit/meetings/<int:pk>/wish/", asking.wish, name="my_visit_wish"),
    path("my/visit/day/", person.day, name="my_visit_day"),
    path("my/visit/day/calendar/", person.calendar, name="my_visit_calendar"),
    path("my/visit/times/", person.times, name="my_visit_times"),
    path("my/visit/meetings/<int:pk>/time/", person.proposal, name="my_visit_proposal"),
    path("my/visit/day/<int:pk>/outcome/", person.outcome, name="my_visit_outcome"),
    path("my/exhibitor/<int:organisation>/ask/", asking.asking, name="my_ask"),
    path("my/exhibitor/<int:organisation>/meetings/<int:pk>/wish/", asking.wish, name="my_wish"),
    path("my/exhibitor/<int:organisation>/day/", person.day, name="my_day"),
    path("my/exhibitor/<int:organisation>/day/calendar/", person.calendar, name="my_calendar"),
    path("my/exhibitor/<int:organisation>/times/", person.times, name="my_times"),
    path("my/exhibitor/<int:organisation>/meetings/<int:pk>/time/", person.proposal, name="my_proposal"),
    path("my/exhibitor/<int:organisation>/day/<int:pk>/outcome/", person.outcome, name="my_outcome"),
    path("my/office/timetable/", office.timetable, name="office_timetable"),
    path("my/office/timetable/slots/", office.opened, name="office_slots"),
    path("my/office/timetable/deed/", office.deed, name="office_timetable_deed"),
    path("my/office/timetable/changes/", office.changes, name="office_changes"),
    path("my/office/timetable/closure/", office.closure, name="office_closure"),
    path("my/office/timetable/<int:pk>/pin/", office.pinning, name="office_pin"),
    path("my/office/delegations/<str:path>/sheets/", sheets.sheets, name="delegation_sheets"),
    path("my/office/delegations/<str:path>/sheets.pdf", sheets.document, name="delegation_document"),
    path("my/office/delegations/<str:path>/share/", sheets.share, name="delegation_share"),
    path("sheets/<str:token>/", sheets.leader_sheets, name="leader_sheets"),
    path("sheets/<str:token>.pdf", sheets.leader_document, name="leader_document"),
]
