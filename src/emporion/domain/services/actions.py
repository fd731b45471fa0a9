"""What happens to services: the organiser offers them, exhibitors order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import moved_with
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Name
from emporion.domain.services.models import OrderLine, Service
from emporion.domain.services.rules import (
    CodeTaken,
    CorrectionReasonNeeded,
    Ordered,
    Terms,
    changed_order,
    corrected_order,
    require_terms,
)


@dataclass(frozen=True, kw_only=True)
class ServiceFacts:
    """What the organiser states of a service; each is a field of the same name of the model."""

    code: str
    category: str
    name_en: str
    name_zh: str = ""
    about_en: str = ""
    about_zh: str = ""
    unit_en: str
    unit_zh: str = ""
    price: Decimal
    deadline: datetime
    surcharge_percent: int = 0
    closes: datetime
    offered: bool = True


@transaction.atomic
def offer_service(edition: Edition, facts: ServiceFacts, *, context: ActionContext) -> Service:
    """Add a service to what the edition offers, priced in the edition's currency.

    Raises: CodeTaken, DeadlineAfterClose, SurchargeOutOfRange.
    """
    return _save(Service(edition=edition, currency_id=edition.currency_id), facts, context)


@transaction.atomic
def change_service(service: Service, facts: ServiceFacts, *, context: ActionContext) -> Service:
    """Change a service; what is ordered keeps the price at which it was ordered. Raises what ``offer_service`` does."""
    return _save(Service.objects.select_for_update().get(pk=service.pk), facts, context)


def follow_services(before: Edition, edition: Edition) -> None:
    """Offer in a following edition what the one before it offers; days keep their distance from the show.

    Call it in the transaction that prepares the edition, whose journal entry tells of it.
    """
    copies = []
    for service in Service.objects.filter(edition=before):
        service.pk, service._state.adding, service.edition = None, True, edition
        service.deadline = moved_with(service.deadline, before, edition)
        service.closes = moved_with(service.closes, before, edition)
        copies.append(service)
    Service.objects.bulk_create(copies)


@transaction.atomic
def order_services(exhibitor: Exhibitor, quantities: Mapping[int, int], *, context: ActionContext) -> int:
    """Let the order have these quantities of these services (by key) in all; how many lines changed.

    What is not named stays as it is, and ordered twice it is the same order. All is changed or nothing.
    Raises: QuantityOutOfRange, OrdersClosed, OrderFixed, NotOffered.
    """

    def changed(service: Service, before: Ordered, quantity: int) -> Ordered:
        return changed_order(before, quantity, _terms(service), context.at)

    lines = _change(exhibitor, quantities, changed, context)
    if lines:
        record("services.ordered", exhibitor, context=context, edition=exhibitor.edition_id, lines=lines)
    return lines


@transaction.atomic
def correct_orders(exhibitor: Exhibitor, quantities: Mapping[int, int], reason: str, *, context: ActionContext) -> int:
    """Reduce an exhibitor's order on the organiser's behalf, whatever the day; how many lines changed.

    What is left keeps its price. Raises: CorrectionReasonNeeded, QuantityOutOfRange, MoreThanOrdered.
    """
    if not reason.strip():
        raise CorrectionReasonNeeded()

    def corrected(service: Service, before: Ordered, quantity: int) -> Ordered:
        return corrected_order(before, quantity, Name(service.name_en, service.name_zh))

    lines = _change(exhibitor, quantities, corrected, context)
    if lines:
        facts = {"lines": lines, "reason": reason.strip()}
        record("services.corrected", exhibitor, context=context, edition=exhibitor.edition_id, **facts)
    return lines


def _change(
    exhibitor: Exhibitor,
    quantities: Mapping[int, int],
    rule: Callable[[Service, Ordered, int], Ordered],
    context: ActionContext,
) -> int:
    """Let the exhibitor's order become what the rule says of each service; how many lines changed."""
    Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
    services = Service.objects.filter(edition=exhibitor.edition_id).in_bulk(list(quantities))
    lines = {(one.service_id, one.late): one for one in OrderLine.objects.filter(exhibitor=exhibitor)}
    changed = 0
    for pk, service in services.items():
        before = Ordered(*(lines[pk, late].quantity if (pk, late) in lines else 0 for late in (False, True)))
        after = rule(service, before, quantities[pk])
        for late, old, new in ((False, before.early, after.early), (True, before.late, after.late)):
            if old != new:
                _write(exhibitor, service, late, new, context)
                changed += 1
    return changed


def _terms(service: Service) -> Terms:
    zone, name = service.edition.zone, Name(service.name_en, service.name_zh)
    return Terms(name, service.deadline.astimezone(zone), service.closes.astimezone(zone), service.offered)


def _write(exhibitor: Exhibitor, service: Service, late: bool, quantity: int, context: ActionContext) -> None:
    """Store a line, a new or a larger one at today's price; one of nothing is removed."""
    own = OrderLine.objects.filter(exhibitor=exhibitor, service=service, late=late)
    if quantity == 0:
        own.delete()
        return
    if own.filter(quantity__gt=quantity).update(quantity=quantity):
        return
    now = {
        "quantity": quantity,
        "price": service.price,
        "surcharge_percent": service.surcharge_percent if late else 0,
        "ordered": context.at,
        "ordered_by": context.actor,
    }
    OrderLine.objects.update_or_create(exhibitor=exhibitor, service=service, late=late, defaults=now)


def _save(service: Service, facts: ServiceFacts, context: ActionContext) -> Service:
    require_terms(facts.deadline, facts.closes, facts.surcharge_percent)
    others = Service.objects.filter(edition=service.edition_id, code=facts.code).exclude(pk=service.pk)
    if others.exists():
        raise CodeTaken(code=facts.code)
    for name, value in asdict(facts).items():
        setattr(service, name, value)
    service.save()
    record("service.changed", subject_of(service, facts.code), context=context, edition=service.edition_id)
    return service
