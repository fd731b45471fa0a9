"""In which order applicants have their turn for stands, and what each gets by its ranked wishes.

Returning exhibitors who gave their wishes by a day come first, then whoever has more points, then whoever gave its
wishes earlier. Of equals the lot decides: SHA-256 of edition and name, so that anybody can draw it again. In its turn
each gets the first of its wishes that is left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from emporion.domain.reason import Reason


class ReturningFirst(Reason):
    """Returning exhibitor with wishes by {day}; {points} points; wishes given {given}"""

    day: date
    points: int
    given: datetime


class InTurn(Reason):
    """{points} points; wishes given {given}"""

    points: int
    given: datetime


class ByLot(Reason):
    """{turn}; equal to another, so by lot"""

    turn: Reason


class GotWish(Reason):
    """Stand {number}, its wish number {rank}"""

    number: str
    rank: int


class WishesGone(Reason):
    """All its wishes were given to others before its turn: {wishes}"""

    wishes: Sequence[str]


@dataclass(frozen=True)
class Entrant:
    """An applicant with the numbers of the stands that it wants, the dearest first.

    ``given``: when it gave its first wish, in the venue's time; ``points``: for the editions in which it exhibited and
    from the office.
    """

    application: int
    name: str
    returning: bool
    points: int
    given: datetime
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """An applicant's place, why it has it, the stand it gets or an empty number, and why."""

    entrant: Entrant
    why: Reason
    stand: str = ""
    result: Reason | None = None


def in_order(entrants: Iterable[Entrant], *, until: date | None, edition: int) -> list[Turn]:
    """The applicants in their turn, each with the reason. ``until``: the day to whose end returning ones come first."""
    rows = sorted((_merit(one, until), _lot(one, edition), one.application, one) for one in entrants)
    merits = [merit for merit, *_rest in rows]
    return [Turn(one, _why(one, until, equal=merits.count(merit) > 1)) for merit, _lot_, _key, one in rows]


def drawn(entrants: Iterable[Entrant], free: Collection[str], *, until: date | None, edition: int) -> list[Turn]:
    """The same with the stand that each gets out of those that are free."""
    left, turns = set(free), []
    for turn in in_order(entrants, until=until, edition=edition):
        wishes = turn.entrant.wishes
        got = next((number for number in wishes if number in left), "")
        left.discard(got)
        result: Reason = GotWish(got, wishes.index(got) + 1) if got else WishesGone(wishes)
        turns.append(Turn(turn.entrant, turn.why, got, result))
    return turns


def _first(one: Entrant, until: date | None) -> bool:
    return one.returning and until is not None and one.given.date() <= until


def _merit(one: Entrant, until: date | None) -> tuple[bool, int, datetime]:
    return not _first(one, until), -one.points, one.given


def _lot(one: Entrant, edition: int) -> str:
    return hashlib.sha256(f"{edition}:{one.name}".encode()).hexdigest()


def _why(one: Entrant, until: date | None, *, equal: bool) -> Reason:
    first = until is not None and _first(one, until)
    turn = ReturningFirst(until, one.points, one.given) if first and until else InTurn(one.points, one.given)
    return ByLot(turn) if equal else turn
