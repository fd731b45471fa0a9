"""Shortest ways over a graph between places that are no corners of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from .floor import Graph, Points

Place = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Path:
    """A way: its length in metres and the points it goes through, from the first to the last."""

    length: float
    points: tuple[tuple[float, float], ...]


def shortest(graph: Graph, start: Place, goal: Place) -> Path | None:
    """The shortest way from one of the points of ``start`` to one of ``goal``; none where no way leads there.

    A place has several points where it can be entered from several sides. Points that are not free are moved to the
    nearest that is.
    """
    ends = _onto(graph, [*start, *goal])
    network = _joined(graph, ends)
    corners, first, last = len(graph.points), np.arange(len(start)), np.arange(len(start), len(ends))
    far, came, _ = dijkstra(network, directed=False, indices=corners + first, return_predecessors=True, min_only=True)
    best = corners + last[np.argmin(far[corners + last])]
    if not np.isfinite(far[best]):
        return None
    every = np.concatenate([graph.points.reshape(-1, 2), ends])
    steps = [int(best)]
    while came[steps[-1]] >= 0:
        steps.append(int(came[steps[-1]]))
    return Path(float(far[best]), tuple((float(x), float(y)) for x, y in every[steps[::-1]]))


def lengths(graph: Graph, places: Sequence[Place]) -> npt.NDArray[np.float64]:
    """How far each place is from each other, in metres; infinite where no way leads. Places × places."""
    owners = np.repeat(np.arange(len(places)), [len(place) for place in places])
    ends = _onto(graph, [point for place in places for point in place])
    network, corners = _joined(graph, ends), len(graph.points)
    found = np.full((len(places), len(places)), np.inf)
    for one in range(len(places)):
        sources = corners + np.nonzero(owners == one)[0]
        far = dijkstra(network, directed=False, indices=sources, min_only=True)[corners:]
        np.minimum.at(found[one], owners, far)
    np.fill_diagonal(found, 0.0)
    return np.asarray(np.minimum(found, found.T))


def _onto(graph: Graph, points: Place) -> Points:
    return np.array([graph.onto(point) for point in points]).reshape(-1, 2)


def _joined(graph: Graph, ends: Points) -> csr_array:
    """The graph with the ends as nodes behind its corners, each joined to what it sees."""
    corners = len(graph.points)
    rows, columns, apart = [graph.edges[:, 0]], [graph.edges[:, 1]], [graph.lengths]
    if corners:
        one, other = np.nonzero(graph.touched(ends))
        _join(graph, ends, one, graph.points[other], other, rows, columns, apart)
    one, other = np.triu_indices(len(ends), 1)
    _join(graph, ends, one, ends[other], corners + other, rows, columns, apart)
    size = corners + len(ends)
    # A length of nothing would be no edge at all.
    values = np.maximum(np.concatenate(apart), 1e-9)
    return csr_array((values, (np.concatenate(rows), np.concatenate(columns))), shape=(size, size))


def _join(
    graph: Graph,
    ends: Points,
    one: npt.NDArray[np.intp],
    goals: Points,
    nodes: npt.NDArray[np.intp],
    rows: list[npt.NDArray[np.int32]],
    columns: list[npt.NDArray[np.int32]],
    apart: list[npt.NDArray[np.float64]],
) -> None:
    seen = graph.sees(ends[one], goals)
    rows.append((len(graph.points) + one[seen]).astype(np.int32))
    columns.append(nodes[seen].astype(np.int32))
    apart.append(np.linalg.norm(ends[one][seen] - goals[seen], axis=1))
