"""From a drawn floor to the modules of 3 m on which stands are allocated."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from emporion.domain.editions.rules import MODULE_M, MOST_MODULES
from emporion.domain.editions.rules.floors import BUILT, DOORS, PLACES
from emporion.domain.plans.rules.floor import TINY_M2, Floor, area_of, union_of

Module = tuple[int, int]


@dataclass(frozen=True)
class ModuleFloor:
    """A floor in modules: obstacles as ``[x, y, width, depth]``, doors as ``[x, y]``."""

    width: int
    depth: int
    obstacles: list[list[int]]
    exits: list[list[int]]


def in_modules(floor: Floor) -> ModuleFloor:
    """The floor in modules: one counts where it lies whole on the floor and touches nothing built.

    Modules in which a door opens stay free; a door is on the module of the wall that is nearest to its middle.
    """
    x, y, width, depth = floor.outline.box
    across, down = (max(1, min(MOST_MODULES, int((end + TINY_M2) // MODULE_M))) for end in (x + width, y + depth))
    outline = area_of(floor.outline)
    solid = [one for one in floor.of_kind(*BUILT, *PLACES) if not one.is_allocated]
    built = union_of(area_of(one.shape, one.width_m or 0.0) for one in solid)
    blocked = _blocked(outline, built, across, down)
    doors = sorted({_door(*door.shape.middle, across, down) for door in floor.of_kind(*DOORS)})
    obstacles = _boxes(blocked - set(doors), across, down)
    return ModuleFloor(across, down, [list(box) for box in obstacles], [list(door) for door in doors])


def _blocked(outline: BaseGeometry, built: BaseGeometry, across: int, down: int) -> set[Module]:
    modules = [(x, y) for y in range(down) for x in range(across)]
    squares = shapely.box(*zip(*((x * 3, y * 3, x * 3 + 3, y * 3 + 3) for x, y in modules), strict=True))
    beyond = shapely.area(shapely.difference(squares, outline)) > TINY_M2
    covered = shapely.area(shapely.intersection(squares, built)) > TINY_M2
    return {module for module, off in zip(modules, beyond | covered, strict=True) if off}


def _boxes(blocked: set[Module], across: int, down: int) -> list[tuple[int, int, int, int]]:
    """The modules as rectangles that do not overlap: runs to the east, joined to the south while they are alike."""
    boxes, left = [], set(blocked)
    for y in range(down):
        for x in range(across):
            if (x, y) not in left:
                continue
            width = next(n for n in range(1, across - x + 1) if (x + n, y) not in left)
            row = range(x, x + width)
            depth = next(n for n in range(1, down - y + 1) if any((one, y + n) not in left for one in row))
            left -= {(one, y + below) for one in row for below in range(depth)}
            boxes.append((x, y, width, depth))
    return boxes


def _door(x: float, y: float, across: int, down: int) -> Module:
    column = min(max(int(x // MODULE_M), 0), across - 1)
    row = min(max(int(y // MODULE_M), 0), down - 1)
    far = {
        (column, 0): y,
        (column, down - 1): down * MODULE_M - y,
        (0, row): x,
        (across - 1, row): across * MODULE_M - x,
    }
    return min(far, key=lambda module: abs(far[module]))
