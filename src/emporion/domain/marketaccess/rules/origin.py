"""Rules of origin on facts that the exhibitor states: passes, fails or cannot be told, with the arithmetic shown.

Terms follow RCEP chapter 3 and the headnotes to its annex 3A: WO wholly obtained, PE made of originating materials
only, CC/CTH/CTSH change of chapter, heading or subheading of all non-originating materials, RVC regional value content.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from emporion.domain.marketaccess.rules.origin_reasons import (
    Content,
    InputFrom,
    InputsNotStated,
    MadeOutside,
    NoneShares,
    NotWhollyObtained,
    OriginatingCounted,
    OriginatingNoInput,
    OriginatingNotStated,
    RuleNotHeld,
    Share,
    Tolerance,
    ToleranceNotStated,
    TooFewDigits,
    ValueNotStated,
    WhollyNotStated,
    WhollyObtained,
)
from emporion.domain.reason import Country, Phrase, Reason
from emporion.domain.refusal import Refusal

LEVELS = {"CC": 2, "CTH": 4, "CTSH": 6}
LEVEL_NAMES = {"CC": Phrase("chapter"), "CTH": Phrase("heading"), "CTSH": Phrase("subheading")}
# Per cent of the goods' value in materials that need not change their classification: RCEP article 3.7.
DE_MINIMIS = {"RCEP": Decimal(10)}
SOURCES = {"RCEP": Phrase("RCEP articles 3.2 to 3.5 and 3.7")}
_RVC = re.compile(r"^RVC ?(\d{1,3})$")


class OriginRuleUnknown(Refusal):
    """“{rule}” is not a rule of origin: write WO, PE, CC, CTH, CTSH or RVC40, joined by “or” or “and”."""


class InputsAboveValue(Refusal):
    """The inputs come to {inputs}, more than the goods' value of {value}: correct one of them."""


@dataclass(frozen=True)
class Input:
    """A material: its HS code (6 digits), where it originates, and its value in the currency of the goods' value."""

    hs: str
    origin: str
    value: Decimal


@dataclass(frozen=True)
class Making:
    """How goods were made: in which country, of which inputs, at what ex-works or FOB value.

    ``rule`` names the product-specific rule where the exhibitor knows it (``CTH or RVC40``); ``inputs`` ``None`` where
    they are not stated.
    """

    hs: str
    country: str
    value: Decimal | None = None
    inputs: tuple[Input, ...] | None = None
    wholly_obtained: bool | None = None
    rule: str = ""


@dataclass(frozen=True)
class Verdict:
    """``passes`` is ``None`` where it cannot be told; ``steps`` show the arithmetic line by line."""

    passes: bool | None
    rule: str
    steps: tuple[Reason, ...]


def evaluate(making: Making, partners: Set[str], rule: str, de_minimis_pct: Decimal = Decimal(0)) -> Verdict:
    """Whether goods originate under ``rule``; materials of ``partners`` cumulate: they count as originating.

    ``rule`` is made of WO, PE, CC, CTH, CTSH, RVCn joined by ``or`` (one suffices) and ``and`` (all are needed; binds
    tighter). An empty rule is one that is not known: goods wholly obtained or of originating materials only pass
    without it (they do under every line), all others cannot be told. Up to ``de_minimis_pct`` of the goods' value in
    materials that do not change their classification is tolerated. Raises ``OriginRuleUnknown``, ``InputsAboveValue``.
    """
    _require_value(making)
    if making.country not in partners:
        return Verdict(False, rule or "any", (MadeOutside(Country(making.country)),))
    basic = _either([_wholly_obtained(making), _of_originating(making, partners)])
    if basic.passes:
        return Verdict(True, basic.rule, basic.steps)
    if not rule:
        return Verdict(None, "not known", (*basic.steps, RuleNotHeld()))
    verdict = _either([_all(_criteria(option, making, partners, de_minimis_pct)) for option in rule.split(" or ")])
    return Verdict(verdict.passes, rule, (*basic.steps, *verdict.steps))


def non_originating(making: Making, partners: Set[str]) -> tuple[Input, ...]:
    """The inputs from outside the partners; within them all materials cumulate (RCEP article 3.4)."""
    return tuple(one for one in making.inputs or () if one.origin not in partners)


def regional_value_content(making: Making, partners: Set[str]) -> Decimal | None:
    """Build-down: (value − value of non-originating materials) / value, in per cent, rounded down to two places."""
    if making.value is None or making.inputs is None:
        return None
    foreign = sum((one.value for one in non_originating(making, partners)), Decimal(0))
    return ((making.value - foreign) * 100 / making.value).quantize(Decimal("0.01"), ROUND_DOWN)


def _require_value(making: Making) -> None:
    total = sum((one.value for one in making.inputs or ()), Decimal(0))
    if making.value is not None and (making.value <= 0 or total > making.value):
        raise InputsAboveValue(inputs=total, value=making.value)


def _wholly_obtained(making: Making) -> Verdict:
    steps: Mapping[bool | None, Reason] = {True: WhollyObtained(), False: NotWhollyObtained(), None: WhollyNotStated()}
    return Verdict(making.wholly_obtained, "WO", (steps[making.wholly_obtained],))


def _of_originating(making: Making, partners: Set[str]) -> Verdict:
    if making.inputs is None:
        return Verdict(None, "PE", (OriginatingNotStated(),))
    foreign = non_originating(making, partners)
    if not making.inputs:
        return Verdict(None, "PE", (OriginatingNoInput(),))
    return Verdict(not foreign, "PE", (OriginatingCounted(len(foreign), len(making.inputs)),))


def _criteria(option: str, making: Making, partners: Set[str], tolerance: Decimal) -> list[Verdict]:
    return [_criterion(name.strip(), making, partners, tolerance) for name in option.split(" and ")]


def _criterion(name: str, making: Making, partners: Set[str], tolerance: Decimal) -> Verdict:
    if name in LEVELS:
        return _change(name, making, partners, tolerance)
    if found := _RVC.match(name):
        return _content(name, Decimal(found[1]), making, partners)
    if name == "WO":
        return _wholly_obtained(making)
    if name == "PE":
        return _of_originating(making, partners)
    raise OriginRuleUnknown(rule=name)


def _change(name: str, making: Making, partners: Set[str], tolerance: Decimal) -> Verdict:
    if making.inputs is None:
        return Verdict(None, name, (InputsNotStated(name),))
    digits = LEVELS[name]
    foreign = non_originating(making, partners)
    if short := [one.hs for one in foreign if _is_too_short(one.hs, making.hs, digits)]:
        return Verdict(None, name, (TooFewDigits(name, tuple(short), making.hs, digits),))
    same = [one for one in foreign if one.hs[:digits] == making.hs[:digits]]
    if not same:
        return Verdict(True, name, (NoneShares(name, LEVEL_NAMES[name], making.hs[:digits]),))
    inputs = tuple(InputFrom(one.hs, Country(one.origin)) for one in same)
    step = Share(name, inputs, LEVEL_NAMES[name], making.hs[:digits])
    return _tolerated(name, step, sum((one.value for one in same), Decimal(0)), making, tolerance)


def _is_too_short(one: str, other: str, digits: int) -> bool:
    """Whether two codes agree as far as the shorter goes, which is not far enough."""
    known = min(len(one), len(other))
    return known < digits and one[:known] == other[:known]


def _tolerated(name: str, step: Reason, value: Decimal, making: Making, tolerance: Decimal) -> Verdict:
    if not tolerance:
        return Verdict(False, name, (step,))
    if making.value is None:
        return Verdict(None, name, (step, ToleranceNotStated(tolerance)))
    share = value * 100 / making.value
    fits = share <= tolerance
    sign = "≤" if fits else ">"
    return Verdict(fits, name, (step, Tolerance(value, making.value, share, sign, tolerance)))


def _content(name: str, threshold: Decimal, making: Making, partners: Set[str]) -> Verdict:
    content = regional_value_content(making, partners)
    if content is None:
        return Verdict(None, name, (ValueNotStated(name),))
    foreign = sum((one.value for one in non_originating(making, partners)), Decimal(0))
    passes = content >= threshold
    sign = "≥" if passes else "<"
    assert making.value is not None
    return Verdict(passes, name, (Content(name, making.value, foreign, content, sign, threshold),))


def _all(verdicts: list[Verdict]) -> Verdict:
    answers = [one.passes for one in verdicts]
    passes = False if False in answers else None if None in answers else True
    return Verdict(passes, " and ".join(one.rule for one in verdicts), tuple(s for one in verdicts for s in one.steps))


def _either(verdicts: list[Verdict]) -> Verdict:
    winner = next((one for one in verdicts if one.passes), None)
    if winner:
        return winner
    passes = None if any(one.passes is None for one in verdicts) else False
    return Verdict(passes, " or ".join(one.rule for one in verdicts), tuple(s for one in verdicts for s in one.steps))
