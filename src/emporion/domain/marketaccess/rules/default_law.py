"""The order for a market whose own order is not written here: the lowest of what its schedule gives an origin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from emporion.domain.marketaccess.rules.candidates import Candidate, Facts, agreement_candidates, plain_candidate
from emporion.domain.marketaccess.rules.law_reasons import (
    AgreementsOpen,
    MostFavoured,
    OutsideQuota,
    WithinQuota,
    WithoutMfn,
)
from emporion.domain.marketaccess.rules.reasons import NOT_KNOWN
from emporion.domain.marketaccess.rules.schedule import AGREEMENT, GENERAL, IN_QUOTA, MFN, PROVISIONAL, Line, Market
from emporion.domain.reason import Country, Phrase

MAX_FAVOURED = MostFavoured(Phrase("General Agreement on Tariffs and Trade, article I"))


def candidates(market: Market, line: Line, origin: str, on: date, facts: Facts) -> list[Candidate]:
    """MFN and provisional rates for members of the WTO, quota rates with a certificate, agreements by their parties.

    An origin outside the WTO may still get the MFN rate by treaty: that and the general rate cannot be told. A market
    that brought no agreements leaves open whether one gives a lower rate.
    """
    if origin == market.importer:
        return []
    member = market.belongs("wto", origin, on) or None
    own = [plain_candidate(market, line, column, column, MAX_FAVOURED) for column in (MFN, PROVISIONAL)]
    found = [replace(one, applies=one.applies and member) for one in own if one]
    quota = plain_candidate(market, line, IN_QUOTA, IN_QUOTA, WithinQuota())
    if quota:
        found.append(quota if facts.within_quota else replace(quota, applies=False, reason=OutsideQuota()))
    general = plain_candidate(market, line, GENERAL, GENERAL, WithoutMfn())
    if general:
        found.append(replace(general, applies=False if member else None))
    if not market.agreements:
        found.append(_agreements_open(market, origin))
    return [*found, *agreement_candidates(market, line, origin, on, facts)]


def _agreements_open(market: Market, origin: str) -> Candidate:
    reason = AgreementsOpen(Country(market.importer), Country(origin))
    return Candidate(AGREEMENT, None, AGREEMENT, None, NOT_KNOWN, None, reason, market.schedule.source)
