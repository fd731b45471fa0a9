"""A venue as ways need it: each hall's graph with its doors, and what leads from hall to hall."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

from emporion.domain.booths.queries import HallPlan, PlanStand, hall_plan
from emporion.domain.cache import Cache
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.editions.queries import halls_of
from emporion.domain.editions.rules.floors import BUILT, CONNECTORS, ENTRANCE, EXIT, Element, Shape
from emporion.domain.journal.versions import public_version
from emporion.domain.wayfinding import rules
from emporion.domain.wayfinding.rules import Point
from emporion.kernels import ways

# Around the halls people walk this far from them, in metres.
YARD_M = 60.0
# The middle of a person who stands before a stand is so far from it, in metres.
BEFORE_M = 0.5
# A wall drawn as a line is so thick, in metres.
WALL_M = 0.1
_sites: Cache[Site] = Cache("ways of sites", most=16)
# Under the floor itself: what is sold, named or published on it changes no way.
_graphs: Cache[ways.Graph] = Cache("ways on floors", most=128)
_apart: Cache[npt.NDArray[np.float64]] = Cache("ways between doors", most=128)


@dataclass(frozen=True)
class Place:
    """A stand or an entrance: its number or ``hall/n``, its hall, and where one stands before it."""

    key: str
    hall: str
    points: tuple[Point, ...]
    name: str = ""


@dataclass(frozen=True)
class Portal:
    """A door, or a lift, stairs or escalator: where one leaves a hall."""

    hall: str
    kind: str
    name: str
    point: Point
    step_free: bool


@dataclass(frozen=True)
class Hop:
    """A part of a way: on a hall's floor (with a path), between doors, or by a connector to another hall."""

    hall: str
    metres: float
    minutes: float
    name: str = ""
    path: ways.Path | None = None
    to_hall: str = ""
    connector: str = ""


class FloorWays:
    """A hall's plan with its graph, its portals, and the numbers that mark a turn."""

    def __init__(self, plan: HallPlan) -> None:
        self.plan, self.hall = plan, plan.hall
        self.portals = list(_portals(plan))
        self.signs = [(one.number.rpartition("-")[2], corner) for one in plan.stands for corner in one.shape.corners]

    @cached_property
    def graph(self) -> ways.Graph:
        """Compiled once for a state of the floor: half a second for two hundred stands."""
        return _graphs.get((self.hall.pk, self.floor), 0, lambda: ways.build(self.floor))

    @cached_property
    def floor(self) -> ways.Floor:
        """Where one can walk."""
        stands = [one.shape.corners for one in self.plan.stands]
        built = [tuple(ring) for element in self.plan.of_kind(*BUILT) for ring in _solid(element.shape)]
        return ways.Floor(self.plan.outline.rings, (*stands, *built))

    @cached_property
    def apart(self) -> npt.NDArray[np.float64]:
        """Metres between the portals."""
        points = tuple(portal.point for portal in self.portals)
        return _apart.get(
            (self.hall.pk, self.floor, points), 0, lambda: ways.lengths(self.graph, [[one] for one in points])
        )

    def place(self, stand: PlanStand) -> Place:
        """Where one stands before a stand: at the middle of each side that is free."""
        corners = stand.shape.corners
        sides = zip(corners, (*corners[1:], corners[0]), strict=True)
        before = [_before(one, other, stand.shape) for one, other in sides]
        free = [point for point in before if self.graph.is_free(point)]
        return Place(stand.number, self.hall.code, tuple(free) or (stand.shape.middle,), stand.number)


class Site:
    """All halls of an edition and what leads from one to another."""

    def __init__(self, edition: Edition) -> None:
        self.halls = {hall.code: FloorWays(hall_plan(hall)) for hall in halls_of(edition)}
        self.stands = {one.number: (code, one) for code, hall in self.halls.items() for one in hall.plan.stands}

    @cached_property
    def entrances(self) -> list[Place]:
        """The doors as places, ``hall/n`` by hall."""
        found = []
        for code, hall in self.halls.items():
            doors = [portal for portal in hall.portals if portal.kind not in CONNECTORS]
            for number, door in enumerate(doors, start=1):
                found.append(Place(f"{code}/{number}", code, (door.point,), door.name))
        return found

    def place(self, key: str) -> Place:
        """A stand by its number or an entrance by ``hall/n``. Raises: UnknownPlace."""
        wanted = key.strip()
        if wanted in self.stands:
            code, stand = self.stands[wanted]
            return self.halls[code].place(stand)
        for entrance in self.entrances:
            if entrance.key == wanted:
                return entrance
        raise rules.UnknownPlace(place=wanted)

    @cached_property
    def portals(self) -> list[Portal]:
        """Those of all halls."""
        return [portal for hall in self.halls.values() for portal in hall.portals]

    @cached_property
    def _first(self) -> dict[str, int]:
        """At which place among all portals those of a hall begin."""
        return {
            code: [one.hall for one in self.portals].index(code) for code, hall in self.halls.items() if hall.portals
        }

    @cached_property
    def _beyond(self) -> defaultdict[int, list[tuple[int, float]]]:
        """Where each portal leads outside its hall, and in how many minutes."""
        found: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for (one, other), hop in self.crossings.items():
            found[one].append((other, hop.minutes))
        return found

    @cached_property
    def crossings(self) -> dict[tuple[int, int], Hop]:
        """What leads from a portal of one hall to a portal of another."""
        found = dict(self._by_connectors())
        by_level: defaultdict[int, list[int]] = defaultdict(list)
        for at, portal in enumerate(self.portals):
            hall = self.halls[portal.hall].hall
            if portal.kind not in CONNECTORS and hall.site_x is not None and hall.site_y is not None:
                by_level[hall.level].append(at)
        for doors in by_level.values():
            found |= self._by_doors(doors)
        return found

    def hops(self, start: Place, goal: Place, *, step_free: bool) -> list[Hop] | None:
        """The parts of the quickest way; none where no way is known."""
        if start.hall == goal.hall:
            path = ways.shortest(self.halls[start.hall].graph, start.points, goal.points)
            if path:
                return [_walk(start.hall, path, start.key)]
        chosen = self._quickest(start, goal, step_free=step_free)
        return None if chosen is None else list(self._parts(start, goal, chosen))

    def leads_on(self, one: str, other: str) -> bool:
        """Whether anything at all is known to lead from hall to hall, on the way between these two."""
        ends = {self.portals[at].hall for pair in self.crossings for at in pair}
        return {one, other} <= ends

    def minutes_among(self, places: Sequence[Place], *, step_free: bool) -> npt.NDArray[np.float64]:
        """Minutes between places; infinite where no way is known. Places × places."""
        found = np.full((len(places), len(places)), np.inf)
        np.fill_diagonal(found, 0.0)
        for one, other in combinations(range(len(places)), 2):
            hops = self.hops(places[one], places[other], step_free=step_free)
            if hops is not None:
                found[one, other] = found[other, one] = sum(hop.minutes for hop in hops)
        return found

    def minutes_between_doors(self) -> dict[tuple[str, str], float]:
        """The fewest minutes from a door of one hall to a door of another, for halls between which a way is known."""
        found: dict[tuple[str, str], float] = {}
        doors = {code: range(first, first + len(self.halls[code].portals)) for code, first in self._first.items()}
        for hall, begins in doors.items():
            far = self._minutes_from(dict.fromkeys(begins, 0.0), step_free=False)[0]
            for other, goals in doors.items():
                known = [far[at] for at in goals if at in far]
                if other != hall and known:
                    found[hall, other] = min(known)
        return found

    def _quickest(self, start: Place, goal: Place, *, step_free: bool) -> list[int] | None:
        begins = self._from_place(start)
        ends = self._from_place(goal)
        far, came = self._minutes_from(begins, step_free=step_free)
        last = min((at for at in ends if at in far), key=lambda at: far[at] + ends[at], default=None)
        if last is None:
            return None
        chosen = [last]
        while (before := came.get(chosen[-1])) is not None:
            chosen.append(before)
        return chosen[::-1]

    def _from_place(self, place: Place) -> dict[int, float]:
        hall = self.halls[place.hall]
        if not hall.portals:
            return {}
        points = [place.points, *([portal.point] for portal in hall.portals)]
        metres = ways.lengths(hall.graph, points)[0, 1:]
        reached = enumerate(metres, start=self._first[place.hall])
        return {at: rules.minutes_for(float(far)) for at, far in reached if np.isfinite(far)}

    def _minutes_from(
        self, begins: dict[int, float], *, step_free: bool
    ) -> tuple[dict[int, float], dict[int, int | None]]:
        """Dijkstra's minutes from where one begins to every portal, and from which portal one comes there."""
        far: dict[int, float] = {}
        came: dict[int, int | None] = {}
        queue: list[tuple[float, int, int | None]] = [(minutes, at, None) for at, minutes in begins.items()]
        heapq.heapify(queue)
        while queue:
            minutes, at, before = heapq.heappop(queue)
            if at in far:
                continue
            far[at], came[at] = minutes, before
            for other, more in self._from_portal(at, step_free=step_free):
                if other not in far:
                    heapq.heappush(queue, (minutes + more, other, at))
        return far, came

    def _from_portal(self, at: int, *, step_free: bool) -> Iterator[tuple[int, float]]:
        portal = self.portals[at]
        if step_free and not portal.step_free:
            return
        hall, first = self.halls[portal.hall], self._first[portal.hall]
        for other, metres in enumerate(hall.apart[at - first]):
            if np.isfinite(metres) and first + other != at:
                yield first + other, rules.minutes_for(float(metres))
        for other, minutes in self._beyond[at]:
            if self.portals[other].step_free or not step_free:
                yield other, minutes

    def _parts(self, start: Place, goal: Place, chosen: list[int]) -> Iterator[Hop]:
        here, name = start.points, start.key
        hall = start.hall
        for before, at in zip([None, *chosen], chosen, strict=False):
            portal = self.portals[at]
            crossing = self.crossings.get((before, at)) if before is not None else None
            if crossing is not None:
                yield crossing
                hall, name = portal.hall, ""
            else:
                yield from self._on_floor(hall, here, (portal.point,), name)
            here = (portal.point,)
        yield from self._on_floor(hall, here, goal.points, name)

    def _on_floor(self, hall: str, here: Sequence[Point], there: Sequence[Point], name: str) -> Iterator[Hop]:
        path = ways.shortest(self.halls[hall].graph, here, there)
        if path and path.length > 0.01:
            yield _walk(hall, path, name)

    def _by_connectors(self) -> Iterator[tuple[tuple[int, int], Hop]]:
        for one, other in combinations(range(len(self.portals)), 2):
            a, b = self.portals[one], self.portals[other]
            if a.kind != b.kind or a.kind not in CONNECTORS or a.name != b.name or a.hall == b.hall:
                continue
            minutes = rules.MINUTES_BY_CONNECTOR[a.kind]
            yield (one, other), Hop(a.hall, 0.0, minutes, a.name, to_hall=b.hall, connector=a.kind)
            yield (other, one), Hop(b.hall, 0.0, minutes, b.name, to_hall=a.hall, connector=b.kind)

    def _by_doors(self, doors: Sequence[int]) -> dict[tuple[int, int], Hop]:
        points = [self._site_point(self.portals[at]) for at in doors]
        halls = {self.portals[at].hall for at in doors}
        outlines = [[_on_site(self.halls[code].hall, corner) for corner in self._outline(code)] for code in halls]
        across, down = zip(*(point for ring in outlines for point in ring), strict=True)
        west, north, east, south = min(across), min(down), max(across), max(down)
        yard = [
            (west - YARD_M, north - YARD_M), (east + YARD_M, north - YARD_M),
            (east + YARD_M, south + YARD_M), (west - YARD_M, south + YARD_M),
        ]  # fmt: skip
        outside = ways.build(ways.Floor((yard,), tuple(outlines), clearance=0.0))
        apart = ways.lengths(outside, [[point] for point in points])
        direct = np.linalg.norm(np.array(points)[:, None] - np.array(points)[None], axis=2)
        metres = np.where(direct <= rules.PASSAGE_M, direct, apart)
        found = {}
        for one, other in combinations(range(len(doors)), 2):
            a, b = (self.portals[doors[at]].hall for at in (one, other))
            if a == b or not np.isfinite(metres[one, other]):
                continue
            length = float(metres[one, other])
            minutes = rules.minutes_for(length)
            found[doors[one], doors[other]] = Hop(a, length, minutes, to_hall=b)
            found[doors[other], doors[one]] = Hop(b, length, minutes, to_hall=a)
        return found

    def _outline(self, code: str) -> Sequence[Point]:
        return self.halls[code].plan.outline.corners

    def _site_point(self, portal: Portal) -> Point:
        return _on_site(self.halls[portal.hall].hall, portal.point)


def site_of(edition: Edition) -> Site:
    """The edition's site, made once for a state of what the public sees."""
    return _sites.get(edition.pk, public_version(edition.pk), lambda: Site(edition))


def _portals(plan: HallPlan) -> Iterator[Portal]:
    doors = plan.of_kind(ENTRANCE) or plan.of_kind(EXIT)
    for element in (*doors, *plan.of_kind(*CONNECTORS)):
        yield Portal(plan.hall.code, element.kind, element.name, element.shape.middle, _is_step_free(element))


def _is_step_free(element: Element) -> bool:
    return element.step_free and element.kind not in rules.WITH_STEPS


def _solid(shape: Shape) -> Iterator[Sequence[Point]]:
    """A column or wall as rings of polygons; a wall drawn as a line is given some thickness."""
    if shape.kind == "Polygon":
        yield shape.corners
    elif shape.kind == "LineString":
        for (x, y), (to_x, to_y) in zip(shape.corners, shape.corners[1:], strict=False):
            yield _thick(x, y, to_x, to_y)


def _thick(x: float, y: float, to_x: float, to_y: float) -> tuple[Point, ...]:
    length = float(np.hypot(to_x - x, to_y - y)) or 1.0
    across, down = -(to_y - y) / length * WALL_M / 2, (to_x - x) / length * WALL_M / 2
    return (x + across, y + down), (to_x + across, to_y + down), (to_x - across, to_y - down), (x - across, y - down)


def _before(one: Point, other: Point, shape: Shape) -> Point:
    """The point before the middle of a side, outside the stand."""
    x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
    length = float(np.hypot(other[0] - one[0], other[1] - one[1])) or 1.0
    across, down = -(other[1] - one[1]) / length, (other[0] - one[0]) / length
    inside_x, inside_y = shape.middle
    if (inside_x - x) * across + (inside_y - y) * down > 0:
        across, down = -across, -down
    return x + across * BEFORE_M, y + down * BEFORE_M


def _walk(hall: str, path: ways.Path, name: str) -> Hop:
    return Hop(hall, path.length, rules.minutes_for(path.length), name, path)


def _on_site(hall: Hall, point: Point) -> Point:
    return rules.on_site(point, hall.site_x or 0.0, hall.site_y or 0.0, hall.site_turn)
