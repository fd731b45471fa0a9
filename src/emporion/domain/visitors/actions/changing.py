"""A visitor changes what was stated, hands a rejected registration in again, or takes a cancellation back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from emporion.domain.accounts.rules import require_latin_name
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import local_day, window_of
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.rules.names import name_key
from emporion.domain.visitors import rules
from emporion.domain.visitors.actions.registration import (
    OwnUnit,
    Person,
    register_own_unit,
    require_quotas,
    taken,
)
from emporion.domain.visitors.models import VisitingUnit, Visitor
from emporion.domain.visitors.queries import exhibitors_staff


def require_changeable(visitor: Visitor, at: datetime) -> None:
    """Refuse a change after the edition, and a new registration outside its phase or where none is taken.

    Raises: NotToChange, NoNewApplication, PhaseNotPlanned, RegistrationNotOpen, RegistrationClosed.
    """
    edition = visitor.edition
    over = local_day(edition, at) > edition.last_day
    rules.require_change(visitor.state, over=over, reapply=edition.visitors_reapply)
    if visitor.state in (rules.REJECTED, rules.CANCELLED):
        rules.require_registration_open(window_of(edition, Phase.Kind.REGISTRATION), at)


def change_of(visitor: Visitor, person: Person, own: OwnUnit | None, *, badge: bool) -> rules.Change:
    """What a change of these statements is: nothing is written. ``badge``: one is made and valid."""
    return rules.Change(
        state=visitor.state,
        name=(person.name, person.name_latin) != (visitor.name, visitor.name_latin),
        unit=own is not None and not _is_own(visitor.unit, own),
        email="" if person.email.lower() == visitor.email else person.email,
        badge=badge,
        reviews=visitor.edition.review_new_unit,
    )


@transaction.atomic
def change_registration(
    visitor: Visitor, person: Person, *, own: OwnUnit | None, context: ActionContext
) -> rules.Change:
    """Change what a person stated; done twice it is done once. Gives what it came to.

    A rejected or cancelled registration is handed in again by it. Quotas hold for what is added.
    Raises what :func:`require_changeable` and ``register_visitor`` do.
    """
    locked = Visitor.objects.select_for_update().get(pk=visitor.pk)
    edition = visitor.edition
    locked.edition = edition
    require_changeable(locked, context.at)
    _require_person(edition, person)
    change = change_of(locked, person, own, badge=False)
    unit = register_own_unit(edition, person, own, None, context) if change.unit and own else locked.unit
    # An organisation that is written otherwise may be the same.
    change = change._replace(unit=unit != locked.unit)
    _require_room(locked, unit, person.days)
    changed = _write(locked, person, unit, change)
    if changed:
        record("visitor.changed", locked, context=context, edition=edition.pk, changed=changed)
    return change


def _is_own(unit: VisitingUnit | None, own: OwnUnit) -> bool:
    """Whether the organisation that is named is the unit's."""
    if unit is None:
        return False
    organisation, named = unit.organisation, own.organisation
    names = {name_key(organisation.name), name_key(organisation.name_zh)}
    return organisation.country_id == named.country and name_key(named.name) in names


def _require_person(edition: Edition, person: Person) -> None:
    require_latin_name(person.name_latin)
    rules.require_not_staff(person.email, exhibitors_staff(edition))
    rules.require_days(person.days, edition.first_day, edition.last_day)


def _require_room(before: Visitor, unit: VisitingUnit | None, days: Sequence[date]) -> None:
    """Quotas count those who are added: to a delegation, or to a day."""
    if unit is None or unit.delegation is None:
        return
    counted = before.unit == unit and before.state in (rules.REGISTERED, rules.APPROVED)
    if not counted:
        require_quotas(unit.delegation, days)
    elif (before.days and not set(days) <= set(before.days)) or (before.days and not days):
        require_quotas(unit.delegation, sorted(set(days) - set(before.days)), days_alone=True)


def _write(locked: Visitor, person: Person, unit: VisitingUnit | None, change: rules.Change) -> list[str]:
    """Write what differs; the names of what did."""
    wanted = {
        "name": person.name, "name_latin": person.name_latin, "country_id": person.country,
        "email": person.email.lower(), "phone": person.phone, "position": person.position,
        "document": rules.document_key(person.document), "days": sorted(person.days),
        "sectors": list(person.sectors), "unit": unit, "state": change.state_after,
    }  # fmt: skip
    changed = [name for name, value in wanted.items() if getattr(locked, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(locked, name, wanted[name])
    if "state" in changed:
        locked.decided, locked.reason = None, ""
    if "unit" in changed or "state" in changed:
        locked.review = Visitor.Review.NONE
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise taken(error, number=locked.number, person=person) from error
    return [name.removesuffix("_id") for name in changed]
