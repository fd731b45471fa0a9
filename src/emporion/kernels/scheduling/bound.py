"""How many meetings any timetable can place: a maximum flow.

Leave out which slot a meeting takes and keep only how many meetings each participant can hold at all. What remains is
a degree-constrained subgraph; on the bipartite double cover (every meeting once from its first to its second
participant and once back) it is a maximum flow, and half of that flow, rounded down, is an upper bound. Where the
meetings are between two sides the double cover holds the same flow twice, so nothing is lost by halving.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python import max_flow
from scipy import sparse

from emporion.kernels.scheduling.problem import BoolArray, IntArray, Problem


def most_meetings(problem: Problem, among: BoolArray | None = None) -> int:
    """An upper bound on the meetings (of those in ``among``, (M,) bool) that a timetable can place."""
    possible = problem.possible
    usable = possible.any(axis=1) & (True if among is None else among)
    pairs = problem.meetings[usable]
    if not len(pairs):
        return 0
    flow = _double_flow(pairs, _degrees(problem, possible[usable], pairs)) // 2
    if problem.tables is None:
        return flow
    return min(flow, problem.tables * int(possible[usable].any(axis=0).sum()))


def _degrees(problem: Problem, possible: BoolArray, pairs: IntArray) -> IntArray:
    """(P,) the most meetings each participant can hold, slot by slot and within the limit of each day."""
    in_slot = np.minimum(asked_for(problem.participants, pairs, possible), problem.capacity[:, None])
    in_day = in_slot @ np.eye(problem.days, dtype=np.int64)[problem.slot_day]
    return np.asarray(np.minimum(in_day, problem.daily_limit[:, None]).sum(axis=1), np.int64)


def asked_for(participants: int, pairs: IntArray, possible: BoolArray) -> IntArray:
    """(P, T) how many of the meetings ``pairs`` (N, 2) of each participant could take each slot (N, T)."""
    meeting = np.tile(np.arange(len(pairs)), 2)
    incidence = sparse.csr_array(
        (np.ones(2 * len(pairs), np.int32), (pairs.T.ravel(), meeting)), (participants, len(pairs))
    )
    return np.asarray(incidence @ possible.astype(np.int32), np.int64)


def _double_flow(pairs: IntArray, degrees: IntArray) -> int:
    count, one = len(degrees), np.ones(len(pairs), np.int64)
    left, right = np.arange(count), np.arange(count) + count
    source, sink = np.full(count, 2 * count), np.full(count, 2 * count + 1)
    flow = max_flow.SimpleMaxFlow()
    flow.add_arcs_with_capacity(pairs[:, 0], pairs[:, 1] + count, one)
    flow.add_arcs_with_capacity(pairs[:, 1], pairs[:, 0] + count, one)
    flow.add_arcs_with_capacity(source, left, degrees)
    flow.add_arcs_with_capacity(right, sink, degrees)
    if flow.solve(2 * count, 2 * count + 1) != flow.OPTIMAL:
        raise RuntimeError("bound: the maximum flow did not solve")
    return int(flow.optimal_flow())
