"""Rates that could apply, one candidate each, and which of them does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from emporion.domain.marketaccess.rules.origin import Making
from emporion.domain.marketaccess.rules.rates import Rate, is_lower_or_same
from emporion.domain.marketaccess.rules.schedule import FREE_CELL, SPECIAL, Agreement, Cell, Line, Market
from emporion.domain.reference.rules import LEAST_DEVELOPED

UNSEEN_DAYS = " (days not seen in a source)"


@dataclass(frozen=True)
class Facts:
    """What is known of the goods beyond line and origin.

    ``customs_value`` in the importer's currency and ``quantities`` by unit (as rates name it) let specific rates
    be reckoned; ``within_quota``: a certificate of the tariff quota is held; ``making``: how the goods were made.
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
    agreement: str | None
    code: str
    rate: Rate | None
    text: str
    applies: bool | None
    reason: str
    citation: str
    at_most: bool = False
    proof: str = ""
    origin_rule: str = ""
    proof_source: str = ""
    transit_source: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it may turn out lower than what is known of it."""
        return self.applies is not False and (self.applies is None or self.rate is None or self.at_most)


@dataclass(frozen=True)
class Choice:
    """The candidate that applies (``None``: unknown), whether it is an upper bound only, and what is missing."""

    applied: Candidate | None
    at_most: bool
    missing: tuple[str, ...]


def plain_candidate(market: Market, line: Line, column: str, basis: str, reason: str) -> Candidate | None:
    """The candidate of a column that no agreement carries (``mfn`` …), ``None`` where the line says nothing."""
    cell = line.cell(column)
    if cell is None:
        return None
    applies = True if cell.rate else None
    why = reason if cell.rate else _no_figure(reason, cell)
    return Candidate(basis, None, column, cell.rate, cell.text, applies, why, cite(market, line, column), proof="none")


def _no_figure(reason: str, cell: Cell) -> str:
    return f"{reason}; of the rate it says only “{cell.text}”, which cannot be reckoned"


def cite(market: Market, line: Line, column: str) -> str:
    """Where a rate stands: title of the schedule, line, column, source."""
    return f"{market.schedule.title}, line {line.code}, column {column} ({market.schedule.source})"


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
    standing, reason = eligibility_under(market, agreement, origin, on)
    source = _source_of(agreement, origin)
    if cell:
        source = f"{cite(market, line, agreement.column)}; {source}"
    made = Candidate(
        agreement.basis, agreement.name, agreement.code, cell.rate if cell else None,
        cell.text if cell else "not known", standing, reason, source, False, agreement.proof, agreement.origin_rule,
        agreement.proof_source, agreement.transit_source,
    )  # fmt: skip
    if standing is False:
        return made
    if cell is None:
        return replace(made, applies=None, reason=f"the rates of {agreement.name} are not in the data")
    return _narrowed(market, made, cell, origin, on, facts)


def _source_of(agreement: Agreement, origin: str) -> str:
    """Where an agreement and the day of a party stand."""
    own = agreement.parties[origin].source
    return f"{agreement.source}; parties: {own}" if own and own != agreement.source else agreement.source


def _narrowed(market: Market, made: Candidate, cell: Cell, origin: str, on: date, facts: Facts) -> Candidate:
    """Apply what the cell itself says of who gets the rate, when and within what quota."""
    if cell.in_quota and not facts.within_quota:
        return replace(made, applies=False, reason="only within the tariff quota, for which a certificate is needed")
    if cell.only_least_developed and not market.belongs(LEAST_DEVELOPED, origin, on):
        return replace(made, applies=False, reason="the line names least developed beneficiaries only")
    if cell.rate is None:
        return replace(made, applies=None, reason=_no_figure(made.reason, cell))
    if cell.some_excluded:
        return replace(made, applies=None, reason=f"{made.reason}; some countries or goods are excluded on this line")
    if cell.since and on < cell.since:
        return replace(made, rate=None, applies=None, reason=f"the stage before {cell.since} is not in the data")
    if cell.since and on.year > cell.since.year:
        told = f"{made.reason}; the stage from {cell.since} is printed and later, lower stages are not in the data"
        return replace(made, text=f"at most {made.text}", at_most=True, reason=told)
    return made


@lru_cache(maxsize=20_000)
def eligibility_under(market: Market, agreement: Agreement, origin: str, on: date) -> tuple[bool | None, str]:
    """Whether an agreement gives its rates to goods of a party on a day, with the reason; ``None``: cannot tell."""
    verified = "" if agreement.parties[origin].verified else UNSEEN_DAYS
    for what, span, doubt in (
        (agreement.name, agreement.span, ""),
        (f"{agreement.name} for {origin}", agreement.parties[origin].span, verified),
    ):
        if span.starts and on < span.starts:
            return False, f"{what} enters into force on {span.starts}{doubt}"
        if span.ends and on >= span.ends:
            return False, f"{what} lapsed: its last day was before {span.ends}{doubt}"
    if agreement.basis == SPECIAL and (day := _graduated_since(market, agreement, origin, on)):
        return None, f"{origin} graduated from least developed country on {day}, after the list of {agreement.name}"
    return True, f"{origin} is in {agreement.name} on that day{verified}"


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
        return Choice(None, False, tuple(dict.fromkeys(reasons)) or ("no rate of the line is known to apply",))
    best, doubts = sure[0], []
    for one in sure[1:]:
        lower = _is_lower(one, best, facts)
        if lower:
            best = one
        elif lower is None:
            doubts.append(f"whether {_named(one)} ({one.text}) is lower depends on the quantity of the goods")
    doubts += [one.reason for one in candidates if one.is_open and _might_be_lower(one, best)]
    return Choice(best, bool(doubts), tuple(dict.fromkeys(doubts)))


def _named(one: Candidate) -> str:
    return one.agreement or one.basis


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
