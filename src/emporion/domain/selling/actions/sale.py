"""What the office sets of the sale: its rules, which stands are on sale, the classes of their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.selling.models import SaleRules, StandSale
from emporion.domain.selling.rules.holds import CONFIRMED, FREE


@dataclass(frozen=True)
class Terms:
    """The rules of an edition's sale as the office types them."""

    way: str
    hold_minutes: int
    offer_hours: int
    returning_until: date | None
    survivor: str


@transaction.atomic
def set_sale_rules(edition: Edition, terms: Terms, *, context: ActionContext) -> SaleRules:
    """Set how the edition's stands come to exhibitors; holds that run keep their time."""
    values = vars(terms)
    rules, _new = SaleRules.objects.update_or_create(edition=edition, defaults=values)
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    record("sale.rules_set", edition, context=context, edition=edition.pk, **told)
    return rules


@transaction.atomic
def put_on_sale(edition: Edition, stands: Sequence[Stand], *, context: ActionContext) -> int:
    """Put stands on sale that are not: from then on each stays where it is. How many were put on sale.

    One on which somebody stands is on sale as confirmed, so that it can be moved, cut, joined and cancelled.
    """
    keys = [stand.pk for stand in stands if stand.edition_id == edition.pk]
    new = Stand.objects.select_for_update(of=("self",)).filter(pk__in=keys, sale=None).order_by("pk")
    taken = _applications(new)
    rows = [
        StandSale(
            stand=stand, state=CONFIRMED if stand.pk in taken else FREE, application_id=taken.get(stand.pk),
            since=context.at if stand.pk in taken else None,
        )
        for stand in new
    ]  # fmt: skip
    Stand.objects.filter(pk__in=[row.stand_id for row in rows]).update(locked=True)
    StandSale.objects.bulk_create(rows, batch_size=1000)
    if rows:
        record("sale.stands_added", edition, context=context, edition=edition.pk, stands=len(rows))
    return len(rows)


def _applications(stands: Iterable[Stand]) -> dict[int, int | None]:
    """The application that has each occupied stand; none where several share it."""
    found: dict[int, int | None] = {}
    rows = Occupancy.objects.filter(stand__in=[one.pk for one in stands], area_m2__gt=0)
    for stand, application in rows.values_list("stand", "exhibitor__application"):
        found[stand] = None if stand in found else application
    return found


@transaction.atomic
def take_off_sale(edition: Edition, stands: Sequence[Stand], *, context: ActionContext) -> int:
    """Take free stands off sale: halls may be allocated anew there. How many were taken off."""
    free = StandSale.objects.select_for_update(of=("self",), skip_locked=True).filter(stand__in=stands, state=FREE)
    keys = list(free.filter(stand__edition=edition).values_list("pk", flat=True))
    StandSale.objects.filter(pk__in=keys).delete()
    Stand.objects.filter(pk__in=keys).update(locked=False)
    if keys:
        record("sale.stands_removed", edition, context=context, edition=edition.pk, stands=len(keys))
    return len(keys)


@transaction.atomic
def set_location(edition: Edition, stands: Sequence[Stand], location: str, *, context: ActionContext) -> int:
    """Set the class of the places of stands on sale, for whoever takes them from then on; how many it changed."""
    changed = StandSale.objects.filter(stand__in=stands, stand__edition=edition).exclude(location=location)
    count = changed.update(location=location)
    if count:
        record("sale.location_set", edition, context=context, edition=edition.pk, location=location, stands=count)
    return count
