"""The organiser's staff signs in with a second factor: without one, the office leads to the page that sets it up."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from emporion.domain.accounts.models import User

WANTED = "second_factor_wanted_for"


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
    """Lead a member of the staff to the page on which they set up a second factor, and say why.

    Where they wanted to go is remembered: the pages of the second factor lead there once one is set up.
    """
    request.session[WANTED] = request.GET.get("next") or request.get_full_path()
    messages.warning(request, _("The organiser's office asks for a second factor. Set one up here, then go on."))
    return redirect("mfa_index")


def onward(request: HttpRequest) -> str:
    """The page of the office for which a second factor has just been set up; empty where there is none."""
    wanted = str(request.session.get(WANTED, ""))
    if not wanted or not isinstance(request.user, User) or not has_second_factor(request.user):
        return ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""
