"""The venue's time zone is in force while a page of an edition is made: what it shows and reads is in venue time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import common_zone


class VenueTimeMiddleware:
    """Middleware: the time zone of the edition's venue; in the office of all fairs the one that all venues share."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(None):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        edition: Edition | None = getattr(request, "edition", None)
        if edition is not None:
            timezone.activate(edition.zone)
        elif "/admin/" in request.path_info and (zone := common_zone()):
            timezone.activate(zone)
