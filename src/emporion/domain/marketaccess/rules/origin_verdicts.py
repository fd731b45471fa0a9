"""Which agreements the stated facts of making pass: each agreement's rule of origin with its parties' materials."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from emporion.domain.marketaccess.rules.candidates import Candidate
from emporion.domain.marketaccess.rules.origin import DE_MINIMIS, SOURCES, Making, Verdict, evaluate
from emporion.domain.marketaccess.rules.reasons import UNSEEN, OriginFails, OriginOpen
from emporion.domain.marketaccess.rules.schedule import AGREEMENT, Agreement, Market
from emporion.domain.reason import Phrase


def assess_origin(
    market: Market, candidates: list[Candidate], making: Making, on: date
) -> tuple[list[Candidate], tuple[tuple[str, Verdict], ...]]:
    """Take away the agreements whose rule of origin the stated facts fail; leave open those that cannot be told."""
    judged, verdicts = [], []
    by_code = {one.code: one for one in market.agreements}
    for one in candidates:
        agreement = by_code.get(one.code)
        if one.basis == AGREEMENT and one.applies is not False and agreement:
            tolerance = DE_MINIMIS.get(family_of(agreement), Decimal(0))
            verdict = evaluate(making, partners_of(market, agreement, on), making.rule, tolerance)
            verdicts.append((one.agreement or one.code, verdict))
            if not verdict.passes:
                judgement = OriginFails if verdict.passes is False else OriginOpen
                one = replace(one, applies=verdict.passes, reason=judgement(verdict.steps[-1]))
        judged.append(one)
    return judged, tuple(verdicts)


def partners_of(market: Market, agreement: Agreement, on: date) -> frozenset[str]:
    """The parties whose materials cumulate under an agreement on a day, the importer among them.

    The RCEP's parties have a column each; all those in force on the day cumulate (RCEP article 3.4).
    """
    family = family_of(agreement)
    together = [one for one in market.agreements if family_of(one) == family]
    parties = {
        country for one in together for country, party in one.parties.items()
        if party.span.holds(on) and one.span.holds(on)
    }  # fmt: skip
    return frozenset(parties | {market.importer})


def family_of(agreement: Agreement) -> str:
    """An agreement's name without the party whose column it is: ``RCEP (Japan)`` is of the RCEP."""
    return _family(agreement.name)


def source_of_rule(agreement: str) -> Phrase:
    """The articles that a verdict on origin under an agreement of this name follows."""
    return SOURCES.get(_family(agreement), UNSEEN)


def _family(name: str) -> str:
    return name.split(" (")[0]
