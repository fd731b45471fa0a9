"""Addresses of a contractor, below ``my/builder/``: each leads to the design of one stand."""

from __future__ import annotations

from django.urls import path

from emporion.web.designs import contractor

urlpatterns = [
    path("<str:number>/", contractor.design, name="builder_design"),
    path("<str:number>/<int:pk>/", contractor.own_drawing, name="builder_drawing"),
]
