"""Papers that goods need to enter a country, by HS code and day, and whether goods of an origin may enter at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from emporion.domain.marketaccess.rules.reasons import Source
from emporion.domain.reason import Country, Phrase, Reason
from emporion.domain.reference.rules import Span

# In the order in which they are to be had: some take months and stand before the contract.
STEPS = ("admission", "registration", "permit", "certificate", "border", "sale")
LISTED, IN_PART, UNKNOWN, NOT_ASKED = "listed", "in_part", "unknown", "not_asked"
EVER = Span()


class OnTheList(Reason):
    """{goods} of {country} were admitted when the list was read, as of {day}; it may have changed since"""

    goods: Phrase
    country: Country
    day: date


class NotOnTheListAtHand(Reason):
    """whether these goods of {country} may enter is not known: the list available is incomplete; ask the authority
    first"""

    country: Country


class NoListAsked(Reason):
    """no list of countries and goods is known to be asked for this code"""


@dataclass(frozen=True)
class Paper:
    """One paper or permission for goods under ``prefixes`` entering ``importer``; no prefixes: for all goods.

    ``takes`` says how long it takes where a source says so. ``part``: only some goods under the code asked for may
    need it.
    """

    importer: str
    prefixes: tuple[str, ...]
    paper: Phrase
    authority: Phrase
    source: Phrase
    verified: bool
    step: str = "border"
    takes: Phrase | None = None
    span: Span = EVER
    part: bool = False


@dataclass(frozen=True)
class Admission:
    """Goods of an origin that stood on a list of those that may enter, on the day the list is of."""

    importer: str
    prefix: str
    origin: str
    goods: Phrase
    condition: Phrase
    listed_on: date
    source: Phrase
    verified: bool


@dataclass(frozen=True)
class Entry:
    """Whether goods may enter: ``listed``, ``in_part`` where only some goods under a shorter code are, ``unknown``, or
    ``not_asked`` where no list is known for them.
    """

    status: str
    reasons: tuple[Reason, ...]
    conditions: tuple[Phrase, ...] = ()
    sources: tuple[Source, ...] = ()


def checklist(papers: Iterable[Paper], importer: str, code: str, on: date) -> list[Paper]:
    """The papers known on a day for a code entering a country, in the order in which they are to be had.

    A code shorter than a paper's own loses none: the paper is then for part of its goods. A list, not a licence: what
    is not on it may still be needed.
    """
    found = [
        replace(one, part=not _is_of_all(one, code))
        for one in papers if one.importer == importer and one.span.holds(on) and _concerns(one, code)
    ]  # fmt: skip
    return sorted(found, key=lambda one: STEPS.index(one.step))


def _is_of_all(paper: Paper, code: str) -> bool:
    return not paper.prefixes or any(code.startswith(prefix) for prefix in paper.prefixes)


def _concerns(paper: Paper, code: str) -> bool:
    return _is_of_all(paper, code) or any(prefix.startswith(code) for prefix in paper.prefixes)


def may_enter(papers: Sequence[Paper], admissions: Iterable[Admission], code: str, origin: str) -> Entry:
    """Whether goods of an origin may enter by the lists that the papers ask for; unknown where no list says so."""
    if not any(one.step == "admission" for one in papers):
        return Entry(NOT_ASKED, (NoListAsked(),))
    own = [one for one in admissions if one.origin == origin]
    whole = [one for one in own if code.startswith(one.prefix)]
    found = whole or [one for one in own if one.prefix.startswith(code)]
    if not found:
        return Entry(UNKNOWN, (NotOnTheListAtHand(Country(origin)),))
    return Entry(
        LISTED if whole else IN_PART, tuple(OnTheList(one.goods, Country(origin), one.listed_on) for one in found),
        tuple(one.condition for one in found if one.condition), tuple(dict.fromkeys(one.source for one in found)),
    )  # fmt: skip
