"""Where visitors can walk: the floor that a square of one aisle's width can sweep, and which sides of stands lie on it.

A plan of strips is joined by construction; obstacles and locked stands can still cut it. Then the stands in the way of
the cheapest passage give up their places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, sparse
from scipy.sparse import csgraph

from .geometry import MODULE, Rect

_SOLID = -1


class Floor:
    """A hall's ticks: who stands on each, which squares are free, and which of them are joined.

    ``parts`` numbers the joined sets of free squares by the square's north-west tick, 0 where a square is not free.
    """

    def __init__(self, whole: Rect, solid: Sequence[Rect], stands: Mapping[str, Rect], aisle: int) -> None:
        self.size = aisle
        self.keys = sorted(stands)
        self.stands = dict(stands)
        self.owner = np.zeros((whole.y1, whole.x1), np.int32)
        for number, key in enumerate(self.keys, start=1):
            self.owner[_cells(stands[key])] = number
        for rect in solid:
            self.owner[_cells(rect)] = _SOLID
        free = ~_ahead(self.owner != 0, self.size)
        self.parts: NDArray[np.int32] = ndimage.label(free)[0]

    def part_at(self, door: Rect) -> int:
        """The part whose squares cover the floor before a door, 0 if none does."""
        return int(self.parts[self.squares(door)].max(initial=0))

    def squares(self, door: Rect) -> tuple[slice, slice]:
        """North-west ticks of the squares that cover the module before a door."""
        rows, columns = self.owner.shape
        spare = max(0, self.size - MODULE)
        y1, x1 = min(door.y0, rows - self.size), min(door.x0, columns - self.size)
        return slice(max(door.y0 - spare, 0), max(y1, 0) + 1), slice(max(door.x0 - spare, 0), max(x1, 0) + 1)

    def reached(self, part: int) -> NDArray[np.bool_]:
        """The ticks that the squares of one part cover."""
        return _behind(self.parts == part, self.size) if part else np.zeros(self.owner.shape, bool)

    def main(self, doors: Sequence[Rect]) -> int:
        """The part that most doors open on, of those the largest; 0 when no square is free."""
        sizes = np.bincount(self.parts.ravel())
        at_doors = Counter(self.part_at(door) for door in doors)
        return max(range(1, len(sizes)), key=lambda part: (at_doors[part], sizes[part], -part), default=0)

    def in_the_way(self, sources: NDArray[np.bool_], targets: NDArray[np.bool_]) -> list[str] | None:
        """The stands to remove so that a square can move from a source to a target, None if obstacles forbid it."""
        open_squares = ~_ahead(self.owner == _SOLID, self.size)
        cost = 0.01 + _count(self.owner > 0, self.size) / self.size**2
        index = np.full(self.owner.shape, -1)
        index[open_squares] = np.arange(open_squares.sum())
        heads, tails, lengths = [], [], []
        for a, b in (
            ((slice(None), slice(1, None)), (slice(None), slice(0, -1))),
            ((slice(1, None),), (slice(0, -1),)),
        ):
            both = open_squares[a] & open_squares[b]
            heads.append(index[a][both])
            tails.append(index[b][both])
            lengths.append((cost[a][both] + cost[b][both]) / 2)
        start = index[sources & open_squares]
        goal = index[targets & open_squares]
        if not len(start) or not len(goal):
            return None
        count = int(open_squares.sum())
        edges = (np.concatenate(lengths), (np.concatenate(heads), np.concatenate(tails)))
        graph = sparse.coo_matrix(edges, (count, count)).tocsr()
        far, before, _ = csgraph.dijkstra(graph, False, start, return_predecessors=True, min_only=True)
        last = int(goal[far[goal].argmin()])
        if not np.isfinite(far[last]):
            return None
        return self._met(_path(before, last), np.argwhere(open_squares))

    def _met(self, path: list[int], places: NDArray[np.intp]) -> list[str]:
        """The stands that squares at these places cover."""
        met: set[int] = set()
        for step in path:
            y, x = places[step]
            met.update(np.unique(self.owner[y : y + self.size, x : x + self.size]).tolist())
        return [self.keys[number - 1] for number in sorted(met) if number > 0]


def open_sides(rect: Rect, reached: NDArray[np.bool_]) -> tuple[str, ...]:
    """The sides of a stand that lie on reached floor along their whole length."""
    rows, columns = reached.shape
    before = {
        "north": reached[rect.y0 - 1 : rect.y0, rect.x0 : rect.x1] if rect.y0 > 0 else None,
        "south": reached[rect.y1 : rect.y1 + 1, rect.x0 : rect.x1] if rect.y1 < rows else None,
        "east": reached[rect.y0 : rect.y1, rect.x1 : rect.x1 + 1] if rect.x1 < columns else None,
        "west": reached[rect.y0 : rect.y1, rect.x0 - 1 : rect.x0] if rect.x0 > 0 else None,
    }
    return tuple(side for side, cells in before.items() if cells is not None and cells.all())


def join(
    whole: Rect,
    solid: Sequence[Rect],
    stands: Mapping[str, Rect],
    doors: Sequence[Rect],
    fronts: Sequence[Rect],
    asked: Mapping[str, int],
    aisle: int,
) -> tuple[dict[str, Rect], NDArray[np.bool_]]:
    """The stands that can stay, and the floor that is reached from the doors.

    All doors and the fronts of locked stands are joined, and every stand has as many open sides as ``asked``. Stands
    that only face another part of the floor stay when a passage costs fewer stands than it keeps.
    """
    kept = dict(stands)
    while True:
        floor = Floor(whole, solid, kept, aisle)
        main = floor.main(doors)
        removed = _door_passage(floor, main, [*doors, *fronts])
        if not removed:
            reached = floor.reached(main)
            lost = {key for key, rect in kept.items() if len(open_sides(rect, reached)) < asked[key]}
            if not lost:
                return kept, reached
            removed = _passage(floor, main, lost, asked) or sorted(lost)
        for key in removed:
            del kept[key]


def _door_passage(floor: Floor, main: int, doors: Sequence[Rect]) -> list[str]:
    """Stands in the way from the main part to a door it does not reach."""
    for door in doors:
        if main and floor.part_at(door) == main:
            continue
        target = np.zeros(floor.owner.shape, bool)
        target[floor.squares(door)] = True
        sources = floor.parts == main if main else _first(floor, doors)
        removed = floor.in_the_way(sources, target)
        if removed:
            return removed
    return []


def _first(floor: Floor, doors: Sequence[Rect]) -> NDArray[np.bool_]:
    """The squares before the first door, for a floor on which no square is free."""
    squares = np.zeros(floor.owner.shape, bool)
    squares[floor.squares(doors[0])] = True
    return squares


def _passage(floor: Floor, main: int, lost: set[str], asked: Mapping[str, int]) -> list[str]:
    """Stands in the way to another part of the floor, when more stands are kept by joining it than given up."""
    best: tuple[int, list[str]] = (0, [])
    for part in range(1, int(floor.parts.max()) + 1):
        reached = floor.reached(main) | floor.reached(part)
        saved = [key for key in lost if len(open_sides(floor.stands[key], reached)) >= asked[key]]
        if part == main or not main or not saved:
            continue
        removed = floor.in_the_way(floor.parts == main, floor.parts == part)
        if removed and len(saved) - len(removed) > best[0]:
            best = (len(saved) - len(removed), removed)
    return best[1]


def _cells(rect: Rect) -> tuple[slice, slice]:
    return slice(rect.y0, rect.y1), slice(rect.x0, rect.x1)


def _ahead(cells: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """Whether any cell of the square with this north-west cell is set; squares that leave the hall count as set."""
    once = ndimage.maximum_filter1d(cells, size, axis=0, origin=-(size // 2), mode="constant", cval=True)
    return np.asarray(ndimage.maximum_filter1d(once, size, axis=1, origin=-(size // 2), mode="constant", cval=True))


def _behind(squares: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """The cells that squares with these north-west cells cover."""
    once = ndimage.maximum_filter1d(squares, size, axis=0, origin=(size - 1) // 2, mode="constant", cval=False)
    return np.asarray(ndimage.maximum_filter1d(once, size, axis=1, origin=(size - 1) // 2, mode="constant", cval=False))


def _count(cells: NDArray[np.bool_], size: int) -> NDArray[np.float64]:
    """How many cells of the square with this north-west cell are set."""
    numbers = cells.astype(np.float64)
    once = ndimage.uniform_filter1d(numbers, size, axis=0, origin=-(size // 2), mode="constant")
    return np.asarray(ndimage.uniform_filter1d(once, size, axis=1, origin=-(size // 2), mode="constant")) * size**2


def _path(before: NDArray[np.int32], last: int) -> list[int]:
    path = [last]
    while before[path[-1]] >= 0:
        path.append(int(before[path[-1]]))
    return path
