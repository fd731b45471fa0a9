"""Negative lists for foreign investment and for cross-border services: what is closed or conditional, by date.

Only part of the items is known. An activity that is not among them is therefore never called allowed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from emporion.domain.marketaccess.rules.reasons import Source, Sourced
from emporion.domain.reason import Phrase, Reason
from emporion.domain.refusal import Refusal

INVESTMENT, SERVICES = "investment", "services"
SCOPES = ("national", "pilot_zone", "hainan")
LISTED, NOT_AMONG_KNOWN, UNKNOWN = "listed", "not_among_known", "unknown"


class ListKindUnknown(Refusal):
    """“{kind}” is not a kind of negative list: write investment or services."""


class ListScopeUnknown(Refusal):
    """“{scope}” is not a scope of a negative list: write national, pilot_zone or hainan."""


class ActivityEmpty(Refusal):
    """Name the activity in a few words, in English or Chinese, such as: rare earth mining."""


class InForceFrom(Reason):
    """{instrument}, in force from {day}"""

    instrument: Phrase
    day: date


class Unverified(Reason):
    """{source}, not verified against the official text"""

    source: Reason


class NoListKnown(Reason):
    """no {kind} list of scope {scope} is known for {day}"""

    kind: str
    scope: str
    day: date


class NoItemHeld(Reason):
    """no item of {listing} is in the data"""

    listing: str


class NoItemOfSector(Reason):
    """no item of {listing} is in the data for this sector"""

    listing: str


class Listed(Reason):
    """listed in {listing}: item {items}"""

    listing: str
    items: tuple[str, ...]


class NotAmong(Reason):
    """not among the {known} items of {listing} that are known; the others may name it"""

    known: int
    listing: str


class NotAmongPart(Reason):
    """not among the {known} items of {items} of {listing} that are known; the others may name it"""

    known: int
    items: int
    listing: str


@dataclass(frozen=True)
class NegativeList:
    """One edition of a list. ``scope``: ``national``, ``pilot_zone`` or ``hainan``; ``items`` as published or ``None``.

    ``verified`` is false where number or day were not seen in a source.
    """

    market: str
    code: str
    kind: str
    scope: str
    edition: int
    items: int | None
    effective: date
    instrument: Phrase
    source: Phrase
    verified: bool

    @property
    def citation(self) -> Reason:
        """The instrument with its first day, who reported it, and whether that was seen in a source at all."""
        found: Reason = InForceFrom(self.instrument or Phrase(self.code), self.effective)
        found = Sourced(found, self.source) if self.source else found
        return found if self.verified else Unverified(found)


@dataclass(frozen=True)
class Item:
    """One item of a list as far as seen: its number, sector and measure; ``gloss`` tells that in the other language."""

    list_code: str
    number: str
    sector: str
    measure: str
    gloss: str
    words: str
    source: Phrase


@dataclass(frozen=True)
class Finding:
    """``status`` is ``listed`` (``measures`` say how), ``not_among_known`` or ``unknown``; ``reason`` says so."""

    status: str
    reason: Reason
    list_code: str | None
    measures: tuple[Item, ...]
    citations: tuple[Source, ...]
    edition: NegativeList | None = None
    known: int = 0


def in_force(lists: Sequence[NegativeList], kind: str, scope: str, on: date) -> NegativeList | None:
    """The latest edition of a kind and scope that took effect by a day; it supersedes the earlier ones."""
    fitting = [one for one in lists if one.kind == kind and one.scope == scope and one.effective <= on]
    return max(fitting, key=lambda one: one.effective, default=None)


def look_up(
    lists: Sequence[NegativeList],
    items: Sequence[Item],
    kind: str,
    scope: str,
    activity: str,
    on: date,
    sector: str = "",
) -> Finding:
    """What the list in force on a day says of an activity (words in English or Chinese), within a sector if named.

    Raises ``ListKindUnknown``, ``ActivityEmpty``.
    """
    if kind not in (INVESTMENT, SERVICES):
        raise ListKindUnknown(kind=kind)
    if scope not in SCOPES:
        raise ListScopeUnknown(scope=scope)
    wanted = words_of(activity)
    if not wanted:
        raise ActivityEmpty()
    current = in_force(lists, kind, scope, on)
    if current is None:
        return Finding(UNKNOWN, NoListKnown(kind, scope, on), None, (), ())
    known = [one for one in items if one.list_code == current.code and sector in one.sector]
    cited = (current.citation,)
    if not known:
        why = NoItemOfSector(current.code) if sector else NoItemHeld(current.code)
        return Finding(UNKNOWN, why, current.code, (), cited, current)
    hits = tuple(one for one in known if _matches(wanted, words_of(f"{one.sector} {one.measure} {one.words}")))
    if hits:
        listed = Listed(current.code, tuple(one.number for one in hits))
        sources = dict.fromkeys(one.source for one in hits)
        return Finding(LISTED, listed, current.code, hits, (*cited, *sources), current, len(known))
    among: Reason = NotAmong(len(known), current.code)
    if current.items:
        among = NotAmongPart(len(known), current.items, current.code)
    return Finding(NOT_AMONG_KNOWN, among, current.code, (), cited, current, len(known))


_LATIN = re.compile(r"[a-z]{3,}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_STOP = {"the", "and", "for", "not", "may", "with", "from", "must", "are", "any", "services", "service", "other"}


def words_of(text: str) -> frozenset[str]:
    """English words without endings and pairs of Chinese characters."""
    latin = {_stem(word) for word in _LATIN.findall(text.lower()) if word not in _STOP}
    pairs = {run[at : at + 2] for run in _CHINESE.findall(text) for at in range(max(1, len(run) - 1))}
    return frozenset(latin | pairs)


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ers", "er", "ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _matches(wanted: frozenset[str], words: frozenset[str]) -> bool:
    """At least two thirds of the words asked for stand in the item: a list's short words mislead one by one."""
    return 3 * len(wanted & words) >= 2 * len(wanted)
