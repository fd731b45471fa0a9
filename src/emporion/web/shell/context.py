"""What every template finds in its context: the fair and the edition of the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from emporion.web.shell.addresses import displayed_fair


def fair(request: HttpRequest) -> dict[str, Any]:
    """``fair`` is looked up when a template uses it."""
    return {"fair": SimpleLazyObject(lambda: displayed_fair(request)), "edition": getattr(request, "edition", None)}
