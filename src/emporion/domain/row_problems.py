"""What the rows of lists of several rooms can have wrong, and how to fix it. A room's own problems are in its rules."""

from __future__ import annotations

from emporion.domain.reason import Phrase, Reason


class RepeatsRow(Reason):
    """repeats {value} of row {first}"""

    value: str
    first: int


class NamesNo(Reason):
    """names no {what}: {given}"""

    what: Phrase
    given: str


class NamesSeveral(Reason):
    """names several {what}: {given}"""

    what: Phrase
    given: str


class NamesMoreThanOne(Reason):
    """names more than one {what}: {given}"""

    what: Phrase
    given: str


class NoSuchKind(Reason):
    """“{kind}” is not a kind of {what}."""

    kind: str
    what: Phrase


class WriteOneOf(Reason):
    """Write one of {words}"""

    words: str


class UseOneOf(Reason):
    """Use one of {codes}."""

    codes: str


class KeepOneOfTwoRows(Reason):
    """Keep one of the two rows."""
