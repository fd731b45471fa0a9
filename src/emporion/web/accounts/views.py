"""The page from which a signed-in person goes on: their organisations, their visits, what waits for them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from emporion.domain.accounts.models import User
from emporion.domain.designs.queries import built_by
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import current_editions
from emporion.domain.exhibitors.queries import applications_for
from emporion.domain.organisations.queries import organisations_for
from emporion.domain.people.queries import records_waiting
from emporion.domain.staff.queries import fairs_for
from emporion.domain.visitors.queries import delegations_led, units_for
from emporion.web.shell.access import displayed_edition, own_visit, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import private_page
from emporion.web.shell.states import APPLICATION, REGISTRATION


@login_required
def my(request: HttpRequest) -> HttpResponse:
    """The organisations that one acts for, one's own visit, records with one's address, and offices one works in."""
    user = person(request)
    visits_waiting, organisations_waiting = records_waiting(user)
    parts = [_part(user, edition) for edition in current_editions()]
    context = {
        "parts": parts,
        "anything": any(part["organisations"] or part["visit"] or part["led"] for part in parts),
        "visits_waiting": visits_waiting,
        "organisations_waiting": organisations_waiting,
        "built": [
            {"it": one, "address": fair_url(one.edition, "builder_design", one.number)} for one in built_by(user)
        ],
        "offices": fairs_for(user) if user.is_staff else [],
    }
    return private_page(request, "accounts/my.html", displayed_edition(request), context)


def _part(user: User, edition: Edition) -> dict[str, Any]:
    """What a person takes part in at an edition: their organisations with their applications, and their visit."""
    applied = {one.organisation_id: one for one in applications_for(user).filter(edition=edition)}
    rows = [(one, applied[one.pk].state if one.pk in applied else "") for one in organisations_for(user)]
    units = set(units_for(user, edition).values_list("organisation", flat=True))
    visit = own_visit(user, edition)
    return {
        "edition": edition,
        "led": delegations_led(user, edition),
        "organisations": [{"it": one, "state": APPLICATION.get(state), "unit": one.pk in units} for one, state in rows],
        "visit": visit,
        "visit_state": REGISTRATION[visit.state] if visit else None,
    }
