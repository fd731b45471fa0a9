"""Rates of duty: their texts parsed whole or refused, what they amount to, and which of two is lower."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from emporion.domain.refusal import Refusal


class RateNotReadable(Refusal):
    """The rate “{text}” cannot be read: write it as free, 5%, $0.526/L or a sum of these."""


@dataclass(frozen=True, slots=True)
class Part:
    """One addend of a rate: ``amount`` per cent of the value of ``per``, or money per unit ``per``."""

    amount: Decimal
    percent: bool
    per: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of duty: the sum of its parts, and where ``ceiling`` is not empty at most the sum of the ceiling's."""

    text: str
    parts: tuple[Part, ...]
    ceiling: tuple[Part, ...] = ()

    @property
    def ad_valorem_pct(self) -> Decimal | None:
        """Per cent of the customs value; ``None`` unless the rate is nothing but that (free is 0)."""
        if self.ceiling or any(not part.percent or part.per for part in self.parts):
            return None
        return sum((part.amount for part in self.parts), Decimal(0))

    def duty(self, value: Decimal, quantities: Mapping[str, Decimal]) -> Decimal | None:
        """The duty on goods of a customs value; ``quantities`` by unit, as rates name it or in small letters.

        ``None``: facts lacking.
        """
        amount = _sum(self.parts, value, quantities)
        if not self.ceiling or amount is None:
            return amount
        other = _sum(self.ceiling, value, quantities)
        return None if other is None else min(amount, other)


def units_of(rate: Rate) -> tuple[str, ...]:
    """What a rate is reckoned on beside the customs value: units, and parts of the goods with a value of their own."""
    return tuple(dict.fromkeys(part.per for part in (*rate.parts, *rate.ceiling) if part.per))


FREE = Rate("Free", ())

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_PERCENT = re.compile(rf"^{_NUMBER}(?: (\d+)/(\d+))? ?%(?: (?:on|of)(?: the)? ([a-z][a-z ,]*))?$")
_MONEY = re.compile(rf"^(?:\$ ?{_NUMBER}|{_NUMBER} ?cents) ?(?:/ ?(.+)|(each)|(for each .+))$")
_BARE = re.compile(rf"^{_NUMBER}$")
_LESS = re.compile(rf"^(.+), less {_NUMBER}%$")
_CEILING = re.compile(r"^(.+?),? or,? if lower, (.+)$")
_JOIN = re.compile(r" ?\+ ?|,? and (?=[$\d])| plus (?=[$\d])")
# Numbers that belong to a unit; any other number in a unit means that the rate was not read whole.
_UNIT_NUMBERS = re.compile(r"\b1,?000\b|\bm[23]\b|\bover \d+\b|\bexceeds 1\.15\b")
_UNIT = re.compile(r"^[a-z][a-z .,()/\-]*$|^[ a-z.,()/\-]*$", re.IGNORECASE)
_NO_UNIT = re.compile(r"\b(less|but|cents|see|from|plus|gross weight or|not)\b", re.IGNORECASE)
_FREE = {"free", "free, under bond"}


@cache
def parse(text: str) -> Rate:
    """The rate that a text states: ``Free``, ``12``, ``33 1/3%``, ``1.5 cents/kg + 5%``, ``$1.220/kg, less 5%``,
    ``5%, or, if lower, $0.45/kg TSS``. A bare number is per cent.

    Raises ``RateNotReadable`` unless the whole text is understood.
    """
    plain = " ".join(text.replace("\u200b", "").split())
    if plain.lower() in _FREE:
        return Rate(plain.capitalize(), ())
    if found := _CEILING.match(plain):
        return Rate(plain, _addends(found[1], text), _addends(found[2], text))
    parts = _addends(plain, text)
    return Rate(f"{plain}%" if _BARE.match(plain) else plain, parts)


def _addends(plain: str, text: str) -> tuple[Part, ...]:
    if found := _LESS.match(plain):
        return (*_addends(found[1], text), Part(-Decimal(found[2]), percent=True))
    return tuple(_addend(one.strip(), text) for one in _JOIN.split(plain))


def _addend(one: str, text: str) -> Part:
    if found := _BARE.match(one) or _PERCENT.match(one):
        return _percent(found)
    found = _MONEY.match(one)
    if not found:
        raise RateNotReadable(text=text)
    unit = (found[3] or found[4] or found[5]).strip()
    if not _UNIT.match(_UNIT_NUMBERS.sub("", unit)) or _NO_UNIT.search(unit):
        raise RateNotReadable(text=text)
    amount = _number(found[1]) if found[1] else _number(found[2]) / 100
    return Part(amount, percent=False, per=re.sub(r"\s*/\s*", "/", unit))


def _percent(found: re.Match[str]) -> Part:
    amount = _number(found[1])
    if len(found.groups()) > 1 and found[2]:
        amount += (Decimal(found[2]) / Decimal(found[3])).quantize(Decimal("0.0001"))
    base = (found[4] or "") if len(found.groups()) > 1 else ""
    return Part(amount, percent=True, per="" if base == "entire set" else base)


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _sum(parts: tuple[Part, ...], value: Decimal, quantities: Mapping[str, Decimal]) -> Decimal | None:
    total = Decimal(0)
    for part in parts:
        base = quantities.get(part.per, quantities.get(part.per.casefold())) if part.per else value
        if base is None:
            return None
        total += part.amount * base / 100 if part.percent else part.amount * base
    return max(total, Decimal(0))


def is_lower_or_same(one: Rate, other: Rate) -> bool | None:
    """Whether ``one`` never gives a higher duty than ``other``; ``None`` when that depends on the goods.

    Sums are compared base by base: no part above its like in the other means never higher.
    """
    if not one.parts:
        return True
    first, second = one.ad_valorem_pct, other.ad_valorem_pct
    if first is not None and second is not None:
        return first <= second
    if one.ceiling or other.ceiling:
        return _with_ceilings(one, other)
    mine, theirs = _by_base(one.parts), _by_base(other.parts)
    differences = [mine.get(base, Decimal(0)) - theirs.get(base, Decimal(0)) for base in mine.keys() | theirs.keys()]
    if all(difference <= 0 for difference in differences):
        return True
    return False if all(difference >= 0 for difference in differences) else None


def _with_ceilings(one: Rate, other: Rate) -> bool | None:
    """The lower of these sums is never above the lower of those when each of those has one of these below it."""
    mine, theirs = _sums(one), _sums(other)
    if _undercuts(mine, theirs):
        return True
    return False if _undercuts(theirs, mine) else None


def _sums(rate: Rate) -> tuple[Rate, ...]:
    return (Rate("", rate.parts), *([Rate("", rate.ceiling)] if rate.ceiling else []))


def _undercuts(these: tuple[Rate, ...], those: tuple[Rate, ...]) -> bool:
    return all(any(is_lower_or_same(this, that) for this in these) for that in those)


def _by_base(parts: tuple[Part, ...]) -> dict[tuple[bool, str], Decimal]:
    sums: dict[tuple[bool, str], Decimal] = {}
    for part in parts:
        key = (part.percent, part.per)
        sums[key] = sums.get(key, Decimal(0)) + part.amount
    return sums
