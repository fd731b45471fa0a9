"""The two sides of the market as the records describe them: who they are, and what they want or show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from emporion.domain.editions.models import Edition
from emporion.domain.matching.queries.numbers import read_numbers, rows_of
from emporion.domain.matching.rules import (
    OWN_SECTOR,
    PRODUCT_SECTOR,
    WIDER_SECTOR,
    FloatArray,
    IntArray,
    Weights,
)

_VISITORS = """FROM visitors_visitor v LEFT JOIN visitors_visitingunit u ON u.id = v.unit_id
    WHERE v.edition_id = %(edition)s AND v.state = 'approved'
    AND (%(only)s::bigint[] IS NULL OR v.id = ANY(%(only)s))"""
_WHO_VISITS = f"""SELECT v.id, coalesce(u.purchasing_size, 0), (v.country_id = %(host)s)::int,
    coalesce((SELECT region_id::int FROM reference_country c WHERE c.iso2 = v.country_id), 0),
    EXISTS (SELECT FROM visitors_purchaseneed n WHERE n.unit_id = v.unit_id)::int, coalesce(v.unit_id, 0)
    {_VISITORS} ORDER BY v.id"""
# What the visitor's organisation needed in earlier editions.
_NEEDED_BEFORE = f"""FROM (SELECT v.id, u.organisation_id, v.edition_id {_VISITORS}) v
    JOIN editions_edition this ON this.id = v.edition_id
    JOIN editions_edition before ON before.fair_id = this.fair_id AND before.number < this.number
    JOIN visitors_visitingunit past ON past.organisation_id = v.organisation_id AND past.edition_id = before.id
    JOIN visitors_purchaseneed n ON n.unit_id = past.id"""
# Sources: 0 the visitor's own interests, 1 the remit of its delegation or the one above, 2 its unit's needs, 3 what its
# organisation needed in earlier editions.
_WANTED_SECTORS = f"""
    SELECT DISTINCT v.id, s, 0 FROM (SELECT v.id, v.sectors {_VISITORS}) v, unnest(v.sectors) s
    UNION ALL
    SELECT v.id, s.number, 1 FROM (SELECT v.id, v.edition_id, u.delegation_id {_VISITORS}) v
    JOIN visitors_delegation d ON d.id = v.delegation_id LEFT JOIN visitors_delegation p ON p.id = d.parent_id
    JOIN editions_edition e ON e.id = v.edition_id
    JOIN editions_sector s ON s.fair_id = e.fair_id AND s.code = ANY(coalesce(nullif(d.remit, '{{}}'), p.remit))
    UNION ALL
    SELECT DISTINCT v.id, s.number, 2 FROM (SELECT v.id, v.unit_id {_VISITORS}) v
    JOIN visitors_purchaseneed n ON n.unit_id = v.unit_id JOIN editions_sector s ON s.id = n.sector_id
    UNION ALL
    SELECT DISTINCT v.id, s.number, 3 {_NEEDED_BEFORE} JOIN editions_sector s ON s.id = n.sector_id"""
_WANTED_GOODS = f"""
    SELECT DISTINCT v.id, rpad(left(h, 4), 4, '0')::int, 0
    FROM (SELECT v.id, v.hs_headings {_VISITORS}) v, unnest(v.hs_headings) h WHERE h ~ '^[0-9]{{2,6}}$'
    UNION ALL
    SELECT DISTINCT v.id, rpad(left(n.hs_id, 4), 4, '0')::int, 2 FROM (SELECT v.id, v.unit_id {_VISITORS}) v
    JOIN visitors_purchaseneed n ON n.unit_id = v.unit_id WHERE n.hs_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT v.id, rpad(left(n.hs_id, 4), 4, '0')::int, 3 {_NEEDED_BEFORE} WHERE n.hs_id IS NOT NULL"""

_EXHIBITORS = """FROM exhibitors_exhibitor e WHERE e.edition_id = %(edition)s
    AND (%(only)s::bigint[] IS NULL OR e.id = ANY(%(only)s))"""
_WHO_EXHIBITS = f"""SELECT e.id,
    (SELECT a.area_m2 FROM exhibitors_application a WHERE a.id = e.application_id),
    (e.main_id IS NOT NULL)::int, (e.origin_id IS DISTINCT FROM %(host)s)::int,
    coalesce((SELECT region_id::int FROM reference_country c WHERE c.iso2 = e.origin_id), 0),
    EXISTS (SELECT FROM catalogue_product p JOIN catalogue_debut d ON d.product_id = p.id
        WHERE p.exhibitor_id = e.id)::int,
    (SELECT a.least_purchases FROM exhibitors_application a WHERE a.id = e.application_id),
    (e.scope = 'enterprise' OR EXISTS (SELECT FROM catalogue_product p WHERE p.exhibitor_id = e.id))::int
    {_EXHIBITORS} ORDER BY e.id"""
# Sources: 0 its own sector, 1 its area's sector, 2 its products' sectors; each gives the sector and the one above.
_SHOWN_SECTORS = f"""
    SELECT DISTINCT shown.id, s.number, coalesce(above.number, 0), shown.source FROM (
        SELECT e.id, e.sector_id AS sector, 0 AS source {_EXHIBITORS}
        UNION ALL
        SELECT e.id, a.sector_id, 1 FROM (SELECT e.id, e.area_id {_EXHIBITORS}) e
        JOIN editions_exhibitionarea a ON a.id = e.area_id
        UNION ALL
        SELECT e.id, p.sector_id, 2 FROM (SELECT e.id {_EXHIBITORS}) e JOIN catalogue_product p ON p.exhibitor_id = e.id
    ) shown JOIN editions_sector s ON s.id = shown.sector
    LEFT JOIN editions_sector above ON above.id = s.parent_id"""
_SHOWN_GOODS = f"""SELECT DISTINCT e.id, rpad(left(p.hs_id, 4), 4, '0')::int FROM (SELECT e.id {_EXHIBITORS}) e
    JOIN catalogue_product p ON p.exhibitor_id = e.id WHERE p.hs_id IS NOT NULL"""


@dataclass(frozen=True)
class Pairs:
    """Points by row of a side and key (a sector's number, an HS chapter or heading as a number)."""

    rows: IntArray
    keys: IntArray
    points: FloatArray


@dataclass(frozen=True)
class Side:
    """One side: the records' ids, rising, plain facts by row and what is wanted or shown of each kind."""

    ids: IntArray
    facts: IntArray
    sectors: Pairs
    chapters: Pairs
    headings: Pairs


def read_visitors(edition: Edition, weights: Weights, only: Sequence[int] | None = None) -> Side:
    """The approved visitors. Facts: purchasing size, of the host market, region (M49), has published needs, unit."""
    parameters = {"edition": edition.pk, "only": None if only is None else list(only)}
    who = read_numbers(6, _WHO_VISITS, host=edition.host_id, **parameters)
    sectors, goods = read_numbers(3, _WANTED_SECTORS, **parameters), read_numbers(3, _WANTED_GOODS, **parameters)
    ids = who[:, 0]
    by_source = {0: weights.sector, 1: weights.remit, 2: weights.need_sector, 3: weights.past * weights.need_sector}
    by_heading = {0: weights.heading, 2: weights.need_heading, 3: weights.past * weights.need_heading}
    by_chapter = {0: weights.chapter, 2: weights.chapter, 3: weights.past * weights.chapter}
    whole = goods[goods[:, 1] % 100 > 0]
    chapters = np.unique(np.column_stack([goods[:, 0], goods[:, 1] // 100, goods[:, 2]]), axis=0)
    return Side(
        ids=ids,
        facts=who[:, 1:],
        sectors=_shared(ids, sectors, by_source),
        chapters=_shared(ids, chapters, by_chapter),
        headings=_shared(ids, whole, by_heading),
    )


def read_exhibitors(edition: Edition, only: Sequence[int] | None = None) -> Side:
    """The exhibitors and co-exhibitors.

    Facts: area asked in m², co-exhibitor, from abroad, region, shows a debut, least purchasing size asked for, and
    whether it trades: is an enterprise or shows goods.
    """
    parameters = {"edition": edition.pk, "only": None if only is None else list(only)}
    who = read_numbers(8, _WHO_EXHIBITS, host=edition.host_id, **parameters)
    sectors, goods = read_numbers(4, _SHOWN_SECTORS, **parameters), read_numbers(2, _SHOWN_GOODS, **parameters)
    ids = who[:, 0]
    own = np.choose(sectors[:, 3], [OWN_SECTOR, WIDER_SECTOR, PRODUCT_SECTOR])
    wider = np.where(sectors[:, 2] > 0, WIDER_SECTOR, 0)
    chapters = np.unique(np.column_stack([goods[:, 0], goods[:, 1] // 100]), axis=0)
    return Side(
        ids=ids,
        facts=who[:, 1:],
        sectors=_pairs(
            ids, np.tile(sectors[:, 0], 2), np.r_[sectors[:, 1], sectors[:, 2]], np.r_[own, wider].astype(np.float32)
        ),
        chapters=_pairs(ids, chapters[:, 0], chapters[:, 1], np.ones(len(chapters), np.float32)),
        headings=_pairs(ids, goods[:, 0], goods[:, 1], np.ones(len(goods), np.float32)),
    )


def _shared(ids: IntArray, wanted: IntArray, points: dict[int, float]) -> Pairs:
    """Pairs of (id, key, source); the keys of one row and source share that source's points by their square root."""
    owner = wanted[:, 0] * 4 + wanted[:, 2]
    _, place, count = np.unique(owner, return_inverse=True, return_counts=True)
    by_source = np.zeros(4, np.float32)
    for source, worth in points.items():
        by_source[source] = worth
    worth = by_source[wanted[:, 2]] / np.sqrt(count[place], dtype=np.float32)
    return _pairs(ids, wanted[:, 0], wanted[:, 1], worth)


def _pairs(ids: IntArray, owners: IntArray, keys: IntArray, points: FloatArray) -> Pairs:
    rows, there = rows_of(ids, owners)
    there &= points > 0
    return Pairs(rows[there], keys[there], points[there].astype(np.float32))
