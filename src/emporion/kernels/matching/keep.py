"""The loop that keeps the best meetings within both quotas."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from emporion.kernels.matching.compiled import compiled
from emporion.kernels.matching.problem import Ints


@compiled
def keep_best(
    pairs: Ints, order: npt.NDArray[np.int64], visitor_room: Ints, exhibitor_room: Ints
) -> npt.NDArray[np.bool_]:
    """Which pairs are kept when they are taken in ``order`` while both sides have room; the rooms are used up."""
    kept = np.zeros(order.size, np.bool_)
    for pair in order:
        visitor, exhibitor = pairs[pair, 0], pairs[pair, 1]
        if visitor_room[visitor] > 0 and exhibitor_room[exhibitor] > 0:
            kept[pair] = True
            visitor_room[visitor] -= 1
            exhibitor_room[exhibitor] -= 1
    return kept
