"""Addresses of signing in, signing up and the page from which one goes on."""

from __future__ import annotations

from django.urls import path

from emporion.web.accounts import views

urlpatterns = [
    path("signin/", views.signin, name="signin"),
    path("signout/", views.signout, name="signout"),
    path("my/", views.my, name="my"),
]
