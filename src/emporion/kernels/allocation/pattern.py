"""Which strips a hall gets and in which kind of strip each request shall stand.

One integer programme over the whole hall: numbers of strips of each kind, numbers of cross-aisles in them, and one
option per request. Strips of one kind share one length; where in them a stand goes is decided afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .shapes import KINDS, Kind, Option, Role

if TYPE_CHECKING:
    from ortools.linear_solver.python import model_builder as mip

# How much dearer a shape twice as long as deep is than a square, against the value of one placed square metre.
_VALUE = 100
_FREE = 50
_STRAIN = 4
# What every kind of strip costs in which a pavilion stands, so that its stands come together.
_PARTED = 400
# The integer programme ends when what is placed is within this part of its own bound.
_GAP = 0.0005


class Candidate(NamedTuple):
    """A request as the pattern sees it: what placing it is worth, whether it is free of charge, its options and the
    pavilion it belongs to."""

    key: str
    value: float
    free: bool
    options: tuple[Option, ...]
    pavilion: str | None = None


@dataclass(frozen=True)
class Space:
    """What a hall offers: length of its strips without avenues, and depth to stack them in, in ticks.

    ``open_ends`` are the ends of a strip's pieces that lie on an aisle, two at each of ``avenues`` through it and, with
    a ring, one at each wall; ``walls`` whether rows may back on the walls.
    ``aisle`` is the width between strips, ``cross`` that of the aisles through them. ``lost`` is the length that
    obstacles, locked stands and exits take from the strips taken together.
    """

    length: int
    depth: int
    open_ends: int
    walls: bool
    aisle: int
    cross: int
    lost: int
    avenues: int = 0

    @property
    def ring(self) -> bool:
        """Whether the ends of strips at the walls lie on aisles."""
        return self.open_ends > 2 * self.avenues


@dataclass(frozen=True)
class Pattern:
    """Strips by kind, and the option chosen for each request that shall stand."""

    strips: dict[Kind, int]
    chosen: dict[str, Option]


def choose_pattern(candidates: list[Candidate], space: Space, *, demand: str, seed: int, nodes: int) -> Pattern | None:
    """The pattern of most value, or None when what must be placed cannot.

    ``demand`` says what must be: "everything", all that is "free" of charge, or "nothing".
    ``nodes`` bounds SCIP's search tree, so that the same seed gives the same pattern on any machine.
    """
    if not candidates:
        return None
    # Imported here, so that a site's worker, which only draws plans, does not hold the solver in memory.
    from ortools.linear_solver.python import model_builder as mip  # noqa: PLC0415

    model = mip.Model()  # type: ignore[no-untyped-call]  # OR-Tools leaves its constructor untyped
    strips = _strips(model, space)
    picks = _picks(model, candidates, demand)
    by_kind: dict[Kind, list[tuple[Option, mip.Variable]]] = defaultdict(list)
    for (_, option), variable in picks.items():
        by_kind[option.kind].append((option, variable))
    crossings = [_room(model, space, kind, count, by_kind[kind]) for kind, count in strips.items()]
    parted = _parted(model, candidates, picks)
    _reward(model, candidates, picks, strips, crossings, parted)
    solver = mip.Solver("SCIP")
    solver.set_solver_specific_parameters(
        f"limits/nodes = {nodes}\nlimits/gap = {_GAP}\nrandomization/randomseedshift = {seed % 2**31}"
    )
    if solver.solve(model) not in (mip.SolveStatus.OPTIMAL, mip.SolveStatus.FEASIBLE):
        return None
    chosen = {key: option for (key, option), variable in picks.items() if solver.value(variable) > 0.5}
    counts = {kind: round(solver.value(count)) for kind, count in strips.items()}
    return Pattern({kind: count for kind, count in counts.items() if count}, chosen)


def _strips(model: mip.Model, space: Space) -> dict[Kind, mip.Variable]:
    """Numbers of strips, such that they and the aisles between and before them fit the depth of the hall."""
    strips = {}
    for kind in KINDS:
        most = max(0, (space.depth - space.aisle) // (kind.depth + space.aisle)) if kind.double else 2 * space.walls
        strips[kind] = model.new_int_var(0, most, f"strips {kind.depth} {kind.double}")
    backed = [count for kind, count in strips.items() if not kind.double]
    model.add(sum(backed) <= 2)
    stacked = [(kind.depth + space.aisle * kind.double) * count for kind, count in strips.items()]
    model.add(sum(stacked) + space.aisle <= space.depth)
    return strips


def _picks(model: mip.Model, candidates: list[Candidate], demand: str) -> dict[tuple[str, Option], mip.Variable]:
    from ortools.linear_solver.python import model_builder as mip  # noqa: PLC0415

    picks = {}
    for candidate in candidates:
        mine = []
        for option in candidate.options:
            variable = model.new_bool_var(f"{candidate.key} {option.kind.depth} {option.role}")
            picks[candidate.key, option] = variable
            mine.append(variable)
        must = demand == "everything" or (demand == "free" and candidate.free and mine)
        model.add(mip.LinearExpr.sum(mine) == 1 if must else mip.LinearExpr.sum(mine) <= 1)
    return picks


def _room(
    model: mip.Model,
    space: Space,
    kind: Kind,
    count: mip.Variable,
    picks: list[tuple[Option, mip.Variable]],
) -> mip.Variable:
    """Length and ends of the strips of one kind are enough for the stands in them; gives the number of cross-aisles.

    What obstacles take is charged to the strips by their share of the hall's depth.
    """
    rows = 2 if kind.double else 1
    crossings = model.new_int_var(0, len(picks) + 20, f"crossings {kind.depth} {kind.double}")
    width, ends, alone = [], [], []
    for option, variable in picks:
        width.append(option.width * (1 if option.role in (Role.ROW, Role.CORNER) else rows) * variable)
        ends.append(_ends(option.role, rows) * variable)
        if option.role is Role.ISLAND:
            alone.append(variable)
    length = rows * (space.length * space.depth - space.lost * (kind.depth + space.aisle)) * count
    model.add((sum(width) + rows * space.cross * crossings) * space.depth <= length)
    model.add(sum(ends) <= rows * (2 * crossings + space.open_ends * count))
    closed = 2 if kind.double and not space.ring else 0
    model.add(sum(alone) + closed * count <= crossings + (space.avenues + 1) * count)
    if not picks:
        model.add(count == 0)
    return crossings


def _parted(
    model: mip.Model, candidates: list[Candidate], picks: dict[tuple[str, Option], mip.Variable]
) -> list[mip.Variable]:
    """For each pavilion and kind of strip, whether the pavilion stands in it."""
    home = {one.key: one.pavilion for one in candidates if one.pavilion}
    mine: dict[tuple[str, Kind], list[mip.Variable]] = defaultdict(list)
    for (key, option), variable in picks.items():
        if key in home:
            mine[home[key] or "", option.kind].append(variable)
    found = []
    for (pavilion, kind), variables in mine.items():
        found.append(model.new_bool_var(f"{pavilion} in {kind.depth} {kind.double}"))
        model.add(sum(variables) <= len(variables) * found[-1])
    return found


def _ends(role: Role, rows: int) -> int:
    """How many ends of rows a stand takes: each end of a strip has one for each of its rows."""
    return {Role.ROW: 0, Role.THROUGH: 0, Role.CORNER: 1, Role.PENINSULA: rows, Role.ISLAND: 2 * rows}[role]


def _reward(
    model: mip.Model,
    candidates: list[Candidate],
    picks: dict[tuple[str, Option], mip.Variable],
    strips: dict[Kind, mip.Variable],
    crossings: list[mip.Variable],
    parted: list[mip.Variable],
) -> None:
    """Value first, free stands before all; then stands near to a square, and few strips and cross-aisles."""
    worth = {one.key: one.value * _VALUE * (_FREE if one.free else 1) for one in candidates}
    area = {one.key: one.value for one in candidates}
    terms = [
        round(worth[key] - _STRAIN * area[key] * (option.aspect - 1)) * variable
        for (key, option), variable in picks.items()
    ]
    model.maximize(sum(terms) - 500 * sum(strips.values()) - 20 * sum(crossings) - _PARTED * sum(parted))
