"""Loaders that authorise: what the public may see of an edition, and what is a signed-in person's own.

Loading is authorising. What a loader does not give is answered as not found, so that nobody learns what exists.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from emporion.domain.accounts.models import User
from emporion.domain.booths import queries as booths
from emporion.domain.booths.models import Stand
from emporion.domain.catalogue import queries as catalogue
from emporion.domain.catalogue.models import Product
from emporion.domain.editions.models import Edition, Fair, Hall
from emporion.domain.editions.queries import editions, halls_of, local_day, public_editions
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.exhibitors.queries import applications_for, exhibitors_for
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.queries import organisations_for
from emporion.domain.organisations.rules.representation import ROLES, may
from emporion.domain.staff.queries import held_at
from emporion.domain.visitors.models import Visitor
from emporion.domain.visitors.queries import visitors_for
from emporion.web.shell.addresses import displayed_fair
from emporion.web.shell.states import APPLICATION, State


def edition_of(request: HttpRequest) -> Edition:
    """The edition that the address names, the fair's current one when it names none."""
    if request.edition is None:  # type: ignore[attr-defined]
        raise Http404(_("No edition of this fair is open yet."))
    return request.edition  # type: ignore[attr-defined,no-any-return]


def fair_of(request: HttpRequest) -> Fair:
    """The fair that the address names."""
    if request.fair is None:  # type: ignore[attr-defined]
        raise Http404
    return request.fair  # type: ignore[attr-defined,no-any-return]


def public_edition(request: HttpRequest) -> Edition:
    """The same for a public page: an edition in preparation is shown to staff alone."""
    edition = edition_of(request)
    if edition.current or _works_for(request, edition):
        return edition
    if public_editions(edition.fair, local_day(edition, timezone.now())).filter(pk=edition.pk).exists():
        return edition
    raise Http404(_("This edition is not open to the public yet."))


def _works_for(request: HttpRequest, edition: Edition) -> bool:
    user = request.user
    return isinstance(user, User) and bool(held_at(user, edition.fair))


def public_exhibitor(edition: Edition, number: str) -> Exhibitor:
    """An exhibitor of the edition by its contract number; applicants without a contract are not shown."""
    found = booths.exhibitor_numbered(edition, number)
    if found is None:
        raise Http404(_("There is no exhibitor with this number in this edition."))
    found.edition = edition
    return found


def public_product(edition: Edition, pk: int) -> Product:
    """A product of the edition."""
    try:
        return catalogue.product(edition, pk)
    except Product.DoesNotExist:
        raise Http404(_("There is no such product in this edition.")) from None


def public_hall(edition: Edition, code: str) -> Hall:
    """A hall of the edition by its code."""
    found = halls_of(edition).filter(code=code).first()
    if found is None:
        raise Http404(_("There is no hall with this code in this edition."))
    found.edition = edition
    return found


def public_stand(edition: Edition, hall: Hall, number: str) -> Stand:
    """A stand of the hall by its number."""
    try:
        found = booths.stand(edition, number)
    except Stand.DoesNotExist:
        found = None
    if found is None or found.hall_id != hall.pk:
        raise Http404(_("There is no stand with this number in this hall."))
    return found


def day_of_programme(days: list[dt.date], day: dt.date) -> dt.date:
    """A day on which the programme has sessions."""
    if day not in days:
        raise Http404(_("There is no programme on this day."))
    return day


def person(request: HttpRequest) -> User:
    """The person who is signed in; pages that ask for it are behind the sign-in."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def action_context(request: HttpRequest) -> ActionContext:
    """What a page tells an action: the time now and who is signed in."""
    return ActionContext(timezone.now(), person(request))


def own_organisation(user: User, pk: int) -> Organisation:
    """An organisation that the person represents; the office looks at others in its own room."""
    found = organisations_for(user).filter(pk=pk, representatives__user=user).first()
    if found is None:
        raise Http404(_("You do not act for an organisation at this address."))
    return found


def own_application(user: User, organisation: Organisation, edition: Edition) -> Application | None:
    """The organisation's application to the edition, when it has one."""
    return applications_for(user).filter(organisation=organisation, edition=edition).first()


def own_exhibitor(user: User, organisation: Organisation, edition: Edition) -> Exhibitor | None:
    """The organisation's contract for the edition with its stand, when it has one."""
    found = exhibitors_for(user).select_related("organisation", "origin", "area", "application")
    # Fetched apart: PostgreSQL takes longer to plan one join of thirteen tables than to answer these.
    apart = ("occupancy__stand__hall", "main__organisation", "main__occupancy__stand__hall", "free_booth")
    found = found.prefetch_related(*apart, "fee_currency")
    own = found.filter(organisation=organisation, edition=edition).first()
    if own is not None:
        own.edition = edition
    return own


def own_visit(user: User, edition: Edition) -> Visitor | None:
    """The person's own registration for the edition, when there is one."""
    own = visitors_for(user, edition).filter(user=user).first()
    if own is not None:
        own.edition = edition
    return own


@dataclass(frozen=True)
class Place:
    """Who stands at this door and for whom; templates show its organisation and what it has come to."""

    user: User
    edition: Edition
    organisation: Organisation
    application: Application | None
    exhibitor: Exhibitor | None
    roles: frozenset[str] = frozenset()

    @property
    def opens(self) -> frozenset[str]:
        """The roles whose pages the person may open; pages link to no other."""
        return frozenset(role for role in ROLES if may(self.roles, role))

    @property
    def state(self) -> State | None:
        return APPLICATION[self.application.state] if self.application else None


def place(request: HttpRequest, organisation: int) -> Place:
    """The organisation that the person acts for, as it takes part in the current edition; 404 for everybody else."""
    user, edition = person(request), edition_of(request)
    own = own_organisation(user, organisation)
    roles = frozenset(getattr(request, "acting_roles", ()))
    return Place(user, edition, own, own_application(user, own, edition), own_exhibitor(user, own, edition), roles)


def contracted(request: HttpRequest, organisation: int) -> tuple[Place, Exhibitor]:
    """The same where a contract is needed; without one there is no such page."""
    here = place(request, organisation)
    if here.exhibitor is None:
        raise Http404(_("This page opens when the contract is signed."))
    return here, here.exhibitor


def visit(request: HttpRequest) -> Visitor:
    """The person's own registration for the current edition; 404 for those who have none."""
    edition = edition_of(request)
    found = own_visit(person(request), edition)
    if found is None:
        raise Http404(_("You are not registered as a visitor of this edition."))
    return found


def office(request: HttpRequest) -> Edition:
    """The current edition, for the organiser's staff; everybody else is told that it is theirs."""
    if not person(request).is_staff:
        raise Http404(_("Only the organiser's staff work here. Sign in with a staff account."))
    return edition_of(request)


def displayed_edition(request: HttpRequest) -> Edition | None:
    """The edition whose name a page carries that belongs to no fair; none where there is no such edition."""
    fair = displayed_fair(request)
    return request.edition or editions().filter(fair=fair, current=True).first()  # type: ignore[attr-defined]
