"""Addresses of an exhibitor's own pages, below ``my/exhibitor/<organisation>/``."""

from __future__ import annotations

from django.urls import path

from emporion.web.deals import exhibitor as deals
from emporion.web.exhibitors import exhibitor as exhibitors
from emporion.web.market import exhibits
from emporion.web.matching import exhibitor as matching
from emporion.web.meetings import asking, participant
from emporion.web.meetings import exhibitor as meetings

urlpatterns = [
    path("", exhibitors.overview, name="my_exhibitor"),
    path("apply/", exhibitors.application, name="my_application"),
    path("buyers/", exhibitors.buyers_wanted, name="my_buyers_wanted"),
    path("withdraw/", exhibitors.withdrawal, name="my_withdrawal"),
    path("suggestions/", matching.suggestions, name="my_suggestions"),
    path("suggestions/<int:visitor>/", matching.suggestion, name="my_suggestion"),
    path("marks/", matching.marks, name="my_marks"),
    path("meetings/", meetings.meetings, name="my_meetings"),
    path("meetings/<int:pk>/", meetings.meeting, name="my_meeting"),
    path("meetings/<int:pk>/wish/", asking.wish, name="my_wish"),
    path("meetings/<int:pk>/time/", participant.proposal, name="my_proposal"),
    path("ask/", asking.asking, name="my_ask"),
    path("day/", participant.day, name="my_day"),
    path("day/calendar/", participant.calendar, name="my_calendar"),
    path("day/<int:pk>/outcome/", participant.outcome, name="my_outcome"),
    path("times/", participant.times, name="my_times"),
    path("deals/", deals.deals, name="my_deals"),
    path("deals/new/", deals.new_deal, name="my_new_deal"),
    path("deals/<str:number>/", deals.deal, name="my_deal"),
    path("exhibits/", exhibits.ledger, name="my_exhibits"),
]
