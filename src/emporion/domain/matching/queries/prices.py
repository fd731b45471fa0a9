"""The exhibitors' side of matching and its prices, computed once for a version of what they rest on.

A newcomer's list looks at every exhibitor. What all of them show takes longer to read than the rest of the page and
seldom changes, while people register and meet all the time.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np

from emporion.domain.cache import Cache
from emporion.domain.journal.versions import count_of, public_version
from emporion.domain.matching.models import ExhibitorSuggestions, MatchingRun
from emporion.domain.matching.queries.market import Sellers, read_sellers
from emporion.domain.matching.rules import FloatArray

# Events that change what exhibitors seek and offer in matching, and nothing that the public sees.
EVENTS = ("application.buyers_wanted", "texts.kept")
# Editions kept at a time; those asked for last stay.
MAX_EDITIONS = 2


class Priced(NamedTuple):
    """The exhibitors' side, and the price of each exhibitor's attention by row (0: the run knew it not)."""

    sellers: Sellers
    prices: FloatArray


_priced: Cache[Priced] = Cache("exhibitors with prices", most=MAX_EDITIONS)


def priced_exhibitors(run: MatchingRun) -> Priced:
    """The exhibitors of the run's edition as they are now and the prices that the run left; they are not written to.

    Two queries while nothing has happened to the exhibitors, else eight.
    """
    return _priced.get(run.edition_id, exhibitors_version(run), lambda: _read(run))


def exhibitors_version(run: MatchingRun) -> Hashable | None:
    """A version of all that the exhibitors' side and its prices rest on; ``None`` in a transaction that wrote."""
    version = public_version(run.edition_id)
    return None if version is None else (version, run.pk, count_of(EVENTS, run.edition_id))


def _read(run: MatchingRun) -> Priced:
    sellers = read_sellers(run.edition)
    prices = dict(ExhibitorSuggestions.objects.filter(run=run).values_list("exhibitor", "price"))
    by_row = np.array([prices.get(pk, 0.0) for pk in sellers.side.ids.tolist()], np.float32)
    return Priced(sellers, by_row)
