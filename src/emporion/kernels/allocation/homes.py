"""Where in a hall each exhibition area is at home, so that its stands lie together.

Large areas follow one another from west to east, each as wide as its share of the floor, in every strip. Small ones
would be drawn out thin; each gets some strips one above another at the east end.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from .shapes import Kind
from .strips import Stretch

# An area with less than this part of the floor is small.
_SMALL = 0.15


def orders(floor: Mapping[str, float], first: Sequence[str]) -> list[tuple[str, ...]]:
    """Areas from west to east: large ones in the order of ``first``, then small ones, the largest first.

    After the order to begin with come two more, in case an area is parted in that.
    """
    total = sum(floor.values())
    large = [area for area in first if floor.get(area, 0.0) >= _SMALL * total]
    large += sorted(area for area in floor if area not in first and floor[area] >= _SMALL * total)
    small = sorted((area for area in floor if area not in large), key=lambda area: (-floor[area], area))
    found = [(*some, *small) for some in (large, large[1:] + large[:1], large[::-1])]
    return [order for number, order in enumerate(found) if order not in found[:number]]


def homes(
    stretches: Sequence[Stretch],
    floor: Mapping[str, float],
    order: Sequence[str],
    welcome: Callable[[str, Kind], float],
) -> list[dict[str, float]]:
    """The length of each stretch in which each area is at home, in ticks; below 0 how far it is from home there.

    ``floor`` is what the areas need, in any unit; ``welcome`` says how much of an area can stand in a kind of strip.
    """
    found: list[dict[str, float]] = [{} for _ in stretches]
    total = sum(floor.values())
    if not stretches or not total:
        return found
    west, east = min(one.x0 for one in stretches), max(one.x1 for one in stretches)
    large = [area for area in order if floor[area] >= _SMALL * total] or list(order[:1])
    small = [area for area in order if area not in large]
    corner = _corners(stretches, {area: floor[area] / total for area in small}, welcome)
    at = float(west)
    for area in large:
        share = sum(floor[one] for one in [area, *(small if area == large[-1] else [])]) / total
        end = at + share * (east - west)
        for number, stretch in enumerate(stretches):
            found[number][area] = min(end, stretch.x1) - max(at, stretch.x0)
        at = end
    for (number, area), length in corner.items():
        found[number][area] = length
        found[number][large[-1]] -= length
    return found


def _corners(
    stretches: Sequence[Stretch], share: Mapping[str, float], welcome: Callable[[str, Kind], float]
) -> dict[tuple[int, str], float]:
    """The easternmost stretches of some strips, one above another, for each small area: those that suit it best."""
    eastern = {stretch.strip: number for number, stretch in sorted(enumerate(stretches), key=lambda one: one[1].x1)}
    strips = [eastern[strip] for strip in sorted(eastern)]
    depth = sum(stretches[number].kind.depth for number in strips)
    length = max(stretch.x1 for stretch in stretches) - min(stretch.x0 for stretch in stretches)
    found: dict[tuple[int, str], float] = {}
    taken: set[int] = set()
    for area, part in share.items():
        best: tuple[float, dict[int, float]] = (-1.0, {})
        for start in range(len(strips)):
            mine = _run(strips[start:], stretches, taken, part * length * depth, math.sqrt(part) * length)
            suits = max((welcome(area, stretches[number].kind) for number in mine), default=0.0)
            suits += 0.001 * sum(welcome(area, stretches[number].kind) for number in mine)
            best = max(best, (suits, mine), key=lambda one: one[0])
        found |= {(number, area): width for number, width in best[1].items()}
        taken |= set(best[1])
    return found


def _run(
    numbers: Sequence[int], stretches: Sequence[Stretch], taken: set[int], floor: float, width: float
) -> dict[int, float]:
    """Lengths in stretches one above another that make up this much floor, each about as wide as this."""
    found: dict[int, float] = {}
    for number in numbers:
        if floor <= 0 or number in taken:
            break
        depth = stretches[number].kind.depth
        found[number] = min(width, floor / depth, stretches[number].length)
        floor -= found[number] * depth
    return found
