"""What the host's tariff says of every code and origin in an edition's catalogue, kept for the filters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from emporion.domain.catalogue.models import MarketEligibility
from emporion.domain.catalogue.queries import without_eligibility
from emporion.domain.editions.models import Edition
from emporion.domain.marketaccess import queries as marketaccess
from emporion.domain.marketaccess.queries import Query
from emporion.domain.marketaccess.rules.eligibility import (
    RCEP,
    is_answered,
    is_free_from_least_developed,
    is_free_under,
    nearest_day,
)


@transaction.atomic
def store_eligibility(edition: Edition) -> date:
    """Reckon what is not kept yet for the tariff at hand, and give the day for which it is told.

    That is the edition's first day, or the nearest to it for which the host's tariff answers. What was kept for
    another version or day goes. Doing it twice does the same as once. Raises ``NoSchedule``.
    """
    market = marketaccess.market_of(edition.host_id, edition.first_day)
    on = nearest_day(market, edition.first_day)
    version = f"{marketaccess.version_of(edition.host_id, on)}-{on}"
    if pairs := without_eligibility(edition, version):
        MarketEligibility.objects.filter(edition=edition).exclude(version=version).delete()
        found = _standings(edition, pairs, on, version)
        MarketEligibility.objects.bulk_create(found, batch_size=2_000, ignore_conflicts=True)
    return on


def _standings(
    edition: Edition, pairs: Iterable[tuple[str, str]], on: date, version: str
) -> Iterable[MarketEligibility]:
    pairs = list(pairs)
    market = marketaccess.market_of(edition.host_id, on)
    queries = [Query(hs, origin) for hs, origin in pairs]
    for (hs, origin), answer in zip(pairs, marketaccess.answers_for(queries, edition.host_id, on), strict=True):
        yield MarketEligibility(
            edition=edition, hs_id=hs, origin_id=origin, version=version, answered=is_answered(answer),
            free_under_rcep=is_free_under(RCEP, answer),
            free_from_least_developed=is_free_from_least_developed(market, answer),
        )  # fmt: skip
