"""The addresses of the exhibitor's door."""

from __future__ import annotations

from django.urls import path

from emporion.web.exhibitor import deals, suggestions, views

urlpatterns = [
    path("<int:organisation>/", views.overview, name="my_exhibitor"),
    path("<int:organisation>/apply/", views.application, name="my_application"),
    path("<int:organisation>/buyers/", views.buyers_wanted, name="my_buyers_wanted"),
    path("<int:organisation>/withdraw/", views.withdrawal, name="my_withdrawal"),
    path("<int:organisation>/suggestions/", suggestions.suggestions, name="my_suggestions"),
    path("<int:organisation>/suggestions/<int:visitor>/", suggestions.suggestion, name="my_suggestion"),
    path("<int:organisation>/marks/", suggestions.marks, name="my_marks"),
    path("<int:organisation>/meetings/", views.meetings, name="my_meetings"),
    path("<int:organisation>/meetings/<int:pk>/", views.meeting, name="my_meeting"),
    path("<int:organisation>/deals/", deals.deals, name="my_deals"),
    path("<int:organisation>/deals/new/", deals.new_deal, name="my_new_deal"),
    path("<int:organisation>/deals/<str:number>/", deals.deal, name="my_deal"),
]
