"""What is agreed: intended transactions out of the meetings that were held, and investments of exhibitors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np

from emporion.demo import names
from emporion.demo.sizes import Size

SHOW_DAYS = [date(2023, 11, 5) + timedelta(days=day) for day in range(6)]
# Share of recorded deals that one side never confirmed: they stay in the ledger and are not counted.
UNCONFIRMED = 0.03
CURRENCIES = np.array(["USD", "CNY", "EUR", "JPY"])
CURRENCY_SHARE = [0.46, 0.34, 0.16, 0.04]
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Met:
    """A pair that met: the exhibitor's contract number and origin, the buyer's registered number or name."""

    exhibitor: str
    origin: str
    kind: str
    subject: str
    buyer: str
    buyer_country: str
    purchasing_size: int


@dataclass(frozen=True)
class Agreed:
    """One row of the deals' spreadsheet."""

    number: str
    exhibitor: str
    buyer: str
    buyer_country: str
    origin: str
    kind: str
    amount: Decimal
    currency: str
    signed: date
    subject: str
    evidence: str
    exhibitor_confirmed: date
    buyer_confirmed: date | None


def deals(size: Size, met: Sequence[Met], usd_of: Mapping[tuple[str, date], Decimal], seed: int) -> list[Agreed]:
    """Deals of the pairs that met, whose confirmed amounts sum to the size's turnover at the dated rates.

    ``usd_of`` gives the dollars for one unit of a currency on a day of the show.
    """
    rng = np.random.default_rng([seed, 6])
    pairs = [met[index] for index in np.sort(rng.permutation(len(met))[: size.deals])]
    weight = rng.lognormal(0, 1.5, len(pairs)) * np.array([1 + one.purchasing_size**2 for one in pairs])
    confirmed = rng.random(len(pairs)) >= UNCONFIRMED
    dollars = weight / weight[confirmed].sum() * float(size.turnover_usd)
    currency = CURRENCIES[rng.choice(len(CURRENCIES), len(pairs), p=CURRENCY_SHARE)].tolist()
    days = [SHOW_DAYS[day] for day in rng.integers(len(SHOW_DAYS), size=len(pairs))]
    agreed = [
        _agreed(index, *row, usd_of)
        for index, row in enumerate(zip(pairs, dollars, currency, days, confirmed, strict=True))
    ]
    return _rounded_to(size.turnover_usd, agreed, usd_of)


def _agreed(
    index: int,
    pair: Met,
    dollars: float,
    currency: str,
    day: date,
    confirmed: bool,
    usd_of: Mapping[tuple[str, date], Decimal],
) -> Agreed:
    amount = (Decimal(float(dollars)) / usd_of[currency, day]).quantize(CENT, ROUND_HALF_EVEN)
    return Agreed(
        number=f"D06-{index + 1:05d}",
        exhibitor=pair.exhibitor,
        buyer=pair.buyer,
        buyer_country=pair.buyer_country,
        origin=pair.origin,
        kind=pair.kind,
        amount=max(amount, Decimal("1000.00")),
        currency=currency,
        signed=day,
        subject=pair.subject,
        evidence=f"letter-of-intent-D06-{index + 1:05d}.pdf",
        exhibitor_confirmed=day,
        buyer_confirmed=day if confirmed else None,
    )


def _rounded_to(total: Decimal, agreed: list[Agreed], usd_of: Mapping[tuple[str, date], Decimal]) -> list[Agreed]:
    """Let the largest confirmed deal take what rounding left over."""
    counted = [one for one in agreed if one.buyer_confirmed]
    left = total - sum((one.amount * usd_of[one.currency, one.signed] for one in counted), Decimal())
    largest = max(counted, key=lambda one: one.amount * usd_of[one.currency, one.signed])
    change = (left / usd_of[largest.currency, largest.signed]).quantize(CENT, ROUND_HALF_EVEN)
    corrected = Agreed(**{**largest.__dict__, "amount": largest.amount + change})
    return [corrected if one is largest else one for one in agreed]


@dataclass(frozen=True)
class Invested:
    """One row of the investments' spreadsheet."""

    number: str
    organisation: str
    country: str
    first_year: int
    last_year: int
    amount: Decimal
    currency: str
    announced: date
    confirmed: date
    source: str


def investments(regulars: Sequence[tuple[str, str, str]], seed: int) -> list[Invested]:
    """What regular exhibitors invested: the one published case, and invented ones for one regular in eight.

    ``regulars`` gives name, country and registered number of each.
    """
    rng = np.random.default_rng([seed, 7])
    rows = [_invested(1, *_named(regulars), Decimal("170000000"), "EUR", "published of the sixth edition")]
    others = [one for one in regulars if one[0] != names.REGULAR][::8]
    for number, (one, draw) in enumerate(zip(others, rng.lognormal(16.5, 0.9, len(others)), strict=True), start=2):
        rows.append(_invested(number, *one, Decimal(round(float(draw), -4)), "USD", "exhibitor's statement"))
    return rows


def _named(regulars: Sequence[tuple[str, str, str]]) -> tuple[str, str, str]:
    return next(one for one in regulars if one[0] == names.REGULAR)


def _invested(
    number: int, name: str, country: str, registered: str, amount: Decimal, currency: str, source: str
) -> Invested:
    return Invested(
        number=f"I06-{number:03d}",
        organisation=registered or name,
        country=country,
        first_year=2018,
        last_year=2022,
        amount=amount,
        currency=currency,
        announced=date(2023, 11, 6),
        confirmed=date(2023, 11, 8),
        source=source,
    )
