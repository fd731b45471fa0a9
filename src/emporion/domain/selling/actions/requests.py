"""From a hold to a stand of one's own: requested, confirmed with the contract, taken back by the office."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.billing.actions import accept_contract, cancel_contract, follow_stand
from emporion.domain.billing.actions.stands import StandFacts
from emporion.domain.billing.models import Contract
from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.selling.actions.freeing import end_wishes, free
from emporion.domain.selling.actions.offers import keep_in_place, offer_down
from emporion.domain.selling.actions.telling import tell_of_stand
from emporion.domain.selling.models import StandSale
from emporion.domain.selling.queries import buyer_for
from emporion.domain.selling.rules.holds import (
    CONFIRMED,
    FREE,
    REQUESTED,
    ContractBeforeStand,
    NothingHeld,
    NothingRequested,
    WithdrawalReasonNeeded,
    is_live,
    require_upper_deck,
)

# What the money of a stand says of its change, on credit notes and in the journal.
CHOSEN_STAND = "The stand was chosen."


@transaction.atomic
def request_stand(edition: Edition, organisation: int, *, context: ActionContext, upper_deck_m2: int = 0) -> StandSale:
    """Request the stand that is held for or offered to an organisation: from then on its time does not end.

    Its application asks what the stand is, so quote and contract do; its other wishes end. Requested twice, it is
    requested. Raises: NothingHeld, UpperDeckOnRawSpace, UpperDeckTooLarge, and what ``buyer_for`` refuses.
    """
    buyer = buyer_for(edition, organisation)
    sale = _locked(buyer)
    if sale is None or not is_live(sale.state, sale.until, context.at):
        raise NothingHeld()
    if sale.state in (REQUESTED, CONFIRMED):
        return sale
    raw = sale.stand.kind == Stand.Kind.SPECIAL
    require_upper_deck(upper_deck_m2=upper_deck_m2, area_m2=sale.stand.area_m2, raw=raw)
    sale.state, sale.until, sale.upper_deck_m2 = REQUESTED, None, upper_deck_m2
    sale.save(update_fields=["state", "until", "upper_deck_m2"])
    end_wishes(buyer.pk, [sale.stand_id], "taken", context.at)
    end_wishes(buyer.pk, None, "placed", context.at)
    data = {"application": buyer.pk, "upper_deck_m2": upper_deck_m2}
    record("stand.requested", sale.stand, context=context, edition=edition.pk, **data)
    if not Exhibitor.objects.filter(application=buyer).exists():
        follow_stand(buyer, facts_of(sale), reason=CHOSEN_STAND, context=context)
    return sale


@transaction.atomic
def confirm_stand(application: Application, *, context: ActionContext) -> StandSale:
    """Confirm the stand that an exhibitor requested: it stands there, its money follows, and it is told.

    Confirmed twice, it is confirmed. Raises: NothingRequested, ContractBeforeStand.
    """
    sale = _locked(application)
    if sale is None or sale.state not in (REQUESTED, CONFIRMED):
        raise NothingRequested()
    exhibitor = Exhibitor.objects.filter(application=application, main=None).first()
    if exhibitor is None:
        raise ContractBeforeStand()
    if sale.state == CONFIRMED:
        return sale
    sale.state = CONFIRMED
    sale.save(update_fields=["state"])
    occupy(sale.stand, exhibitor)
    data = {"application": application.pk, "exhibitor": exhibitor.number}
    record("stand.confirmed", sale.stand, context=context, edition=sale.stand.edition_id, **data)
    follow_stand(application, facts_of(sale), reason=CHOSEN_STAND, context=context)
    tell_of_stand("stand_confirmed", application, sale.stand, context)
    return sale


@transaction.atomic
def accept_with_stand(application: Application, sha256: str, *, context: ActionContext) -> Contract:
    """Accept a contract, and have the stand that was requested for it confirmed with it.

    Raises: what ``accept_contract`` refuses.
    """
    contract = accept_contract(application, sha256, context=context)
    if StandSale.objects.filter(application=application, state=REQUESTED).exists():
        confirm_stand(application, context=context)
    return contract


@transaction.atomic
def take_back(sale: StandSale, *, reason: str, context: ActionContext) -> None:
    """Take a stand back for the organiser: from a buyer with the reason, from an exhibitor with its whole contract.

    Contract and invoices are cancelled and credited as by ``cancel_contract``. Whoever waits is offered the stand.
    Raises: WithdrawalReasonNeeded, NothingRequested, and what ``cancel_contract`` refuses.
    """
    if not reason.strip():
        raise WithdrawalReasonNeeded()
    locked = StandSale.objects.select_for_update(of=("self",)).select_related(
        "stand__edition__venue", "application__organisation"
    )
    kept = locked.get(pk=sale.pk)
    before = kept.application
    if kept.state == FREE or before is None:
        raise NothingRequested()
    if kept.state == CONFIRMED:
        cancel_contract(before, reason=reason, context=context)
        kept.stand.refresh_from_db()
    else:
        tell_of_stand("stand_taken_back", before, kept.stand, context, reason=reason.strip())
    free(kept, "stand.taken_back", context, reason=reason.strip())
    keep_in_place(kept)
    offer_down(kept, context=context)


def facts_of(sale: StandSale) -> StandFacts:
    """What of a stand decides on its price."""
    stand = sale.stand
    kind = Application.Stand.RAW if stand.kind == Stand.Kind.SPECIAL else Application.Stand.STANDARD
    deck = min(sale.upper_deck_m2, stand.area_m2) if kind == Application.Stand.RAW else 0
    return StandFacts(kind.value, stand.area_m2, stand.open_sides, sale.location, deck)


def occupy(stand: Stand, exhibitor: Exhibitor) -> None:
    """Let an exhibitor stand there, with its co-exhibitors as guests."""
    shares = {exhibitor.pk: stand.area_m2, **dict.fromkeys(exhibitor.co_exhibitors.values_list("pk", flat=True), 0)}
    Occupancy.objects.filter(exhibitor__in=shares).delete()
    Occupancy.objects.bulk_create(
        Occupancy(stand=stand, exhibitor_id=one, area_m2=share) for one, share in shares.items()
    )


def _locked(application: Application) -> StandSale | None:
    """The stand that an application has, locked."""
    locked = StandSale.objects.select_for_update(of=("self",)).select_related("stand__edition__venue")
    return locked.filter(application=application).exclude(state=FREE).first()
