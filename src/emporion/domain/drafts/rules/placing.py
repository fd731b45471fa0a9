"""Where an exhibitor without a stand is placed when the organiser leaves the choice to the rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emporion.domain.refusal import Refusal


class NoStandFits(Refusal):
    """No free stand fits {exhibitor}: it asks for {area_m2} m² in its exhibition area with {open_sides} open sides."""


@dataclass(frozen=True)
class Waiting:
    """An exhibitor without a stand and what its contract asks for. ``kind`` is that of its stand."""

    number: str
    name: str
    name_zh: str
    area_m2: int
    kind: str
    open_sides: int
    area: str


@dataclass(frozen=True)
class FreeStand:
    """A stand that nobody has."""

    key: str
    number: str
    area_m2: float
    kind: str
    open_sides: int
    area: str


def fitting(exhibitor: Waiting, stands: Iterable[FreeStand]) -> list[FreeStand]:
    """The stands that fit, the best first: of its area and kind, large enough and open enough; the one with the least
    floor to spare, then with the fewest open sides to spare, then by number."""
    found = [
        one
        for one in stands
        if one.area == exhibitor.area
        and one.kind == exhibitor.kind
        and one.area_m2 >= exhibitor.area_m2 - 0.5
        and one.open_sides >= exhibitor.open_sides
    ]
    return sorted(found, key=lambda one: (one.area_m2, one.open_sides, one.number))


def best(exhibitor: Waiting, stands: Mapping[str, FreeStand]) -> FreeStand:
    """The stand on which to place an exhibitor. Raises: NoStandFits."""
    found = fitting(exhibitor, stands.values())
    if not found:
        asked = {"area_m2": exhibitor.area_m2, "open_sides": exhibitor.open_sides}
        raise NoStandFits(exhibitor=exhibitor.name or exhibitor.name_zh, **asked)
    return found[0]
