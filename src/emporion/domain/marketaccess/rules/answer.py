"""The answer: what it takes for this product, from there, to enter here, on that day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from emporion.domain.marketaccess.rules import australia, china, default_law, united_states
from emporion.domain.marketaccess.rules.candidates import NOTHING_MORE, Candidate, Choice, Facts, choose, distinct
from emporion.domain.marketaccess.rules.charges import ADDITIONAL, Charge, Total, least_of, total_of
from emporion.domain.marketaccess.rules.origin import Verdict
from emporion.domain.marketaccess.rules.origin_verdicts import assess_origin
from emporion.domain.marketaccess.rules.rates import units_of
from emporion.domain.marketaccess.rules.reasons import (
    UNSEEN,
    DayOutside,
    DirectConsignment,
    Excerpt,
    LineNote,
    LineNotInExcerpt,
    LineNotThere,
    LinesCarried,
    LinesLost,
    OriginToProve,
    OtherLines,
    ProofOfOrigin,
    QuantityNeeded,
    QuotaRate,
    ReturnedGoods,
    Source,
    Sourced,
)
from emporion.domain.marketaccess.rules.refusals import DigitsUneven, NotATariffCode
from emporion.domain.marketaccess.rules.schedule import GENERAL, IN_QUOTA, MFN, Line, Market
from emporion.domain.reason import Country, Phrase, Reason

KNOWN, UNKNOWN = "known", "unknown"
LINE_DIGITS = 8
MAX_DIGITS = 13
DISCLAIMER = "Information from the sources named, not a ruling: the customs of the importing country decide."
TARIFF_ALONE = (
    "A rate does not say that goods may enter: prohibitions, sanctions and licences are no part of a tariff answer."
)
CENT = Decimal("0.01")
# For origins that do not get the MFN rate: nothing is saved against it.
DEARER = {GENERAL, united_states.COLUMN_2}

Law = Callable[[Market, Line, str, date, Facts], list[Candidate]]
LAWS: Mapping[str, Law] = {
    "CN": china.candidates,
    "AU": australia.candidates,
    "US": united_states.candidates,
}
_SEPARATORS = re.compile(r"[.\s\-]")


@dataclass(frozen=True)
class Answer:
    """The answer about one line. ``applied`` is ``None`` when ``status`` is ``unknown``.

    ``at_most``: the duty may be lower, for the reasons in ``missing``. ``saving`` is against MFN on the customs value,
    in ``currency``; ``None`` where it cannot be calculated. ``last_known`` is the answer of the schedule's last day
    where the day asked for lies after it. ``restrictions``: what is known to forbid goods of the origin whatever the
    rate. ``status``, ``duty`` and ``saving`` are of the base duty alone; ``charges`` are the parts that come on top of
    it, ``total`` sums what is known of all.
    """

    status: str
    code: str
    description: str
    origin: str
    to: str
    on: date
    applied: Candidate | None
    candidates: tuple[Candidate, ...]
    missing: tuple[Reason, ...]
    citations: tuple[Source, ...]
    schedule: Phrase
    currency: str
    at_most: bool = False
    duty: Decimal | None = None
    saving: Decimal | None = None
    proof: tuple[Reason, ...] = ()
    quota: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    origin_verdicts: tuple[tuple[str, Verdict], ...] = ()
    last_known: Answer | None = None
    restrictions: tuple[Reason, ...] = ()
    charges: tuple[Charge, ...] = ()
    facts: Facts = NOTHING_MORE

    @cached_property
    def duties(self) -> Total:
        """The base duty and the additional duties together, without taxes and fees."""
        return self._total([one for one in self.charges if one.group == ADDITIONAL])

    @cached_property
    def total(self) -> Total:
        """All parts together."""
        return self._total(self.charges)

    def _total(self, charges: Sequence[Charge]) -> Total:
        base = self.applied.rate if self.applied else None
        return total_of(base, self.at_most, charges, self.facts.customs_value, self.facts.quantities)

    @property
    def ad_valorem_pct(self) -> Decimal | None:
        """The applied rate in per cent of the value, ``None`` where unknown or not ad valorem alone."""
        return self.applied.rate.ad_valorem_pct if self.applied and self.applied.rate else None


@dataclass(frozen=True)
class Range:
    """The answer about all lines under a prefix: the lowest and highest rate applied where all are ad valorem."""

    status: str
    prefix: str
    origin: str
    to: str
    on: date
    lines: tuple[Answer, ...]
    missing: tuple[Reason, ...]
    lowest_pct: Decimal | None
    highest_pct: Decimal | None
    schedule: Phrase
    restrictions: tuple[Reason, ...] = ()
    charges: tuple[Charge, ...] = ()

    @cached_property
    def duties(self) -> Total:
        """The least of base duty and additional duties together among the lines."""
        return least_of([one.duties for one in self.lines], whole=self.status == KNOWN)

    @cached_property
    def total(self) -> Total:
        """The least total among the lines."""
        return least_of([one.total for one in self.lines], whole=self.status == KNOWN)

    @property
    def proof(self) -> tuple[Reason, ...]:
        """What must be proved for the rate of any of the lines."""
        return distinct([one for line in self.lines for one in line.proof])

    @property
    def quota(self) -> tuple[Reason, ...]:
        """The tariff quotas of any of the lines."""
        return distinct([one for line in self.lines for one in line.quota])

    @property
    def notes(self) -> tuple[Reason, ...]:
        """The remarks on any of the lines."""
        return distinct([one for line in self.lines for one in line.notes])

    @property
    def at_most(self) -> bool:
        """Whether the rate of a line is an upper bound only."""
        return any(one.at_most for one in self.lines)

    @property
    def bounds(self) -> str:
        """``0% to 6.9%``, one rate where all lines have it, the highest where a line may be lower; empty where none is
        ad valorem.
        """
        if self.lowest_pct is None:
            return ""
        if self.at_most and self.highest_pct:
            return f"at most {self.highest_pct}%"
        same = self.lowest_pct == self.highest_pct
        return f"{self.lowest_pct}%" if same else f"{self.lowest_pct}% to {self.highest_pct}%"


def digits_of(code: str) -> str:
    """A tariff code's digits, without dots, blanks or hyphens; full-width ones as plain ones.

    China declares with 10 digits, and with 13 for inspection. Raises ``NotATariffCode``, also for groups that no code
    has (``84.1.950``), ``DigitsUneven``.
    """
    groups = _SEPARATORS.split(unicodedata.normalize("NFKC", code).strip())
    digits = "".join(groups)
    if not (digits.isascii() and digits.isdigit()) or not 2 <= len(digits) <= MAX_DIGITS:
        raise NotATariffCode(code=code)
    if any(not group or len(group) % 2 for group in groups[:-1]) or not groups[-1]:
        raise NotATariffCode(code=code)
    if len(digits) in (3, 5, 7):
        raise DigitsUneven(code=digits)
    return digits


def answer(market: Market, code: str, origin: str, on: date, facts: Facts = NOTHING_MORE) -> Answer | Range:
    """The answer for a code of 8 digits or more, or the range for one of 2, 4 or 6. Raises ``NotATariffCode``."""
    digits = digits_of(code)
    if len(digits) < LINE_DIGITS:
        return answer_under(market, digits, origin, on, facts)
    return answer_line(market, digits, origin, on, facts)


def answer_line(market: Market, code: str, origin: str, on: date, facts: Facts = NOTHING_MORE) -> Answer:
    """The answer about one line; national digits beyond the schedule's own are left aside."""
    schedule = market.schedule
    if not schedule.covers(on):
        return _outside(market, code, origin, on, facts)
    line = schedule.line(code, on) or schedule.line(code[:LINE_DIGITS], on)
    if line is None:
        return _unknown(market, code, origin, on, (_no_line(market, code, on),))
    law = LAWS.get(market.importer, default_law.candidates)
    candidates = law(market, line, origin, on, facts)
    verdicts: tuple[tuple[str, Verdict], ...] = ()
    if facts.making is not None:
        candidates, verdicts = assess_origin(market, candidates, facts.making, on)
    if not candidates and origin == market.importer:
        return _unknown(market, code, origin, on, (ReturnedGoods(Country(origin)),))
    # Of a statistical code longer than the line, measures are known to all of its digits.
    asked = code if code.startswith(line.code) else line.code
    return _answered(market, line, asked, origin, on, facts, candidates, choose(candidates, facts), verdicts)


def _answered(
    market: Market, line: Line, asked: str, origin: str, on: date, facts: Facts, candidates: list[Candidate],
    choice: Choice, verdicts: tuple[tuple[str, Verdict], ...],
) -> Answer:  # fmt: skip
    applied = choice.applied
    duty, saving = _amounts(candidates, applied, facts)
    notes: list[Reason] = [LineNote(Phrase(line.note), market.schedule.title, line.code)] if line.note else []
    notes += _noted(market, line.code, origin, "remark")
    if on >= market.schedule.ends:
        notes.append(LinesCarried(market.schedule.title))
    if applied and applied.rate and duty is None and facts.customs_value is not None:
        notes.append(QuantityNeeded(units_of(applied.rate)))
    quota: list[Reason] = [*_noted(market, line.code, origin, "quota")]
    quota += [QuotaRate(one.text, one.citation) for one in candidates if one.basis == IN_QUOTA]
    used = [applied] if applied else []
    used += [one for one in candidates if one is not applied and one.applies is not False]
    return Answer(
        KNOWN if applied else UNKNOWN, line.code, line.description, origin, market.importer, on, applied,
        tuple(candidates), choice.missing, distinct([one.citation for one in used]), market.schedule.title,
        market.schedule.currency, choice.at_most, duty, saving, _to_prove(applied), tuple(quota),
        tuple(notes), verdicts, restrictions=tuple(_noted(market, line.code, origin, "restriction")),
        charges=market.charges_on(asked, origin, on), facts=facts,
    )  # fmt: skip


def _to_prove(applied: Candidate | None) -> tuple[Reason, ...]:
    """What must be shown to customs for the applied rate, each with the article that asks for it."""
    if applied is None or applied.agreement is None:
        return ()
    rule = [OriginToProve(applied.origin_rule)] if applied.origin_rule else []
    proof = [ProofOfOrigin(applied.proof, applied.proof_source or UNSEEN)] if applied.proof else []
    return (*rule, *proof, DirectConsignment(applied.transit_source or UNSEEN))


def _noted(market: Market, code: str, origin: str, kind: str) -> list[Sourced]:
    """The remarks of a kind on a line, each with its source."""
    return [Sourced(note.text, note.source) for note in market.notes_on(code, origin, kind)]


def _amounts(
    candidates: list[Candidate], applied: Candidate | None, facts: Facts
) -> tuple[Decimal | None, Decimal | None]:
    """The duty on the customs value and what it saves against MFN."""
    if applied is None or applied.rate is None or facts.customs_value is None:
        return None, None
    duty = applied.rate.duty(facts.customs_value, facts.quantities)
    favoured = next((one for one in candidates if one.basis == MFN and one.rate), None)
    usual = favoured.rate.duty(facts.customs_value, facts.quantities) if favoured and favoured.rate else None
    cents = duty.quantize(CENT, ROUND_HALF_UP) if duty is not None else None
    if usual is None or cents is None or applied.basis in DEARER:
        return cents, None
    return cents, usual.quantize(CENT, ROUND_HALF_UP) - cents


def _outside(market: Market, code: str, origin: str, on: date, facts: Facts) -> Answer:
    schedule = market.schedule
    last = schedule.last_day
    outside = DayOutside(on, schedule.title, schedule.starts, last)
    known = answer_line(market, code, origin, last, facts) if on > last else None
    return replace(_unknown(market, code, origin, on, (outside,)), last_known=known, facts=facts)


def without_schedule(code: str, origin: str, to: str, on: date, missing: Reason, charges: tuple[Charge, ...]) -> Answer:
    """The answer for a country whose tariff is not at hand: unknown, with what is missing.

    Raises ``NotATariffCode``.
    """
    return Answer(
        UNKNOWN, digits_of(code), "", origin, to, on, None, (), (missing,), (), Phrase(""), "", charges=charges
    )


def _no_line(market: Market, code: str, on: date) -> Reason:
    schedule = market.schedule
    near = [other for other in schedule.under(code[:6]) if schedule.line(other, on)]
    if near:
        return OtherLines(code, schedule.title, code[:6], tuple(near[:8]))
    return LineNotThere(code, schedule.title) if schedule.complete else LineNotInExcerpt(code, schedule.title)


def _unknown(market: Market, code: str, origin: str, on: date, missing: tuple[Reason, ...]) -> Answer:
    schedule = market.schedule
    return Answer(
        UNKNOWN, code, "", origin, market.importer, on, None, (), missing, (), schedule.title, schedule.currency,
        restrictions=tuple(_noted(market, code, origin, "restriction")),
        charges=market.charges_on(code, origin, on),
    )  # fmt: skip


def answer_under(market: Market, prefix: str, origin: str, on: date, facts: Facts = NOTHING_MORE) -> Range:
    """The range of what applies to the lines under a prefix of 2, 4 or 6 digits, and each line's answer."""
    schedule = market.schedule
    inside = schedule.covers(on)
    codes = [code for code in schedule.under(prefix) if schedule.line(code, on)] if inside else []
    lines = tuple(answer_line(market, code, origin, on, facts) for code in codes)
    missing = [reason for one in lines for reason in one.missing]
    if not lines:
        found = _outside(market, prefix, origin, on, facts) if not inside else None
        missing = list(found.missing) if found else [_no_line(market, prefix, on)]
    elif not schedule.complete:
        missing.append(Excerpt(schedule.title, prefix))
    rates = [one.ad_valorem_pct for one in lines]
    plain = [rate for rate in rates if rate is not None]
    # A line that only an agreement's schedule names stands for others that were lost with it.
    bare = [code for code in codes if (line := schedule.line(code, on)) and MFN not in line.cells]
    if bare:
        missing.append(LinesLost(schedule.title, len(bare), prefix))
    known = bool(lines) and not bare and all(one.status == KNOWN for one in lines)
    return Range(
        KNOWN if known else UNKNOWN, prefix, origin, market.importer, on, lines, tuple(dict.fromkeys(missing)),
        min(plain, default=None), max(plain, default=None), schedule.title,
        tuple(_noted(market, prefix, origin, "restriction")), market.charges_on(prefix, origin, on),
    )  # fmt: skip
