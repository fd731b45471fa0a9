"""A market: its schedule of tariff lines, its agreements and programmes, and who is a party to them from when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from emporion.domain.marketaccess.rules.charges import Charge, Levy, Measure, charges_on
from emporion.domain.marketaccess.rules.rates import FREE, Rate, RateNotReadable, parse
from emporion.domain.reason import Phrase
from emporion.domain.reference.rules import LEAST_DEVELOPED, GraduationDisputed, Span, graduation_disputed

MFN, GENERAL, PROVISIONAL, IN_QUOTA = "mfn", "general", "provisional", "in_quota"
AGREEMENT, SPECIAL, PREFERENCE, PROGRAMME = "agreement", "special_preferential", "preference", "programme"
NOT_WHOLE = "?"
NOTHING = Phrase("")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a line says in one column.

    ``rate`` is ``None`` where the source's text was not whole or could not be read; ``text`` then says what is known.
    ``since``: the stage that is printed began on that day and later stages are not in the data. ``in_quota``: only
    within the tariff quota. ``only_least_developed`` and ``some_excluded`` narrow who gets the rate.
    """

    text: Phrase
    rate: Rate | None
    since: date | None = None
    in_quota: bool = False
    only_least_developed: bool = False
    some_excluded: bool = False


@cache
def read_cell(cell: str) -> Cell:
    """Read a cell of the plain form: a rate, then flags after ``;`` (``since 2022-01-01``, ``in quota`` …).

    A cell that begins with ``?`` was not whole at its source; what follows says what is known of it.
    """
    if cell.startswith(NOT_WHOLE):
        return Cell(Phrase(cell[1:].strip()), None)
    text, *flags = [piece.strip() for piece in cell.split(";")]
    since = next((date.fromisoformat(flag[6:]) for flag in flags if flag.startswith("since ")), None)
    try:
        rate = parse(text)
    except RateNotReadable:
        rate = None
    return Cell(
        Phrase(rate.text if rate else text), rate, since, "in quota" in flags, "only least developed" in flags,
        "some excluded" in flags,
    )  # fmt: skip


FREE_CELL = Cell(Phrase("Free"), FREE)


@dataclass(frozen=True, slots=True)
class Line:
    """A tariff line from ``starts`` to the day before ``ends``: its cells by column; an empty one is not kept."""

    code: str
    description: str
    unit: str
    span: Span
    note: str
    cells: Mapping[str, str]

    def cell(self, column: str) -> Cell | None:
        """What the line says in a column, ``None`` where it says nothing."""
        text = self.cells.get(column)
        return read_cell(text) if text is not None else None


@dataclass(frozen=True, eq=False)
class Schedule:
    """One version of an importing country's tariff: in force from ``starts`` to the day before ``ends``.

    ``complete`` is false for an excerpt: a line that is not in it is unknown, not inexistent. ``carried_until``: where
    the lines themselves are printed as open-ended, the day before which they still answer, with a caveat.
    """

    importer: str
    title: Phrase
    as_of: date
    starts: date
    ends: date
    currency: str
    complete: bool
    source: Phrase
    licence: str
    lines: Mapping[str, tuple[Line, ...]]
    carried_until: date | None = None
    codes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", tuple(sorted(self.lines)))

    @property
    def last_day(self) -> date:
        """The last day for which the schedule answers."""
        return (self.carried_until or self.ends) - timedelta(days=1)

    def covers(self, on: date) -> bool:
        """Whether the schedule answers for a day."""
        return self.starts <= on <= self.last_day

    def line(self, code: str, on: date) -> Line | None:
        """The line with exactly this code on a day."""
        return next((line for line in self.lines.get(code, ()) if line.span.holds(on)), None)

    def under(self, prefix: str) -> tuple[str, ...]:
        """The codes that begin with ``prefix``, in order."""
        start = bisect_left(self.codes, prefix)
        return self.codes[start : bisect_left(self.codes, prefix + ":", start)]


@dataclass(frozen=True, slots=True)
class Party:
    """A country's part in an agreement; ``verified`` is false where the day was not seen in a source."""

    span: Span
    verified: bool
    source: Phrase


@dataclass(frozen=True, eq=False)
class Agreement:
    """An agreement, list or programme that gives rates in a ``column``.

    ``unlisted_free``: originating goods whose line the column leaves empty enter free (the importer lists
    exceptions only). ``span``: validity of the whole. ``column_known`` is false where the data lack its rates.
    ``list_as_of``: for a list of least developed countries, the day of the list: who graduates later is an open case.
    ``proof_source`` and ``transit_source`` name the articles on proof of origin and direct consignment, empty where
    none was seen.
    """

    code: str
    name: Phrase
    basis: str
    column: str
    span: Span
    unlisted_free: bool
    column_known: bool
    list_as_of: date | None
    proof: Phrase
    origin_rule: Phrase
    source: Phrase
    parties: Mapping[str, Party]
    proof_source: Phrase = NOTHING
    transit_source: Phrase = NOTHING


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on lines under ``prefix`` for goods of ``origin`` (empty: of any), with its source."""

    prefix: str
    origin: str
    kind: str
    text: Phrase
    source: Phrase


Memberships = Mapping[str, Mapping[str, tuple[Span, ...]]]


@dataclass(frozen=True, eq=False)
class Market:
    """All that an answer about entering one country needs. ``memberships`` are spans by group and country.

    ``levies`` are taxes and fees, ``measures`` additional duties, both beside the base duty of the schedule.
    """

    importer: str
    schedule: Schedule
    agreements: tuple[Agreement, ...]
    notes: tuple[Note, ...]
    memberships: Memberships
    levies: tuple[Levy, ...] = ()
    measures: tuple[Measure, ...] = ()
    by_origin: Mapping[str, tuple[Agreement, ...]] = field(init=False)
    _notes: Mapping[tuple[str, str], tuple[Note, ...]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[str, list[Agreement]] = {}
        for agreement in self.agreements:
            for country in agreement.parties:
                found.setdefault(country, []).append(agreement)
        object.__setattr__(self, "by_origin", {country: tuple(own) for country, own in found.items()})
        notes: dict[tuple[str, str], tuple[Note, ...]] = {}
        for note in self.notes:
            notes[note.kind, note.origin] = (*notes.get((note.kind, note.origin), ()), note)
        object.__setattr__(self, "_notes", notes)

    def belongs(self, group: str, country: str, on: date) -> bool:
        """Whether a country belongs to a group on a day."""
        return any(span.holds(on) for span in self.memberships.get(group, {}).get(country, ()))

    def graduation_disputed(self, country: str, on: date) -> GraduationDisputed | None:
        """What is disputed of a country's place among the least developed on a day; None where nothing is."""
        return graduation_disputed(country, self.memberships.get(LEAST_DEVELOPED, {}).get(country, ()), on)

    def notes_on(self, code: str, origin: str, kind: str) -> list[Note]:
        """The remarks of a kind on a line for goods of an origin."""
        every = (*self._notes.get((kind, ""), ()), *self._notes.get((kind, origin), ()))
        return [note for note in every if code.startswith(note.prefix)]

    def charges_on(self, code: str, origin: str, on: date) -> tuple[Charge, ...]:
        """What is levied beside the base duty on goods of a code and origin, each part with its state."""
        return _charges_on(self, code, origin, on)


@lru_cache(maxsize=20_000)
def _charges_on(market: Market, code: str, origin: str, on: date) -> tuple[Charge, ...]:
    return charges_on(market.importer, market.levies, market.measures, code, origin, on)


def unread_rates(lines: Iterable[Line]) -> list[tuple[str, str, str]]:
    """Every rate that was refused: code, column, text."""
    return [
        (line.code, column, cell.text)
        for line in lines for column in line.cells
        if (cell := line.cell(column)) is not None and cell.rate is None
    ]  # fmt: skip
