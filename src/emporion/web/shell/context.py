"""What every template finds in its context: the fair and the edition of the page, and an office to go on to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from emporion.web.shell.addresses import displayed_fair
from emporion.web.shell.second_factor import onward


def fair(request: HttpRequest) -> dict[str, Any]:
    """``fair`` is looked up when a template uses it, and so is ``office_wanted``."""
    return {
        "fair": SimpleLazyObject(lambda: displayed_fair(request)),
        "edition": getattr(request, "edition", None),
        "office_wanted": SimpleLazyObject(lambda: onward(request)),
    }
