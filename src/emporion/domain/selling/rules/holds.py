"""When a stand may be held, requested and confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emporion.domain.refusal import Refusal

CHOSEN, DRAWN = "chosen", "drawn"
FREE, HELD, OFFERED, REQUESTED, CONFIRMED = "free", "held", "offered", "requested", "confirmed"
# Whose application may lead to a stand: handed in, and not turned down.
BUYERS = frozenset({"submitted", "approved", "contracted"})


class NotChosenOnPlan(Refusal):
    """Exhibitors do not choose their stands at this edition; the organiser's page of your stand says how they come."""


class NotDrawn(Refusal):
    """Stands of this edition are not drawn by wishes."""


class NoBuyer(Refusal):
    """A stand is held for a main exhibitor whose application is handed in and not turned down."""


class JointStandByOffice(Refusal):
    """You share a joint stand with others; the organiser places it for all of you."""


class StandNotOnSale(Refusal):
    """Stand {number} is not on sale."""


class StandTaken(Refusal):
    """Stand {number} has just been taken by somebody else."""


class StandWaitedFor(Refusal):
    """Others wait for stand {number}; put yourself on its waiting list."""


class HasStand(Refusal):
    """You have stand {number}; the organiser moves you to another if you ask."""


class NothingHeld(Refusal):
    """No stand is held for you; its time may be over. Choose one again."""


class RenewedOnce(Refusal):
    """A hold is renewed once; request the stand before its time is over."""


class NoStandFits(Refusal):
    """No stand that fits is free: widen what you look for, or join the waiting list of one."""


class NothingRequested(Refusal):
    """No stand is requested for this application."""


class ContractBeforeStand(Refusal):
    """The stand is confirmed once the contract is accepted."""


class WithdrawalReasonNeeded(Refusal):
    """Say why the stand is taken back; the exhibitor receives it."""


class OfferFirst(Refusal):
    """Stand {number} is offered to you: request it or decline it first."""


class AlreadyWaiting(Refusal):
    """You are on the waiting list of stand {number} already."""


class UpperDeckOnRawSpace(Refusal):
    """Only raw space may have an upper floor."""


class UpperDeckTooLarge(Refusal):
    """An upper floor is at most as large as its stand, {area_m2} m²."""


@dataclass(frozen=True)
class Held:
    """A stand that is kept for somebody until a moment."""

    stand: int
    number: str
    until: datetime


@dataclass(frozen=True)
class Fit:
    """What somebody looks for: kind, area in m² from and to, at least so many open sides; hall: its code, or any."""

    kind: str
    least_m2: int
    most_m2: int
    open_sides: int = 1
    hall: str = ""


def require_no_stand(state: str, number: str) -> None:
    """Refuse another stand to whom one is requested or confirmed.

    Raises: HasStand.
    """
    if state in (REQUESTED, CONFIRMED):
        raise HasStand(number=number)


def require_may_give_back(state: str, number: str) -> None:
    """Refuse to give back by oneself what is confirmed.

    Raises: HasStand.
    """
    if state == CONFIRMED:
        raise HasStand(number=number)


def require_upper_deck(*, upper_deck_m2: int, area_m2: int, raw: bool) -> None:
    """Refuse an upper floor that cannot be.

    Raises: UpperDeckOnRawSpace, UpperDeckTooLarge.
    """
    if upper_deck_m2 and not raw:
        raise UpperDeckOnRawSpace()
    if upper_deck_m2 > area_m2:
        raise UpperDeckTooLarge(area_m2=area_m2)


def is_live(state: str, until: datetime | None, at: datetime) -> bool:
    """Whether somebody has the stand at a moment: a hold or an offer ends by itself when its time is over."""
    return state != FREE and (until is None or until > at)


def require_renewable(*, state: str, until: datetime | None, renewed: bool, at: datetime) -> None:
    """Refuse to renew what is over or was renewed.

    Raises: NothingHeld, RenewedOnce.
    """
    if state != HELD or not is_live(state, until, at):
        raise NothingHeld()
    if renewed:
        raise RenewedOnce()
