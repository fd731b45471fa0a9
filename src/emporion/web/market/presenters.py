"""What pages show of an answer: rates in words, each candidate's state, amounts with their currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.marketaccess import without_database
from emporion.domain.marketaccess.rules.answer import KNOWN, Answer, Range
from emporion.domain.marketaccess.rules.candidates import Candidate
from emporion.domain.marketaccess.rules.charge_reasons import AtLeast
from emporion.domain.marketaccess.rules.charges import Charge, Total
from emporion.domain.marketaccess.rules.papers import Entry, Paper
from emporion.domain.marketaccess.rules.path import PathStep
from emporion.domain.marketaccess.rules.reasons import AtMost, Source
from emporion.domain.reason import Phrase
from emporion.language import country_name, is_chinese, written
from emporion.web.shell.states import State

BASES: dict[str, str | Promise] = {
    "mfn": gettext_lazy("Most favoured nation (MFN) rate"),
    "provisional": gettext_lazy("Provisional rate"),
    "in_quota": gettext_lazy("Rate within the tariff quota"),
    "agreement": gettext_lazy("Rate of an agreement"),
    "special_preferential": gettext_lazy("Special preferential rate"),
    "preference": gettext_lazy("Preference for a class of countries"),
    "programme": gettext_lazy("Rate of a programme"),
    "general": gettext_lazy("General rate"),
    "column_2": gettext_lazy("Column 2 rate"),
}
APPLIED = State(gettext_lazy("Applies"), "good", "circle-check")
HIGHER = State(gettext_lazy("Could be claimed, but is not lower"), "done", "circle-minus")
NOT = State(gettext_lazy("Does not apply"), "done", "circle-x")
STEP_TITLES = {
    "admission": gettext_lazy("Ask whether the goods may enter"),
    "registration": gettext_lazy("Have the producer registered"),
    "permit": gettext_lazy("Get the permits, before the contract"),
    "certificate": gettext_lazy("Get the certificates, before shipment"),
    "border": gettext_lazy("At the border"),
    "sale": gettext_lazy("Before the goods are sold or used"),
}
ENTRY_STATES = {
    "listed": State(gettext_lazy("On the list at hand"), "good", "circle-check"),
    "in_part": State(gettext_lazy("Some of the goods are on the list at hand"), "wait", "circle-alert"),
    "unknown": State(gettext_lazy("Not known: ask first"), "wait", "circle-alert"),
    "not_asked": State(gettext_lazy("No list of countries and goods is known"), "done", "circle-minus"),
}
CHARGE_STATES = {
    "known": State(gettext_lazy("Known"), "good", "circle-check"),
    "depends": State(gettext_lazy("Depends on the goods"), "wait", "circle-alert"),
    "not_in_data": State(gettext_lazy("Not in the data"), "wait", "circle-alert"),
}
MAX_OTHERS = 3
CHAPTER = 2
OPEN = State(gettext_lazy("Not known"), "wait", "circle-alert")
DISCLAIMER = gettext_lazy(
    "Information from the sources named, not a ruling: the customs of the importing country decide."
)
TARIFF_ALONE = gettext_lazy(
    "A rate does not say that goods may enter: prohibitions, sanctions and licences are no part of a tariff answer."
)


@dataclass(frozen=True)
class Step:
    """One rate that could apply, in the order of the importer's law."""

    rate: str
    basis: str
    state: State
    reason: str
    source: str
    applied: bool


@dataclass(frozen=True)
class ChargeView:
    """One part that is paid beside the base duty."""

    name: str
    rate: str
    state: State
    why: str
    source: str
    verified: bool


@dataclass(frozen=True)
class PaperView:
    """A paper as a page shows it: with who gives it, how long that takes, and on which days it is asked for."""

    paper: str
    authority: str
    takes: str
    starts: date | None
    ends: date | None
    part: bool
    source: str
    verified: bool


@dataclass(frozen=True)
class StepView:
    """A step of the way into a market."""

    title: str
    statements: list[str]
    papers: list[PaperView]


@dataclass(frozen=True)
class EntryView:
    """Whether goods may enter at all."""

    state: State
    statements: list[str]
    sources: list[str]


@dataclass(frozen=True)
class AnswerView:
    """An answer, or the range of a shorter code, as a page shows it. ``steps`` and amounts are of one line only."""

    found: Answer | Range
    code: str
    description: str
    known: bool
    rate: str
    basis: str
    missing: list[str]
    schedule: str
    origin: str
    to: str
    at_most: bool = False
    steps: tuple[Step, ...] = ()
    proof: tuple[str, ...] = ()
    quota: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    duty: str = ""
    saving: str = ""
    last_known: AnswerView | None = None
    title: str = ""
    restrictions: tuple[str, ...] = ()
    charges: tuple[ChargeView, ...] = ()
    duties: str = ""
    total: str = ""
    lacks: tuple[str, ...] = ()

    @property
    def is_range(self) -> bool:
        """Whether it speaks of more than one line, or of none by name."""
        return isinstance(self.found, Range)

    @property
    def saves(self) -> bool:
        """Whether the applied rate saves anything against MFN on the customs value."""
        return isinstance(self.found, Answer) and bool(self.found.saving)


def present_answer(found: Answer | Range) -> AnswerView:
    """What a page shows of an answer in the reader's language."""
    return _present_range(found) if isinstance(found, Range) else _present_line(found)


def _present_range(found: Range) -> AnswerView:
    bases = {(one.applied.basis, one.applied.agreement): one.applied for one in found.lines if one.applied}
    return AnswerView(
        found, found.prefix, "", found.status == KNOWN, rate_of_range(found),
        " · ".join(map(basis_of, bases.values())),
        _all_written(found.missing), written(found.schedule), country_name(found.origin), country_name(found.to),
        found.at_most,
        title=title_of(found.prefix), restrictions=tuple(_all_written(found.restrictions)), **_payment(found, ""),
    )  # fmt: skip


def _present_line(answer: Answer) -> AnswerView:
    applied = answer.applied
    return AnswerView(
        answer, answer.code, answer.description, answer.status == KNOWN, rate_of(answer),
        basis_of(applied) if applied else "", _all_written(answer.missing), written(answer.schedule),
        country_name(answer.origin), country_name(answer.to), answer.at_most,
        tuple(_step(one, applied) for one in answer.candidates),
        tuple(_all_written(answer.proof)), tuple(_all_written(answer.quota)), tuple(_all_written(answer.notes)),
        amount(answer.duty, answer.currency), amount(answer.saving, answer.currency),
        _present_line(answer.last_known) if answer.last_known else None, title_beside(answer.code, answer.to),
        tuple(_all_written(answer.restrictions)), **_payment(answer, answer.currency),
    )  # fmt: skip


def _payment(found: Answer | Range, currency: str) -> dict[str, Any]:
    """What comes on top of the base duty, part by part, and what all comes to as far as it is known."""
    return {
        "charges": tuple(map(_charge, found.charges)), "duties": sum_in_words(found.duties, currency),
        "total": sum_in_words(found.total, currency), "lacks": tuple(_all_written(found.total.lacks)),
    }  # fmt: skip


def present_papers(papers: Iterable[Paper]) -> list[PaperView]:
    """The papers in the reader's language."""
    return [
        PaperView(
            str(written(one.paper)), str(written(one.authority)), str(written(one.takes)) if one.takes else "",
            one.span.starts, one.span.ends, one.part, str(written(one.source)), one.verified,
        )
        for one in papers
    ]  # fmt: skip


def present_entry(entry: Entry) -> EntryView:
    """Whether the goods may enter, in the reader's language."""
    statements = _all_written((*entry.reasons, *entry.conditions))
    return EntryView(ENTRY_STATES[entry.status], statements, _all_written(entry.sources))


def present_path(steps: Iterable[PathStep]) -> list[StepView]:
    """The steps of the way into a market, in order."""
    return [
        StepView(str(STEP_TITLES[one.name]), _all_written(one.statements), present_papers(one.papers)) for one in steps
    ]


def _charge(one: Charge) -> ChargeView:
    why = one.formula or one.condition
    return ChargeView(
        written(one.name), _charged(one), CHARGE_STATES[one.state], written(why) if why else "", written(one.source),
        one.verified,
    )  # fmt: skip


def _charged(one: Charge) -> str:
    if one.rate is not None and not one.rate.parts:
        return _("None")
    known = one.rate or one.counted
    if known is None:
        return ""
    return known.text if one.rate else str(written(AtLeast(known.text)))


def sum_in_words(total: Total, currency: str) -> str:
    """The total as a percentage and an amount where the customs value is given; empty where no part is known."""
    known = " · ".join(filter(None, (total.percentage, amount(total.amount, currency))))
    return str(written(AtLeast(known))) if known and total.is_at_least else known


def title_beside(code: str, to: str) -> str:
    """The subheading's title in the reader's language, where the tariff names the line in the other; else empty."""
    return title_of(code) if (to == "CN") != is_chinese() else ""


def title_of(code: str) -> str:
    """The title of a line's subheading, or of a shorter code, in the reader's language."""
    return without_database.hs_titles(code)[is_chinese()]


def translated(code: str, titles: Iterable[str]) -> bool:
    """Whether one of the titles is in Chinese and of a heading or subheading, which have no official one at hand."""
    return is_chinese() and len(code) > CHAPTER and any(titles)


def _all_written(statements: Iterable[Source]) -> list[str]:
    return [str(written(one)) for one in statements]


def rate_of(answer: Answer) -> str:
    """The rate that applies in words: ``6.9%``, ``at most 5%``, empty where it is unknown."""
    if answer.applied is None:
        return ""
    return str(written(answer.applied.upper_bound if answer.at_most else answer.applied.text))


def basis_of(one: Candidate) -> str:
    """The agreement by its name, any other rate by its kind."""
    return str(written(one.agreement)) if one.agreement else str(BASES.get(one.basis, one.basis))


def amount(value: Decimal | None, currency: str) -> str:
    """An amount with its currency, empty where it could not be calculated."""
    return "" if value is None else f"{currency} {value:,.2f}"


def rate_of_range(found: Range) -> str:
    """The lowest to the highest percentage of the lines, and the rates that are none; empty where all are unknown.

    Where a line's rate is an upper bound only, so is the highest.
    """
    others = dict.fromkeys(rate_of(one) for one in found.lines if one.applied and one.ad_valorem_pct is None)
    return ", ".join([*([_bounds(found)] if found.highest_pct is not None else []), *list(others)[:MAX_OTHERS]])


def _bounds(found: Range) -> str:
    if found.at_most and found.highest_pct:
        return str(written(AtMost(Phrase(f"{found.highest_pct}%"))))
    if found.lowest_pct == found.highest_pct:
        return str(written(Phrase("Free"))) if found.lowest_pct == 0 else f"{found.lowest_pct}%"
    return _("%(lowest)s%% to %(highest)s%%") % {"lowest": found.lowest_pct, "highest": found.highest_pct}


def _step(one: Candidate, applied: Candidate | None) -> Step:
    states = {True: HIGHER, False: NOT, None: OPEN}
    state = APPLIED if one is applied else states[one.applies]
    return Step(written(one.text), basis_of(one), state, written(one.reason), written(one.citation), one is applied)
