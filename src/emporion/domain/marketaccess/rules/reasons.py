"""What an answer says: why a rate applies or does not, what is missing, what must be proved, and where it stands."""

from __future__ import annotations

import datetime as dt

from emporion.domain.reason import Country, Name, Phrase, Reason

NOT_KNOWN = Phrase("not known")
UNSEEN = Phrase("the article was not seen in a source")

# Where it stands.


class LineColumn(Reason):
    """{title}, line {line}, column {column} ({source})"""

    title: Phrase
    line: str
    column: Phrase
    source: Phrase


class LineAlone(Reason):
    """{title}, line {line}"""

    title: Phrase
    line: str


class Article(Reason):
    """{work}, {number}"""

    work: Phrase
    number: str


class Paragraph(Reason):
    """{work}({letter})"""

    work: Phrase
    letter: str


class Sources(Reason):
    """{first}; {second}"""

    first: Reason | Phrase
    second: Reason | Phrase


class WithParties(Reason):
    """{source}; parties: {parties}"""

    source: Phrase
    parties: Phrase


Source = Reason | Phrase


class Sourced(Reason):
    """{text} ({source})"""

    text: Phrase | Reason
    source: Source


class LineNote(Reason):
    """{note} ({title}, line {line})"""

    note: Phrase
    title: Phrase
    line: str


# Rates.


class AtMost(Reason):
    """at most {rate}"""

    rate: Phrase


class NoFigure(Reason):
    """{reason}; of the rate it says only “{rate}”, which cannot be calculated"""

    reason: Reason
    rate: Phrase


class QuotaRate(Reason):
    """in-quota rate: {rate} ({source})"""

    rate: Phrase | AtMost
    source: Source


class QuantityNeeded(Reason):
    """the duty is calculated on more than the customs value: give {units}"""

    units: tuple[str, ...]


class DependsOnQuantity(Reason):
    """whether {name} ({rate}) is lower depends on the quantity of the goods"""

    name: Phrase
    rate: Phrase | AtMost


class NoRateKnown(Reason):
    """no rate of the line is known to apply"""


# Agreements, lists and programmes, and their parties.


class For(Reason):
    """{agreement} for {party}"""

    agreement: Phrase
    party: Country


class NotYetInForce(Reason):
    """{what} enters into force on {day}"""

    what: Phrase | For
    day: dt.date


class Lapsed(Reason):
    """{what} lapsed: its last day was before {day}"""

    what: Phrase | For
    day: dt.date


class PartyThatDay(Reason):
    """{party} is in {agreement} on that day"""

    party: Country
    agreement: Phrase


class DaysUnseen(Reason):
    """{reason} (days not seen in a source)"""

    reason: Reason


class Graduated(Reason):
    """{country} graduated from least developed country on {day}, after the list of {agreement}"""

    country: Country
    day: dt.date
    agreement: Phrase


class RatesNotHeld(Reason):
    """the rates of {agreement} are not in the data"""

    agreement: Phrase


class CertificateNeeded(Reason):
    """only within the tariff quota, for which a certificate is needed"""


class LeastDevelopedOnly(Reason):
    """the line names least developed beneficiaries only"""


class SomeExcluded(Reason):
    """{reason}; some countries or goods are excluded on this line"""

    reason: Reason


class StageNotHeld(Reason):
    """the stage before {day} is not in the data"""

    day: dt.date


class LaterStagesNotHeld(Reason):
    """{reason}; the stage from {day} is printed and later, lower stages are not in the data"""

    reason: Reason
    day: dt.date


class OriginFails(Reason):
    """fails the rule of origin: {step}"""

    step: Reason


class OriginOpen(Reason):
    """is not known to pass the rule of origin: {step}"""

    step: Reason


class OriginToProve(Reason):
    """Origin: {rule}"""

    rule: Phrase


class ProofOfOrigin(Reason):
    """Proof of origin: {proof} ({source})"""

    proof: Phrase
    source: Phrase


class DirectConsignment(Reason):
    """Direct consignment: the goods travel from the party of origin, in transit elsewhere only under customs control
    ({source})"""

    source: Phrase


# What the schedules lack.


class LinesCarried(Reason):
    """{title} prints its lines as open-ended; what later revisions changed is not in the data"""

    title: Phrase


class ReturnedGoods(Reason):
    """goods that originate in {country} itself and come back: what they pay is not in the schedule"""

    country: Country


class DayOutside(Reason):
    """the day {day}: {title} answers from {first} to {last}; load the schedule of that day"""

    day: dt.date
    title: Phrase
    first: dt.date
    last: dt.date


class OtherLines(Reason):
    """the line {line}: {title} has under {prefix} only {lines}"""

    line: str
    title: Phrase
    prefix: str
    lines: tuple[str, ...]


class LineNotThere(Reason):
    """the line {line}: it is not in {title}"""

    line: str
    title: Phrase


class LineNotInExcerpt(Reason):
    """the line {line}: it is not in {title}; it is an excerpt, so the line may exist"""

    line: str
    title: Phrase


class Excerpt(Reason):
    """{title} is an excerpt: other lines under {prefix} may exist"""

    title: Phrase
    prefix: str


class LinesLost(Reason):
    """{title} lost {count} lines or more under {prefix}: only an agreement names them"""

    title: Phrase
    count: int
    prefix: str


class OriginOfTheWhole(Reason):
    """{given} is a part of {country}: its goods originate there and pay what those of {country} pay"""

    given: str
    country: Country


class NoTariff(Reason):
    """the tariff of {country}, which is not available (available: {known}); load it with emporion tariff load FILE"""

    country: Name
    known: tuple[str, ...]


class NoUnionTariff(Reason):
    """the tariff of {country}, which applies the tariff of the European Union and is not available (available:
    {known}); load it with emporion tariff load FILE"""

    country: Name
    known: tuple[str, ...]
