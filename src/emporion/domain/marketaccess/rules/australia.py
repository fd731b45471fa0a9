"""The order in which Australia's rates apply: Customs Tariff Act 1995, sections 14 and 16."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from emporion.domain.marketaccess.rules.candidates import Candidate, Facts, agreement_candidates, plain_candidate
from emporion.domain.marketaccess.rules.law_reasons import ClassOpen, ClassRateOpen, GeneralRate
from emporion.domain.marketaccess.rules.reasons import NOT_KNOWN, Article, LineAlone
from emporion.domain.marketaccess.rules.schedule import MFN, PREFERENCE, Line, Market
from emporion.domain.reason import Country, Phrase

ACT = Phrase("Customs Tariff Act 1995")
GENERAL_RATE, CLASS_RATE_OPEN = GeneralRate(Article(ACT, "section 16")), ClassRateOpen(Article(ACT, "16"))
STATED_ONLY = {"DC", "DCS", "DCT"}


def candidates(market: Market, line: Line, origin: str, on: date, facts: Facts) -> list[Candidate]:
    """The general rate, the rate of the origin's class of country, and each agreement; the importer takes the lowest.

    A class's rate is the one stated for it; where none is stated, Forum Island and least developed countries, New
    Zealand and Papua New Guinea enter free, the other classes at the general rate (section 16). Agreements: the stated
    rate of a listed line, else free.
    """
    if origin == market.importer:
        return []
    general = plain_candidate(market, line, MFN, MFN, GENERAL_RATE)
    named = [_classed(market, one, line, origin) for one in agreement_candidates(market, line, origin, on, facts)]
    own = [one for one in named if one is not None]
    if _class_untold(market, line, origin, on):
        own.append(_developing(market, line))
    return [*([general] if general else []), *own]


def _classed(market: Market, one: Candidate, line: Line, origin: str) -> Candidate | None:
    """A developing country in the fourth or fifth part gets its own part's rate; whether a bare DC rate is also for
    it could not be sourced."""
    if one.basis == PREFERENCE and one.code == "DC" and _in_later_part(market, origin):
        return replace(one, applies=None, reason=ClassOpen(Country(origin), Article(ACT, "14")))
    return one


def _in_later_part(market: Market, origin: str) -> bool:
    return any(one.code in {"DCS", "DCT"} for one in market.by_origin.get(origin, ()))


def _class_untold(market: Market, line: Line, origin: str, on: date) -> bool:
    """A country in the third part alone, on a line that states no DC rate."""
    codes = {one.code for one in market.by_origin.get(origin, ()) if one.basis != "agreement"}
    return "DC" in codes and not codes & {"DCS", "DCT", "LDC", "FI"} and "DC" not in line.cells


def _developing(market: Market, line: Line) -> Candidate:
    return Candidate(
        PREFERENCE, Phrase("Developing countries (DC)"), "DC", None, NOT_KNOWN, None, CLASS_RATE_OPEN,
        LineAlone(market.schedule.title, line.code),
    )  # fmt: skip
