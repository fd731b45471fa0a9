"""The order in which the United States' rates apply: Harmonized Tariff Schedule, general notes 3 and following."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from emporion.domain.marketaccess.rules.candidates import (
    Candidate,
    Facts,
    agreement_candidates,
    eligibility_under,
    plain_candidate,
)
from emporion.domain.marketaccess.rules.law_reasons import ApparelOpen, InColumnOne, InColumnTwo
from emporion.domain.marketaccess.rules.reasons import NOT_KNOWN, Paragraph
from emporion.domain.marketaccess.rules.schedule import MFN, PROGRAMME, Line, Market
from emporion.domain.reason import Country, Phrase

COLUMN_2 = "column_2"
NOTES = Phrase("Harmonized Tariff Schedule of the United States, general note 3")
CHAPTER_98 = Phrase("Harmonized Tariff Schedule of the United States, chapter 98, subchapters XIX and XX")
APPAREL, HAITI = ("61", "62"), "HT"
COLUMN_ONE = InColumnOne(Paragraph(NOTES, "a"))


def candidates(market: Market, line: Line, origin: str, on: date, facts: Facts) -> list[Candidate]:
    """Column 2 alone for the countries of general note 3(b); for all others column 1: the general rate, or the lower
    one of an agreement or programme that is in force and names the origin.
    """
    if origin == market.importer:
        return []
    in_column_2 = InColumnTwo(Country(origin), Paragraph(NOTES, "b"))
    second = plain_candidate(market, line, COLUMN_2, COLUMN_2, in_column_2)
    general = plain_candidate(market, line, MFN, MFN, COLUMN_ONE)
    if market.belongs("us-column-2", origin, on):
        return [
            *([second] if second else []),
            *([replace(general, applies=False, reason=in_column_2)] if general else []),
        ]
    preferred = agreement_candidates(market, line, origin, on, facts)
    return [*([general] if general else []), *preferred, *_apparel(market, line, origin, on)]


def _apparel(market: Market, line: Line, origin: str, on: date) -> list[Candidate]:
    """What chapter 98 may give apparel of the countries of AGOA and of Haiti: open, as the chapter is not at hand."""
    own = [one for one in market.by_origin.get(origin, ()) if one.code == "agoa"]
    of_agoa = any(eligibility_under(market, one, origin, on)[0] is not False for one in own)
    if not line.code.startswith(APPAREL) or not (of_agoa or origin == HAITI):
        return []
    why = ApparelOpen(Country(origin), CHAPTER_98)
    return [Candidate(PROGRAMME, CHAPTER_98, "chapter_98", None, NOT_KNOWN, None, why, CHAPTER_98)]
