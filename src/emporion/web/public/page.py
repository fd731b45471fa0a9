"""How every public page is rendered: within the current edition."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from emporion.domain.editions.models import Edition


def page(
    request: HttpRequest,
    template: str,
    edition: Edition | None,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the public site."""
    return render(request, template, {"edition": edition, **(context or {})}, status=status)


def is_part(request: HttpRequest) -> bool:
    """True when htmx asks for a part of a page, and not for the whole after its history was lost."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request
