"""The published timetable during the show: something has changed, and as few meetings as possible may move.

What still holds stays. What no longer does is given a free slot, or the shortest chain of moves that makes room. A
must that finds no room so may take the place of a meeting that is none. Meetings that were never published take free
slots only. Breaks are not closed and the fairness bound is not sought: either would move meetings people know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from emporion.kernels.scheduling.canonical import canonical
from emporion.kernels.scheduling.problem import Problem
from emporion.kernels.scheduling.result import Params, Result
from emporion.kernels.scheduling.solve import refuse_clashing_pins, result_of

Kind = Literal["moved", "placed", "lost", "cancelled"]


@dataclass(frozen=True)
class Change:
    """One meeting whose slot is no longer what was published, and the two participants to tell.

    ``forced``: its published slot no longer holds. A change that is not forced made room for another meeting.
    """

    meeting: int
    kind: Kind
    before: int
    after: int
    notify: tuple[int, int]
    forced: bool


@dataclass(frozen=True, eq=False)
class Replan:
    """The new timetable, and every change from the published one."""

    result: Result
    changes: tuple[Change, ...]


def replan(
    problem: Problem,
    published: npt.ArrayLike,
    *,
    cancelled: Sequence[int] = (),
    seed: int = 0,
    params: Params | None = None,
) -> Replan:
    """A timetable near ``published`` ((M,) slots, -1 for none) that keeps the rules of ``problem`` as it is now.

    ``problem`` says what holds from now on: availability after a late arrival or a closed hall, new meetings with a
    published slot of -1. ``cancelled`` are meetings that will not be held. Where published meetings exclude each
    other now, stronger wishes stay. Raises ValueError for a slot or meeting that does not exist, and when the pinned
    meetings alone break a rule.
    """
    before = np.asarray(published)
    whole = before.size == 0 or before.dtype.kind in "iu"
    if not whole or before.shape != (len(problem.meetings),) or ((before < -1) | (before >= problem.slots)).any():
        raise ValueError(
            f"published: one slot from -1 to {problem.slots - 1} for each of {len(problem.meetings)} meetings"
        )
    off = np.zeros(len(before), bool)
    if not all(0 <= meeting < len(before) for meeting in cancelled):
        raise ValueError(f"cancelled: meetings are from 0 to {len(before) - 1}, got {list(cancelled)}")
    off[list(cancelled)] = True
    current = _without(problem, off)
    refuse_clashing_pins(current)
    kept, after = _nearest(current, before, seed, params or Params())
    stopped = "every meeting that had to move was looked at"
    result = result_of(current, after, False, "replan", "a published timetable was given", seed, stopped)
    return Replan(result, _changes(problem, before, after, kept, off))


def _without(problem: Problem, off: npt.NDArray[np.bool_]) -> Problem:
    """The problem in which the meetings ``off`` may take no slot."""
    return replace(
        problem,
        allowed_slots=problem.allowed_slots & ~off[:, None],
        pinned=problem.pinned[~off[problem.pinned[:, 0]]],
    )


def _nearest(
    problem: Problem, before: npt.NDArray[np.int64], seed: int, params: Params
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int16]]:
    """Which published meetings could stay as they were, and the slots after replanning."""
    # The compiled search is imported here, so that who only reads a plan does not wait for it.
    from emporion.kernels.scheduling.board import SLOT, empty_board, wanted  # noqa: PLC0415
    from emporion.kernels.scheduling.greedy import by_tightness, keep, place_all  # noqa: PLC0415
    from emporion.kernels.scheduling.improve import make_room  # noqa: PLC0415

    ordered, origin = canonical(problem)
    board, demand = empty_board(ordered, seed), wanted(ordered)
    order = by_tightness(board, seed)
    old = before[origin].astype(np.int64)
    old[ordered.pinned[:, 0]] = ordered.pinned[:, 1]
    strongest_first = order[np.lexsort((-ordered.strength[order], -ordered.must[order].astype(int)))]
    pins = np.isin(strongest_first, ordered.pinned[:, 0])
    keep(board, np.r_[strongest_first[pins], strongest_first[~pins]], old)
    stayed = board.meeting[:, SLOT] >= 0
    urgent = strongest_first[(old[strongest_first] >= 0) | ordered.must[strongest_first]]
    place_all(board, urgent, demand)
    make_room(board, urgent[board.meeting[urgent, SLOT] < 0], params.chain)
    place_all(board, strongest_first, demand)
    kept, after = np.zeros(len(origin), bool), np.full(len(origin), -1, np.int16)
    kept[origin], after[origin] = stayed, board.meeting[:, SLOT]
    return kept, after


def _changes(
    problem: Problem,
    before: npt.NDArray[np.int64],
    after: npt.NDArray[np.int16],
    kept: npt.NDArray[np.bool_],
    off: npt.NDArray[np.bool_],
) -> tuple[Change, ...]:
    def change(meeting: int) -> Change:
        was, now = int(before[meeting]), int(after[meeting])
        kind: Kind = "cancelled" if off[meeting] else "placed" if was < 0 else "lost" if now < 0 else "moved"
        a, b = map(int, problem.meetings[meeting])
        return Change(meeting, kind, was, now, (a, b), forced=was >= 0 and not bool(kept[meeting]))

    changed = (before != after) | (off & (before >= 0))
    return tuple(change(int(meeting)) for meeting in np.flatnonzero(changed))
