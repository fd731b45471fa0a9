"""How the web door words a refusal: once, for every page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from emporion.domain.refusal import Refusal
from emporion.language import translate
from emporion.web.public.page import page


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that tells a refusal's sentence."""
    context = {"code": 409, "title": _("This cannot be done"), "said": sentence(refusal)}
    return page(request, "public/error.html", None, context, status=409)


def sentence(refusal: Refusal) -> str:
    """A refusal's sentence in the reader's language."""
    return translate(refusal)


def answering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that answers a refusal with its sentence."""

    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return refused(request, refusal)

    return answered
