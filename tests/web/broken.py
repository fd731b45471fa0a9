"""Addresses at which something goes wrong, beside those of the site."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from emporion.domain.statistics.rules import NoSuchFigure
from emporion.site import urls
from emporion.web.shell.errors import answering


def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def private(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@answering
def refused(request: HttpRequest) -> HttpResponse:
    raise NoSuchFigure(figure="happiness", scope="the moon")


urlpatterns = [path("", breaks), path("private/", private), path("refused/", refused), *urls.urlpatterns]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
