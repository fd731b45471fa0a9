"""The addresses of the visitor's door."""

from __future__ import annotations

from django.urls import path

from emporion.web.visitor import suggestions, views

urlpatterns = [
    path("", views.overview, name="my_visit"),
    path("cancel/", views.cancellation, name="my_visit_cancellation"),
    path("suggestions/", suggestions.suggestions, name="my_visit_suggestions"),
    path("suggestions/<str:number>/", suggestions.suggestion, name="my_visit_suggestion"),
    path("marks/", suggestions.marks, name="my_visit_marks"),
    path("meetings/", views.meetings, name="my_visit_meetings"),
    path("meetings/<int:pk>/", views.meeting, name="my_visit_meeting"),
    path("deals/", views.deals, name="my_visit_deals"),
    path("deals/<str:number>/", views.deal, name="my_visit_deal"),
]
