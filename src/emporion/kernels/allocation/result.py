"""What an allocation run answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Area(NamedTuple):
    """A rectangle in metres: its north-west corner, its width (west to east) and its depth (north to south)."""

    x: float
    y: float
    width: float
    depth: float


@dataclass(frozen=True)
class Placement:
    """Where a request stands. ``open_sides`` are the sides on an aisle, by the name of the wall they face."""

    key: str
    hall: str
    x: float
    y: float
    width: float
    depth: float
    open_sides: tuple[str, ...]
    in_zone: bool = True
    locked: bool = False

    @property
    def area_m2(self) -> float:
        return self.width * self.depth

    @property
    def polygon(self) -> tuple[tuple[float, float], ...]:
        """The four corners in metres, clockwise from the north-west."""
        east, south = self.x + self.width, self.y + self.depth
        return ((self.x, self.y), (east, self.y), (east, south), (self.x, south))


# Why a request has no place: no hall is meant for its zone, none has what it needs, none can hold its shape, its halls
# or its pavilion's hall are full, every place left is too near to what it is kept apart from.
CODES = ("no_zone", "needs", "too_large", "hall_full", "pavilion", "kept_apart")


@dataclass(frozen=True)
class Unplaced:
    """Why a request has no place: one of ``CODES``, with what it asked for."""

    code: str
    area_m2: int
    open_sides: int
    zone: str
    pavilion: str | None


class Place(NamedTuple):
    """A place that is no stand: a ``stage``, a ``lounge`` or a ``service``, in metres."""

    kind: str
    area: Area


@dataclass(frozen=True)
class HallPlan:
    """One hall's aisles in metres, the area of its stands and its gross area, and its places that are no stands.

    ``area_parts`` is the number of connected parts in which each exhibition area's stands lie, ``pavilion_parts`` the
    same of pavilions, ``astray`` the stands walled in on two sides by those of other areas: see ``tidiness``.
    """

    code: str
    aisles: tuple[Area, ...]
    used_m2: float
    gross_m2: float
    stands: int
    places: tuple[Place, ...] = ()
    area_parts: Mapping[str, int] = field(default_factory=dict)
    pavilion_parts: Mapping[str, int] = field(default_factory=dict)
    astray: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """A plan: places by request key, reasons by request key, halls by code.

    ``objective`` is the placed area in m² weighted by priority, ``bound`` what no plan can exceed, ``gap`` the part of
    the bound that is missing. ``seconds`` is None when ``solve`` was given no clock.
    """

    placements: Mapping[str, Placement]
    unplaced: Mapping[str, Unplaced]
    halls: Mapping[str, HallPlan]
    objective: float
    bound: float
    gap: float
    seed: int
    seconds: float | None
    stopped: str
