"""Approving and signing: one by one where a person looks, and all that wait where the list has been looked through."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from emporion.domain.editions.models import Edition, Sector
from emporion.domain.exhibitors.actions.applications import decision_context, message_key
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.exhibitors.rules.applications import (
    ACCEPTED,
    MainWithoutContract,
    co_exhibitor_number,
    contract_number,
    next_serial,
    require_may,
)
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.reference.models import Currency

State = Application.State
BATCH = 1000


@transaction.atomic
def sign_contract(
    application: Application,
    *,
    day: date,
    context: ActionContext,
    fee: Decimal = Decimal(0),
    fee_currency: Currency | None = None,
) -> Exhibitor:
    """Sign an approved application's contract: it gets its number and becomes an exhibitor. Signed twice, it is one.

    Raises: StateForbids, MainWithoutContract.
    """
    edition = _numbering(application.edition_id)
    locked = Application.objects.select_related("area", "main").select_for_update(of=("self",)).get(pk=application.pk)
    if signed := Exhibitor.objects.filter(application=locked).first():
        return signed
    require_may(locked.state, "contracted")
    [exhibitor] = _sign(edition, [locked], day=day)
    exhibitor.fee, exhibitor.fee_currency = fee, fee_currency
    exhibitor.save(update_fields=["fee", "fee_currency"])
    record("contract.signed", exhibitor, context=context, edition=edition.pk)
    return exhibitor


@transaction.atomic
def sign_contracts(edition: Edition, *, day: date, context: ActionContext) -> int:
    """Sign the contracts of all approved applications of an edition, main exhibitors first; how many were signed.

    A co-exhibitor whose main has no contract waits.
    """
    numbered = _numbering(edition.pk)
    approved = Application.objects.filter(edition=edition, state=State.APPROVED).select_related("area")
    approved = approved.select_for_update(of=("self",)).order_by("id")
    signed = _sign(numbered, list(approved.filter(main=None)), day=day)
    signed += _sign(numbered, list(approved.filter(main__state=State.CONTRACTED)), day=day)
    if signed:
        record("contracts.signed", edition, context=context, edition=edition.pk, count=len(signed))
    return len(signed)


@transaction.atomic
def end_contract(exhibitor: Exhibitor, *, reason: str, context: ActionContext) -> None:
    """End a contract: the organisation exhibits no longer, nor do its co-exhibitors; its number is given to no other.

    What later rooms keep of an exhibitor goes with it, so they let go of it first.
    """
    edition = _numbering(exhibitor.edition_id)
    for one in [*exhibitor.co_exhibitors.order_by("pk"), exhibitor]:
        application = Application.objects.select_related("organisation").select_for_update(of=("self",))
        ended = application.get(pk=one.application_id)
        ended.state, ended.reason, ended.released_number = State.CANCELLED, reason, one.number
        ended.save(update_fields=["state", "reason", "released_number"])
        subject = subject_of(ended, str(ended.organisation))
        record("contract.cancelled", subject, context=context, edition=edition.pk, contract=one.number, reason=reason)
        one.delete()


@transaction.atomic
def set_sector(exhibitor: Exhibitor, sector: Sector | None, *, context: ActionContext) -> Exhibitor:
    """Say in which sector an exhibitor is; nothing changed is nothing written."""
    if exhibitor.sector_id != (sector.pk if sector else None):
        exhibitor.sector = sector
        exhibitor.save(update_fields=["sector"])
        facts = {"sector": sector.code if sector else ""}
        record("exhibitor.sector_set", exhibitor, context=context, edition=exhibitor.edition_id, **facts)
    return exhibitor


@transaction.atomic
def approve_all(edition: Edition, *, context: ActionContext) -> int:
    """Accept every submitted application that may be accepted; each applicant is told; how many were accepted.

    Those without a contact address, and co-exhibitors whose main is not accepted, go on waiting for a person.
    """
    submitted = Application.objects.filter(edition=edition, state=State.SUBMITTED)
    count = _accept(submitted.filter(main=None).exclude(contact_email=""), context)
    count += _accept(submitted.filter(main__state__in=ACCEPTED), context)
    if count:
        record("applications.approved", edition, context=context, edition=edition.pk, count=count)
    return count


def _accept(submitted: QuerySet[Application], context: ActionContext) -> int:
    locked = list(submitted.select_related("organisation", "edition").select_for_update(of=("self",)).order_by("id"))
    ids = [application.pk for application in locked]
    Application.objects.filter(pk__in=ids).update(state=State.APPROVED, reviewed=context.at, reviewer=context.actor)
    notify_all((_approval(application, context.at) for application in locked), at=context.at)
    return len(locked)


def _approval(application: Application, at: datetime) -> Message:
    template, context = "application_approved", decision_context(application)
    key = message_key(template, application, at)
    return Message(key, application.contact_email, template, context, edition_id=application.edition_id)


def _numbering(edition: int) -> Edition:
    """The edition, locked so that two who sign at once draw different numbers; rows that refer to it stay free."""
    return Edition.objects.select_for_update(no_key=True).get(pk=edition)


def _sign(edition: Edition, applications: list[Application], *, day: date) -> list[Exhibitor]:
    """Number the applications' contracts and store them; a co-exhibitor is numbered under its main's contract.

    Raises: MainWithoutContract.
    """
    mains = {
        main.application_id: main for main in Exhibitor.objects.filter(application__co_applications__in=applications)
    }
    serials = _Serials(edition)
    signed = [_exhibitor(application, mains, serials, day) for application in applications]
    Exhibitor.objects.bulk_create(signed, batch_size=BATCH)
    Application.objects.filter(exhibitor__in=signed).update(state=State.CONTRACTED)
    return signed


class _Serials:
    """Draws the next contract number of an edition, and of a co-exhibitor in each of its contracts."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition.number
        numbers = Exhibitor.objects.filter(edition=edition)
        own = Application.objects.filter(edition=edition, main=None).exclude(released_number="")
        taken = numbers.filter(main=None).values_list("number", flat=True)
        self.contract = next_serial([*taken, *own.values_list("released_number", flat=True)])
        used: defaultdict[int, list[str]] = defaultdict(list)
        for main, number in numbers.exclude(main=None).values_list("main_id", "number"):
            used[main or 0].append(number)
        self.co_exhibitor = defaultdict(lambda: 1, {main: next_serial(taken) for main, taken in used.items()})

    def draw(self, main: Exhibitor | None) -> str:
        if main is None:
            self.contract += 1
            return contract_number(self.edition, self.contract - 1)
        self.co_exhibitor[main.pk] += 1
        return co_exhibitor_number(main.number, self.co_exhibitor[main.pk] - 1)


def _exhibitor(application: Application, mains: dict[int, Exhibitor], serials: _Serials, day: date) -> Exhibitor:
    main = mains.get(application.main_id) if application.main_id else None
    if application.main_id and main is None:
        raise MainWithoutContract()
    return Exhibitor(
        edition_id=application.edition_id,
        organisation_id=application.organisation_id,
        application=application,
        number=serials.draw(main),
        main=main,
        pavilion_id=application.pavilion_id,
        origin_id=application.origin_id,
        area_id=application.area_id,
        sector_id=application.sector_id,
        scope=application.area.scope,
        signed=day,
    )
