"""How tidy a plan is: in how many parts each exhibition area lies, and which stands stand among another area's.

Two stands are neighbours when a straight line along or across the hall leads from one to the other and meets neither
another stand nor an obstacle: they share a wall, or face each other over an aisle. An area's parts are the connected
sets of its stands. A stand is astray when stands of other areas wall it in on two opposite sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from .geometry import Rect

_OPAQUE = -1


@dataclass(frozen=True)
class Tidiness:
    """Parts of each exhibition area and of each pavilion in a hall, and the keys of the stands that are astray."""

    area_parts: Mapping[str, int]
    pavilion_parts: Mapping[str, int]
    astray: tuple[str, ...]

    @property
    def faults(self) -> int:
        """Parts beyond the first of each area and pavilion, and stands astray: 0 for a tidy hall."""
        parts = [*self.area_parts.values(), *self.pavilion_parts.values()]
        return sum(parts) - len(parts) + len(self.astray)


def tidiness(
    whole: Rect,
    opaque: Iterable[Rect],
    stands: Mapping[str, Rect],
    areas: Mapping[str, str],
    pavilions: Mapping[str, str],
) -> Tidiness:
    """``opaque`` is what ends a line of sight; ``areas`` and ``pavilions`` are by the stand's key, none when empty."""
    keys = sorted(stands)
    floor = _painted(whole, opaque, [stands[key] for key in keys])
    pairs = np.concatenate([_facing(floor), _facing(floor.T)]) if keys else np.zeros((0, 2), np.int64)
    return Tidiness(
        _parts(keys, areas, pairs),
        _parts(keys, pavilions, pairs),
        tuple(_astray(keys, stands, areas)),
    )


def _painted(whole: Rect, opaque: Iterable[Rect], stands: Sequence[Rect]) -> NDArray[np.int32]:
    floor = np.zeros((whole.y1, whole.x1), np.int32)
    for rect in opaque:
        floor[rect.y0 : rect.y1, rect.x0 : rect.x1] = _OPAQUE
    for number, rect in enumerate(stands, start=1):
        floor[rect.y0 : rect.y1, rect.x0 : rect.x1] = number
    return floor


def _facing(floor: NDArray[np.int32]) -> NDArray[np.int64]:
    """Pairs of stands between which a line along a row of ticks meets nothing, by their numbers from 0."""
    rows, columns = np.nonzero(floor)
    seen = floor[rows, columns]
    near = (rows[:-1] == rows[1:]) & (seen[:-1] != seen[1:]) & (seen[:-1] > 0) & (seen[1:] > 0)
    pairs = np.stack([seen[:-1][near], seen[1:][near]], axis=1).astype(np.int64)
    return np.unique(pairs, axis=0) - 1


def _parts(keys: Sequence[str], groups: Mapping[str, str], pairs: NDArray[np.int64]) -> dict[str, int]:
    """The number of connected sets that the stands of each group make."""
    names = np.array([groups.get(key, "") for key in keys])
    same = names[pairs[:, 0]] == names[pairs[:, 1]] if len(pairs) else np.zeros(0, bool)
    links = pairs[same]
    graph = sparse.coo_matrix((np.ones(len(links)), (links[:, 0], links[:, 1])), (len(keys), len(keys)))
    labels = csgraph.connected_components(graph, directed=False)[1] if keys else np.zeros(0, int)
    return {str(name): len(np.unique(labels[names == name])) for name in sorted(set(names.tolist())) if name}


def _astray(keys: Sequence[str], stands: Mapping[str, Rect], areas: Mapping[str, str]) -> Iterable[str]:
    """Stands with a wall shared on two opposite sides, all with stands of other areas."""
    known = [key for key in keys if areas.get(key)]
    several = len({areas[key] for key in known}) > 1
    for key in known if several else ():
        across: dict[str, set[str]] = {side: set() for side in ("west", "east", "north", "south")}
        for other in known:
            if other != key and (side := _shared(stands[key], stands[other])):
                across[side].add(areas[other])
        for one, two in (("west", "east"), ("north", "south")):
            beside = across[one] | across[two]
            if across[one] and across[two] and areas[key] not in beside:
                yield key
                break


def _shared(mine: Rect, other: Rect) -> str:
    """The side of the first on which they share a length of wall, or nothing."""
    if min(mine.y1, other.y1) > max(mine.y0, other.y0):
        return "west" if other.x1 == mine.x0 else "east" if other.x0 == mine.x1 else ""
    if min(mine.x1, other.x1) > max(mine.x0, other.x0):
        return "north" if other.y1 == mine.y0 else "south" if other.y0 == mine.y1 else ""
    return ""
