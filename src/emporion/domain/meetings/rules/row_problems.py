"""What the rows of a list of meeting requests can have wrong, and how to fix it."""

from __future__ import annotations

from emporion.domain.reason import Phrase, Reason


class NoWordOfRequest(Reason):
    """is not a {column} of a request: {value}"""

    column: Phrase
    value: str


class RegisterVisitorFirst(Reason):
    """Register the visitor first"""


class VisitorIsNotApproved(Reason):
    """{visitor} is not approved"""

    visitor: str


class ApproveRegistrationFirst(Reason):
    """Approve the registration first"""


class GiveContractNumber(Reason):
    """Give the contract number of an exhibitor"""


class OfOwnOrganisation(Reason):
    """{visitor} belongs to {exhibitor}'s own organisation"""

    visitor: str
    exhibitor: str


class LeaveOutOwnOrganisation(Reason):
    """Leave the row out: nobody meets their own organisation"""


class RepeatsRequest(Reason):
    """repeats the request of {visitor} and {exhibitor}"""

    visitor: str
    exhibitor: str


class KeepOneRowForTwo(Reason):
    """Keep one row for two who are to meet"""
