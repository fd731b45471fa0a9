"""The addresses of the pages on entering a market."""

from __future__ import annotations

from django.urls import path

from emporion.web.market import entering, whole_range

urlpatterns = [
    path("market/", entering.entering, name="market"),
    path("exhibitors/<str:number>/market/", whole_range.whole_range, name="exhibitor_market"),
]
