"""What a product's page and a list of products tell of entering the edition's host."""

from __future__ import annotations

from datetime import date
from typing import Any

from emporion.domain.cache import Cache
from emporion.domain.catalogue.actions.eligibility import store_eligibility
from emporion.domain.catalogue.models import Product
from emporion.domain.editions.models import Edition
from emporion.domain.journal.versions import public_version
from emporion.domain.marketaccess import queries as marketaccess
from emporion.domain.marketaccess.rules.answer import Range
from emporion.domain.marketaccess.rules.eligibility import nearest_day
from emporion.domain.marketaccess.rules.refusals import NoSchedule
from emporion.language import country_name, written
from emporion.web.market.entering import address
from emporion.web.market.presenters import present_answer

MAX_LINES = 4
_days: Cache[date | None] = Cache("days of standings")


def panel(edition: Edition, product: Product) -> dict[str, Any] | None:
    """The answer for a product's code and origin on the edition's first day, or the nearest day at hand.

    ``None`` where the host's tariff is not at hand; without an answer where the product has no code or no origin.
    """
    try:
        market = marketaccess.market_of(edition.host_id, edition.first_day)
    except NoSchedule:
        return None
    on = nearest_day(market, edition.first_day)
    context: dict[str, Any] = {"to": country_name(edition.host_id), "on": on, "elsewhere": on != edition.first_day}
    if not product.hs_id or not product.origin_id:
        return context
    code, origin = product.hs_id, product.origin_id
    found = marketaccess.answer(code, origin, edition.host_id, on)
    lines = found.lines if isinstance(found, Range) else ()
    return {
        **context,
        "found": present_answer(found),
        "lines": [present_answer(one) for one in lines[:MAX_LINES]],
        "more": max(0, len(lines) - MAX_LINES),
        "address": address(edition, lines[0].code if len(lines) == 1 else code, origin, edition.host_id, on),
    }


def standings(edition: Edition) -> dict[str, Any] | None:
    """Of which day and tariff the filters speak, once what they need is kept; ``None`` without a tariff."""
    on = _days.get(edition.pk, public_version(edition.pk), lambda: _kept(edition))
    if on is None:
        return None
    schedule = marketaccess.market_of(edition.host_id, on).schedule
    return {
        "to": country_name(edition.host_id), "on": on, "elsewhere": on != edition.first_day,
        "title": written(schedule.title), "complete": schedule.complete,
    }  # fmt: skip


def _kept(edition: Edition) -> date | None:
    try:
        return store_eligibility(edition)
    except NoSchedule:
        return None
