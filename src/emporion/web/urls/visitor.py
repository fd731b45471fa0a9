"""Addresses of a visitor's own pages, below ``my/visit/``."""

from __future__ import annotations

from django.urls import path

from emporion.web.deals import visitor as deals
from emporion.web.matching import visitor as matching
from emporion.web.meetings import new_request, participant
from emporion.web.meetings import visitor as meetings
from emporion.web.visitors import changing, consent, needs, plan, questions
from emporion.web.visitors import visitor as visitors

urlpatterns = [
    path("", visitors.overview, name="my_visit"),
    path("badge/", visitors.badge, name="my_visit_badge"),
    path("needs/", needs.needs, name="my_visit_needs"),
    path("needs/<int:pk>/", needs.need, name="my_visit_need"),
    path("change/", changing.change, name="my_visit_change"),
    path("change/check/", changing.check, name="my_visit_change_check"),
    path("cancel/", changing.cancellation, name="my_visit_cancellation"),
    path("questions/<int:pk>/", questions.question, name="my_visit_question"),
    path("suggestions/", matching.suggestions, name="my_visit_suggestions"),
    path("suggestions/<str:number>/", matching.suggestion, name="my_visit_suggestion"),
    path("marks/", matching.marks, name="my_visit_marks"),
    path("meetings/", meetings.meetings, name="my_visit_meetings"),
    path("meetings/<int:pk>/", meetings.meeting, name="my_visit_meeting"),
    path("meetings/<int:pk>/wish/", new_request.wish, name="my_visit_wish"),
    path("meetings/<int:pk>/time/", participant.proposal, name="my_visit_proposal"),
    path("ask/", new_request.new_request, name="my_visit_new_request"),
    path("day/", participant.day, name="my_visit_day"),
    path("day/calendar/", participant.calendar, name="my_visit_calendar"),
    path("day/<int:pk>/outcome/", participant.outcome, name="my_visit_outcome"),
    path("plan/", plan.plan, name="my_visit_plan"),
    path("plan/my-days.ics", plan.plan_file, name="my_visit_plan_file"),
    path("programme/", plan.programme, name="my_visit_programme"),
    path("programme/<str:number>/", plan.session, name="my_visit_session"),
    path("consent/", consent.consent, name="my_visit_consent"),
    path("times/", participant.times, name="my_visit_times"),
    path("deals/", deals.deals, name="my_visit_deals"),
    path("deals/<str:number>/", deals.deal, name="my_visit_deal"),
]
