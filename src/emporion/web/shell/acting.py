"""Acting for an organisation: each address of an exhibitor's own pages takes a role."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from emporion.domain.organisations.queries import roles_for
from emporion.domain.organisations.rules.representation import MANAGES, may
from emporion.web.shell.access import person

View = Callable[..., HttpResponseBase]


def acting(view: View, role: str = "") -> View:
    """The view, for those who act for the organisation in ``role`` or manage it; without a role, in any.

    For everybody else there is nothing at the address; a colleague in other roles is told that it is not theirs.
    """

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, organisation: int, **kwargs: Any) -> HttpResponseBase:
        roles = roles_for(person(request), organisation)
        if roles is None:
            raise Http404(_("You do not act for an organisation at this address."))
        if role and not may(roles, role):
            raise PermissionDenied(_("Your role for this organisation does not cover this page. Ask who manages it."))
        request.acting_roles = roles  # type: ignore[attr-defined]
        return view(request, organisation=organisation, **kwargs)

    return guarded


def managing(view: View) -> View:
    """The view, for those who manage the organisation."""
    return acting(view, MANAGES)
