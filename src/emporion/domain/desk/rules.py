"""What is told of records that a decision about many leaves as they are, and which decisions may be taken back."""

from __future__ import annotations

from collections.abc import Iterable

from emporion.domain.reason import Phrase, ProperName, Reason
from emporion.domain.refusal import Refusal

DECIDED = ("approved", "rejected")
# A page shows so many saved views.
MAX_VIEWS = 20


class UnitsNotDecided(Refusal):
    """Their unit has not been approved. Decide on the units first."""


class NothingToDecide(Refusal):
    """They are {state}, so there is nothing to decide."""


class NotToBeReviewedAgain(Refusal):
    """{name} is {state}; only what was approved or rejected is reviewed again."""


class BadgeMade(Refusal):
    """{name} has a badge already. Revoke the badge or cancel the registration instead."""


class BadgesMade(Refusal):
    """They have badges already. Revoke the badges or cancel the registrations instead."""


class NotApproved(Refusal):
    """They are {state}; badges are made for people who are approved."""


class WithoutAddress(Refusal):
    """They have no e-mail address."""


class AccountHeld(Refusal):
    """They have an account already."""


class ViewNeedsName(Refusal):
    """Give the view a name of at most 60 characters."""


class TooManyViews(Refusal):
    """You keep {count} views of this list; remove one first."""


class BothTakePartApart(Refusal):
    """Both take part in one edition, each on its own. Withdraw one of them first."""


class FoundToBeTwo(Refusal):
    """They were found to be two organisations."""


class BothHaveAccounts(Refusal):
    """Both registrations have an account."""


class NoSuchExhibitor(Refusal):
    """No exhibitor of this edition has the contract number {number}."""


class NoSuchStand(Refusal):
    """This edition has no stand {number}."""


class CodeTaken(Refusal):
    """{code} is in this edition already; give it another code."""


class AreaInUse(Refusal):
    """Applications, exhibitors or stands are in the area {code}: its code and scope stay, and it cannot be removed."""


class HallInUse(Refusal):
    """Stands are in hall {code} ({stands}): its code and its floor stay, and it cannot be removed."""


def require_unused_area(code: str, *, in_use: bool) -> None:
    """Raises: AreaInUse."""
    if in_use:
        raise AreaInUse(code=code)


def require_unused_hall(code: str, *, stands: int) -> None:
    """Raises: HallInUse."""
    if stands:
        raise HallInUse(code=code, stands=stands)


def require_reviewed_again(name: ProperName, state: str, *, badge: bool = False) -> None:
    """Raises: NotToBeReviewedAgain, BadgeMade."""
    if state not in DECIDED:
        raise NotToBeReviewedAgain(name=name, state=Phrase(state))
    if badge:
        raise BadgeMade(name=name)


def require_view(name: str, kept: int) -> None:
    """Raises: ViewNeedsName, TooManyViews."""
    if not 0 < len(name) <= 60:
        raise ViewNeedsName()
    if kept >= MAX_VIEWS:
        raise TooManyViews(count=kept)


class PhaseOpensNow(Reason):
    """At once it becomes possible: {phase}."""

    phase: Phrase


class PhaseClosesNow(Reason):
    """At once it is no longer possible: {phase}."""

    phase: Phrase


class DraftsLeft(Reason):
    """Drafts that can no longer be handed in: {count}."""

    count: int


class RegistrationsLeft(Reason):
    """Registered visitors who still wait for your decision: {count}."""

    count: int


class PhaseOutlasts(Reason):
    """“{phase}” would end after “{following}”."""

    phase: Phrase
    following: Phrase


class MoreGranted(Reason):
    """More free booths are granted already ({granted}) than the new quota of {quota}. They stay granted."""

    granted: int
    quota: int


class QuotaRises(Reason):
    """Free booths that can still be granted then: {left}."""

    left: int


# What a message to a group may name of each reader, in braces.
FIELDS = ("name", "number", "organisation", "fair", "edition")


class TextMissing(Refusal):
    """The message needs a subject and a text in each language of the fair."""


class MessageSent(Refusal):
    """This message has been sent already."""


class NobodyToWriteTo(Refusal):
    """Nobody with an e-mail address is found by this filter, or all have opted out."""


def require_texts(texts: Iterable[tuple[str, str]]) -> None:
    """Refuse to send what a reader of one of the languages could not read. Raises: TextMissing."""
    if not all(subject.strip() and body.strip() for subject, body in texts):
        raise TextMissing()
