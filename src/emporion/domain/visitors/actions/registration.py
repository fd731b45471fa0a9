"""Units and their people register, one at a time, on the web."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from emporion.domain.accounts.models import User
from emporion.domain.accounts.rules import require_latin_name
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import window_of
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import notify
from emporion.domain.organisations.actions import appoint, register_by_outsider
from emporion.domain.organisations.actions.bulk import OrganisationRow
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.rules.registers import require_registered_number
from emporion.domain.reason import Name, stored
from emporion.domain.visitors import rules
from emporion.domain.visitors.actions.consent import give_consent
from emporion.domain.visitors.models import NUMBER_AS_COUNTED, DayQuota, Delegation, VisitingUnit, Visitor
from emporion.domain.visitors.queries import coming_on, day_quotas, exhibitors_staff, registered_in


@dataclass(frozen=True)
class Person:
    """Who registers: the real name and what matching needs. ``sectors`` are numbers, ``hs_headings`` four digits.

    ``days``: those on which the person comes; none for any day of the show. ``consent``: what exhibitors may have.
    """

    name: str
    country: str
    email: str = ""
    phone: str = ""
    position: str = ""
    document: str = ""
    sectors: Sequence[int] = ()
    hs_headings: Sequence[str] = ()
    name_latin: str = ""
    days: Sequence[date] = ()
    consent: str = ""


@dataclass(frozen=True)
class OwnUnit:
    """The organisation that somebody who registers buys for, and how much it buys in a year, by size."""

    organisation: OrganisationRow
    purchasing_size: int = 0


@transaction.atomic
def register_unit(
    edition: Edition,
    organisation: Organisation,
    *,
    delegation: Delegation | None = None,
    purchasing_size: int = 0,
    context: ActionContext,
) -> VisitingUnit:
    """Register an organisation as a visiting unit; one that is registered already stays as it is.

    Raises: PhaseNotPlanned, RegistrationNotOpen, RegistrationClosed, CreditCodeWrong, CreditCodeMisspelt.
    """
    rules.require_registration_open(window_of(edition, Phase.Kind.REGISTRATION), context.at)
    require_registered_number(organisation.country_id or "", organisation.registered_number)
    unit, created = VisitingUnit.objects.get_or_create(
        edition=edition,
        organisation=organisation,
        defaults={"delegation": delegation, "purchasing_size": purchasing_size, "registered": context.at},
    )
    if created:
        record("unit.registered", unit, context=context, edition=edition.pk)
    return unit


@transaction.atomic
def register_visitor(
    edition: Edition,
    person: Person,
    *,
    unit: VisitingUnit | None = None,
    number: str = "",
    review: str = "",
    context: ActionContext,
) -> Visitor:
    """Register a person of a unit, or one who comes alone, and confirm it by e-mail.

    Without a ``number`` the next free one of the edition is given. A delegation's quota holds for all above it, too.
    ``review``: what the delegation's leader has said of the person.

    Raises: PhaseNotPlanned, RegistrationNotOpen, RegistrationClosed, ExhibitorsStaff, DayOutsideTheShow,
    DelegationFull, DelegationDayFull, RegistrationNumberTaken, AddressRegistered, DocumentRegistered,
    NameNotInLatinLetters.
    """
    rules.require_registration_open(window_of(edition, Phase.Kind.REGISTRATION), context.at)
    require_latin_name(person.name_latin)
    rules.require_not_staff(person.email, exhibitors_staff(edition))
    rules.require_days(person.days, edition.first_day, edition.last_day)
    if unit is not None and unit.delegation is not None:
        require_quotas(unit.delegation, person.days)
    visitor = _create(edition, person, unit, number or _next_number(edition), review, context.at)
    record("visitor.registered", visitor, context=context, edition=edition.pk)
    notify(
        f"visitor.registered:{visitor.pk}", recipient=visitor.email, template="visitor_registered",
        context={"name": stored(visitor.proper_name), "number": visitor.number}, edition_id=edition.pk, at=context.at,
    )  # fmt: skip
    return visitor


@transaction.atomic
def register_oneself(
    edition: Edition,
    person: Person,
    user: User,
    *,
    own: OwnUnit | None = None,
    delegation: Delegation | None = None,
    at: datetime,
) -> Visitor:
    """Register the person who asks for it, with the unit they come from; asked twice, there is one registration.

    Who brings an organisation that nobody knew acts for it from then on; one that is known is joined, not spoken for.
    ``delegation``: the one whose leader invited the person, and has confirmed them thereby.

    Raises UnitElsewhere, and what ``register_unit`` and ``register_visitor`` do.
    """
    # Two requests of one person take turns, so that the second finds what the first made.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if visitor := Visitor.objects.filter(edition=edition, user=user).first():
        return visitor
    context = ActionContext(at, user)
    unit = register_own_unit(edition, person, own, delegation, context) if own else None
    invited = unit is not None and delegation is not None
    review = Visitor.Review.CONFIRMED if invited else Visitor.Review.NONE
    visitor = register_visitor(edition, person, unit=unit, review=review, context=context)
    visitor.user = user
    visitor.save(update_fields=["user"])
    return give_consent(visitor, person.consent, context=context) if person.consent else visitor


def register_own_unit(
    edition: Edition, person: Person, own: OwnUnit, delegation: Delegation | None, context: ActionContext
) -> VisitingUnit:
    """The unit that a person brings; who brings an organisation that nobody knew acts for it."""
    organisation, is_new = register_by_outsider(own.organisation, context=context)
    if is_new:
        assert context.actor is not None
        appoint(organisation, context.actor, context=context, position=person.position)
    size = own.purchasing_size
    unit = register_unit(edition, organisation, delegation=delegation, purchasing_size=size, context=context)
    if delegation is not None and not (unit.delegation and rules.is_within(unit.delegation.path, delegation.path)):
        raise rules.UnitElsewhere(unit=organisation.proper_name, delegation=named_in(delegation))
    return unit


def named_in(delegation: Delegation) -> Name:
    """A delegation as a refusal names it."""
    return Name(delegation.name_en, delegation.name_zh)


@transaction.atomic
def cancel_visitor(visitor: Visitor, *, context: ActionContext) -> Visitor:
    """Take a registration back. Raises: WrongState."""
    locked = Visitor.objects.select_for_update().get(pk=visitor.pk)
    rules.require_transition(locked.proper_name, locked.state, rules.CANCELLED)
    locked.state, locked.decided = Visitor.State.CANCELLED, context.at
    locked.save(update_fields=["state", "decided"])
    record("visitor.cancelled", locked, context=context, edition=locked.edition_id)
    return locked


def require_quotas(delegation: Delegation, days: Sequence[date], *, days_alone: bool = False) -> None:
    """Every quota from the delegation upwards, of all days or of some; two at once cannot both be the last.

    ``days_alone``: of somebody who is counted already, and comes on these days as well.
    """
    above = rules.branches(delegation.path)
    for branch in lock_limited(delegation.edition_id).filter(path__in=above):
        if not days_alone:
            rules.require_quota(str(branch), branch.quota, registered_in(branch))
        for day, quota in day_quotas(branch).items():
            if day in days or not days:
                rules.require_day_quota(str(branch), day, quota, coming_on(branch, day))


def lock_limited(edition: int) -> QuerySet[Delegation]:
    """The delegations with a quota; read, their rows stay locked until the end of the transaction."""
    limited = Q(quota__isnull=False) | Q(
        pk__in=DayQuota.objects.filter(delegation__edition=edition).values("delegation")
    )
    return Delegation.objects.select_for_update(no_key=True).filter(limited, edition=edition).order_by("path")


def _create(
    edition: Edition, person: Person, unit: VisitingUnit | None, number: str, review: str, at: datetime
) -> Visitor:
    try:
        with transaction.atomic():
            return Visitor.objects.create(
                edition=edition, number=number, unit=unit, name=person.name,
                name_latin=person.name_latin, country_id=person.country,
                email=person.email.lower(), phone=person.phone, position=person.position,
                document=rules.document_key(person.document), sectors=list(person.sectors),
                hs_headings=list(person.hs_headings), days=sorted(person.days), review=review, registered=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise taken(error, number=number, person=person) from error


def taken(error: IntegrityError, *, number: str, person: Person) -> Exception:
    """What of a person belongs to somebody else who is registered, as a refusal; any other error as it is."""
    if "one_visitor_per_number" in str(error):
        return rules.RegistrationNumberTaken(number=number)
    if "one_visitor_per_address" in str(error):
        return rules.AddressRegistered(email=person.email)
    if "one_visitor_per_document" in str(error):
        return rules.DocumentRegistered(document=person.document)
    return error


def _next_number(edition: Edition) -> str:
    """The number after the highest of its form (``V06-0000123``); people who register at once take turns."""
    return f"{form_of_numbers(edition)}{highest_number(edition) + 1:07d}"


def form_of_numbers(edition: Edition) -> str:
    """How the registration numbers of an edition begin."""
    return f"V{edition.number:02d}-"


def highest_number(edition: Edition) -> int:
    """The highest number of that form; until the end of the transaction nobody else is given another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('visitors.number'), %s)", [edition.pk])
    counted = Visitor.objects.filter(edition=edition, number__startswith=form_of_numbers(edition))
    # By the index of counts from its end: to look through all numbers would keep everybody else waiting.
    counts = counted.annotate(count=NUMBER_AS_COUNTED).filter(count__isnull=False).order_by("-count")
    return counts.values_list("count", flat=True).first() or 0
