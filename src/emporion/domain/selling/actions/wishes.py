"""Wishes and waiting lists: who wants which stand, and the drawing."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import stored
from emporion.domain.selling.actions.freeing import end_wishes
from emporion.domain.selling.actions.offers import keep_offered
from emporion.domain.selling.models import Drawing, DrawnPlace, Priority, StandSale, Wish
from emporion.domain.selling.queries import (
    buyer_for,
    entrants,
    free_numbers,
    sale_for,
    sale_of,
    sale_rules,
)
from emporion.domain.selling.rules.drawing import drawn
from emporion.domain.selling.rules.holds import (
    DRAWN,
    AlreadyWaiting,
    NotDrawn,
    StandNotOnSale,
    is_live,
    require_no_stand,
)


@transaction.atomic
def set_wishes(edition: Edition, organisation: int, numbers: Sequence[str], *, context: ActionContext) -> list[Wish]:
    """Set an organisation's ranked wishes, the dearest first, in place of those before.

    A wish that stays keeps the time at which it was given. Raises: NotDrawn, StandNotOnSale, HasStand, and what
    ``buyer_for`` refuses.
    """
    buyer = buyer_for(edition, organisation)
    if sale_rules(edition).way != DRAWN:
        raise NotDrawn()
    _require_none(buyer, context)
    stands = _on_sale(edition, numbers)
    before = {wish.stand_id: wish for wish in Wish.objects.filter(application=buyer, ended=None)}
    kept = [stand.pk for stand in stands]
    end_wishes(buyer.pk, [key for key in before if key not in kept], "left", context.at)
    wishes = []
    for rank, stand in enumerate(stands, 1):
        wish = before.get(stand.pk) or Wish(application=buyer, stand=stand, made=context.at)
        wish.rank = rank
        wish.save()
        wishes.append(wish)
    ranked = {"application": buyer.pk, "stands": list(numbers)}
    record("stand_wishes.set", edition, context=context, edition=edition.pk, **ranked)
    return wishes


def _on_sale(edition: Edition, numbers: Sequence[str]) -> list[Stand]:
    found = {
        stand.number: stand for stand in Stand.objects.filter(edition=edition, number__in=numbers, sale__isnull=False)
    }
    for number in numbers:
        if number not in found:
            raise StandNotOnSale(number=number)
    return [found[number] for number in dict.fromkeys(numbers)]


def _require_none(buyer: Application, context: ActionContext) -> None:
    own = sale_for(buyer)
    if own is not None and is_live(own.state, own.until, context.at):
        require_no_stand(own.state, own.stand.number)


@transaction.atomic
def join_waiting_list(edition: Edition, organisation: int, number: str, *, context: ActionContext) -> Wish:
    """Put an organisation on the waiting list of a stand, as the last of its wishes.

    Raises: StandNotOnSale, AlreadyWaiting, HasStand, and what ``buyer_for`` refuses.
    """
    buyer = buyer_for(edition, organisation)
    _require_none(buyer, context)
    sale = sale_of(edition, number)
    if sale is None:
        raise StandNotOnSale(number=number)
    own = Wish.objects.filter(application=buyer, ended=None)
    if own.filter(stand=sale.stand).exists():
        raise AlreadyWaiting(number=number)
    rank = (own.aggregate(last=Max("rank"))["last"] or 0) + 1
    wish = Wish.objects.create(application=buyer, stand=sale.stand, rank=rank, made=context.at)
    record("stand.waited_for", sale.stand, context=context, edition=edition.pk, application=buyer.pk)
    return wish


@transaction.atomic
def leave_waiting_list(edition: Edition, organisation: int, number: str, *, context: ActionContext) -> None:
    """Take an organisation off the waiting list of a stand."""
    buyer = buyer_for(edition, organisation)
    sale = sale_of(edition, number)
    if sale is not None:
        end_wishes(buyer.pk, [sale.stand_id], "left", context.at)


@transaction.atomic
def set_priority(application: Application, points: int, *, context: ActionContext) -> None:
    """Give an applicant points beside those for the editions in which it exhibited."""
    Priority.objects.update_or_create(application=application, defaults={"points": points})
    record("stand_priority.set", application, context=context, edition=application.edition_id, points=points)


@transaction.atomic
def draw_stands(edition: Edition, *, context: ActionContext) -> Drawing:
    """Draw the free stands among those with wishes and no stand, and offer each what it got.

    Order and result of each are stored with their reasons. Drawn again, only what is free is drawn among those who
    have none. Raises: NotDrawn.
    """
    # One drawing of an edition at a time.
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    rules = sale_rules(edition)
    if rules.way != DRAWN:
        raise NotDrawn()
    free = free_numbers(edition, context.at)
    turns = drawn(entrants(edition), free, until=rules.returning_until, edition=edition.number)
    drawing = Drawing.objects.create(edition=edition, at=context.at, by=context.actor)
    DrawnPlace.objects.bulk_create(
        DrawnPlace(
            drawing=drawing, position=position, application_id=turn.entrant.application, stand_number=turn.stand,
            why=stored(turn.why), result=stored(turn.result),
        )
        for position, turn in enumerate(turns, 1)
    )  # fmt: skip
    _offer_all(edition, {turn.stand: turn.entrant.application for turn in turns if turn.stand}, context)
    record("stands.drawn", drawing, context=context, edition=edition.pk, applicants=len(turns))
    return drawing


def _offer_all(edition: Edition, given: dict[str, int], context: ActionContext) -> None:
    locked = StandSale.objects.select_for_update(of=("self",)).select_related("stand__edition__venue")
    sales = locked.filter(stand__edition=edition, stand__number__in=given).order_by("pk")
    applications = Application.objects.select_related("organisation").in_bulk(given.values())
    for sale in sales:
        keep_offered(sale, applications[given[sale.stand.number]], edition, context)
