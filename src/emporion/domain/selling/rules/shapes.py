"""Stands cut in two and joined: rectangles in metres, their open sides, their numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from string import ascii_uppercase
from typing import NamedTuple

from emporion.domain.editions.rules import MODULE_M2
from emporion.domain.refusal import Refusal

# Sides that are nearer than this, in metres, touch.
NEAR = 0.01
LOWEST, HIGHEST, LARGEST = "lowest", "highest", "largest"


class PartTooSmall(Refusal):
    """Both parts of a stand need at least {least_m2} m² and whole square metres; this cut leaves {areas} m²."""


class NoRectangle(Refusal):
    """Stand {number} is no rectangle; change it where the hall's plan is drawn."""


class OneStandToMerge(Refusal):
    """Choose two or more stands of one hall to merge."""


class NotOneRectangle(Refusal):
    """The stands {numbers} do not make one rectangle together."""


class StandsOfSeveral(Refusal):
    """The stands {numbers} belong to more than one exhibitor; move one of them first."""


class Box(NamedTuple):
    """A rectangle on a hall's floor, in metres from the north-west corner."""

    x: float
    y: float
    width: float
    depth: float

    @property
    def area(self) -> float:
        return self.width * self.depth


def cut(box: Box, metres: float, *, across: bool) -> tuple[Box, Box]:
    """The two parts of a rectangle, the northern or western one first, so many metres wide or deep.

    ``across``: the cut runs from north to south, so the first part is the western one. Raises: PartTooSmall.
    """
    x, y, width, depth = box
    if across:
        parts = Box(x, y, metres, depth), Box(x + metres, y, width - metres, depth)
    else:
        parts = Box(x, y, width, metres), Box(x, y + metres, width, depth - metres)
    areas = [part.area if min(part.width, part.depth) > 0 else 0.0 for part in parts]
    if any(area < MODULE_M2 or abs(area - round(area)) > NEAR for area in areas):
        raise PartTooSmall(least_m2=MODULE_M2, areas=" + ".join(f"{area:g}" for area in areas))
    return parts


def joined(boxes: Sequence[Box], numbers: Sequence[str]) -> Box:
    """The rectangle that these make together. Raises: NotOneRectangle."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.width for box in boxes), max(box.y + box.depth for box in boxes)
    whole = Box(x, y, right - x, bottom - y)
    # Stands of a hall never overlap, so what adds up to the whole fills it.
    if abs(whole.area - sum(box.area for box in boxes)) > NEAR:
        raise NotOneRectangle(numbers=", ".join(numbers))
    return whole


def open_sides(box: Box, others: Iterable[Box], hall: tuple[float, float]) -> int:
    """How many sides touch neither another stand nor a wall of the hall (its width and depth); at least 1 is said."""
    x, y, width, depth = box
    closed = {
        "west": x <= NEAR, "north": y <= NEAR,
        "east": x + width >= hall[0] - NEAR, "south": y + depth >= hall[1] - NEAR,
    }  # fmt: skip
    for other in others:
        beside = min(y + depth, other.y + other.depth) - max(y, other.y) > NEAR
        above = min(x + width, other.x + other.width) - max(x, other.x) > NEAR
        closed["west"] |= beside and abs(other.x + other.width - x) <= NEAR
        closed["east"] |= beside and abs(other.x - x - width) <= NEAR
        closed["north"] |= above and abs(other.y + other.depth - y) <= NEAR
        closed["south"] |= above and abs(other.y - y - depth) <= NEAR
    return max(1, list(closed.values()).count(False))


def number_of_part(number: str, taken: Collection[str]) -> str:
    """The number of the second part of a stand: the first's with the next letter, as ``4.1-A012B``."""
    return next(made for letter in ascii_uppercase[1:] if (made := f"{number}{letter}") not in taken)


def surviving(stands: Sequence[tuple[str, int]], rule: str) -> str:
    """Which number of (number, area in m²) the merged stand keeps, by the edition's rule; of equal areas the lowest."""
    numbers = sorted(number for number, _area in stands)
    if rule == LARGEST:
        most = max(area for _number, area in stands)
        return min(number for number, area in stands if area == most)
    return numbers[-1] if rule == HIGHEST else numbers[0]


def require_mergeable(numbers: Sequence[str], halls: Collection[int], owners: Collection[int]) -> None:
    """Refuse to merge what cannot be one. ``owners``: the applications that have one of the stands.

    Raises: OneStandToMerge, StandsOfSeveral.
    """
    if len(numbers) < 2 or len(halls) != 1:
        raise OneStandToMerge()
    if len(owners) > 1:
        raise StandsOfSeveral(numbers=", ".join(numbers))
