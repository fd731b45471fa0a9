"""Addresses of a fair that everybody may open."""

from __future__ import annotations

import datetime as dt

from django.urls import path, register_converter

from emporion.web.accounts import claim, signup
from emporion.web.booths import fair_map, ways
from emporion.web.booths import public as booths
from emporion.web.catalogue import public as catalogue
from emporion.web.editions import accessibility, look, search
from emporion.web.editions import public as editions
from emporion.web.exhibitors import public as exhibitors
from emporion.web.market import entering, exhibits, negative_lists, origin, whole_range
from emporion.web.market import path as market_path
from emporion.web.programme import public as programme
from emporion.web.statistics import public as statistics


class Day:
    """A day in an address, as 2023-11-05."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()


register_converter(Day, "day")

urlpatterns = [
    path("", editions.home, name="home"),
    path("theme.css", look.stylesheet, name="theme"),
    path("logo", look.logo, name="logo"),
    path("signup/", signup.signup, name="signup"),
    path("signup/exhibitor/", signup.exhibitor, name="signup_exhibitor"),
    path("signup/visitor/", signup.visitor, name="signup_visitor"),
    path("signup/visitor/unit/", signup.visitor, {"step": "unit"}, name="signup_visitor_unit"),
    path("signup/visitor/check/", signup.visitor, {"step": "check"}, name="signup_visitor_check"),
    path("claim/<str:token>/", claim.claim, name="claim"),
    path("exhibitors/", exhibitors.exhibitors, name="exhibitors"),
    path("exhibitors/<str:number>/", exhibitors.exhibitor, name="exhibitor"),
    path("exhibitors/<str:number>/market/", whole_range.whole_range, name="exhibitor_market"),
    path("products/", catalogue.products, name="products"),
    path("products/<int:pk>/", catalogue.product, name="product"),
    path("products/<int:pk>/pictures/<int:picture>/", catalogue.product_picture, name="product_picture"),
    path("halls/", booths.halls, name="halls"),
    path("halls/<str:code>/", booths.hall, name="hall"),
    path("halls/<str:code>/<str:number>/", booths.hall, name="stand"),
    path("map/", fair_map.fair_map, name="map"),
    path("map/data.json", fair_map.fair_map_data, name="map_data"),
    path("map/mine.json", fair_map.fair_map_mine, name="map_mine"),
    path("map/find.json", fair_map.fair_map_find, name="map_find"),
    path("map/way/", ways.way, name="way"),
    path("map/way.json", ways.map_way, name="map_way"),
    path("map/offline.js", fair_map.fair_map_worker, name="map_worker"),
    path("programme/", programme.programme, name="programme"),
    path("programme/<day:day>/", programme.programme, name="programme_day"),
    path("bulletin/", statistics.bulletin, name="bulletin"),
    path("bulletin/<slug:key>/", statistics.figure, name="figure"),
    path("bulletin/<slug:key>/records/", statistics.records, name="records"),
    path("search/", search.search, name="search"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
    path("market/", entering.entering, name="market"),
    path("market/path/", market_path.path, name="market_path"),
    path("market/origin/", origin.origin, name="origin"),
    path("market/negative-lists/", negative_lists.negative_list, name="negative_list"),
    path("market/exhibits/", exhibits.rules, name="exhibits"),
]
