"""Designs of special-built stands: what is handed in, how long a decision takes, and what it must say."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from emporion.domain.reason import Phrase
from emporion.domain.refusal import Refusal
from emporion.domain.uploads import MEGABYTE

MOST_FILES = 10
MOST_BYTES = 25 * MEGABYTE
LONGEST_TEXT = 2000
LAST_PAGE = 500
# How long the organiser takes to look at drawings.
DECISION_WORKING_DAYS = 5
WEEKEND = 5

APPROVED, CHANGES, REJECTED, SUBMITTED = "approved", "changes", "rejected", "submitted"
DECISIONS = (APPROVED, CHANGES, REJECTED)
IN_WORDS = {APPROVED: Phrase("approved"), CHANGES: Phrase("to be changed"), REJECTED: Phrase("rejected")}


class NoDesignNeeded(Refusal):
    """A standard booth is built by the organiser; only special-built stands have a design."""


class DesignApproved(Refusal):
    """This design is approved; ask the organiser to take it up again before you hand in another."""


class DesignFilesNeeded(Refusal):
    """Choose at least one drawing: a PDF or a picture."""


class TooManyDesignFiles(Refusal):
    """A version has at most {most} files; put several drawings into one PDF."""


class DesignChangedMeanwhile(Refusal):
    """Version {version} was handed in meanwhile. Look at it before you decide."""


class DecisionReasonNeeded(Refusal):
    """Say what has to change, or why the design is rejected; the exhibitor and its contractor read it."""


class DecisionDayNeeded(Refusal):
    """Give the day until which the changed design is to be handed in; it must not be over."""


class DesignBreaksRules(Refusal):
    """This design breaks rules of construction. Ask for changes, or give the reason why you approve it all the same."""


class UnknownDecision(Refusal):
    """A design is approved, to be changed, or rejected; not “{decision}”."""


class CommentNeeded(Refusal):
    """Write the comment."""


class CommentTooLong(Refusal):
    """Use at most {longest} characters for a comment; yours has {length}."""


class PlaceOutside(Refusal):
    """A place is a page from 1 to {last}, and across and down from 0 to 100 %."""


def require_hand_in(state: str, *, needed: bool, files: int) -> None:
    """``state`` of the design, empty before the first version. Raises: NoDesignNeeded, DesignApproved,
    DesignFilesNeeded, TooManyDesignFiles.
    """
    if not needed:
        raise NoDesignNeeded()
    if state == APPROVED:
        raise DesignApproved()
    if not files:
        raise DesignFilesNeeded()
    if files > MOST_FILES:
        raise TooManyDesignFiles(most=MOST_FILES)


def require_decision(
    decision: str, *, reason: str, due: date | None, today: date, version: int, seen: int, breaks: bool = False
) -> None:
    """Refuse a decision on another version than was ``seen``, and one that does not say what the exhibitor must know.

    ``breaks`` says whether the design breaks rules of construction.
    Raises: UnknownDecision, DesignChangedMeanwhile, DecisionReasonNeeded, DesignBreaksRules, CommentTooLong,
    DecisionDayNeeded.
    """
    if decision not in DECISIONS:
        raise UnknownDecision(decision=decision)
    if version != seen:
        raise DesignChangedMeanwhile(version=version)
    if decision != APPROVED and not reason:
        raise DecisionReasonNeeded()
    if decision == APPROVED and breaks and not reason:
        raise DesignBreaksRules()
    if len(reason) > LONGEST_TEXT:
        raise CommentTooLong(longest=LONGEST_TEXT, length=len(reason))
    if decision == CHANGES and (due is None or due < today):
        raise DecisionDayNeeded()


def require_comment(text: str, *, page: int, x: Decimal | None, y: Decimal | None) -> None:
    """``x`` and ``y`` in per cent of the page's width and depth; both or neither.

    Raises: CommentNeeded, CommentTooLong, PlaceOutside.
    """
    if not text:
        raise CommentNeeded()
    if len(text) > LONGEST_TEXT:
        raise CommentTooLong(longest=LONGEST_TEXT, length=len(text))
    inside = all(place is None or 0 <= place <= 100 for place in (x, y))
    if not 1 <= page <= LAST_PAGE or not inside or (x is None) != (y is None):
        raise PlaceOutside(last=LAST_PAGE)


def decision_due(handed_in: date) -> date:
    """The day until which the organiser decides: five working days, Monday to Friday, after the hand-in."""
    day, left = handed_in, DECISION_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < WEEKEND
    return day
