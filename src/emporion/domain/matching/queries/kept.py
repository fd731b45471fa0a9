"""The exhibitors' side and its prices, kept in each process until a deed may have changed them.

A newcomer's list looks at every exhibitor. What all of them show takes longer to read than the rest of the page and
seldom changes, while people register and meet all the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

import numpy as np
from django.db import connection

from emporion.domain.matching.models import ExhibitorSuggestions, MatchingRun
from emporion.domain.matching.queries.market import Sellers, read_sellers
from emporion.domain.matching.rules import FloatArray

# Deeds that leave the exhibitors' side as it is, by what they are done to; after any other it is read again.
APART = (
    "badge", "badges", "calendar", "deal", "deals", "delegation", "delegations", "entries", "hall", "investment",
    "meeting", "needs", "organisation", "presence", "representative", "requests", "slots", "suggestion", "timetable",
    "unit", "visitor", "visitors",
)  # fmt: skip
# Entries of the journal are committed in another order than they are numbered in: so many are looked at again.
OVERLAP = 1000
# What staff type into areas, sectors and countries leaves no entry: it counts after so many seconds at the latest.
KEPT_SECONDS = 600
# Editions kept at a time; those asked for last stay.
MOST_EDITIONS = 2
_DEEDS = """SELECT coalesce(max(id), %(after)s), coalesce(array_agg(id) FILTER (
        WHERE split_part(event, '.', 1) <> ALL(%(apart)s) AND coalesce(edition, %(edition)s) = %(edition)s), '{}'),
    extract(epoch FROM statement_timestamp())::bigint FROM journal_journalentry WHERE id > %(after)s"""


class Priced(NamedTuple):
    """The exhibitors' side, and the price of each exhibitor's attention by row (0: the run knew it not)."""

    sellers: Sellers
    prices: FloatArray


class _Deeds(NamedTuple):
    """The journal at one time (s): its last number and the deeds before it that touch the exhibitors."""

    last: int
    touching: frozenset[int]
    at: int


@dataclass
class _Kept:
    run: int
    read_at: int
    deeds: _Deeds
    priced: Priced


_kept: dict[int, _Kept] = {}
# Of several threads that find nothing kept one reads, and the others wait for it.
_one_at_a_time = Lock()


def priced_exhibitors(run: MatchingRun) -> Priced:
    """The exhibitors of the run's edition as they are now and the prices that the run left; they are not written to.

    One query while nothing has happened to the exhibitors, else seven.
    """
    with _one_at_a_time:
        kept = _kept.pop(run.edition_id, None)
        if kept is None or not _still_holds(kept, run):
            kept = _read(run)
        _kept[run.edition_id] = kept
        while len(_kept) > MOST_EDITIONS:
            del _kept[next(iter(_kept))]
        return kept.priced


def _still_holds(kept: _Kept, run: MatchingRun) -> bool:
    """Whether no other deed touches the exhibitors than when they were read; looks further from there next time."""
    after = kept.deeds.last - OVERLAP
    now = _deeds(run.edition_id, after)
    known = {number for number in kept.deeds.touching if number > after}
    kept.deeds = now
    return kept.run == run.pk and now.at - kept.read_at < KEPT_SECONDS and now.touching == known


def _read(run: MatchingRun) -> _Kept:
    # The journal is asked first: what is done meanwhile is found the next time.
    deeds = _deeds(run.edition_id, _last_number() - OVERLAP)
    sellers = read_sellers(run.edition)
    prices = dict(ExhibitorSuggestions.objects.filter(run=run).values_list("exhibitor", "price"))
    by_row = np.array([prices.get(pk, 0.0) for pk in sellers.side.ids.tolist()], np.float32)
    return _Kept(run.pk, deeds.at, deeds, Priced(sellers, by_row))


def _deeds(edition: int, after: int) -> _Deeds:
    with connection.cursor() as cursor:
        cursor.execute(_DEEDS, {"edition": edition, "after": after, "apart": list(APART)})
        last, touching, at = cursor.fetchone()
    return _Deeds(last, frozenset(touching), at)


def _last_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM journal_journalentry")
        return int(cursor.fetchone()[0])
