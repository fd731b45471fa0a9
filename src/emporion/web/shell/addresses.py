"""Addresses of a fair's pages: made here for Python, by ``{% fair_url %}`` in templates."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from emporion.domain.editions.models import Edition


def fair_url(where: HttpRequest | Edition, name: str, *args: object, **kwargs: object) -> str:
    """The address of a page of a fair. ``where``: an edition, or a request for a page of the same edition."""
    return reverse(name, args=args, kwargs=kwargs)
