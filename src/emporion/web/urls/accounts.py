"""Addresses of signing in, signing up and the page from which one goes on."""

from __future__ import annotations

from django.urls import path

from emporion.web.accounts import signup, views

urlpatterns = [
    path("signin/", views.signin, name="signin"),
    path("signout/", views.signout, name="signout"),
    path("signup/", signup.signup, name="signup"),
    path("signup/exhibitor/", signup.exhibitor, name="signup_exhibitor"),
    path("signup/visitor/", signup.visitor, name="signup_visitor"),
    path("my/", views.my, name="my"),
]
