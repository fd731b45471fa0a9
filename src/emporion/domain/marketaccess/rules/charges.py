"""What is paid beside the base duty: additional duties, import taxes, fees; and the total as far as parts are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from emporion.domain.marketaccess.rules.charge_reasons import (
    BaseDutyOpen,
    Depends,
    ForExporter,
    NotInData,
    OnDutyPaid,
    OnInclusive,
    OnValue,
    OtherCodes,
    PartOfLine,
)
from emporion.domain.marketaccess.rules.rates import Rate
from emporion.domain.reason import Phrase, Reason
from emporion.domain.reference.rules import Span

ADDITIONAL, TAX, FEE = "additional_duty", "tax", "fee"
KNOWN, AT_LEAST, DEPENDS, NOT_IN_DATA, UNKNOWN = "known", "at_least", "depends", "not_in_data", "unknown"
VALUE, DUTY_PAID, INCLUSIVE = "value", "duty_paid", "inclusive"

KINDS: Mapping[str, Phrase] = {
    "anti_dumping": Phrase("anti-dumping duty"),
    "countervailing": Phrase("countervailing duty"),
    "safeguard": Phrase("safeguard duty"),
    "retaliation": Phrase("retaliatory duty"),
    "section_232": Phrase("duty under section 232"),
    "section_301": Phrase("duty under section 301"),
    "section_122": Phrase("surcharge under section 122"),
    "ieepa": Phrase("duty under the IEEPA"),
    "vat": Phrase("import VAT or a like tax"),
    "consumption": Phrase("consumption tax or excise"),
    "fee": Phrase("fees of customs"),
}
REMEDIES = ("anti_dumping", "countervailing", "safeguard")
ADDITIONAL_KINDS: Mapping[str, tuple[str, ...]] = {
    "US": (*REMEDIES, "section_232", "section_301", "section_122", "ieepa"),
}
EVERY_ADDITIONAL = (*REMEDIES, "retaliation")
TAXES = ("vat", "consumption")
_FORMULAS: Mapping[str, Callable[[Phrase], Reason]] = {
    VALUE: OnValue, DUTY_PAID: OnDutyPaid, INCLUSIVE: OnInclusive,
}  # fmt: skip
_HUNDREDTH = Decimal("0.01")
NO_SOURCE = Phrase("")


@dataclass(frozen=True)
class Measure:
    """An additional duty on goods under ``code`` (empty: all) of ``origins`` (none: any), on top of the base duty.

    A rate of nothing (``Free``) says that no duty of the kind is levied on them. ``exporter``: for goods of that firm
    alone; ``all others`` for those of firms not named.
    """

    importer: str
    kind: str
    code: str
    origins: tuple[str, ...]
    rate: Rate
    span: Span
    title: str
    citation: str
    exporter: str = ""


@dataclass(frozen=True)
class Levy:
    """A tax or fee on goods under ``prefixes`` (none: all): its rate, or the least of it where that depends on more."""

    group: str
    kind: str
    prefixes: tuple[str, ...]
    rate: Rate | None
    least: Rate | None
    base: str
    name: Phrase
    condition: Phrase
    span: Span
    source: Phrase
    verified: bool


@dataclass(frozen=True)
class Charge:
    """One part of what is paid beside the base duty. ``counted`` is what of it enters a total."""

    group: str
    kind: str
    name: Phrase
    state: str
    rate: Rate | None = None
    counted: Rate | None = None
    base: str = VALUE
    condition: Reason | Phrase | None = None
    source: Phrase = NO_SOURCE
    verified: bool = True

    @property
    def formula(self) -> Reason | None:
        """What the rate is calculated on; ``None`` where no rate is known."""
        known = self.rate or self.counted
        return _FORMULAS[self.base](Phrase(known.text)) if known and known.parts else None

    @property
    def text(self) -> str:
        """The rate in words: ``none``, ``25%``, ``at least 9%``; empty where none is known."""
        if self.rate is not None:
            return self.rate.text if self.rate.parts else "none"
        return f"at least {self.counted.text}" if self.counted else ""

    @property
    def open_reason(self) -> Reason | None:
        """Why a total lacks this part, ``None`` where it does not."""
        if self.state == KNOWN:
            return None
        return NotInData(self.name) if self.state == NOT_IN_DATA else Depends(self.name, self.condition or Phrase(""))


@dataclass(frozen=True)
class Total:
    """``known`` only where every part is; else ``at_least``, from the known parts, or ``unknown`` where none is known.

    ``pct`` of the customs value where all counted parts are ad valorem; ``amount`` where the customs value is given.
    """

    status: str
    pct: Decimal | None
    amount: Decimal | None
    lacks: tuple[Reason, ...]

    @property
    def percentage(self) -> str:
        """``77.9%``, empty where it is no percentage."""
        return "" if self.pct is None else f"{self.pct.normalize():f}%"

    @property
    def is_at_least(self) -> bool:
        """Whether it lacks a part."""
        return self.status == AT_LEAST


def charges_on(
    importer: str, levies: Iterable[Levy], measures: Iterable[Measure], code: str, origin: str, on: date
) -> tuple[Charge, ...]:
    """Every part that the importer levies beside the base duty: additional duties, taxes, fees; each with its state."""
    own = [one for one in measures if one.span.holds(on) and (not one.origins or origin in one.origins)]
    valid = [one for one in levies if one.span.holds(on)]
    kinds = ADDITIONAL_KINDS.get(importer, EVERY_ADDITIONAL)
    further = tuple(dict.fromkeys(one.kind for one in own if one.kind not in kinds))
    found = [charge for kind in (*kinds, *further) for charge in _additional(kind, own, code)]
    found += [charge for kind in TAXES for charge in _levied(TAX, kind, valid, code)]
    return (*found, *_levied(FEE, FEE, valid, code))


def _additional(kind: str, measures: Sequence[Measure], code: str) -> list[Charge]:
    """The duties of a kind on a code, line by line; one without any data says so."""
    name = KINDS.get(kind, Phrase(kind))
    own = [one for one in measures if one.kind == kind]
    whole = [one for one in own if code.startswith(one.code)]
    part = [one for one in own if one.code.startswith(code) and one.code != code]
    if not whole and not part:
        return [Charge(ADDITIONAL, kind, name, NOT_IN_DATA)]
    # Where nothing is said of the whole line, its other goods stay open.
    open_rest = [] if whole else [Charge(ADDITIONAL, kind, name, DEPENDS, condition=OtherCodes(code))]
    return [*_by_exporter(kind, whole), *(_of_part(kind, one) for one in part), *open_rest]


def _charge(kind: str, measure: Measure) -> Charge:
    return Charge(
        ADDITIONAL, kind, Phrase(measure.title), KNOWN, measure.rate, measure.rate, source=Phrase(measure.citation)
    )


def _of_part(kind: str, measure: Measure) -> Charge:
    return replace(_charge(kind, measure), state=DEPENDS, counted=None, condition=PartOfLine(measure.code))


def _by_exporter(kind: str, measures: Sequence[Measure]) -> list[Charge]:
    """The duties on a whole line; of one that differs by exporter the lowest enters a total, if it names all others."""
    found = [_charge(kind, one) for one in measures if not one.exporter]
    named = [one for one in measures if one.exporter]
    for title in dict.fromkeys(one.title for one in named):
        rows = [one for one in named if one.title == title]
        whole = any(one.exporter.casefold() == "all others" for one in rows)
        percents = [one.rate.ad_valorem_pct for one in rows]
        least = min((pct for pct in percents if pct is not None), default=None) if None not in percents else None
        counted = next((one for one in rows if whole and one.rate.ad_valorem_pct == least), None)
        found += [
            replace(
                _charge(kind, one), state=DEPENDS, counted=one.rate if one is counted else None,
                condition=ForExporter(one.exporter),
            )
            for one in rows
        ]  # fmt: skip
    return found


def _levied(group: str, kind: str, levies: Sequence[Levy], code: str) -> list[Charge]:
    """The taxes or fees of a kind: for taxes the row of the longest prefix, for fees all that concern the code."""
    own = [one for one in levies if (one.group, one.kind) == (group, kind)]
    fitting = sorted((one for one in own if _length(one, code) >= 0), key=lambda one: -_length(one, code))
    if not fitting:
        return [Charge(group, kind, KINDS[kind], NOT_IN_DATA)]
    if group == FEE:
        return [_of_levy(one) for one in fitting]
    found = _of_levy(fitting[0])
    below = [one for one in own if any(prefix.startswith(code) and prefix != code for prefix in one.prefixes)]
    if any((one.rate, one.least) != (fitting[0].rate, fitting[0].least) for one in below):
        return [_mixed(found, [fitting[0], *below], code)]
    return [found]


def _length(levy: Levy, code: str) -> int:
    """How many digits of a code a levy names; -1 where it does not concern the code."""
    if not levy.prefixes:
        return 0
    return max((len(prefix) for prefix in levy.prefixes if code.startswith(prefix)), default=-1)


def _of_levy(levy: Levy) -> Charge:
    return Charge(
        levy.group, levy.kind, levy.name, KNOWN if levy.rate else DEPENDS, levy.rate, levy.rate or levy.least,
        levy.base, levy.condition or None, levy.source, levy.verified,
    )  # fmt: skip


def _mixed(found: Charge, levies: Sequence[Levy], code: str) -> Charge:
    """A tax that differs among the lines under a shorter code: the least of its rates is due of each."""
    rates = [one.rate or one.least for one in levies]
    known = [one for one in rates if one is not None and one.ad_valorem_pct is not None]
    least = min(known, key=lambda one: one.ad_valorem_pct or 0) if len(known) == len(rates) else None
    return replace(found, state=DEPENDS, rate=None, counted=least, condition=OtherCodes(code))


def total_of(
    base: Rate | None, at_most: bool, charges: Sequence[Charge], value: Decimal | None,
    quantities: Mapping[str, Decimal],
) -> Total:  # fmt: skip
    """The sum of what is known; a base duty that is unknown or an upper bound only does not count."""
    counted = base if base is not None and not at_most else None
    lacks: list[Reason] = [] if counted else [BaseDutyOpen()]
    lacks += [reason for one in charges if (reason := one.open_reason)]
    parts = [one for one in charges if one.counted is not None]
    if counted is None and not any(one.counted and one.counted.parts for one in parts):
        return Total(UNKNOWN, None, None, _distinct(lacks))
    percent = _sum(counted, parts, Decimal(100), {})
    amount = _sum(counted, parts, value, quantities) if value is not None else None
    missed = [] if amount is not None or percent is not None else [BaseDutyOpen()]
    status = AT_LEAST if lacks else KNOWN
    if percent is None and amount is None:
        status = UNKNOWN
    return Total(status, _rounded(percent), _rounded(amount), _distinct([*lacks, *missed]))


def least_of(totals: Sequence[Total], *, whole: bool) -> Total:
    """The least of the totals of several lines; known only where all are and are the same."""
    lacks = _distinct(reason for one in totals for reason in one.lacks)
    if not totals or any(one.status == UNKNOWN for one in totals):
        return Total(UNKNOWN, None, None, lacks)
    percents, amounts = [one.pct for one in totals], [one.amount for one in totals]
    same = whole and len({(one.status, one.pct, one.amount) for one in totals}) == 1
    return Total(totals[0].status if same else AT_LEAST, _least(percents), _least(amounts), lacks)


def _least(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in values if one is not None]
    return min(known) if len(known) == len(values) else None


def _sum(
    base: Rate | None, charges: Sequence[Charge], value: Decimal, quantities: Mapping[str, Decimal]
) -> Decimal | None:
    """Duties on the value; then taxes, each on the value with duties and the taxes before it; ``None``: facts lack."""
    duties = _duties(base, charges, value, quantities)
    if duties is None:
        return None
    taxes = Decimal(0)
    for one in sorted((one for one in charges if one.group == TAX), key=lambda one: one.base != INCLUSIVE):
        assert one.counted is not None
        percent = one.counted.ad_valorem_pct
        if percent is None:
            return None
        on = value if one.base == VALUE else value + duties + taxes
        taxes += on * percent / (100 - percent if one.base == INCLUSIVE else 100)
    fees = _duties(None, [replace(one, group=ADDITIONAL) for one in charges if one.group == FEE], value, quantities)
    return None if fees is None else duties + taxes + fees


def _duties(
    base: Rate | None, charges: Sequence[Charge], value: Decimal, quantities: Mapping[str, Decimal]
) -> Decimal | None:
    rates = [*([base] if base else []), *(one.counted for one in charges if one.group == ADDITIONAL and one.counted)]
    amounts = [rate.duty(value, quantities) for rate in rates]
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def _distinct(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reasons))
