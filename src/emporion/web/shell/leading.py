"""Leading a delegation: its pages are open to whoever leads it or one above it, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from emporion.domain.visitors.models import Delegation
from emporion.domain.visitors.queries import delegation_led, delegations_above
from emporion.web.shell.access import edition_of, person

View = Callable[..., HttpResponse]


def leading(view: View) -> View:
    """The view with its delegation, for those who lead it; for everybody else there is nothing at the address."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, path: str, **kwargs: Any) -> HttpResponse:
        edition = edition_of(request)
        found = delegation_led(person(request), edition, path)
        if found is None:
            raise Http404(_("You lead no delegation at this address."))
        found.edition = edition
        return view(request, delegation=found, **kwargs)

    return guarded


def above(request: HttpRequest, delegation: Delegation) -> list[Delegation]:
    """The groups above a delegation that its reader leads, from the top downwards, for the trail."""
    return delegations_above(delegation, person(request))
