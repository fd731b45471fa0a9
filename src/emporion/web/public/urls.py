"""The addresses of the public site."""

from __future__ import annotations

import datetime as dt

from django.urls import path, register_converter

from emporion.web.public import bulletin, exhibitors, halls, home, products, programme, search


class Day:
    """A day in an address, as 2023-11-05."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()


register_converter(Day, "day")

urlpatterns = [
    path("", home.home, name="home"),
    path("exhibitors/", exhibitors.exhibitors, name="exhibitors"),
    path("exhibitors/<str:number>/", exhibitors.exhibitor, name="exhibitor"),
    path("products/", products.products, name="products"),
    path("products/<int:pk>/", products.product, name="product"),
    path("halls/", halls.halls, name="halls"),
    path("halls/<str:code>/", halls.hall, name="hall"),
    path("halls/<str:code>/<str:number>/", halls.hall, name="stand"),
    path("programme/", programme.programme, name="programme"),
    path("programme/<day:day>/", programme.programme, name="programme_day"),
    path("bulletin/", bulletin.bulletin, name="bulletin"),
    path("bulletin/<slug:key>/", bulletin.figure, name="figure"),
    path("bulletin/<slug:key>/records/", bulletin.records, name="records"),
    path("search/", search.search, name="search"),
]
