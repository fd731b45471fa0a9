"""What the rows of a list of halls can have wrong, and how to fix it."""

from __future__ import annotations

from emporion.domain.reason import Reason


class OneRowForEachHall(Reason):
    """Give each hall one row"""


class GiveHallCode(Reason):
    """Give it a code as in 4.1"""


class ObstacleLeavesFloor(Reason):
    """has an obstacle that leaves the floor: {obstacle}"""

    obstacle: str


class GiveObstacle(Reason):
    """Give x, y, width and depth in modules of 3 m"""


class ExitAtNoWall(Reason):
    """has an exit that is not at a wall: {place}"""

    place: str


class GiveExit(Reason):
    """Give x and y in modules of 3 m, along the edge of the floor"""
