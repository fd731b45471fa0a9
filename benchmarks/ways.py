"""Ways on a floor beside the exact ones of extremitypathfinder: ``benchmarks/ways.py [--blocks 60] [--json]``.

Both find the ways between the same places on the same free floor. Prints seconds for compiling, milliseconds for a way,
and by how much ours are longer at most (``excess``).
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import pairwise
from typing import Any

import numpy as np
from extremitypathfinder import PolygonEnvironment
from shapely import Point
from shapely.geometry.polygon import orient

from emporion.kernels.ways import Floor, build, shortest
from emporion.kernels.ways.floor import free_floor

AISLE, BLOCK = 4.0, (9.0, 6.0)


def hall(blocks: int) -> Floor:
    """A hall of so many blocks of 9 m by 6 m in rows, aisles of 4 m."""
    across = int(np.ceil(np.sqrt(blocks * 1.5)))
    down = int(np.ceil(blocks / across))
    width, depth = (AISLE + count * (side + AISLE) for count, side in zip((across, down), BLOCK, strict=True))
    corners = [
        (AISLE + x * (BLOCK[0] + AISLE), AISLE + y * (BLOCK[1] + AISLE)) for y in range(down) for x in range(across)
    ]
    rings = [((x, y), (x + BLOCK[0], y), (x + BLOCK[0], y + BLOCK[1]), (x, y + BLOCK[1])) for x, y in corners[:blocks]]
    return Floor((((0, 0), (width, 0), (width, depth), (0, depth)),), tuple(rings))


def places(floor: Floor, count: int) -> list[tuple[float, float]]:
    """Free places of the floor, always the same."""
    free = free_floor(floor).buffer(-0.01)
    tried = np.random.default_rng(1).uniform((0, 0), floor.outline[0][2], (20 * count, 2))
    return [(float(x), float(y)) for x, y in tried if free.covers(Point(x, y))][:count]


def measure(blocks: int, count: int) -> dict[str, Any]:
    """Both programs' figures on one hall."""
    floor = hall(blocks)
    begun = time.perf_counter()
    graph = build(floor)
    compiled = time.perf_counter()
    stops = list(pairwise(places(floor, count + 1)))
    ours = [shortest(graph, [one], [other]) for one, other in stops]
    found = time.perf_counter()
    free = orient(free_floor(floor), 1)
    peer = PolygonEnvironment()
    peer.store(list(free.exterior.coords)[:-1], [list(ring.coords)[:-1] for ring in free.interiors], validate=False)
    theirs_compiled = time.perf_counter()
    theirs = [peer.find_shortest_path(one, other)[1] for one, other in stops]
    done = time.perf_counter()
    excess = max(path.length / far - 1 for path, far in zip(ours, theirs, strict=True) if path is not None)
    return {
        "blocks": blocks, "corners": len(graph.points), "lines": len(graph.edges),
        "compile_s": round(compiled - begun, 3), "way_ms": round(1000 * (found - compiled) / count, 2),
        "peer_compile_s": round(theirs_compiled - found, 3),
        "peer_way_ms": round(1000 * (done - theirs_compiled) / count, 2),
        "excess": float(f"{max(excess, 0.0):.2e}"), "ways": count,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", type=int, default=60)
    parser.add_argument("--ways", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    found = measure(given.blocks, given.ways)
    print(json.dumps(found) if given.json else "\n".join(f"{name:15} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
