"""The order in which China's rates apply: rules and explanations of the Import and Export Tariff 2026."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from emporion.domain.marketaccess.rules.candidates import Candidate, Facts, agreement_candidates, plain_candidate
from emporion.domain.marketaccess.rules.law_reasons import (
    GetsMfn,
    MfnOpen,
    MfnReplaced,
    OutsideQuota,
    ProvisionalOpen,
    ReplacesMfn,
    WithinQuota,
    WithMfn,
    WithoutMfn,
    WithoutMfnOpen,
)
from emporion.domain.marketaccess.rules.reasons import Article, Sourced
from emporion.domain.marketaccess.rules.schedule import AGREEMENT, GENERAL, IN_QUOTA, MFN, PROVISIONAL, Line, Market
from emporion.domain.reason import Country, Phrase

RULES = Phrase("Import and Export Tariff of the People's Republic of China 2026, rules and explanations")
RULE_2, RULE_3, RULE_4, RULE_8 = (Article(RULES, number) for number in ("2", "3", "4", "8"))
REPLACES_MFN = ReplacesMfn(Article(RULES, "3 to 6"))
MFN_REPLACED, WITH_MFN, WITHOUT_MFN_OPEN = MfnReplaced(RULE_4), WithMfn(RULE_2), WithoutMfnOpen(RULE_2)
PROVISIONAL_OPEN, WITHOUT_MFN = ProvisionalOpen(RULE_3), Sourced(WithoutMfn(), RULE_2)
WITHIN_QUOTA, OUTSIDE_QUOTA = Sourced(WithinQuota(), RULE_8), Sourced(OutsideQuota(), RULE_8)


def candidates(market: Market, line: Line, origin: str, on: date, facts: Facts) -> list[Candidate]:
    """Every rate that the line and the origin name, each with whether it applies.

    MFN gives way to a provisional rate (rule 4); agreement and special preferential rates stand beside it and the
    lower applies (rules 5 and 6); an MFN rate below the agreement's applies (rule 5); quota rates need a quota
    (rules 7 and 8); the general rate is for origins without any of these and is never replaced (rules 2 and 3).
    """
    favoured = _is_favoured(market, origin, on) or _makes_no_difference(line)
    preferred = agreement_candidates(market, line, origin, on, facts)
    entitled = favoured or any(one.applies for one in preferred)
    provisional = _provisional(market, line, entitled, favoured)
    own = [_mfn(market, line, favoured, provisional, origin), provisional, _in_quota(market, line, favoured, facts)]
    general = _general(market, line, favoured)
    return [one for one in (*own, *_special_first(preferred), general) if one is not None]


def _is_favoured(market: Market, origin: str, on: date) -> bool | None:
    """Whether goods of an origin get the MFN rate; ``None`` outside the WTO, where 33 treaties give it to some."""
    if origin == market.importer or market.belongs("wto", origin, on):
        return True
    return None


def _makes_no_difference(line: Line) -> bool | None:
    """True where MFN and general rate are the same, so that any origin pays it."""
    same = line.cells.get(MFN) == line.cells.get(GENERAL) and PROVISIONAL not in line.cells
    return True if same else None


def _mfn(
    market: Market, line: Line, favoured: bool | None, provisional: Candidate | None, origin: str
) -> Candidate | None:
    found = plain_candidate(market, line, MFN, MFN, GetsMfn(Country(origin), RULE_2))
    if found is None or favoured is None:
        return found and replace(found, applies=None, reason=MfnOpen(Country(origin), RULE_2))
    if provisional and provisional.applies:
        return replace(found, applies=False, reason=MFN_REPLACED)
    return found


def _provisional(market: Market, line: Line, entitled: bool | None, favoured: bool | None) -> Candidate | None:
    found = plain_candidate(market, line, PROVISIONAL, PROVISIONAL, REPLACES_MFN)
    if found and not entitled:
        return replace(found, applies=None, reason=PROVISIONAL_OPEN)
    return found


def _in_quota(market: Market, line: Line, favoured: bool | None, facts: Facts) -> Candidate | None:
    found = plain_candidate(market, line, IN_QUOTA, IN_QUOTA, WITHIN_QUOTA)
    if found is None:
        return None
    if not facts.within_quota:
        return replace(found, applies=False, reason=OUTSIDE_QUOTA)
    return found if favoured else replace(found, applies=None)


def _general(market: Market, line: Line, favoured: bool | None) -> Candidate | None:
    found = plain_candidate(market, line, GENERAL, GENERAL, WITHOUT_MFN)
    if found is None:
        return None
    if favoured:
        return replace(found, applies=False, reason=WITH_MFN)
    return replace(found, applies=None, reason=WITHOUT_MFN_OPEN)


def _special_first(preferred: Sequence[Candidate]) -> list[Candidate]:
    """Special preferential rates before agreements: of equal ones the list needs the least proof."""
    return sorted(preferred, key=lambda one: one.basis == AGREEMENT)
