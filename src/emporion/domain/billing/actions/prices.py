"""The price list of an edition: set by its organiser, taken over from the edition before."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from emporion.domain.billing.models import PriceList
from emporion.domain.billing.rules.instalments import Instalment
from emporion.domain.billing.rules.prices import PRICE_FIELDS, Prices, require_instalments, require_prices
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext


@transaction.atomic
def set_prices(
    edition: Edition, prices: Prices, instalments: Sequence[Instalment], *, context: ActionContext
) -> PriceList:
    """Set the edition's price list; set to what it is, it stays. Contracts keep the prices they were made with.

    Raises: what ``require_prices`` and ``require_instalments`` refuse.
    """
    require_prices(prices)
    require_instalments(instalments)
    values = {name: getattr(prices, name) for name in PRICE_FIELDS}
    values["instalments"] = [one.stored() for one in instalments]
    values["locations"] = [one.stored() for one in prices.locations]
    # Of two who set the first prices at the same moment the second waits here.
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    before = PriceList.objects.filter(edition=edition).first()
    if before and all(getattr(before, name) == value for name, value in values.items()):
        return before
    found, _new = PriceList.objects.update_or_create(edition=edition, defaults=values)
    record("prices.set", edition, context=context, edition=edition.pk, **_told(values))
    return found


def _told(values: dict[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int | list) else str(value or 0) for name, value in values.items()}


def follow_prices(before: Edition, edition: Edition) -> None:
    """Give a following edition the price list of the one before it; the early bird keeps its distance from the show.

    Call it in the transaction that prepares the edition, whose journal entry tells of it.
    """
    found = PriceList.objects.filter(edition=before).first()
    if found is None:
        return
    found.pk, found._state.adding, found.edition = None, True, edition
    if found.early_until:
        found.early_until += edition.first_day - before.first_day
    found.save()
