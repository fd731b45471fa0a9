"""The order in which China's rates apply: rules and explanations of the Import and Export Tariff 2026."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from emporion.domain.marketaccess.rules.candidates import Candidate, Facts, agreement_candidates, plain_candidate
from emporion.domain.marketaccess.rules.schedule import AGREEMENT, GENERAL, IN_QUOTA, MFN, PROVISIONAL, Line, Market

RULES = "Import and Export Tariff of the People's Republic of China 2026, rules and explanations"


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
    found = plain_candidate(market, line, MFN, MFN, f"goods of {origin} get the MFN rate ({RULES}, 2)")
    if found is None or favoured is None:
        return found and replace(found, applies=None, reason=_untold(origin))
    if provisional and provisional.applies:
        return replace(found, applies=False, reason=f"a provisional rate stands in its place ({RULES}, 4)")
    return found


def _untold(origin: str) -> str:
    return (
        f"{origin} is outside the WTO; which 33 more countries get the MFN rate by treaty is not in the data "
        f"({RULES}, 2)"
    )


def _provisional(market: Market, line: Line, entitled: bool | None, favoured: bool | None) -> Candidate | None:
    found = plain_candidate(
        market, line, PROVISIONAL, PROVISIONAL, f"replaces MFN, and agreement rates above it ({RULES}, 3 to 6)"
    )
    if found and not entitled:
        told = "is for goods that get the MFN, agreement or special preferential rate"
        return replace(found, applies=None, reason=f"{told}, which cannot be told ({RULES}, 3)")
    return found


def _in_quota(market: Market, line: Line, favoured: bool | None, facts: Facts) -> Candidate | None:
    found = plain_candidate(market, line, IN_QUOTA, IN_QUOTA, f"within the tariff quota ({RULES}, 8)")
    if found is None:
        return None
    if not facts.within_quota:
        return replace(found, applies=False, reason=f"only with a certificate of the tariff quota ({RULES}, 8)")
    return found if favoured else replace(found, applies=None)


def _general(market: Market, line: Line, favoured: bool | None) -> Candidate | None:
    found = plain_candidate(market, line, GENERAL, GENERAL, f"for origins without MFN treatment ({RULES}, 2)")
    if found is None:
        return None
    if favoured:
        return replace(found, applies=False, reason=f"the origin gets MFN treatment ({RULES}, 2)")
    return replace(found, applies=None, reason=f"for origins without MFN treatment, which cannot be told ({RULES}, 2)")


def _special_first(preferred: Sequence[Candidate]) -> list[Candidate]:
    """Special preferential rates before agreements: of equal ones the list needs the least proof."""
    return sorted(preferred, key=lambda one: one.basis == AGREEMENT)
