"""The organiser's staff signs in with a second factor: without one, the office leads to the page that sets it up."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.accounts.models import User


class SecondFactorNeeded(Exception):
    """A member of the staff asked for a page of the office and has no second factor yet."""


def has_second_factor(user: User) -> bool:
    """Whether the account is protected by an authenticator app, a security key or a passkey."""
    return bool(is_mfa_enabled(user))


def require_second_factor(user: User) -> None:
    """Raises: SecondFactorNeeded."""
    if not has_second_factor(user):
        raise SecondFactorNeeded()


class SecondFactorMiddleware:
    """Answers ``SecondFactorNeeded`` with the page on which a second factor is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, SecondFactorNeeded):
            return to_setup(request)
        return None


def to_setup(request: HttpRequest) -> HttpResponse:
    """Lead a member of the staff to the page on which they set up a second factor, and say why."""
    messages.warning(request, _("Set up a second factor for the organiser's office, then open the office again."))
    return redirect("mfa_index")
