"""What an allocation run answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


SENTENCES = {
    "no_zone": "No hall is meant for the exhibition area {zone}.",
    "needs": "No hall of its exhibition area offers the utilities or bears the floor load it needs.",
    "too_large": "No hall can hold a stand of {area_m2} m² with {open_sides} open sides in any allowed shape.",
    "hall_full": "The halls of its exhibition area are full: no {area_m2} m² with {open_sides} open sides were left.",
    "pavilion": "The hall of its pavilion {pavilion} is full, and a pavilion stands together in one hall.",
    "kept_apart": "Every place left was too near to a stand it must be kept apart from.",
}


@dataclass(frozen=True)
class Unplaced:
    """Why a request has no place: a code, the data of its sentence, and the sentence in English."""

    code: str
    area_m2: int
    open_sides: int
    zone: str
    pavilion: str | None

    @property
    def sentence(self) -> str:
        return SENTENCES[self.code].format(
            area_m2=self.area_m2, open_sides=self.open_sides, zone=self.zone, pavilion=self.pavilion
        )


@dataclass(frozen=True)
class HallPlan:
    """One hall's aisles in metres, the area of its stands and its gross area."""

    code: str
    aisles: tuple[Area, ...]
    used_m2: float
    gross_m2: float
    stands: int


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
