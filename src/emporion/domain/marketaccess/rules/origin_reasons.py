"""The steps of a verdict on origin, with their arithmetic."""

from __future__ import annotations

from decimal import Decimal

from emporion.domain.reason import Country, Phrase, Reason


class MadeOutside(Reason):
    """made in {country}, which is not a party"""

    country: Country


class RuleNotHeld(Reason):
    """the product-specific rule of this line is not in the data: name it to have it evaluated"""


class WhollyObtained(Reason):
    """WO, wholly obtained: stated"""


class NotWhollyObtained(Reason):
    """WO, wholly obtained: stated not to be so"""


class WhollyNotStated(Reason):
    """WO, wholly obtained: not stated"""


class OriginatingNotStated(Reason):
    """PE, of originating materials only: the inputs are not stated"""


class OriginatingNoInput(Reason):
    """PE, of originating materials only: no input is named"""


class OriginatingCounted(Reason):
    """PE, of originating materials only: {outside} of {inputs} inputs come from outside"""

    outside: int
    inputs: int


class InputsNotStated(Reason):
    """{rule}: the inputs are not stated"""

    rule: str


class ValueNotStated(Reason):
    """{rule}: value or inputs are not stated"""

    rule: str


class TooFewDigits(Reason):
    """{rule}: {codes} and {hs} need {digits} digits to be compared"""

    rule: str
    codes: tuple[str, ...]
    hs: str
    digits: int


class NoneShares(Reason):
    """{rule}: no non-originating input shares {level} {hs}"""

    rule: str
    level: Phrase
    hs: str


class InputFrom(Reason):
    """{hs} from {country}"""

    hs: str
    country: Country


class Share(Reason):
    """{rule}: {inputs} share {level} {hs}"""

    rule: str
    inputs: tuple[InputFrom, ...]
    level: Phrase
    hs: str


class ToleranceNotStated(Reason):
    """tolerance of {tolerance}%: the goods' value is not stated"""

    tolerance: Decimal


class Tolerance(Reason):
    """tolerance: {value} / {goods} = {share:.2f}% {sign} {tolerance}%"""

    value: Decimal
    goods: Decimal
    share: Decimal
    sign: str
    tolerance: Decimal


class Content(Reason):
    """{rule}: ({goods} − {foreign}) / {goods} = {content}% {sign} {threshold}%"""

    rule: str
    goods: Decimal
    foreign: Decimal
    content: Decimal
    sign: str
    threshold: Decimal
