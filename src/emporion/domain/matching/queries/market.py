"""The market that the matching kernel solves, made of the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from emporion.domain.editions.models import Edition
from emporion.domain.matching.queries.numbers import read_numbers, rows_of
from emporion.domain.matching.queries.participants import Pairs, Side, read_exhibitors, read_visitors
from emporion.domain.matching.queries.texts import exhibitor_text_vectors, text_factors
from emporion.domain.matching.rules import (
    VISITOR_MEETINGS,
    FloatArray,
    IntArray,
    Weights,
    exhibitor_meetings,
    wanted_size,
)
from emporion.kernels.matching import Problem

# Headings with a column of their own: those that most visitors want and exhibitors show. Others count by chapter.
MAX_HEADINGS = 256
SIZES = 5
Among = dict[str, list[int] | None]
# Of some visitors and exhibitors only, where they are named.
_AMONG = """(%(only)s::bigint[] IS NULL OR {visitor} = ANY(%(only)s))
    AND (%(shown)s::bigint[] IS NULL OR e.id = ANY(%(shown)s))"""
# Never suggested: whom one side declined or hid, and one's own organisation or delegation.
_HIDDEN = f"""
    SELECT d.visitor_id, d.exhibitor_id FROM matching_decline d JOIN exhibitors_exhibitor e ON e.id = d.exhibitor_id
    WHERE e.edition_id = %(edition)s AND {_AMONG.format(visitor="d.visitor_id")}
    UNION
    SELECT m.visitor_id, m.exhibitor_id FROM matching_mark m JOIN exhibitors_exhibitor e ON e.id = m.exhibitor_id
    WHERE m.kind = 'hidden' AND e.edition_id = %(edition)s AND {_AMONG.format(visitor="m.visitor_id")}
    UNION
    SELECT v.id, e.id FROM exhibitors_exhibitor e
    JOIN visitors_visitingunit own ON own.organisation_id = e.organisation_id AND own.edition_id = e.edition_id
    JOIN visitors_visitingunit u ON u.id = own.id OR u.delegation_id = own.delegation_id
    JOIN visitors_visitor v ON v.unit_id = u.id
    WHERE e.edition_id = %(edition)s AND {_AMONG.format(visitor="v.id")}"""


# Who favours whom: 1 a favourite, 0 asked to meet; then whether the exhibitor said it.
_FAVOURITES = f"""
    SELECT m.visitor_id, m.exhibitor_id, 1, m.by_exhibitor::int FROM matching_mark m
    JOIN exhibitors_exhibitor e ON e.id = m.exhibitor_id
    WHERE m.kind = 'favourite' AND e.edition_id = %(edition)s AND {_AMONG.format(visitor="m.visitor_id")}
    UNION ALL
    SELECT i.visitor_id, i.exhibitor_id, 0, i.by_exhibitor::int FROM matching_interest i
    JOIN exhibitors_exhibitor e ON e.id = i.exhibitor_id
    WHERE e.edition_id = %(edition)s AND {_AMONG.format(visitor="i.visitor_id")}"""


@dataclass(frozen=True)
class Columns:
    """What the columns of the factors stand for: (kind of term, key), of p and of q."""

    wanted_by_visitor: list[tuple[str, int]]
    wanted_by_exhibitor: list[tuple[str, int]]


@dataclass(frozen=True)
class Market:
    """The kernel's problem, the records behind its rows and what its columns mean.

    ``units`` are the visitors' units (0: none); ``texts`` the columns of what visitors want in which both sides' own
    words are compared.
    """

    edition: Edition
    visitors: IntArray
    exhibitors: IntArray
    problem: Problem
    columns: Columns
    units: IntArray
    texts: slice


@dataclass(frozen=True)
class Sellers:
    """The exhibitors' side of a market, and what each tells in its own words as a direction by row (zero: nothing)."""

    side: Side
    text_vectors: FloatArray


def read_sellers(edition: Edition, only: Sequence[int] | None = None) -> Sellers:
    """The edition's exhibitors and co-exhibitors, or some of them (their ids), in four queries."""
    side = read_exhibitors(edition, only)
    return Sellers(side, exhibitor_text_vectors(side.ids))


def load_market(
    edition: Edition,
    *,
    visitors: Sequence[int] | None = None,
    exhibitors: Sequence[int] | Sellers | None = None,
    weights: Weights | None = None,
) -> Market:
    """The edition's market, or that of some visitors and exhibitors only (their ids), in ten queries.

    Of ``exhibitors`` that were read before only what is between them and the visitors is asked.

    What a visitor wants of an exhibitor (p): sectors of interest, the delegation's remit and published needs against
    the exhibitor's and its products' sectors; HS chapters and headings against the products'; debuts; one's own
    region, unless that is the host market's; what its favourites and those it asked to meet show; and the likeness of
    its unit's needs to what the exhibitor shows and whom it wants to meet, as both say it in their own words.
    What an exhibitor wants of a visitor (q): purchasing size, more so the larger the stand, or at least as much as it
    asks for; published needs; a buyer of the host market when it comes from abroad. A national image that shows no
    goods and does not say whom it seeks wants nobody in particular. A pair gains when either side favours the other.
    """
    points = weights or Weights()
    read = exhibitors if isinstance(exhibitors, Sellers) else read_sellers(edition, exhibitors)
    buyers, sellers = read_visitors(edition, points, visitors), read.side
    among: Among = {
        "only": None if visitors is None else list(visitors),
        "shown": None if exhibitors is None or isinstance(exhibitors, Sellers) else list(exhibitors),
    }
    favoured, kinds = _pairs(_FAVOURITES, edition, buyers.ids, sellers.ids, among, more=2)
    theirs = favoured[kinds[:, 1] == 0]
    topics, wants, shows = _topics(buyers, sellers, theirs[:, 1])
    _lean_to_favourites(wants, shows, theirs, points.like_favourite)
    more, wants_more, shows_more = _of_exhibitors(buyers, sellers, points)
    needed, text_vectors = text_factors(
        buyers.facts[:, 4], read.text_vectors, whole=visitors is None and exhibitors is None
    )
    sought, seeks, offers = _of_visitors(buyers, sellers, points)
    shows_nothing = sellers.facts[:, 6] == 0
    seeks[shows_nothing] *= read.text_vectors[shows_nothing].any(axis=1, keepdims=True)
    texts = slice(wants.shape[1] + wants_more.shape[1], None)
    problem = Problem(
        visitor_wants=np.hstack([wants, wants_more, needed * np.float32(points.text)]),
        exhibitor_offers=np.hstack([shows, shows_more, text_vectors]),
        exhibitor_wants=seeks,
        visitor_offers=offers,
        visitor_capacity=np.full(len(buyers.ids), VISITOR_MEETINGS, np.int32),
        exhibitor_capacity=exhibitor_meetings(sellers.facts[:, 0], sellers.facts[:, 1] > 0).astype(np.int32),
        hidden=_pairs(_HIDDEN, edition, buyers.ids, sellers.ids, among)[0],
        favoured=favoured,
        favour=np.array([points.requested, points.favourite], np.float32)[kinds[:, 0]],
    )
    words = [("text", 0)] * needed.shape[1]
    columns = Columns(topics + more + words, sought)
    return Market(edition, buyers.ids, sellers.ids, problem, columns, buyers.facts[:, 4], texts)


def _topics(
    buyers: Side, sellers: Side, favoured: npt.NDArray[np.int32]
) -> tuple[list[tuple[str, int]], FloatArray, FloatArray]:
    """A column for every sector, chapter and heading that both sides know: what it is, visitors', exhibitors'.

    The sectors and chapters that ``favoured`` exhibitors' rows show are wanted by those who favour them.
    """
    columns: list[tuple[str, int]] = []
    for kind, most in (("sector", 10_000), ("chapter", 10_000), ("heading", MAX_HEADINGS)):
        wanted, shown = getattr(buyers, f"{kind}s"), getattr(sellers, f"{kind}s")
        keys = _known_to_both(wanted, shown, most)
        if kind != "heading":
            keys = np.union1d(keys, shown.keys[np.isin(shown.rows, favoured)])
        columns += [(kind, int(key)) for key in keys]
    wants = np.zeros((len(buyers.ids), len(columns)), np.float32)
    shows = np.zeros((len(sellers.ids), len(columns)), np.float32)
    for kind in ("sector", "chapter", "heading"):
        places = {key: place for place, (known, key) in enumerate(columns) if known == kind}
        # Wishes add up; an exhibitor that stands for a sector in two ways stands for it as well as in the better one.
        _fill(wants, getattr(buyers, f"{kind}s"), places, np.add)
        _fill(shows, getattr(sellers, f"{kind}s"), places, np.maximum)
    return columns, wants, shows


def _known_to_both(wanted: Pairs, shown: Pairs, most: int) -> IntArray:
    """The keys on both sides, rising; of more than ``most`` those with most wishes times offers."""
    keys, wishes = np.unique(wanted.keys, return_counts=True)
    offered, offers = np.unique(shown.keys, return_counts=True)
    both, of_wanted, of_shown = np.intersect1d(keys, offered, assume_unique=True, return_indices=True)
    weight = wishes[of_wanted] * offers[of_shown]
    return np.sort(both[np.argsort(-weight, kind="stable")[:most]])


def _fill(factors: FloatArray, pairs: Pairs, places: dict[int, int], how: np.ufunc) -> None:
    if not places:
        return
    keys = np.array(sorted(places))
    at, there = rows_of(keys, pairs.keys)
    columns = np.array([places[key] for key in keys.tolist()])[at[there]]
    how.at(factors, (pairs.rows[there], columns), pairs.points[there])


def _of_exhibitors(
    buyers: Side, sellers: Side, weights: Weights
) -> tuple[list[tuple[str, int]], FloatArray, FloatArray]:
    """More of what visitors want: debuts, and exhibitors of one's own region."""
    regions = np.intersect1d(buyers.facts[:, 2][buyers.facts[:, 1] == 0], sellers.facts[:, 3])
    regions = regions[regions > 0]
    from_there = (buyers.facts[:, [2]] == regions) & (buyers.facts[:, [1]] == 0)
    wants = np.hstack([np.full((len(buyers.ids), 1), weights.debut), from_there * weights.region])
    shows = np.hstack([sellers.facts[:, [4]], sellers.facts[:, [3]] == regions])
    columns = [("debut", 0)] + [("region", int(region)) for region in regions]
    return columns, wants.astype(np.float32), shows.astype(np.float32)


def _of_visitors(buyers: Side, sellers: Side, weights: Weights) -> tuple[list[tuple[str, int]], FloatArray, FloatArray]:
    """What exhibitors want: what it is, how much each wants it, how much each visitor offers."""
    size, need, new_market = wanted_size(sellers.facts[:, 0]), np.ones(len(sellers.ids)), sellers.facts[:, 2]
    # Who states the least it asks for is told by that; the others by their stand.
    least = sellers.facts[:, [5]]
    least_sizes = np.unique(least[least > 0])
    seeks = np.column_stack(
        [
            np.where(least[:, 0] > 0, 0, size) * weights.size,
            need * weights.need,
            new_market * weights.new_market,
            (least == least_sizes) * weights.size,
        ]
    )
    offers = np.column_stack(
        [buyers.facts[:, 0] / SIZES, buyers.facts[:, 3], buyers.facts[:, 1], buyers.facts[:, [0]] >= least_sizes]
    )
    columns = [("size", 0), ("need", 0), ("new_market", 0), *(("least_size", int(one)) for one in least_sizes)]
    return columns, seeks.astype(np.float32), offers.astype(np.float32)


def _lean_to_favourites(wants: FloatArray, shows: FloatArray, favourites: npt.NDArray[np.int32], points: float) -> None:
    """Add what favourites show to what their visitors want.

    An exhibitor that shows the same as a visitor's one favourite gains ``points``, others as much less as they show
    less of it; several favourites share the points by their square root.
    """
    visitor, exhibitor = favourites.T
    count = np.bincount(visitor, minlength=len(wants))[visitor]
    shown = shows[exhibitor]
    size = np.maximum((shown * shown).sum(axis=1), np.float32(1e-6)) * np.sqrt(count, dtype=np.float32)
    np.add.at(wants, visitor, shown * (points / size)[:, None].astype(np.float32))


def _pairs(
    sql: str, edition: Edition, visitors: IntArray, exhibitors: IntArray, among: Among, more: int = 0
) -> tuple[npt.NDArray[np.int32], IntArray]:
    """Pairs of rows (n, 2) among the two sides, and ``more`` numbers that come with each."""
    pairs = read_numbers(2 + more, sql, edition=edition.pk, **among)
    visitor, known = rows_of(visitors, pairs[:, 0])
    exhibitor, shown = rows_of(exhibitors, pairs[:, 1])
    there = known & shown
    return np.column_stack([visitor, exhibitor])[there].astype(np.int32), pairs[there, 2:]
