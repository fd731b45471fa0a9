"""A hall's floor painted on a grid of quarter metres, for the check: nothing of it is shared with the solver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from .problem import MODULE_M, Hall, Locked
from .result import Area, Place, Placement

_CELL = 0.25
_SIDES = {"north": (0, -1), "south": (0, 1), "west": (-1, 0), "east": (1, 0)}


@dataclass(frozen=True)
class Violation:
    """A broken rule: its name, where (a request's key or a hall's code), and what is wrong in words."""

    rule: str
    where: str
    detail: str


class Floor:
    """The hall's cells: who stands on each, and which an aisle reaches."""

    def __init__(self, hall: Hall, aisle_m: float, placements: list[Placement], places: tuple[Place, ...] = ()) -> None:
        self.hall = hall
        self.problems: list[Violation] = []
        self.owner = np.zeros(
            (cells_of(hall.depth_modules * MODULE_M), cells_of(hall.width_modules * MODULE_M)), np.int32
        )
        self.names = ["the floor"]
        for box in hall.obstacles:
            self._paint("an obstacle", Area(*(float(side * MODULE_M) for side in box)))
        placed = {placement.key for placement in placements}
        for one in hall.locked:
            if one.key not in placed:
                self._paint(one.key, Area(one.x, one.y, one.width, one.depth))
        for placement in sorted(placements, key=lambda placement: placement.key):
            self._paint(placement.key, Area(placement.x, placement.y, placement.width, placement.depth))
        self.stands = len(self.names)
        for number, place in enumerate(places):
            self._paint(f"{place.kind} {number}", place.area)
        self.reached = self._reached(cells_of(aisle_m))

    def _paint(self, name: str, area: Area) -> None:
        if not self._on_grid(area):
            self.problems.append(
                Violation("inside", name, f"{tuple(area)} is not inside hall {self.hall.code} on its grid")
            )
            return
        cells = self.owner[_span(area)]
        for other in np.unique(cells[cells > 0]):
            self.problems.append(Violation("overlap", name, f"overlaps {self.names[other]} in hall {self.hall.code}"))
        self.names.append(name)
        cells[:] = len(self.names) - 1

    def _on_grid(self, area: Area) -> bool:
        exact = all((value / _CELL).is_integer() for value in area)
        rows, columns = self.owner.shape
        inside = area.x >= 0 and area.y >= 0 and min(area.width, area.depth) > 0
        return exact and inside and cells_of(area.x + area.width) <= columns and cells_of(area.y + area.depth) <= rows

    def _reached(self, size: int) -> NDArray[np.bool_]:
        """Cells that a square of ``size`` cells covers while it moves over free floor from the first exit."""
        rows, columns = self.owner.shape
        if size > min(rows, columns):
            return np.zeros(self.owner.shape, bool)
        free = _window_sums(self.owner > 0, size) == 0
        parts, count = ndimage.label(free)
        if count == 0:
            return np.zeros(self.owner.shape, bool)
        part = self._main_part(parts, size)
        padded = np.pad(parts == part, size - 1)
        return _window_sums(padded, size) > 0

    def _main_part(self, parts: NDArray[np.int32], size: int) -> int:
        """The part of the aisles that most exits open on; of parts with as many exits, the largest."""
        wide = max(0, size - cells_of(MODULE_M))
        squares = np.bincount(parts.ravel()).astype(float)
        squares[0] = -1
        for door in self.hall.exits:
            row, column = _door_cell(self.hall, door.wall, door.module)
            near = parts[max(row - wide, 0) : row + 1, max(column - wide, 0) : column + 1]
            squares[near.max(initial=0)] += parts.size * (near.max(initial=0) > 0)
        return int(squares.argmax())

    def neighbours(self) -> dict[str, set[str]]:
        """By stand, those that a straight line from one of its sides meets first; places are no hindrance."""
        found: dict[str, set[str]] = {name: set() for name in self.names[1 : self.stands] if name != "an obstacle"}
        floor = np.where(self.owner < self.stands, self.owner, 0)
        for number, span in enumerate(ndimage.find_objects(floor), start=1):
            name = self.names[number]
            if span is None or name not in found:
                continue
            rows, columns = span
            for lines in (floor[rows, columns.stop :], floor[rows.stop :, columns].T):
                for other in _first_met(lines):
                    if self.names[other] in found:
                        found[name].add(self.names[other])
                        found[self.names[other]].add(name)
        return found

    def is_free(self, area: Area) -> bool:
        return self._on_grid(area) and not self.owner[_span(area)].any()

    def exits(self, empty: Floor) -> Iterator[Violation]:
        """Doors that the plan cuts off; one that obstacles alone cut off on the empty floor is not the plan's."""
        for door in self.hall.exits:
            row, column = _door_cell(self.hall, door.wall, door.module)
            wide = cells_of(MODULE_M)
            door_cells = (slice(row, row + wide), slice(column, column + wide))
            if empty.reached[door_cells].all() and not self.reached[door_cells].all():
                yield Violation("exit", self.hall.code, f"no aisle joins the exit {tuple(door)} with the other exits")

    def sides(self, placement: Placement) -> Iterator[Violation]:
        """Claimed sides lie on the reached aisle along their whole length; a stand without one cannot be reached."""
        if not placement.open_sides:
            yield Violation("reach", placement.key, "has no open side")
        fronts = self.fronts(placement)
        for side in placement.open_sides:
            if side not in fronts:
                yield Violation("open side", placement.key, f"its {side} side is not on an aisle joined to the exits")

    def fronts(self, placement: Placement | Locked) -> set[str]:
        """The sides of a stand that lie on the reached aisle."""
        area = Area(placement.x, placement.y, placement.width, placement.depth)
        return {side for side in _SIDES if self._on_grid(area) and self._on_aisle(area, side)}

    def _on_aisle(self, area: Area, side: str) -> bool:
        across, down = _SIDES[side]
        rows, columns = _span(area)
        if across:
            column = columns.stop if across > 0 else columns.start - 1
            columns = slice(column, column + 1)
        else:
            row = rows.stop if down > 0 else rows.start - 1
            rows = slice(row, row + 1)
        inside = min(rows.start, columns.start) >= 0
        cells = self.reached[rows, columns] if inside else self.reached[:0]
        return cells.size > 0 and bool(cells.all())


def _first_met(lines: NDArray[np.int32]) -> list[int]:
    """The first number above 0 on each line, each once."""
    if lines.shape[1] == 0:
        return []
    first = lines[np.arange(len(lines)), (lines > 0).argmax(axis=1)]
    return [int(number) for number in np.unique(first[first > 0])]


def cells_of(metres: float) -> int:
    return round(metres / _CELL)


def _span(area: Area) -> tuple[slice, slice]:
    return (
        slice(cells_of(area.y), cells_of(area.y + area.depth)),
        slice(cells_of(area.x), cells_of(area.x + area.width)),
    )


def _door_cell(hall: Hall, wall: str, module: int) -> tuple[int, int]:
    """The north-west cell of the module before a door."""
    row = {"north": 0, "south": hall.depth_modules - 1}.get(wall, module)
    column = {"west": 0, "east": hall.width_modules - 1}.get(wall, module)
    return cells_of(row * MODULE_M), cells_of(column * MODULE_M)


def _window_sums(cells: NDArray[np.bool_], size: int) -> NDArray[np.int64]:
    """Sums over every square of ``size`` cells, by its north-west cell."""
    sums: NDArray[np.int64] = np.pad(cells.astype(np.int64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    found: NDArray[np.int64] = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    return found
