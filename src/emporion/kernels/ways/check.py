"""An independent look at a way: it stays on the free floor, and is as long as it says."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import dist

import shapely
from shapely import LineString

from .floor import Floor, free_floor
from .path import Path


@dataclass(frozen=True)
class Fault:
    """What is wrong with a way: ``off-floor`` or ``length``, and by how many metres."""

    code: str
    metres: float


def check(floor: Floor, path: Path) -> list[Fault]:
    """What is wrong with a way on a floor; nothing when it is sound."""
    faults = []
    free = free_floor(floor).buffer(1e-5)
    outside = sum(shapely.difference(LineString(step), free).length for step in pairwise(path.points))
    if outside > 1e-4:
        faults.append(Fault("off-floor", float(outside)))
    walked = sum(dist(one, other) for one, other in pairwise(path.points))
    if abs(walked - path.length) > 1e-6:
        faults.append(Fault("length", walked - path.length))
    return faults
