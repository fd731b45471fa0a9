"""Rates that could apply, one candidate each, and which of them does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from emporion.domain.marketaccess.rules.origin import Making
from emporion.domain.marketaccess.rules.rates import Rate, is_lower_or_same
from emporion.domain.marketaccess.rules.reasons import (
    NOT_KNOWN,
    AtMost,
    CertificateNeeded,
    DaysUnseen,
    DependsOnQuantity,
    For,
    Graduated,
    Lapsed,
    LaterStagesNotHeld,
    LeastDevelopedOnly,
    LineColumn,
    NoFigure,
    NoRateKnown,
    NotYetInForce,
    PartyThatDay,
    RatesNotHeld,
    SomeExcluded,
    Source,
    Sources,
    StageNotHeld,
    WithParties,
)
from emporion.domain.marketaccess.rules.schedule import (
    FREE_CELL,
    NOTHING,
    SPECIAL,
    Agreement,
    Cell,
    Line,
    Market,
)
from emporion.domain.reason import Country, Phrase, Reason
from emporion.domain.reference.rules import LEAST_DEVELOPED, Span

NO_PROOF = Phrase("none")
COLUMN_NAMES = {
    "mfn": Phrase("mfn"), "provisional": Phrase("provisional"), "general": Phrase("general"),
    "in_quota": Phrase("in_quota"), "column_2": Phrase("column_2"),
}  # fmt: skip
Sourced = TypeVar("Sourced", bound=Source)


@dataclass(frozen=True)
class Facts:
    """What is known of the goods beyond line and origin.

    ``customs_value`` in the importer's currency and ``quantities`` by unit (as rates name it) let specific rates
    be calculated; ``within_quota``: a certificate of the tariff quota is held; ``making``: how the goods were made.
    """

    customs_value: Decimal | None = None
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    within_quota: bool = False
    making: Making | None = None


NOTHING_MORE = Facts()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One rate that could apply. ``applies`` is ``None`` where the data cannot tell; ``reason`` says why in each case.

    ``rate`` is ``None`` where it is not known; ``at_most``: the rate printed may have been lowered since.
    """

    basis: str
    agreement: Phrase | None
    code: str
    rate: Rate | None
    text: Phrase | AtMost
    applies: bool | None
    reason: Reason
    citation: Reason | Phrase
    at_most: bool = False
    proof: Phrase = NOTHING
    origin_rule: Phrase = NOTHING
    proof_source: Phrase = NOTHING
    transit_source: Phrase = NOTHING

    @property
    def upper_bound(self) -> AtMost:
        """The rate as the most that is due."""
        return self.text if isinstance(self.text, AtMost) else AtMost(self.text)

    @property
    def is_open(self) -> bool:
        """Whether it may turn out lower than what is known of it."""
        return self.applies is not False and (self.applies is None or self.rate is None or self.at_most)


@dataclass(frozen=True)
class Choice:
    """The candidate that applies (``None``: unknown), whether it is an upper bound only, and what is missing."""

    applied: Candidate | None
    at_most: bool
    missing: tuple[Reason, ...]


def plain_candidate(market: Market, line: Line, column: str, basis: str, reason: Reason) -> Candidate | None:
    """The candidate of a column that no agreement carries (``mfn`` …), ``None`` where the line says nothing."""
    cell = line.cell(column)
    if cell is None:
        return None
    applies = True if cell.rate else None
    why = reason if cell.rate else NoFigure(reason, cell.text)
    return Candidate(
        basis, None, column, cell.rate, cell.text, applies, why, cite(market, line, column), proof=NO_PROOF
    )


def cite(market: Market, line: Line, column: str) -> LineColumn:
    """Where a rate stands: title of the schedule, line, column, source."""
    named = COLUMN_NAMES.get(column, Phrase(column))
    return LineColumn(market.schedule.title, line.code, named, market.schedule.source)


def agreement_candidates(market: Market, line: Line, origin: str, on: date, facts: Facts) -> list[Candidate]:
    """A candidate for each agreement, list or programme that names the origin and covers the line."""
    found = []
    for agreement in market.by_origin.get(origin, ()):
        cell = line.cell(agreement.column)
        if cell is None:
            if agreement.unlisted_free:
                cell = FREE_CELL
            elif agreement.column_known:
                continue
        found.append(_candidate(market, line, agreement, cell, origin, on, facts))
    return found


def _candidate(
    market: Market, line: Line, agreement: Agreement, cell: Cell | None, origin: str, on: date, facts: Facts
) -> Candidate:
    applies, reason = eligibility_under(market, agreement, origin, on)
    source = _source_of(agreement, origin)
    if cell:
        source = Sources(cite(market, line, agreement.column), source)
    made = Candidate(
        agreement.basis, agreement.name, agreement.code, cell.rate if cell else None,
        cell.text if cell else NOT_KNOWN, applies, reason, source, False, agreement.proof, agreement.origin_rule,
        agreement.proof_source, agreement.transit_source,
    )  # fmt: skip
    if applies is False:
        return made
    if cell is None:
        return replace(made, applies=None, reason=RatesNotHeld(agreement.name))
    return _narrowed(market, made, cell, origin, on, facts)


@lru_cache(maxsize=20_000)
def _source_of(agreement: Agreement, origin: str) -> Source:
    """Where an agreement and the day of a party stand."""
    own = agreement.parties[origin].source
    return WithParties(agreement.source, own) if own and own != agreement.source else agreement.source


def _narrowed(market: Market, made: Candidate, cell: Cell, origin: str, on: date, facts: Facts) -> Candidate:
    """Apply what the cell itself says of who gets the rate, when and within what quota."""
    if cell.in_quota and not facts.within_quota:
        return replace(made, applies=False, reason=CertificateNeeded())
    if cell.only_least_developed and not market.belongs(LEAST_DEVELOPED, origin, on):
        disputed = market.graduation_disputed(origin, on)
        return replace(made, applies=None if disputed else False, reason=disputed or LeastDevelopedOnly())
    if cell.rate is None:
        return replace(made, applies=None, reason=NoFigure(made.reason, cell.text))
    if cell.some_excluded:
        return replace(made, applies=None, reason=SomeExcluded(made.reason))
    if cell.since and on < cell.since:
        return replace(made, rate=None, applies=None, reason=StageNotHeld(cell.since))
    if cell.since and on.year > cell.since.year:
        lowered = LaterStagesNotHeld(made.reason, cell.since)
        return replace(made, text=AtMost(cell.text), at_most=True, reason=lowered)
    return made


@lru_cache(maxsize=20_000)
def eligibility_under(market: Market, agreement: Agreement, origin: str, on: date) -> tuple[bool | None, Reason]:
    """Whether an agreement gives its rates to goods of a party on a day, with the reason; ``None``: cannot tell."""
    party, country = agreement.parties[origin], Country(origin)
    if outside := _outside(agreement.name, agreement.span, on):
        return False, outside
    if outside := _outside(For(agreement.name, country), party.span, on):
        return False, outside if party.verified else DaysUnseen(outside)
    if agreement.basis == SPECIAL and agreement.list_as_of and (disputed := market.graduation_disputed(origin, on)):
        return None, disputed
    if agreement.basis == SPECIAL and (day := _graduated_since(market, agreement, origin, on)):
        return None, Graduated(country, day, agreement.name)
    inside = PartyThatDay(country, agreement.name)
    return True, inside if party.verified else DaysUnseen(inside)


def _outside(what: Phrase | For, span: Span, on: date) -> Reason | None:
    """That a day lies before or after a span, ``None`` where it does not."""
    if span.starts and on < span.starts:
        return NotYetInForce(what, span.starts)
    return Lapsed(what, span.ends) if span.ends and on >= span.ends else None


def _graduated_since(market: Market, agreement: Agreement, origin: str, on: date) -> date | None:
    """The day on which a country left the least developed after the list was made. Who had left before and is still
    listed keeps the rate: the list knew.
    """
    if agreement.list_as_of is None:
        return None
    spans = market.memberships.get(LEAST_DEVELOPED, {}).get(origin, ())
    return next((span.ends for span in spans if span.ends and agreement.list_as_of < span.ends <= on), None)


def choose(candidates: Sequence[Candidate], facts: Facts = NOTHING_MORE) -> Choice:
    """The lowest rate among those that apply; of equal ones the first, so the law lists first what needs no proof.

    ``at_most`` when a candidate that cannot be settled might be lower; its reason is then among what is missing.
    """
    sure = [one for one in candidates if one.applies is True and one.rate is not None]
    if not sure:
        reasons = [one.reason for one in candidates if one.is_open]
        return Choice(None, False, distinct(reasons) or (NoRateKnown(),))
    best = sure[0]
    doubts: list[Reason] = []
    for one in sure[1:]:
        lower = _is_lower(one, best, facts)
        if lower:
            best = one
        elif lower is None:
            doubts.append(DependsOnQuantity(one.agreement or Phrase(one.basis), one.text))
    doubts += [one.reason for one in candidates if one.is_open and _might_be_lower(one, best)]
    return Choice(best, bool(doubts), distinct(doubts))


def distinct(statements: list[Sourced]) -> tuple[Sourced, ...]:
    """Statements in their order, each once; there are few, so comparing is faster than hashing."""
    if len(statements) < 2:
        return tuple(statements)
    found: list[Sourced] = []
    for one in statements:
        if one not in found:
            found.append(one)
    return tuple(found)


def _is_lower(one: Candidate, best: Candidate, facts: Facts) -> bool | None:
    assert one.rate is not None and best.rate is not None
    if facts.customs_value is not None:
        mine = one.rate.duty(facts.customs_value, facts.quantities)
        theirs = best.rate.duty(facts.customs_value, facts.quantities)
        if mine is not None and theirs is not None:
            return mine < theirs
    if is_lower_or_same(best.rate, one.rate):
        return False
    return is_lower_or_same(one.rate, best.rate)


def _might_be_lower(one: Candidate, best: Candidate) -> bool:
    """Whether an unsettled candidate could undercut the best known one; nothing undercuts free."""
    assert best.rate is not None
    if best.rate.ad_valorem_pct == 0 and not best.at_most:
        return False
    if one.rate is None or one.at_most:
        return True
    return not is_lower_or_same(best.rate, one.rate)
