"""The rows of an organiser's lists of deals and investments, read but not yet checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class DealRow:
    """One row of the list of deals. Empty text is not stated; ``row`` counts the header as 1.

    ``exhibitor``: contract number, else name (with ``exhibitor_country`` where the name alone is not enough);
    ``buyer``: registered number or name of the visiting organisation; ``kind``: goods, services or technology;
    ``origin``: ISO 3166 letters, the exhibitor's own when empty; ``evidence``: the name of a paper that backs it.
    """

    row: int
    number: str
    exhibitor: str
    buyer: str
    amount: Decimal
    currency: str
    signed: date
    kind: str = "goods"
    exhibitor_country: str = ""
    buyer_country: str = ""
    origin: str = ""
    subject: str = ""
    evidence: str = ""
    exhibitor_confirmed: bool = False
    buyer_confirmed: bool = False


@dataclass(frozen=True)
class InvestmentRow:
    """One row of the list of investments that exhibiting organisations made; ``organisation``: number or name."""

    row: int
    number: str
    organisation: str
    first_year: int
    last_year: int
    amount: Decimal
    currency: str
    announced: date
    country: str = ""
    confirmed: bool = False
    source: str = ""
