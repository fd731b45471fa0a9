"""The addresses of the pages on entering a market."""

from __future__ import annotations

from django.urls import path

from emporion.web.market import entering, exhibits, negative_lists, origin, whole_range

urlpatterns = [
    path("market/", entering.entering, name="market"),
    path("market/origin/", origin.origin, name="origin"),
    path("market/negative-lists/", negative_lists.negative_list, name="negative_list"),
    path("market/exhibits/", exhibits.rules, name="exhibits"),
    path("my/exhibitor/<int:organisation>/exhibits/", exhibits.ledger, name="my_exhibits"),
    path("exhibitors/<str:number>/market/", whole_range.whole_range, name="exhibitor_market"),
]
