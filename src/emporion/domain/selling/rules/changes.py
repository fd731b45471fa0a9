"""Which exhibitors may exchange stands or move."""

from __future__ import annotations

from collections.abc import Sequence

from emporion.domain.refusal import Refusal
from emporion.domain.selling.rules.holds import CONFIRMED, FREE


class ExchangeNeedsTwo(Refusal):
    """Two exhibitors with one confirmed stand each exchange them; choose two such stands."""


class NothingToMove(Refusal):
    """Only an exhibitor whose stand is confirmed is moved."""


class DestinationTaken(Refusal):
    """Stand {number} is not free."""


class SharedStandStays(Refusal):
    """Stand {number} is shared by several contracts; it is moved when the halls are allocated."""


def require_one_owner(owner: int | None, number: str) -> int:
    """The application that has a stand. Raises: SharedStandStays."""
    if owner is None:
        raise SharedStandStays(number=number)
    return owner


def require_exchange(stands: Sequence[tuple[str, str]]) -> None:
    """Refuse to exchange what is not two confirmed stands; each by its state and number.

    Raises: ExchangeNeedsTwo.
    """
    if any(state != CONFIRMED for state, _number in stands) or len({number for _state, number in stands}) != 2:
        raise ExchangeNeedsTwo()


def require_destination(state: str, to: str, to_is_live: bool, number: str) -> None:
    """Refuse to move what is not confirmed, or to a stand that somebody has.

    Raises: NothingToMove, DestinationTaken.
    """
    if state != CONFIRMED:
        raise NothingToMove()
    if to != FREE and to_is_live:
        raise DestinationTaken(number=number)
