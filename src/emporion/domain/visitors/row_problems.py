"""What the rows of lists of visitors, delegations and needs can have wrong, and how to fix it."""

from __future__ import annotations

from datetime import date

from emporion.domain.reason import Reason


class NamesNoDelegation(Reason):
    """names no delegation of this edition: {path}"""

    path: str


class ImportDelegationsFirst(Reason):
    """Import the delegations first, or fix the path (as 07.031)"""


class EmptyThoughDelegation(Reason):
    """is empty, though the row names a delegation"""


class NameVisitorsUnit(Reason):
    """Name the visitor's unit"""


class EmptyThoughNumber(Reason):
    """is empty, though the row gives its number"""


class NameOrganisation(Reason):
    """Name the organisation"""


class CreditCodeDiffers(Reason):
    """{number} is not a unified social credit code: its last character should be {expected}"""

    number: str
    expected: str


class CopyFromLicence(Reason):
    """Copy it from the licence"""


class CreditCodeCharacters(Reason):
    """{number} is not a unified social credit code: it has {length} characters, of which these are not allowed:
    {invalid}"""

    number: str
    length: int
    invalid: str


class GiveCreditCode(Reason):
    """Give 18 digits and capital letters, without I, O, S, V and Z"""


class PutsIntoTwoDelegations(Reason):
    """puts {organisation} into {path}, row {first} into {other}"""

    organisation: str
    path: str
    first: int
    other: str


class UseSamePath(Reason):
    """A unit visits with one delegation: use the same path"""


class EmptyAndNoNumber(Reason):
    """is empty, and so is the number"""


class NameVisitingUnit(Reason):
    """Name the visiting unit"""


class GiveRegisteredNumber(Reason):
    """Give the organisation's registered number"""


class ImportVisitorsFirst(Reason):
    """Import the visitors first, or fix the name"""


class NumberOfEachNeed(Reason):
    """Give each need of a unit a number of its own"""


class EmptyThoughAmount(Reason):
    """is empty, though an amount is given"""


class WriteAmountsCurrency(Reason):
    """Write the amount's currency"""


class NoGroupAbove(Reason):
    """has no group {group} above it"""

    group: str


class AddGroup(Reason):
    """Add {group} to the list, or fix the path"""

    group: str


class PathOfEachDelegation(Reason):
    """Give each delegation a path of its own"""


class LeaveStaffOut(Reason):
    """Leave the row out; the exhibitor orders the pass"""


class NumberOfEachPerson(Reason):
    """Give each person a number of their own"""


class BelongsToAlready(Reason):
    """{value} belongs to {number} already"""

    value: str
    number: str


class GiveEachTheirOwn(Reason):
    """Give each person their own, or leave the cell empty"""


class BeyondQuota(Reason):
    """{delegation} may register {quota} people and has {registered}"""

    delegation: str
    quota: int
    registered: int


class RaiseQuota(Reason):
    """Raise its quota or register with another"""


class DayNotOfTheShow(Reason):
    """{day} is no day of the show"""

    day: date


class GiveDaysOfTheShow(Reason):
    """Give days from {first} to {last}, or none for any day"""

    first: date
    last: date


class BeyondDayQuota(Reason):
    """On {day} {quota} people of {delegation} may come, and {coming} do"""

    day: date
    quota: int
    delegation: str
    coming: int


class ChooseOtherDays(Reason):
    """Choose other days or have the quota raised"""


class OutsideDelegation(Reason):
    """{path} is not within your delegation {own}"""

    path: str
    own: str


class UseOwnPath(Reason):
    """Use {own} or a path below it, or leave the cell empty"""

    own: str


class UnitOutside(Reason):
    """is registered for this edition outside your delegation"""


class AskToMoveUnit(Reason):
    """Ask the organiser to move the unit, or leave the row out"""


class NoSuchNumber(Reason):
    """{number} is the registration number of nobody in your delegation"""

    number: str


class LeaveNumberEmpty(Reason):
    """Leave the cell empty: new people are given their numbers"""


class RegisteredAlready(Reason):
    """{value} belongs to somebody who is registered already"""

    value: str
