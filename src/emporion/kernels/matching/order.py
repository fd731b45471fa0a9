"""One sort for all the loops: a library sort compiled into each of them would cost seconds at the first run."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from emporion.kernels.matching.compiled import compiled
from emporion.kernels.matching.problem import Floats

RUN = 16


@compiled
def best_first(values: Floats) -> npt.NDArray[np.int64]:
    """The places of ``values``, largest first; equal values keep their order (a merge sort)."""
    order, spare = np.empty(values.size, np.int64), np.empty(values.size, np.int64)
    for first in range(0, values.size, RUN):
        _sort_run(values, order, first, min(first + RUN, values.size))
    width = RUN
    while width < values.size:
        for first in range(0, values.size, 2 * width):
            middle = min(first + width, values.size)
            _merge(values, order, spare, first, middle, min(middle + width, values.size))
        order, spare = spare, order
        width *= 2
    return order


@compiled
def _sort_run(values: Floats, order: npt.NDArray[np.int64], first: int, last: int) -> None:
    for entry in range(first, last):
        place = entry
        while place > first and values[order[place - 1]] < values[entry]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = entry


@compiled
def _merge(
    values: Floats, order: npt.NDArray[np.int64], spare: npt.NDArray[np.int64], first: int, middle: int, last: int
) -> None:
    left, right = first, middle
    for place in range(first, last):
        if left < middle and (right >= last or values[order[left]] >= values[order[right]]):
            spare[place] = order[left]
            left += 1
        else:
            spare[place] = order[right]
            right += 1
