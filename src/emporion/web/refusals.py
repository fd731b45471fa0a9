"""How the web door words a refusal: once, for every page."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from emporion.domain.refusal import Refusal
from emporion.web.public.page import page
from emporion.web.words import WITHIN_SENTENCES


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that tells a refusal's sentence."""
    context = {"code": 409, "title": _("This cannot be done"), "said": sentence(refusal)}
    return page(request, "public/error.html", None, context, status=409)


def sentence(refusal: Refusal) -> str:
    """A refusal's sentence in the reader's language: its docstring is the message, filled in after translation."""
    message = inspect.cleandoc(type(refusal).__doc__ or "")
    return _(message).format(**{name: _told(value) for name, value in refusal.data.items()})


def _told(value: Any) -> Any:
    """A state, deed or phase in the reader's language; anything else as it is."""
    return str(WITHIN_SENTENCES[value]) if isinstance(value, str) and value in WITHIN_SENTENCES else value


def answering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that answers a refusal with its sentence."""

    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return refused(request, refusal)

    return answered
