"""What an electronic invoice says by EN 16931, in the terms of its semantic model (BT-…, BG-…).

The model of the invoice is EN 16931-1:2017; code lists are those of UN/CEFACT that it names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from emporion.domain.billing.rules.instalments import Due
from emporion.domain.billing.rules.parties import Buyer, Seller
from emporion.domain.billing.rules.quotes import Line, Quote
from emporion.domain.reason import Phrase, Reason
from emporion.domain.refusal import Refusal

PROFILE = "en16931"
COMMERCIAL_INVOICE, CREDIT_NOTE = "380", "381"
CREDIT_TRANSFER = "30"
PIECE = "C62"
# Of UNTDID 5305: standard rate, zero rate, not subject to tax.
STANDARD, ZERO, NOT_SUBJECT = "S", "Z", "O"
NOT_SUBJECT_REASON = "Not subject to VAT"
# A VAT identifier begins with its country, as BR-CO-09 asks.
VAT_IDENTIFIER = re.compile(r"[A-Z]{2}[A-Z0-9]{2,18}")
LINES_OF_ADDRESS = 3


class ElectronicInvoiceIncomplete(Refusal):
    """An electronic invoice needs {what}; until then a plain PDF is made."""


@dataclass(frozen=True)
class Issued:
    """An invoice or credit note as it was issued. ``credits``: number and day of the invoice that is taken back.

    ``first`` and ``last``: the days of the show, on which what is invoiced is rendered.
    """

    number: str
    day: date
    seller: Seller
    buyer: Buyer
    quote: Quote
    first: date
    last: date
    dues: Sequence[Due] = ()
    reference: str = ""
    contract: str = ""
    credits: tuple[str, date] | None = None


def require_complete(seller: Seller, buyer: Buyer) -> None:
    """Raises: ElectronicInvoiceIncomplete, where EN 16931 asks for what is not stated (BR-06 to BR-11)."""
    missing = [
        phrase
        for phrase, stated in (
            (Phrase("the organiser's country"), seller.country),
            (Phrase("the organiser's address"), seller.address),
            (Phrase("the exhibitor's country"), buyer.country),
        )
        if not stated
    ]
    if missing:
        raise ElectronicInvoiceIncomplete(what=missing[0])


def semantic(issued: Issued, called: Callable[[Reason], str]) -> dict[str, Any]:
    """The invoice by the terms of EN 16931; ``called`` names what a line is for.

    Raises: ElectronicInvoiceIncomplete.
    """
    require_complete(issued.seller, issued.buyer)
    quote, category = issued.quote, category_of(issued.quote, issued.seller)
    known: dict[str, Any] = {
        "BT-1": issued.number,
        "BT-2": issued.day,
        "BT-3": CREDIT_NOTE if issued.credits else COMMERCIAL_INVOICE,
        "BT-5": quote.currency,
        "BT-72": issued.last,
        "BT-73": issued.first,
        "BT-74": issued.last,
        "BG-4": _seller(issued.seller, category),
        "BG-7": _buyer(issued.buyer, category),
        "BG-23": [_tax(quote, category)],
        "BG-25": [_line(number, one, quote, category, called) for number, one in enumerate(quote.lines, start=1)],
        "BT-106": _plain(quote.net),
        "BT-109": _plain(quote.net),
        "BT-110": _plain(quote.tax),
        "BT-112": _plain(quote.total),
        "BT-115": _plain(quote.total),
    }
    return known | _payment(issued) | _references(issued)


def category_of(quote: Quote, seller: Seller) -> str:
    """The category of the tax; without a rate, and without a VAT identifier, nothing is subject to it."""
    if quote.tax_percent > 0:
        return STANDARD
    return ZERO if vat_identifier(seller.tax_number) else NOT_SUBJECT


def vat_identifier(number: str) -> str:
    """A tax number as a VAT identifier; empty where it is of another kind."""
    compact = re.sub(r"[\s.-]", "", number).upper()
    return compact if VAT_IDENTIFIER.fullmatch(compact) else ""


def _party(name: str, address: str, country: str) -> dict[str, Any]:
    lines = [line.strip() for line in address.splitlines() if line.strip()]
    # What does not fit into three lines stands in the last of them.
    head, rest = lines[: LINES_OF_ADDRESS - 1], ", ".join(lines[LINES_OF_ADDRESS - 1 :])
    stated = [*head, rest] if rest else head
    return {"name": name, "country_code": country, **{f"addr_l{place}": line for place, line in enumerate(stated, 1)}}


def _seller(seller: Seller, category: str) -> dict[str, Any]:
    party = _party(seller.name_en or seller.name_zh, seller.address, seller.country)
    if category != NOT_SUBJECT and (identifier := vat_identifier(seller.tax_number)):
        return party | {"vat_identifier": identifier}
    return party | ({"tax_identifier": seller.tax_number} if seller.tax_number else {})


def _buyer(buyer: Buyer, category: str) -> dict[str, Any]:
    party = _party(buyer.name or buyer.name_zh, buyer.address, buyer.country)
    identifier = vat_identifier(buyer.tax_number)
    if identifier and category != NOT_SUBJECT:
        return party | {"vat_identifier": identifier}
    return party | ({"legal_identifier": buyer.tax_number} if buyer.tax_number else {})


def _tax(quote: Quote, category: str) -> dict[str, str]:
    known = {"BT-116": _plain(quote.net), "BT-117": _plain(quote.tax), "BT-118": category}
    return known | (
        {"BT-120": NOT_SUBJECT_REASON} if category == NOT_SUBJECT else {"BT-119": _plain(quote.tax_percent)}
    )


def _line(number: int, line: Line, quote: Quote, category: str, called: Callable[[Reason], str]) -> dict[str, str]:
    """A line; a discount is so many below zero, for a price must not be (BR-27)."""
    quantity = -line.quantity if line.unit_price < 0 else line.quantity
    known = {
        "BT-126": str(number), "BT-129": _plain(quantity), "BT-130": PIECE, "BT-131": _plain(line.amount),
        "BT-146": _plain(abs(line.unit_price)), "BT-151": category, "BT-153": called(line.why),
    }  # fmt: skip
    return known if category == NOT_SUBJECT else {**known, "BT-152": _plain(quote.tax_percent)}


def _payment(issued: Issued) -> dict[str, Any]:
    """How and until when it is paid: the last day, and each amount with its own in words."""
    if issued.credits or not issued.dues:
        return {"BT-20": "-"} if issued.quote.total > 0 else {}
    parts = [f"{_plain(one.amount)} {issued.quote.currency}: {one.day:%Y-%m-%d}" for one in issued.dues]
    known: dict[str, Any] = {"BT-9": issued.dues[-1].day, "BT-20": "; ".join(parts)}
    if issued.seller.account_number:
        known |= {
            "BT-81": CREDIT_TRANSFER,
            "BT-84": re.sub(r"[\s-]", "", issued.seller.account_number),
            "BT-85": issued.seller.account_holder or issued.seller.name_en,
        }
        known |= {"BT-86": issued.seller.bic} if issued.seller.bic else {}
    return known | ({"BT-83": issued.reference} if issued.reference else {})


def _references(issued: Issued) -> dict[str, Any]:
    known: dict[str, Any] = {"BT-12": issued.contract} if issued.contract else {}
    if issued.credits:
        number, day = issued.credits
        known["BG-3"] = [{"BT-25": number, "BT-26": day}]
    return known


def _plain(number: Decimal) -> str:
    return f"{number:f}"
