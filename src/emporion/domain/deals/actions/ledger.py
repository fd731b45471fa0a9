"""One deal: recorded, confirmed by each side, withdrawn.

Every action asks the rules and writes row and journal in one transaction. Doing an action that was done already changes
nothing.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from emporion.domain.deals.models import Deal, Evidence
from emporion.domain.deals.queries import convertible, days_of_deals
from emporion.domain.deals.rules.deals import (
    DealNumberTaken,
    DealOfOtherEdition,
    DealRecordedAlready,
    DealsClosed,
    DealsNotOpenYet,
    Side,
    require_amount,
    require_buyer,
    require_not_withdrawn,
    require_parties,
    require_signed,
)
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import phase_words, window_of
from emporion.domain.editions.rules import require_open
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import notify
from emporion.domain.reason import stored
from emporion.domain.reference.models import Country, Currency
from emporion.domain.visitors.models import VisitingUnit


@transaction.atomic
def record_deal(
    edition: Edition,
    *,
    exhibitor: Exhibitor,
    buyer: VisitingUnit,
    amount: Decimal,
    currency: Currency,
    signed: date,
    context: ActionContext,
    kind: str = Deal.Kind.GOODS,
    subject: str = "",
    origin: Country | None = None,
    number: str = "",
    confirmed_by: Side | None = None,
) -> Deal:
    """Record an intended transaction; it counts when both sides have confirmed it.

    Without a number it gets the next one, and the same deal recorded again is refused. ``confirmed_by``: the side
    that records it and thereby confirms it.

    Raises: PhaseNotPlanned, DealsNotOpenYet, DealsClosed, DealAmountNotAboveZero, DealAmountTooHigh,
    DealSignedOutsideShow, BuyerIsExhibitor, BuyerRejected, DealOfOtherEdition, DealNumberTaken, DealRecordedAlready,
    RateMissing.
    """
    _require_open(edition, context.at)
    deal = Deal(
        edition=edition,
        number=number,
        kind=kind,
        exhibitor=exhibitor,
        buyer=buyer,
        delegation_id=buyer.delegation_id,
        origin_id=origin.pk if origin else exhibitor.origin_id,
        amount=amount,
        currency=currency,
        signed=signed,
        subject=subject,
    )
    _require_recordable(deal)
    if confirmed_by:
        setattr(deal, f"{confirmed_by}_confirmed", context.at)
    _number_and_store(deal)
    _record("deal.recorded", deal, context, amount=str(amount), currency=currency.pk)
    _notify_other_side(deal, confirmed_by, context.at)
    return deal


@transaction.atomic
def confirm_deal(deal: Deal, *, side: Side, context: ActionContext) -> Deal:
    """Confirm a deal for one side; the caller has loaded it for someone who speaks for that side.

    Raises: DealWithdrawn, PhaseNotPlanned, DealsNotOpenYet, DealsClosed.
    """
    locked = _locked(deal)
    require_not_withdrawn(withdrawn=locked.withdrawn is not None, number=locked.number)
    if getattr(locked, f"{side}_confirmed") is None:
        _require_open(locked.edition, context.at)
        setattr(locked, f"{side}_confirmed", context.at)
        locked.save(update_fields=[f"{side}_confirmed"])
        _record("deal.confirmed", locked, context, side=side)
    return locked


@transaction.atomic
def withdraw_deal(deal: Deal, *, context: ActionContext, reason: str = "") -> Deal:
    """Withdraw a deal; it stays in the ledger and counts no more. Either side may, at any time."""
    locked = _locked(deal)
    if locked.withdrawn is None:
        locked.withdrawn = context.at
        locked.save(update_fields=["withdrawn"])
        _record("deal.withdrawn", locked, context, reason=reason)
    return locked


@transaction.atomic
def add_evidence(deal: Deal, *, name: str, sha256: str = "", context: ActionContext) -> Evidence:
    """Add a paper that backs a deal, by its name and the SHA-256 of its bytes; added twice it is one.

    Raises: DealWithdrawn.
    """
    require_not_withdrawn(withdrawn=deal.withdrawn is not None, number=deal.number)
    paper, is_new = Evidence.objects.get_or_create(
        deal=deal, name=name, defaults={"sha256": sha256, "added": context.at, "added_by": context.actor}
    )
    if is_new:
        _record("deal.evidence_added", deal, context, name=name, sha256=sha256)
    return paper


def _locked(deal: Deal) -> Deal:
    return Deal.objects.select_related("edition").select_for_update(of=("self",)).get(pk=deal.pk)


def _require_open(edition: Edition, at: datetime) -> None:
    kind = Phase.Kind.DEAL
    require_open(window_of(edition, kind), at, phase=phase_words(kind), early=DealsNotOpenYet, late=DealsClosed)


def _require_recordable(deal: Deal) -> None:
    """Everything that the rules ask of a deal before it is recorded."""
    first, last = days_of_deals(deal.edition)
    require_amount(deal.amount)
    require_signed(deal.signed, first=first, last=last)
    if {deal.exhibitor.edition_id, deal.buyer.edition_id} != {deal.edition_id}:
        raise DealOfOtherEdition()
    require_parties(
        exhibitor=deal.exhibitor.organisation_id,
        buyer=deal.buyer.organisation_id,
        organisation=str(deal.exhibitor.organisation),
    )
    require_buyer(state=deal.buyer.state, buyer=str(deal.buyer.organisation))
    if refusal := convertible(deal.edition)(deal.currency_id, deal.signed):
        raise refusal


def _number_and_store(deal: Deal) -> None:
    """Give the deal the next number if it has none, and store it; two recorded at once get two numbers."""
    # Whoever records a deal waits for the one before; rows that refer to the edition stay free.
    Edition.objects.select_for_update(no_key=True).get(pk=deal.edition_id)
    if not deal.number:
        _refuse_the_same(deal)
        deal.number = _next_number(deal.edition)
    try:
        with transaction.atomic():
            deal.save()
    except IntegrityError as error:
        if "one_deal_per_number" in str(error):
            raise DealNumberTaken(number=deal.number) from error
        raise


def _refuse_the_same(deal: Deal) -> None:
    terms = ("edition", "exhibitor", "buyer", "kind", "amount", "currency", "signed", "subject")
    same = Deal.objects.filter(withdrawn=None, **{name: getattr(deal, name) for name in terms}).first()
    if same:
        raise DealRecordedAlready(number=same.number)


def _next_number(edition: Edition) -> str:
    prefix = f"D{edition.number:02d}-"
    numbers = Deal.objects.filter(edition=edition, number__regex=rf"^{prefix}\d+$").values_list("number", flat=True)
    return f"{prefix}{max((int(number[len(prefix) :]) for number in numbers), default=0) + 1:05d}"


def _notify_other_side(deal: Deal, recorded_by: Side | None, at: datetime) -> None:
    """Ask the exhibitor by its contact to confirm what a buyer recorded."""
    if recorded_by == "buyer":
        own = deal.exhibitor.organisation_id
        context: dict[str, Any] = {
            "number": deal.number,
            "buyer": stored(deal.buyer.organisation.proper_name),
            "organisation_id": own,
        }
        notify(
            f"deal.recorded:{deal.pk}",
            recipient=deal.exhibitor.application.contact_email,
            template="deal_to_confirm",
            context=context,
            edition_id=deal.edition_id,
            at=at,
        )


def _record(event: str, deal: Deal, context: ActionContext, **data: Any) -> None:
    record(event, deal, context=context, edition=deal.edition_id, **data)
