"""The graph of a floor: corners that a shortest way can turn at, and which of them see each other.

A shortest way among polygons is a line that turns at reflex corners of the free floor alone, and touches them as a
tangent (Lozano-Pérez and Wesley, Communications of the ACM 22, 1979; reduced visibility graph: Latombe, *Robot Motion
Planning*, 1991, 4.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

Points = npt.NDArray[np.float64]
Ring = Sequence[Sequence[float]]
# Lines along a wall lie on the floor's edge; they count as inside within this many metres.
SLACK_M = 1e-6
# At most so many lines are tested against the floor at once.
BATCH = 50_000


@dataclass(frozen=True)
class Floor:
    """Where people can walk: within the rings of ``outline`` (the first is outside), around obstacles.

    ``clearance``: how far the middle of a person stays from walls and stands, in metres.
    """

    outline: tuple[Ring, ...]
    obstacles: tuple[Ring, ...]
    clearance: float = 0.3


@dataclass(frozen=True)
class Graph:
    """Corners in metres, pairs of corners that see each other, and how far apart these are.

    ``before`` and ``after`` are each corner's neighbours on the edge of the free floor.
    """

    free: BaseGeometry
    points: Points
    before: Points
    after: Points
    edges: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.float64]
    _slack: list[BaseGeometry] = field(default_factory=list, compare=False, repr=False)

    def sees(self, starts: Points, ends: Points) -> npt.NDArray[np.bool_]:
        """Which straight lines stay on the free floor."""
        if not self._slack:
            self._slack.append(self.free.buffer(SLACK_M))
            shapely.prepare(self._slack[0])
        [free] = self._slack
        seen = np.zeros(len(starts), bool)
        for first in range(0, len(starts), BATCH):
            part = slice(first, first + BATCH)
            seen[part] = shapely.covers(free, shapely.linestrings(np.stack([starts[part], ends[part]], axis=1)))
        return seen

    def is_free(self, point: Sequence[float]) -> bool:
        """Whether the middle of a person can be at a point."""
        return bool(self.free.covers(shapely.Point(point)))

    def onto(self, point: Sequence[float]) -> tuple[float, float]:
        """The point itself where it is free, else the nearest that is."""
        if self.is_free(point):
            return float(point[0]), float(point[1])
        nearest = shapely.get_point(shapely.shortest_line(self.free, shapely.Point(point)), 0)
        return nearest.x, nearest.y

    def touched(self, from_points: Points) -> npt.NDArray[np.bool_]:
        """Whether a line from each point to each corner is a tangent there; points × corners."""
        along = self.points[None] - from_points[:, None]
        one = _cross(along, self.before[None] - from_points[:, None])
        other = _cross(along, self.after[None] - from_points[:, None])
        return np.asarray(((one >= -SLACK_M) & (other >= -SLACK_M)) | ((one <= SLACK_M) & (other <= SLACK_M)))


def build(floor: Floor) -> Graph:
    """The graph of a floor; of a floor without free room, one without corners."""
    free = free_floor(floor)
    corners = [corner for polygon in _polygons(free) for corner in _reflex(polygon)]
    points, before, after = (np.array([corner[part] for corner in corners]).reshape(-1, 2) for part in range(3))
    bare = Graph(free, points, before, after, np.zeros((0, 2), np.int32), np.zeros(0))
    if not len(points):
        return bare
    tangents = bare.touched(points)
    ones, others = np.nonzero(np.triu(tangents & tangents.T, 1))
    seen = bare.sees(points[ones], points[others])
    edges = np.stack([ones[seen], others[seen]], axis=1).astype(np.int32)
    apart = np.linalg.norm(points[edges[:, 0]] - points[edges[:, 1]], axis=1)
    return Graph(free, points, before, after, edges, apart)


def free_floor(floor: Floor) -> BaseGeometry:
    """The part of the floor where the middle of a person can be."""
    outer, *holes = floor.outline
    room = Polygon(outer, holes).buffer(-floor.clearance, join_style="mitre")
    taken = [Polygon(ring).buffer(floor.clearance, join_style="mitre") for ring in floor.obstacles]
    return shapely.difference(room, shapely.union_all(taken))


def _polygons(free: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(free) if isinstance(part, Polygon) and not part.is_empty]


def _reflex(polygon: Polygon) -> list[tuple[Points, Points, Points]]:
    """The corners at which the free floor bends around something, each with the corners before and after it."""
    oriented = orient(shapely.simplify(polygon, 0))
    found = []
    for ring in (oriented.exterior, *oriented.interiors):
        points = np.asarray(ring.coords)[:-1]
        before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
        # The free floor lies to the left of its edge: a turn to the right bends around an obstacle.
        for at in np.nonzero(_cross(points - before, after - points) < 0)[0]:
            found.append((points[at], before[at], after[at]))
    return found


def _cross(one: Points, other: Points) -> Points:
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0])
