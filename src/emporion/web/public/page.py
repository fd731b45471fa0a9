"""How every public page is rendered: within the current edition, under one content security policy."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from emporion.domain.editions.models import Edition

# Nothing comes from elsewhere and nothing is written inline, so a page that was tampered with runs no script.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


def page(
    request: HttpRequest,
    template: str,
    edition: Edition | None,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the public site."""
    response = render(request, template, {"edition": edition, **(context or {})}, status=status)
    response["Content-Security-Policy"] = POLICY
    return response


def is_part(request: HttpRequest) -> bool:
    """True when htmx asks for a part of a page, and not for the whole after its history was lost."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request
