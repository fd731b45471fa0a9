"""Small events as variables and constraints (CP-SAT of OR-Tools); ``exact`` searches them.

``x[m, t]``: meeting m is held in slot t. ``used[p, t]``: p is in a meeting. ``begun[p, t]``: p has been in one on that
day up to t. A break ends where p is in a meeting, was in none in the slot before, and has been in one earlier that
day: the encoding of Bofill et al. (JAIR 74, 2022), in which a timetable without breaks costs nothing, so that cores
of unsatisfiable assumptions raise the bound one break at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from emporion.kernels.scheduling.problem import Problem

Array = npt.NDArray[Any]
Literal = cp_model.IntVar
Grid = dict[tuple[int, int], Literal]


class Model:
    """The timetable as variables and constraints."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.x: list[dict[int, Literal]] = [
            {int(t): self.model.new_bool_var("") for t in np.flatnonzero(row)} for row in problem.possible
        ]
        self.at: defaultdict[tuple[int, int], list[tuple[int, Literal]]] = defaultdict(list)
        for meeting, (slots, ends) in enumerate(zip(self.x, problem.meetings.tolist(), strict=True)):
            for slot, literal in slots.items():
                for person in ends:
                    self.at[person, slot].append((meeting, literal))
        self._meetings()
        self._people()
        self._tables()
        self._walking()
        self._precedences()
        self.breaks = {int(p): self._breaks(int(p)) for p in np.flatnonzero(problem.counts_breaks)}
        self._unbroken()
        self._fairness()

    def aim_at_placing(self) -> None:
        """First the musts, then the number of meetings, then their strength."""
        problem = self.problem
        unit = int(problem.strength.sum()) + 1
        weight = problem.must * unit * (len(self.x) + 1) + unit + problem.strength
        self.model.maximize(sum(int(weight[m]) * sum(slots.values()) for m, slots in enumerate(self.x)))
        self.in_cores = False

    def keep_placed(self, slots: Array) -> None:
        """From here on only timetables with as many musts, as many meetings and as much strength as this one count."""
        held = slots >= 0
        for values in (self.problem.must.astype(np.int64), np.ones(len(self.x), np.int64), self.problem.strength):
            if held[values > 0].all():
                for meeting in np.flatnonzero(values > 0).tolist():
                    self.model.add_at_least_one(self.x[meeting].values())
            else:
                total = sum(int(value) * sum(slots.values()) for value, slots in zip(values, self.x, strict=True))
                self.model.add(total >= int(values[held].sum()))

    def aim_at_breaks(self) -> None:
        self.model.minimize(sum(literal for literals in self.breaks.values() for literal in literals))
        self.in_cores = True

    def if_unbroken(self, people: Iterable[int], person: int | None = None) -> cp_model.CpModel:
        """The timetables, without an aim, in which none of ``people`` has a break and ``person`` has at most one."""
        model = self.without_aim()
        for one in people:
            model.add_bool_and(model.get_bool_var_from_proto_index(self.unbroken[one].index))
        if person is not None:
            ends = [model.get_bool_var_from_proto_index(literal.index) for literal in self.breaks[person]]
            model.add_at_most_one(ends)
        return model

    def without_aim(self) -> cp_model.CpModel:
        """Any timetable there is."""
        model = self.model.clone()
        model.clear_objective()  # type: ignore[no-untyped-call]
        model.clear_hints()  # type: ignore[no-untyped-call]
        return model

    def hint(self, slots: Array) -> None:
        """Every search from here on begins near this timetable."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for meeting, literals in enumerate(self.x):
            for slot, literal in literals.items():
                self.model.add_hint(literal, bool(slots[meeting] == slot))

    def slots_of(self, solver: cp_model.CpSolver) -> Array:
        """The timetable that a solver found."""
        slots = np.full(len(self.x), -1, np.int16)
        for meeting, literals in enumerate(self.x):
            for slot, literal in literals.items():
                if solver.boolean_value(literal):
                    slots[meeting] = slot
        return slots

    def _meetings(self) -> None:
        pinned = set(self.problem.pinned[:, 0].tolist())
        for meeting, literals in enumerate(self.x):
            if self.problem.every_meeting or meeting in pinned:
                self.model.add_exactly_one(literals.values())
            else:
                self.model.add_at_most_one(literals.values())

    def _people(self) -> None:
        self.used: Grid = {}
        for (person, slot), held in self.at.items():
            literals, capacity = [literal for _, literal in held], int(self.problem.capacity[person])
            self.used[person, slot] = used = self.model.new_bool_var("")
            self.model.add_bool_or(*literals, used.negated())
            for literal in literals:
                self.model.add_implication(literal, used)
            if capacity == 1:
                self.model.add_at_most_one(literals)
            elif capacity < len(literals):
                self.model.add(sum(literals) <= capacity)
        self._days()

    def _days(self) -> None:
        """The daily limit, and, where every meeting must be held one at a time, as many used slots as meetings."""
        problem = self.problem
        mine: defaultdict[tuple[int, int], list[Literal]] = defaultdict(list)
        for (person, slot), held in self.at.items():
            mine[person, int(problem.slot_day[slot])] += [literal for _, literal in held]
        for (person, _), literals in mine.items():
            if problem.daily_limit[person] < len(literals):
                self.model.add(sum(literals) <= int(problem.daily_limit[person]))
        if problem.every_meeting:
            count = np.bincount(problem.meetings.ravel(), minlength=problem.participants)
            for one in np.flatnonzero((count > 0) & (problem.capacity == 1)).tolist():
                self.model.add(sum(self._used(one)) == int(count[one]))

    def _used(self, person: int) -> list[Literal]:
        return [self.used[person, t] for t in range(self.problem.slots) if (person, t) in self.used]

    def _tables(self) -> None:
        """No more meetings than tables; and, implied, no more than twice as many participants, in pairs."""
        tables = self.problem.tables
        if tables is None:
            return
        for slot in range(self.problem.slots):
            here = [literals[slot] for literals in self.x if slot in literals]
            self.model.add(sum(here) <= tables)
            if (self.problem.capacity == 1).all():
                people = [used for (_, t), used in self.used.items() if t == slot]
                self.model.add(sum(people) <= 2 * tables)

    def _walking(self) -> None:
        """One at a time: a meeting in a hall, or one of those in the slot before in halls too far from it."""
        far = self.problem.too_far
        for (person, slot), held in self.at.items():
            earlier = self.at.get((person, slot - 1), []) if self.problem.follows[slot] and far.size else []
            halls = {int(self.problem.hall[meeting]) for meeting, _ in held} if earlier else set()
            for hall in sorted(hall for hall in halls if hall >= 0):
                here = [literal for meeting, literal in held if self.problem.hall[meeting] == hall]
                there = [literal for meeting, literal in earlier if self._is_far(meeting, hall)]
                self.model.add_at_most_one(here + there if there else [])

    def _is_far(self, meeting: int, hall: int) -> bool:
        other = int(self.problem.hall[meeting])
        return other >= 0 and bool(self.problem.too_far[other, hall])

    def _precedences(self) -> None:
        """At any time: the first is held then or later, or the second then or earlier, not both."""
        for first, second in self.problem.precedences.tolist():
            for slot in range(self.problem.slots):
                late = [literal for t, literal in self.x[first].items() if t >= slot]
                early = [literal for t, literal in self.x[second].items() if t <= slot]
                self.model.add_at_most_one(late + early)

    def _breaks(self, person: int) -> list[Literal]:
        """One literal for each slot that may end a break of the person."""
        ends: list[Literal] = []
        begun: Literal | None = None
        for slot in range(self.problem.slots):
            if slot == 0 or self.problem.slot_day[slot] != self.problem.slot_day[slot - 1]:
                begun = None
            used, before = self.used.get((person, slot)), self.used.get((person, slot - 1))
            if used is not None and begun is not None:
                ends.append(self._break_ends(used, before, begun))
            begun = self._begun(used, begun)
        return ends

    def _unbroken(self) -> None:
        """Implied, where every meeting is held on one day: n meetings without a break fill n slots in a row.

        A row of n slots has one slot of each residue modulo n. A literal for having no break makes the search see so
        at once, which counting the used slots does not.
        """
        problem = self.problem
        self.unbroken: dict[int, Literal] = {}
        if not problem.every_meeting or problem.days > 1:
            return
        count = np.bincount(problem.meetings.ravel(), minlength=problem.participants)
        for person, ends in self.breaks.items():
            if problem.capacity[person] > 1 or count[person] < 2:
                continue
            self.unbroken[person] = unbroken = self.model.new_bool_var("")
            self.model.add_bool_or(unbroken, *ends)
            for literal in ends:
                self.model.add_implication(unbroken, literal.negated())
            self._fill_a_row(person, int(count[person]), unbroken)

    def _fill_a_row(self, person: int, meetings: int, unbroken: Literal) -> None:
        times = [t for t in range(self.problem.slots) if (person, t) in self.used]
        for residue in range(meetings):
            alike = [self.used[person, t] for t in times if t % meetings == residue]
            self.model.add_bool_or(*alike, unbroken.negated())
        for early in times:
            for late in (t for t in times if t >= early + meetings):
                both = self.used[person, early].negated(), self.used[person, late].negated()
                self.model.add_bool_or(*both, unbroken.negated())

    def _break_ends(self, used: Literal, before: Literal | None, begun: Literal) -> Literal:
        ends = self.model.new_bool_var("")
        idle = [] if before is None else [before.negated()]
        self.model.add_bool_and(used, begun, *idle).only_enforce_if(ends)
        self.model.add_bool_or(ends, used.negated(), begun.negated(), *(literal.negated() for literal in idle))
        return ends

    def _begun(self, used: Literal | None, begun: Literal | None) -> Literal | None:
        if used is None or begun is None:
            return begun if used is None else used
        either = self.model.new_bool_var("")
        self.model.add_max_equality(either, [used, begun])
        return either

    def _fairness(self) -> None:
        if self.problem.fairness is None or not self.breaks:
            return
        least = self.model.new_int_var(0, self.problem.slots, "")
        for literals in self.breaks.values():
            self.model.add(sum(literals) >= least)
            self.model.add(sum(literals) <= least + self.problem.fairness)
