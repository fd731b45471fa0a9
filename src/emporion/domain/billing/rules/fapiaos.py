"""Numbers of e-fapiaos as the tax office gives them, and what their lists can have wrong."""

from __future__ import annotations

import re
from typing import NamedTuple

from emporion.domain.reason import Reason

# A fully digital one has 20 digits; one of a paper roll has a code of 12 and a number of 8.
NUMBER = re.compile(r"\d{20}")


class FapiaoRow(NamedTuple):
    """A row of a list: which invoice has which e-fapiao."""

    row: int
    invoice: str
    number: str


class NoSuchInvoice(Reason):
    """There is no invoice {number} at this edition."""

    number: str


class CopyInvoiceNumber(Reason):
    """Copy the number from the list that was taken out."""


class NoFapiaoNumber(Reason):
    """“{number}” is no number of an e-fapiao."""

    number: str


class GiveTwentyDigits(Reason):
    """It has 20 digits; have the column written as text."""


class FapiaoOfAnother(Reason):
    """{number} is the e-fapiao of {invoice}."""

    number: str
    invoice: str


class GiveEachItsOwn(Reason):
    """Give each invoice its own number."""


def is_number(text: str) -> bool:
    """Whether a text is the number of an e-fapiao."""
    return NUMBER.fullmatch(text) is not None
