"""What the rows of a list of sessions can have wrong, and how to fix it."""

from __future__ import annotations

from emporion.domain.reason import Reason


class NumberOfEachSession(Reason):
    """Give each session its own number"""


class NoKindOfSession(Reason):
    """is not a kind of session: {kind}"""

    kind: str


class CorrectTitleOrTimes(Reason):
    """Correct the title or the times"""


class NoHallOfEdition(Reason):
    """is not a hall of this edition: {hall}"""

    hall: str


class WriteHallCode(Reason):
    """Write a hall's code, or import the halls first"""


class NameExactlyOne(Reason):
    """Name exactly one"""
