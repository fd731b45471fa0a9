"""Forms that arrived after their sender was signed out, or with a token of before the sign-in: nothing typed is lost.

What was typed waits in the session until the sender has signed in; one button then sends it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from emporion.domain.accounts.models import User
from emporion.web.shell.respond import private_page

KEY = "unsent_form"
SECONDS = 60 * 60
# As much as anybody types into one form.
MOST_CHARACTERS = 100_000
SIGN_IN = (settings.LOGIN_URL, "account_signup", "admin:login")


class UnsentFormMiddleware:
    """Stores a form whose sender is led to sign in, and shows it again on the way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET" and KEY in request.COOKIES and (fields := _waiting(request)):
            shown = resend_page(request, fields, signed_out=True)
            shown.delete_cookie(KEY)
            return shown
        response = self.get_response(request)
        if request.method == "POST" and _leads_to_sign_in(request, response):
            _store(request, response)
        return response


def resend_page(
    request: HttpRequest, fields: Iterable[tuple[str, str]], *, signed_out: bool, status: int = 200
) -> HttpResponse:
    """The page with what was typed in hidden fields, and the button that sends it again."""
    context = {"fields": list(fields), "signed_out": signed_out, "address": request.get_full_path()}
    return private_page(request, "shell/unsent.html", None, context, status=status)


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, without the form's token and passwords; nothing of what is too long to be typed."""
    fields = [(name, str(value)) for name, values in request.POST.lists() for value in values if _may_be_stored(name)]
    return fields if sum(len(name) + len(value) for name, value in fields) <= MOST_CHARACTERS else []


def _may_be_stored(name: str) -> bool:
    return name != "csrfmiddlewaretoken" and "password" not in name


def _leads_to_sign_in(request: HttpRequest, response: HttpResponseBase) -> bool:
    if response.status_code != 302 or isinstance(request.user, User) or "HX-Request" in request.headers:
        return False
    there = urlsplit(response.headers["Location"]).path
    return there in {urlsplit(resolve_url(name)).path for name in SIGN_IN}


def _store(request: HttpRequest, response: HttpResponseBase) -> None:
    """Store the form, and mark that one is stored: no other page need open the session to learn it."""
    if fields := typed_fields(request):
        request.session[KEY] = {"path": request.get_full_path(), "fields": fields, "at": time.time()}
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(KEY, "1", max_age=SECONDS, secure=secure, httponly=True, samesite="Lax")


def _waiting(request: HttpRequest) -> list[tuple[str, str]]:
    """The form that waits for a person who has signed in, when this is its address; it is shown once."""
    stored = request.session.get(KEY)
    if not stored or not isinstance(request.user, User) or stored["path"] != request.get_full_path():
        return []
    del request.session[KEY]
    return [(name, value) for name, value in stored["fields"]] if time.time() - stored["at"] < SECONDS else []
