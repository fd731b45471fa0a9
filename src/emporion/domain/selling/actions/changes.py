"""Stands cut in two, joined, exchanged and moved, with their exhibitors and their money."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from emporion.domain.billing.actions import follow_stand
from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.editions.models import Hall
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.selling.actions.offers import offer_down
from emporion.domain.selling.actions.requests import facts_of, occupy
from emporion.domain.selling.actions.telling import tell_of_stand
from emporion.domain.selling.models import StandSale, Wish
from emporion.domain.selling.queries import sale_rules
from emporion.domain.selling.rules.changes import require_destination, require_exchange, require_one_owner
from emporion.domain.selling.rules.holds import CONFIRMED, FREE, is_live
from emporion.domain.selling.rules.shapes import (
    Box,
    NoRectangle,
    cut,
    joined,
    number_of_part,
    open_sides,
    require_mergeable,
    surviving,
)


@transaction.atomic
def split_stand(sale: StandSale, metres: float, *, across: bool, context: ActionContext) -> StandSale:
    """Cut a stand in two, the first part so many metres wide (``across``) or deep; gives the second part, free.

    Who has the stand keeps the first part under its number and pays for that. Raises: PartTooSmall, NoRectangle.
    """
    [locked] = _locked([sale.pk])
    stand = locked.stand
    first, second = cut(_box(stand), metres, across=across)
    numbers = set(Stand.objects.filter(edition=stand.edition_id).values_list("number", flat=True))
    part = Stand(
        edition=stand.edition, hall=stand.hall, number=number_of_part(stand.number, numbers), kind=stand.kind,
        locked=True, pavilion=stand.pavilion, area=stand.area,
    )  # fmt: skip
    _place(part, second)
    _place(stand, first)
    _face(stand.hall, [stand, part])
    added = StandSale.objects.create(stand=part, location=locked.location)
    data = {"into": [stand.number, part.number], "areas_m2": [stand.area_m2, part.area_m2]}
    record("stand.split", stand, context=context, edition=stand.edition_id, **data)
    _follow(locked, f"Stand {stand.number} was cut in two.", context)
    return added


@transaction.atomic
def merge_stands(sales: Sequence[StandSale], *, context: ActionContext) -> StandSale:
    """Join stands of one hall that make one rectangle; which number survives is the edition's rule.

    At most one exhibitor may have some of them: it has the whole then, and pays for it. Who waited for one of them
    waits for the whole. Raises: OneStandToMerge, NotOneRectangle, StandsOfSeveral,
    NoRectangle.
    """
    locked = _locked([sale.pk for sale in sales])
    stands, numbers = [sale.stand for sale in locked], [sale.stand.number for sale in locked]
    owners = {sale.application_id or 0 for sale in locked if is_live(sale.state, sale.until, context.at)}
    require_mergeable(numbers, {stand.hall_id for stand in stands}, owners)
    whole = joined([_box(stand) for stand in stands], numbers)
    edition = stands[0].edition
    number = surviving([(one.number, one.area_m2) for one in stands], sale_rules(edition).survivor)
    kept = next(sale for sale in locked if sale.stand.number == number)
    gone = [sale for sale in locked if sale is not kept]
    owner = next((sale for sale in locked if is_live(sale.state, sale.until, context.at)), kept)
    had = (owner.state, owner.application, owner.since, owner.until, owner.renewed, owner.upper_deck_m2)
    _hand_over(kept.stand, [sale.stand for sale in gone])
    kept.stand.kind = Stand.Kind.SPECIAL if Stand.Kind.SPECIAL in {one.kind for one in stands} else kept.stand.kind
    _place(kept.stand, whole)
    _face(kept.stand.hall, [kept.stand])
    kept.state, kept.application, kept.since, kept.until, kept.renewed, kept.upper_deck_m2 = had
    kept.save()
    data = {"of": numbers, "areas_m2": kept.stand.area_m2}
    record("stand.merged", kept.stand, context=context, edition=edition.pk, **data)
    _follow(kept, f"Stands {', '.join(numbers)} were joined.", context)
    return kept


@transaction.atomic
def swap_stands(first: StandSale, second: StandSale, *, context: ActionContext) -> None:
    """Let two exhibitors exchange their stands; each pays for what it has then, and is told.

    Raises: ExchangeNeedsTwo.
    """
    rows = _locked([first.pk, second.pk])
    require_exchange([(sale.state, sale.stand.number) for sale in rows])
    one, other = rows
    pairs = [(_exhibitor(one), other), (_exhibitor(other), one)]
    one.application, other.application = other.application, one.application
    one.upper_deck_m2, other.upper_deck_m2 = other.upper_deck_m2, one.upper_deck_m2
    # Two rows never name one application, not even between two statements.
    StandSale.objects.filter(pk=one.pk).update(state=FREE, application=None)
    other.save(update_fields=["application", "upper_deck_m2"])
    one.save(update_fields=["application", "state", "upper_deck_m2"])
    for exhibitor, sale in pairs:
        occupy(sale.stand, exhibitor)
    data = {"between": [one.stand.number, other.stand.number]}
    record("stand.swapped", one.stand, context=context, edition=one.stand.edition_id, **data)
    for sale in (one, other):
        _moved(sale, "The stands were exchanged.", context)


@transaction.atomic
def move_exhibitor(sale: StandSale, to: StandSale, *, context: ActionContext) -> None:
    """Move an exhibitor to a free stand; it pays for that one and is told. The one it left is offered to who waits.

    Raises: NothingToMove, DestinationTaken.
    """
    rows = _locked([sale.pk, to.pk])
    left, taken = rows[0], rows[-1]
    require_destination(left.state, taken.state, is_live(taken.state, taken.until, context.at), taken.stand.number)
    exhibitor, application = _exhibitor(left), left.application
    taken.upper_deck_m2, left.upper_deck_m2 = left.upper_deck_m2, 0
    left.state, left.application, left.since = FREE, None, None
    left.save(update_fields=["state", "application", "since", "upper_deck_m2"])
    taken.state, taken.application, taken.since = CONFIRMED, application, context.at
    taken.until, taken.renewed = None, False
    taken.save()
    occupy(taken.stand, exhibitor)
    data = {"from": left.stand.number, "to": taken.stand.number, "exhibitor": exhibitor.number}
    record("stand.moved", taken.stand, context=context, edition=taken.stand.edition_id, **data)
    _moved(taken, f"The exhibitor moved from stand {left.stand.number} to {taken.stand.number}.", context)
    offer_down(left, context=context)


def _locked(keys: Sequence[int]) -> list[StandSale]:
    """Stands on sale in the order of the keys, locked in that of their rows, so that nobody waits in a circle."""
    rows = StandSale.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {sale.pk: sale for sale in rows.select_related("stand__edition__venue", "stand__hall", "application")}
    return [found[key] for key in dict.fromkeys(keys)]


def _box(stand: Stand) -> Box:
    """Raises: NoRectangle."""
    if stand.corners:
        raise NoRectangle(number=stand.number)
    return Box(stand.x, stand.y, stand.width, stand.depth)


def _place(stand: Stand, box: Box) -> None:
    stand.x, stand.y, stand.width, stand.depth = box
    stand.area_m2, stand.open_sides = round(box.area), stand.open_sides or 1
    stand.save()


def _face(hall: Hall, stands: Sequence[Stand]) -> None:
    """Count the open sides of stands anew, by what stands beside them now."""
    _x, _y, width, depth = hall.floor.box
    there = {one.pk: Box(one.x, one.y, one.width, one.depth) for one in Stand.objects.filter(hall=hall)}
    for stand in stands:
        others = [box for key, box in there.items() if key != stand.pk]
        stand.open_sides = open_sides(_box(stand), others, (width, depth))
        stand.save(update_fields=["open_sides"])


def _hand_over(kept: Stand, gone: Sequence[Stand]) -> None:
    """Bring exhibitors and wishes of stands that are no more to the one that is left."""
    keys = [stand.pk for stand in gone]
    Occupancy.objects.filter(stand__in=keys).update(stand=kept)
    there = set(Wish.objects.filter(stand=kept, ended=None).values_list("application", flat=True))
    for wish in Wish.objects.filter(stand__in=keys, ended=None).order_by("rank", "made"):
        if wish.application_id not in there:
            there.add(wish.application_id)
            wish.stand = kept
            wish.save(update_fields=["stand"])
    Stand.objects.filter(pk__in=keys).delete()


def _exhibitor(sale: StandSale) -> Exhibitor:
    owner = require_one_owner(sale.application_id, sale.stand.number)
    return Exhibitor.objects.get(application=owner, main=None)


def _follow(sale: StandSale, reason: str, context: ActionContext) -> None:
    """Let the money of who has the stand follow its new size; what is only held has none yet."""
    if sale.application is None or sale.until is not None:
        return
    if sale.state == CONFIRMED:
        occupy(sale.stand, _exhibitor(sale))
    follow_stand(sale.application, facts_of(sale), reason=reason, context=context)


def _moved(sale: StandSale, reason: str, context: ActionContext) -> None:
    application = Application.objects.select_related("organisation").get(stand_sales=sale)
    follow_stand(application, facts_of(sale), reason=reason, context=context)
    tell_of_stand("stand_moved", application, sale.stand, context)
