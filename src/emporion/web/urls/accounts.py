"""Addresses of accounts, which belong to no fair: signing in and up, one's own account, what one has."""

from __future__ import annotations

from django.urls import include, path

from emporion.web.accounts import data, invitations, settings, views

urlpatterns = [
    path("accounts/", settings.settings, name="account_settings"),
    path("accounts/data/", data.data, name="account_data"),
    path("accounts/data.json", data.file, name="account_data_file"),
    path("accounts/close/", settings.closing, name="account_closing"),
    path("accounts/invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("accounts/", include("allauth.urls")),
    path("my/", views.my, name="my"),
    path("my/visits/<int:pk>/claim/", invitations.claim_visit_record, name="claim_visit"),
    path("my/organisations/<int:pk>/claim/", invitations.claim_organisation_record, name="claim_record"),
]
