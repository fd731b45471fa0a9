"""The timetable of accepted meetings: what is given.

A meeting joins two participants in one slot. Participants are of one kind (a brokerage event, where anybody may meet
anybody) or of two (buyers who walk, exhibitors who wait at their stands); the second is the first with a capacity
(hosts at the stand) and a hall for every meeting. See Bofill, Coll, Garcia, Giráldez-Cru, Pesant, Suy and Villaret,
"Constraint Solving Approaches to the Business-to-Business Meeting Scheduling Problem", JAIR 74 (2022).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

# The fields below that may be left out are filled in on construction, so that whoever reads one finds an array.
UNSET: Any = None


@dataclass(frozen=True, eq=False)
class Problem:
    """Meetings to be given slots, and everything that forbids a slot. Indices count from 0.

    participants   P, how many people or stands there are
    slots          T, in order of time over all days
    meetings       (M, 2) the two participants of each meeting; the order within a pair says nothing
    must           (M,) "must meet"; goes before every other meeting. Default: none
    strength       (M,) whole numbers from 0; decides between meetings of the same kind. Default: 1
    slot_day       (T,) day of each slot, never falling. Default: one day
    follows        (T,) the slot begins as the one before it ends (no lunch, no night). Default: same day
    availability   (P, T) default: always
    capacity       (P,) meetings held at once, e.g. hosts at a stand. Default: 1
    hall           (M,) where the meeting takes place, -1 for nowhere in particular. Default: -1
    too_far        (H, H) nobody can go from hall g to hall h between two slots that follow on each other
    tables         tables shared by all meetings of a slot; None: each has its own place
    daily_limit    (P,) meetings per day. Default: no limit
    pinned         (k, 2) meeting and the slot it must stay in
    precedences    (k, 2) the first of the two meetings is held in an earlier slot than the second
    allowed_slots  (M, T) slots a meeting may take, e.g. only mornings. Default: every slot
    fairness       nobody may have more breaks than anybody else by more than this; None: no such rule
    counts_breaks  (P,) whose breaks count. Default: everybody's
    every_meeting  a timetable that leaves a meeting out is no timetable

    Raises ValueError naming the field when something does not fit.
    """

    participants: int
    slots: int
    meetings: IntArray
    must: BoolArray = UNSET
    strength: IntArray = UNSET
    slot_day: IntArray = UNSET
    follows: BoolArray = UNSET
    availability: BoolArray = UNSET
    capacity: IntArray = UNSET
    hall: IntArray = UNSET
    too_far: BoolArray = UNSET
    tables: int | None = None
    daily_limit: IntArray = UNSET
    pinned: IntArray = UNSET
    precedences: IntArray = UNSET
    allowed_slots: BoolArray = UNSET
    fairness: int | None = None
    counts_breaks: BoolArray = UNSET
    every_meeting: bool = False

    def __post_init__(self) -> None:
        _at_least("participants", self.participants, 0)
        _at_least("slots", self.slots, 1)
        _at_least("tables", self.tables, 1)
        _at_least("fairness", self.fairness, 0)
        self._settle("meetings", np.zeros((0, 2)), (-1, 2), np.int64)
        self._settle_meetings()
        self._settle_slots()
        self._settle_participants()
        self._settle_places()
        self._settle_pairs()

    @property
    def days(self) -> int:
        """How many days the slots lie on."""
        return int(self.slot_day[-1]) + 1

    @cached_property
    def possible(self) -> BoolArray:
        """(M, T): the slots in which both participants are there and the meeting is allowed (and pinned, if it is)."""
        both = self.availability[self.meetings[:, 0]] & self.availability[self.meetings[:, 1]]
        both &= self.allowed_slots
        both[self.pinned[:, 0]] &= np.arange(self.slots) == self.pinned[:, 1, None]
        both.flags.writeable = False
        return both

    def _settle(self, name: str, default: Any, shape: tuple[int, ...], dtype: type) -> Any:
        """Stores field ``name`` as a read-only array of ``shape`` (-1: any length) and ``dtype``."""
        value = getattr(self, name)
        given = np.asarray(default if value is None else value)
        if given.size == 0 and -1 in shape:
            given = given.reshape([0 if length == -1 else length for length in shape])
        fits = len(given.shape) == len(shape) and all(w in (-1, g) for g, w in zip(given.shape, shape, strict=True))
        if not fits:
            raise ValueError(f"{name}: shape must be {shape}, got {given.shape}")
        array = _as_type(name, given, dtype)
        array.flags.writeable = False
        object.__setattr__(self, name, array)
        return array

    def _settle_meetings(self) -> None:
        count = len(self.meetings)
        _inside("meetings", self.meetings, 0, self.participants)
        alone = np.flatnonzero(self.meetings[:, 0] == self.meetings[:, 1])
        if len(alone):
            raise ValueError(f"meetings: meeting {alone[0]} joins participant {self.meetings[alone[0], 0]} to itself")
        self._settle("must", np.zeros(count), (count,), np.bool_)
        _inside("strength", self._settle("strength", np.ones(count), (count,), np.int64), 0, 1_000_001)
        self._settle("allowed_slots", np.ones((count, self.slots)), (count, self.slots), np.bool_)

    def _settle_slots(self) -> None:
        day = self._settle("slot_day", np.zeros(self.slots), (self.slots,), np.int64)
        steps = np.diff(day, prepend=0)
        if day[0] != 0 or steps.min() < 0 or steps.max() > 1:
            raise ValueError("slot_day: days must begin at 0 and rise by at most 1 from slot to slot")
        same_day = np.r_[False, steps[1:] == 0]
        follows = self._settle("follows", same_day, (self.slots,), np.bool_)
        if (follows & ~same_day).any():
            raise ValueError("follows: the first slot of a day follows on no slot")

    def _settle_participants(self) -> None:
        count = self.participants
        self._settle("availability", np.ones((count, self.slots)), (count, self.slots), np.bool_)
        _inside("capacity", self._settle("capacity", np.ones(count), (count,), np.int64), 1, 10_000)
        unlimited = np.full(count, np.iinfo(np.int32).max)
        _inside("daily_limit", self._settle("daily_limit", unlimited, (count,), np.int64), 0, 2**31)
        self._settle("counts_breaks", np.ones(count), (count,), np.bool_)

    def _settle_places(self) -> None:
        far = self._settle("too_far", np.zeros((0, 0)), (-1, -1), np.bool_)
        if far.shape[0] != far.shape[1]:
            raise ValueError(f"too_far: must be square, got {far.shape}")
        if (far != far.T).any() or far.diagonal().any():
            raise ValueError("too_far: must be symmetric, and no hall too far from itself")
        hall = self._settle("hall", np.full(len(self.meetings), -1), (len(self.meetings),), np.int64)
        _inside("hall", hall, -1, len(far) if len(far) else 2**31)
        self._stands_stay_in_one_hall()

    def _stands_stay_in_one_hall(self) -> None:
        """Whoever holds meetings in parallel holds them at one place: the walking rule reads one hall per slot."""
        ends, halls = self.meetings.T.ravel(), np.tile(self.hall, 2)
        lowest, highest = np.full(self.participants, 2**31), np.full(self.participants, -2)
        np.minimum.at(lowest, ends, halls)
        np.maximum.at(highest, ends, halls)
        spread = np.flatnonzero((self.capacity > 1) & (lowest < highest))
        if len(spread):
            raise ValueError(f"hall: participant {spread[0]} holds meetings in parallel, so all must be in one hall")

    def _settle_pairs(self) -> None:
        pinned = self._settle("pinned", np.zeros((0, 2)), (-1, 2), np.int64)
        _inside("pinned (meeting)", pinned[:, 0], 0, len(self.meetings))
        _inside("pinned (slot)", pinned[:, 1], 0, self.slots)
        if len(np.unique(pinned[:, 0])) < len(pinned):
            raise ValueError("pinned: a meeting is pinned twice")
        precedences = self._settle("precedences", np.zeros((0, 2)), (-1, 2), np.int64)
        _inside("precedences", precedences, 0, len(self.meetings))
        if (precedences[:, 0] == precedences[:, 1]).any():
            raise ValueError("precedences: a meeting cannot be held before itself")
        self._no_circles(precedences)

    def _no_circles(self, precedences: IntArray) -> None:
        count = len(self.meetings)
        before = sparse.csr_array((np.ones(len(precedences)), precedences.T), (count, count))
        groups, group = csgraph.connected_components(before, directed=True, connection="strong")
        if groups < count:
            circle = np.flatnonzero(group == np.argmax(np.bincount(group)))
            raise ValueError(f"precedences: meetings {circle.tolist()} each have to be held before the others")


def two_sided(
    *,
    meetings: npt.ArrayLike,
    slots: int,
    buyer_availability: npt.ArrayLike,
    exhibitor_availability: npt.ArrayLike,
    exhibitor_parallel: npt.ArrayLike | None = None,
    exhibitor_hall: npt.ArrayLike | None = None,
    daily_limit: npt.ArrayLike | None = None,
    **others: Any,
) -> Problem:
    """The problem of buyers who walk to exhibitors' stands.

    meetings (M, 2) are buyer 0..V-1 and exhibitor 0..E-1; availabilities (V, T) and (E, T); ``exhibitor_parallel``
    (E,) hosts at a stand; ``exhibitor_hall`` (E,); ``daily_limit`` (V,) meetings of a buyer on a day. The rest are
    fields of Problem. In the problem returned buyer v is participant v and exhibitor e is participant V + e, and only
    buyers' breaks count. Raises ValueError naming the field.
    """
    buyers, exhibitors = np.asarray(buyer_availability, bool), np.asarray(exhibitor_availability, bool)
    for name, rows in (("buyer_availability", buyers), ("exhibitor_availability", exhibitors)):
        if rows.ndim != 2 or rows.shape[1] != slots:
            raise ValueError(f"{name}: shape must be (participants, {slots}), got {rows.shape}")
    count, stands = len(buyers), len(exhibitors)
    pairs = np.asarray(meetings, np.int64).reshape(-1, 2)
    _inside("meetings (buyer)", pairs[:, 0], 0, count)
    _inside("meetings (exhibitor)", pairs[:, 1], 0, stands)
    halls = _one_per("exhibitor_hall", exhibitor_hall, stands, -1)
    limit = _one_per("daily_limit", daily_limit, count, np.iinfo(np.int32).max)
    return Problem(
        participants=count + stands,
        slots=slots,
        meetings=pairs + np.array([0, count]),
        availability=np.vstack([buyers, exhibitors]),
        capacity=np.r_[np.ones(count, np.int64), _one_per("exhibitor_parallel", exhibitor_parallel, stands, 1)],
        hall=halls[pairs[:, 1]],
        daily_limit=np.r_[limit, np.full(stands, np.iinfo(np.int32).max)],
        counts_breaks=np.r_[np.ones(count, bool), np.zeros(stands, bool)],
        **others,
    )


def _one_per(name: str, values: npt.ArrayLike | None, count: int, default: int) -> IntArray:
    array: npt.NDArray[Any] = np.full(count, default, np.int64) if values is None else np.asarray(values)
    if array.shape != (count,):
        raise ValueError(f"{name}: shape must be ({count},), got {array.shape}")
    return _as_type(name, array, np.int64)


def _as_type(name: str, given: npt.NDArray[Any], dtype: type) -> npt.NDArray[Any]:
    """A copy in ``dtype``; refuses values that would change on the way (2.5 as a whole number, 3 as yes or no)."""
    try:
        with np.errstate(invalid="ignore"):
            array: npt.NDArray[Any] = np.array(given, dtype)
        unchanged = bool((array == given).all())
    except (TypeError, ValueError, OverflowError):
        unchanged = False
    if not unchanged:
        raise ValueError(f"{name}: {'yes or no' if dtype is np.bool_ else 'whole numbers'} expected, got {given.dtype}")
    return array


def _at_least(name: str, value: int | None, least: int) -> None:
    if value is not None and (isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer)):
        raise ValueError(f"{name}: a whole number expected, got {value!r}")
    if value is not None and value < least:
        raise ValueError(f"{name}: must be {least} or more, got {value}")


def _inside(name: str, values: IntArray, low: int, high: int) -> None:
    wrong = np.argwhere((values < low) | (values >= high))
    if len(wrong):
        place = tuple(int(i) for i in wrong[0])
        raise ValueError(f"{name}: entry {place} is {values[place]}, must be from {low} to {high - 1}")
