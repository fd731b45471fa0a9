"""What is said of the parts of a payment: what each is calculated on, and what a total lacks."""

from __future__ import annotations

from emporion.domain.reason import Phrase, Reason


class OnValue(Reason):
    """customs value × {rate}"""

    rate: Phrase


class OnDutyPaid(Reason):
    """(customs value + duties + consumption tax) × {rate}"""

    rate: Phrase


class OnInclusive(Reason):
    """(customs value + duties) ÷ (1 − {rate}) × {rate}"""

    rate: Phrase


class NotInData(Reason):
    """{name}: not in the data"""

    name: Phrase


class Depends(Reason):
    """{name}: {condition}"""

    name: Phrase
    condition: Reason | Phrase


class ForExporter(Reason):
    """for goods of {exporter}"""

    exporter: str


class PartOfLine(Reason):
    """only for goods of {goods}, part of the line"""

    goods: str


class OtherCodes(Reason):
    """it differs among the goods of {goods}"""

    goods: str


class BaseDutyOpen(Reason):
    """the base duty, of which no exact rate is known"""


class AtLeast(Reason):
    """at least {amount}"""

    amount: str
