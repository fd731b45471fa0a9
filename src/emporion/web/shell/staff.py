"""Loaders of the organiser's office: who works here, as what, and with a second factor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from emporion.domain.accounts.models import User
from emporion.domain.staff import rules
from emporion.domain.staff.queries import held_at
from emporion.web.shell.second_factor import require_second_factor

READING = ("GET", "HEAD")
# Auditors read by their role alone and act nowhere.
WORKING = tuple(role for role in rules.ROLES if role != rules.AUDITOR)
View = Callable[..., HttpResponseBase]


def office(request: HttpRequest, *roles: str, area: str = "") -> User:
    """The member of the fair's staff who asks, with one of these roles; without roles, with any.

    An owner may do everything, an auditor may read everything. Who does not work here is answered as not found, who
    works here in other roles as forbidden.

    Raises: Http404, PermissionDenied, SecondFactorNeeded.
    """
    user = request.user
    held = held_at(user, request.fair) if isinstance(user, User) else []  # type: ignore[attr-defined]
    if not isinstance(user, User) or not held:
        raise Http404(_("Only the organiser's staff work here. Sign in with a staff account."))
    wanted = roles or WORKING
    if not rules.may(held, wanted, reading=request.method in READING, area=area):
        raise PermissionDenied
    require_second_factor(user)
    return user


def office_page(*roles: str) -> Callable[[View], View]:
    """A page of the office for staff with one of these roles; whoever is not signed in signs in first."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            office(request, *roles)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
