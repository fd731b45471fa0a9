"""The bulletin, the records behind its figures, and figures edition over edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from emporion.domain.cache import Cache
from emporion.domain.editions.models import Edition, PublishedFigure
from emporion.domain.journal.versions import database_state, journal_state, public_version
from emporion.domain.marketaccess.queries import has_free_booths
from emporion.domain.reason import Name, Phrase
from emporion.domain.reference.models import GroupMembership
from emporion.domain.statistics.figures import FIGURES, Column, Definition, Result, Slice
from emporion.domain.statistics.names import Names, names_of
from emporion.domain.statistics.recorded import has_records
from emporion.domain.statistics.rules import (
    Change,
    NoRecordsKept,
    NoSuchFigure,
    NoSuchPage,
    Reading,
    ValueUnknown,
    compare,
    in_words,
    require_comparable,
)

# Figures about a trade agreement, by the group of its parties.
OF_AGREEMENTS = {"rcep_exhibitors": "rcep"}
# The figure of free booths.
FREE_BOOTHS = "ldc_free_booths"
# One value is all figures of an edition; another all scopes and parts of one figure.
_figures_of: Cache[list[Figure]] = Cache("figures", most=128)
_journals: Cache[Hashable] = Cache("journals behind figures")
# How long the figures of a page may lie behind the journal.
FIGURES_SECONDS = 60
# So many signs of a key that is none are context.
LONGEST_SHOWN = 40


@dataclass(frozen=True)
class Published:
    """A figure as it was published: how it was told (``about``, ``over``, ``under`` or empty) and where."""

    value: Decimal
    qualifier: str
    source: str


@dataclass(frozen=True)
class Figure:
    """One value of the bulletin, beside the published one of the same figure and scope.

    ``part`` is the name of a breakdown's part, none for a whole and for a part that is told by its key alone.
    """

    definition: Definition
    edition: int
    result: Result
    published: Published | None
    part: Name | Phrase | None = None

    @property
    def key(self) -> str:
        return self.definition.key

    @property
    def scope(self) -> str:
        return self.result.scope

    @property
    def value(self) -> int | Decimal | None:
        return self.result.value

    @property
    def reading(self) -> Reading:
        """The value as ``rules.compare`` takes it."""
        value = None if self.value is None else Decimal(self.value)
        return Reading(self.key, self.definition.unit.en, self.scope, self.edition, value)


def figures_version(edition: Edition, at: datetime, *, exact: bool = False) -> Hashable | None:
    """A version of the edition's figures as pages show them; ``None`` inside a transaction that wrote.

    It follows the journal, ``exact`` at once, else every ``FIGURES_SECONDS``: something happens every second, and
    computing every figure takes seconds.
    """
    if public_version(edition.pk) is None:
        return None
    if exact:
        state = journal_state()
        # The next who asks looks at the journal again, so that all see one state.
        return _journals.get(edition.pk, ("exact", state), lambda: state)
    return _journals.get(edition.pk, int(at.timestamp() // FIGURES_SECONDS), journal_state)


def bulletin(
    edition: Edition, *, parts: bool = True, only: frozenset[str] | None = None, version: Hashable | None = None
) -> list[Figure]:
    """Every figure of the edition in the bulletin's order.

    Without ``parts`` the breakdowns are left out; ``only`` names the figures that are wanted. Takes a number of queries
    that does not grow with the records.
    Computed from the records as they are now, unless what was computed for a ``version`` will do.
    """
    key = (edition.pk, parts, only, version is None)
    return list(_figures_of.get(key, version or database_state(), lambda: _computed(edition, parts, only)))


def _computed(edition: Edition, parts: bool, only: frozenset[str] | None) -> list[Figure]:
    context, shown = _context_of(edition), _definitions_for(edition)
    return [
        figure
        for definition in shown
        if only is None or definition.key in only
        for piece in definition.slices(edition)
        if parts or not piece.by
        for figure in _figures(definition, edition, piece, context)
    ]


def _definitions_for(edition: Edition) -> list[Definition]:
    """All figures but those of a trade agreement of which the market has never been a party, and of free booths where
    there are none."""
    rows = GroupMembership.objects.filter(group__in=OF_AGREEMENTS.values()).values_list("group", "country_id")
    parties: dict[str, set[str]] = defaultdict(set)
    for group, country in rows:
        parties[group].add(country)
    foreign = {group for group, countries in parties.items() if edition.host_id not in countries}
    hidden = {key for key, group in OF_AGREEMENTS.items() if group in foreign}
    if not has_free_booths(edition):
        hidden.add(FREE_BOOTHS)
    return [one for one in FIGURES.values() if one.key not in hidden]


def figure(edition: Edition, key: str, version: Hashable | None = None) -> list[Figure]:
    """One figure in all its scopes and parts, as it is now or was at a version. Raises ``rules.NoSuchFigure``."""
    definition = _definition(key)
    own = (edition.pk, key, version is None)
    return list(_figures_of.get(own, version or database_state(), lambda: _one(definition, edition)))


def _one(definition: Definition, edition: Edition) -> list[Figure]:
    context = _context_of(edition)
    slices = definition.slices(edition)
    return [found for piece in slices for found in _figures(definition, edition, piece, context)]


class _Context(NamedTuple):
    """What an edition's figures are shown with: the published ones, names of parts, and whether records are kept."""

    published: dict[tuple[str, str], Published]
    names: Names
    has_records: bool


def _figures(definition: Definition, edition: Edition, piece: Slice, context: _Context) -> Iterator[Figure]:
    for result in piece.results():
        part = context.names.get((piece.by, result.part)) if result.part else None
        published = context.published.get((definition.key, result.scope))
        known = result if context.has_records else _of_what_is_kept(result)
        yield Figure(definition.of(edition), edition.number, known, published, part)


def _of_what_is_kept(result: Result) -> Result:
    """A result of an edition without records: unknown, not nought, where no row is behind it."""
    return result if result.records else replace(result, value=None, gap=NoRecordsKept())


def _context_of(edition: Edition) -> _Context:
    rows = PublishedFigure.objects.filter(edition=edition)
    published = {(row.figure, row.scope): Published(row.value, row.qualifier, row.source) for row in rows}
    return _Context(published, names_of(edition), has_records(edition))


def _definition(key: str) -> Definition:
    if key not in FIGURES:
        raise NoSuchFigure(figure=key, scope="any scope")
    return FIGURES[key]


@dataclass(frozen=True)
class Page:
    """A page of the rows behind a figure; ``next`` is what to pass as ``after`` for the following, None on the last."""

    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]
    next: str | None


def records(edition: Edition, key: str, scope: str, after: str | None = None, limit: int = 50) -> Page:
    """The rows behind a figure's value in a scope, in the order of their key, ``limit`` at a time.

    Raises ``rules.NoSuchFigure`` for a figure or scope that the edition has not, ``rules.NoSuchPage`` for an ``after``
    that no row can have as its key.
    """
    piece, rows = _behind(edition, key, scope)
    if after is not None:
        try:
            rows = rows.filter(**{f"{piece.order}__gt": after})
        except (ValueError, ValidationError):
            raise NoSuchPage(after=after[:LONGEST_SHOWN]) from None
    fields = [column.field for column in piece.columns]
    found = list(rows.order_by(piece.order).values_list(piece.order, *fields)[: limit + 1])
    following = str(found[limit - 1][0]) if len(found) > limit else None
    return Page(piece.columns, [tuple(row[1:]) for row in found[:limit]], following)


def _behind(edition: Edition, key: str, scope: str) -> tuple[Slice, Any]:
    for piece in _definition(key).slices(edition):
        rows = piece.behind(scope)
        if rows is not None:
            return piece, rows
    raise NoSuchFigure(figure=key, scope=in_words(scope))


@dataclass(frozen=True)
class Point:
    """A figure's value in one edition, computed from records or as published; None where no value has the scope."""

    edition: int
    year: int
    value: Decimal | None
    qualifier: str
    source: str
    computed: bool
    current: bool


def over_editions(current: Edition, key: str, scope: str, version: Hashable | None = None) -> list[Point]:
    """One figure over the fair's editions, in one scope: computed for the ``current`` one, published for the others.

    The current one's is as published, too, where it is unknown from records.

    An edition of which only an unlike scope, or another currency, was published has a point without a value.
    Raises ``rules.NoSuchFigure``.
    """
    own = _own(current, key, scope, version)
    held = Edition.objects.filter(fair=current.fair_id).order_by("number")
    like = PublishedFigure.objects.filter(edition__in=held, figure=key, scope=scope, unit=own.definition.unit.en)
    published_values = {row.edition_id: row for row in like}
    return [_point(each, own, published_values.get(each.pk)) for each in held]


def change_on(edition: Edition, key: str, scope: str, before: int) -> Change:
    """The change of a figure from what was published of the fair's edition ``before`` to this one's value.

    Raises ``rules.UnlikeScopes`` when only an unlike scope was published of that edition, ``rules.ValueUnknown`` when
    nothing was, ``rules.NoSuchFigure`` for a figure or scope that this edition has not.
    """
    own = _own(edition, key, scope)
    published = PublishedFigure.objects.filter(edition__fair=edition.fair_id, edition__number=before, figure=key)
    published_values = list(published.order_by("pk"))
    rows = [row for row in published_values if row.scope == scope] or published_values
    if not rows:
        raise ValueUnknown(figure=key, edition=before)
    return compare(Reading(rows[0].figure, rows[0].unit, rows[0].scope, before, rows[0].value), own.reading)


def _own(edition: Edition, key: str, scope: str, version: Hashable | None = None) -> Figure:
    found = next((found for found in figure(edition, key, version) if found.scope == scope), None)
    if found is None:
        raise NoSuchFigure(figure=key, scope=in_words(scope))
    return found


def _point(edition: Edition, own: Figure, published: PublishedFigure | None) -> Point:
    year = edition.first_day.year
    current = edition.number == own.edition
    if current and own.value is not None:
        return Point(edition.number, year, own.reading.value, "", "", computed=True, current=True)
    if published is None:
        return Point(edition.number, year, None, "", "", computed=False, current=current)
    # Scope and unit are the same by the query; the rule has the last word all the same.
    require_comparable(
        own.reading,
        Reading(
            published.figure,
            published.unit,
            published.scope,
            edition.number,
            published.value,
        ),
    )
    return Point(
        edition.number,
        year,
        published.value,
        published.qualifier,
        published.source,
        computed=False,
        current=current,
    )
