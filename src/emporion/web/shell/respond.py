"""How a view answers: a public page, a private page, a page with a form, an action and its message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from emporion.domain.editions.models import Edition
from emporion.domain.refusal import Refusal
from emporion.web.shell.refusals import sentence

Result = TypeVar("Result")


def page(
    request: HttpRequest,
    template: str,
    edition: Edition | None,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the public site."""
    own = {"edition": edition} if edition is not None else {}
    response = render(request, template, {**own, **(context or {})}, status=status)
    # htmx asks for parts of pages under the addresses of the whole.
    patch_vary_headers(response, ["HX-Request"])
    return response


def is_part(request: HttpRequest) -> bool:
    """True when htmx asks for a part of a page, and not for the whole after its history was lost."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


UNPROCESSABLE = 422


def private_page(
    request: HttpRequest, template: str, edition: Edition | None, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page for one person: no cache keeps it."""
    response = page(request, template, edition, context, status=status)
    add_never_cache_headers(response)
    return response


def form_page(request: HttpRequest, template: str, edition: Edition | None, context: dict[str, Any]) -> HttpResponse:
    """A page with a form; answered as not processed when what was typed has errors."""
    status = UNPROCESSABLE if any(form.errors for form in _forms(context)) else 200
    return private_page(request, template, edition, context, status=status)


def _forms(context: dict[str, Any]) -> list[forms.BaseForm]:
    return [value for value in context.values() if isinstance(value, forms.BaseForm)]


def done(request: HttpRequest, action: Callable[[], object], message: str) -> bool:
    """Do an action and say so on the next page, or say there why it was refused."""
    try:
        action()
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return False
    messages.success(request, message)
    return True


def refused_in(form: forms.BaseForm, refusal: Refusal, fields: Mapping[str, str]) -> None:
    """Put a refusal's sentence beside the field it speaks of; ``fields`` gives that by the refusal's code."""
    field = fields.get(refusal.code)
    form.add_error(field if field in form.fields else None, sentence(refusal))


def accepted(form: forms.BaseForm, action: Callable[[], Result], fields: Mapping[str, str]) -> Result | None:
    """Do what a form says, once it is filled in as it must be, and give what came of it.

    A refusal goes beside the field it speaks of, which ``fields`` gives by its code; then, and where the form has
    errors, there is nothing.
    """
    if not form.is_valid():
        return None
    try:
        return action()
    except Refusal as refusal:
        refused_in(form, refusal, fields)
        return None
