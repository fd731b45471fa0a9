"""How long a walk takes, and how a way is told in words. Plans have the north at the top: y grows to the south."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from emporion.domain.reason import Phrase, Reason
from emporion.domain.refusal import Refusal

Point = tuple[float, float]

# People in a crowd walk at about 1.2 m/s (Weidmann, Transporttechnik der Fussgänger, 1993: 1.34 m/s where nobody is in
# the way; dense crowds are slower).
METRES_A_MINUTE = 70.0
# Waiting included.
MINUTES_BY_CONNECTOR = {"lift": 2.0, "escalator": 0.7, "stairs": 0.7}
WITH_STEPS = ("escalator", "stairs")
# Doors of two halls no further apart than this are one passage.
PASSAGE_M = 3.0
# Bends smaller than this are no turn, and stretches shorter than this no stretch of their own.
TURN_DEGREES = 30.0
SHORT_M = 2.0
# A turn is told by a stand no further away than this.
LANDMARK_M = 5.0

COMPASS = (
    Phrase("the north"), Phrase("the north-east"), Phrase("the east"), Phrase("the south-east"),
    Phrase("the south"), Phrase("the south-west"), Phrase("the west"), Phrase("the north-west"),
)  # fmt: skip
LEFT, RIGHT = Phrase("left"), Phrase("right")
CONNECTORS = {"lift": Phrase("lift"), "escalator": Phrase("escalator"), "stairs": Phrase("stairs")}


class UnknownPlace(Refusal):
    """There is no stand or entrance {place} in this edition. Give a stand's number as the plan shows it."""


class TooManyPlaces(Refusal):
    """A way leads through {most} places at most; {places} were given."""


class HallsNotPlaced(Reason):
    """The plan does not say how halls {one} and {other} lie to each other: the way between them is not known."""

    one: str
    other: str


class NoWay(Reason):
    """On the plan no way leads from {start} to {goal}."""

    start: str
    goal: str


class NoStepFreeWay(Reason):
    """On the plan no way without steps leads from {start} to {goal}."""

    start: str
    goal: str


class SetOut(Reason):
    """From {place}, go {metres} m to {direction} of the plan."""

    place: str
    metres: int
    direction: Phrase


class SetOutInHall(Reason):
    """In hall {hall}, go {metres} m to {direction} of the plan."""

    hall: str
    metres: int
    direction: Phrase


class TurnAtStand(Reason):
    """Turn {side} at stand {stand} and go {metres} m."""

    side: Phrase
    stand: str
    metres: int


class Turn(Reason):
    """Turn {side} and go {metres} m."""

    side: Phrase
    metres: int


class ChangeHall(Reason):
    """Leave hall {hall} and walk {metres} m to hall {other}."""

    hall: str
    other: str
    metres: int


class TakeConnector(Reason):
    """Take the {connector} {name} to hall {other}."""

    connector: Phrase
    name: str
    other: str


class Arrive(Reason):
    """You are at {place}."""

    place: str


def minutes_for(metres: float) -> float:
    """How long a walk of so many metres takes."""
    return metres / METRES_A_MINUTE


def whole_minutes(minutes: float) -> int:
    """Minutes as people are told them: whole, rounded up, and never none."""
    return max(1, math.ceil(minutes - 1e-9))


def told(points: Sequence[Point], place: str, hall: str, signs: Sequence[tuple[str, Point]]) -> list[Reason]:
    """A way on one floor in words. ``place``: where it begins, empty for who comes into the ``hall`` from another.

    ``signs``: the stands that mark turns, by number, and where they are.
    """
    corners = straightened(points)
    if len(corners) < 2:
        return []
    first, *others = pairwise(corners)
    metres, direction = round(math.dist(*first)), compass(*first)
    steps: list[Reason] = [SetOut(place, metres, direction) if place else SetOutInHall(hall, metres, direction)]
    before = first
    for stretch in others:
        side = RIGHT if turn(before, stretch) > 0 else LEFT
        metres, stand = round(math.dist(*stretch)), nearest(stretch[0], signs)
        steps.append(TurnAtStand(side, stand, metres) if stand else Turn(side, metres))
        before = stretch
    return steps


def straightened(points: Sequence[Point]) -> list[Point]:
    """The points at which people would say that they turn: without slight bends and stretches of a step or two."""
    kept = list(points[:1])
    for at, point in enumerate(points[1:], start=1):
        is_last = at == len(points) - 1
        if is_last or math.dist(kept[-1], point) >= SHORT_M:
            kept.append(point)
    bends = [
        abs(turn((before, here), (here, after))) >= TURN_DEGREES
        for before, here, after in zip(kept, kept[1:], kept[2:], strict=False)
    ]
    return [point for point, stays in zip(kept, [True, *bends, True][: len(kept)], strict=True) if stays]


def turn(before: tuple[Point, Point], after: tuple[Point, Point]) -> float:
    """By how many degrees one turns to the right from one stretch to the next; to the left it is less than 0."""
    bend = _heading(*after) - _heading(*before)
    return (bend + 180.0) % 360.0 - 180.0


def compass(start: Point, goal: Point) -> Phrase:
    """The direction of the plan in which one goes."""
    return COMPASS[round(_heading(start, goal) / 45.0) % 8]


def nearest(point: Point, signs: Sequence[tuple[str, Point]]) -> str:
    """The number of the stand that marks a turn; empty where none is near."""
    near = min(((math.dist(point, at), number) for number, at in signs), default=(math.inf, ""))
    return near[1] if near[0] <= LANDMARK_M else ""


def on_site(point: Point, x: float, y: float, turned: float) -> Point:
    """A point of a hall's plan on the site: the hall turned clockwise by so many degrees and put at x and y."""
    cos, sin = math.cos(math.radians(turned)), math.sin(math.radians(turned))
    return x + point[0] * cos - point[1] * sin, y + point[0] * sin + point[1] * cos


def _heading(start: Point, goal: Point) -> float:
    """Degrees clockwise from the plan's north."""
    return math.degrees(math.atan2(goal[0] - start[0], start[1] - goal[1])) % 360.0
