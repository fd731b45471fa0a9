"""Stands into the stretches of a hall: a first filling by best fit, then a search that places what was left over."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ..stop import Stop
from .blocks import ANYWHERE, Block, Piece, piece_of
from .geometry import Rect, distance
from .homes import homes
from .problem import Request
from .sequence import fit
from .shapes import Kind, Option, Role
from .strips import Stretch

# Pieces that come to a stretch and keys of those that leave it, by the stretch's number.
Changes = Mapping[int, tuple[tuple[Piece, ...], frozenset[str]]]


@dataclass
class Filling:
    """Pieces by stretch, the units they make there, and the requests that have no place yet.

    ``order`` is the exhibition areas from west to east, as every stretch holds them.
    """

    stretches: tuple[Stretch, ...]
    cross: int
    requests: Mapping[str, Request]
    ways: Mapping[str, tuple[Option, ...]]
    apart: Mapping[str, frozenset[str]]
    apart_ticks: int
    fixed: Mapping[str, Rect]
    order: tuple[str, ...] = ()
    pieces: list[dict[str, Piece]] = field(default_factory=list)
    units: list[list[Block]] = field(default_factory=list)
    place: dict[str, int] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    known_seats: dict[str, list[tuple[int, Piece]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pieces = [{} for _ in self.stretches]
        self.units = [[] for _ in self.stretches]
        self.left = set(self.requests)

    def piece(self, key: str, option: Option) -> Piece:
        request = self.requests[key]
        area = self.order.index(request.zone) if request.zone in self.order else ANYWHERE
        return piece_of(key, option, (area, request.pavilion or ""), request.pavilion is not None)

    def try_change(self, number: int, added: Iterable[Piece], removed: Iterable[str] = ()) -> bool:
        """Change the pieces of one stretch if they still fit; says whether they did."""
        return self.try_changes({number: (tuple(added), frozenset(removed))})

    def try_changes(self, changes: Changes) -> bool:
        """Change the pieces of several stretches if they fit in all of them; says whether they did."""
        gone = {key for _, removed in changes.values() for key in removed}
        found = {}
        for number, (added, removed) in changes.items():
            keys = {piece.key for piece in added}
            if any(self.near(key, number, gone) or not keys.isdisjoint(self.apart.get(key, ())) for key in keys):
                return False
            pieces = {key: piece for key, piece in self.pieces[number].items() if key not in removed}
            pieces.update((piece.key, piece) for piece in added)
            units = fit(self.stretches[number], list(pieces.values()), self.cross)
            if units is None:
                return False
            found[number] = (pieces, units)
        if not all(self._in_line(number, found) for number in found):
            return False
        self.put(found)
        return True

    def _in_line(self, number: int, found: Mapping[int, tuple[dict[str, Piece], list[Block]]]) -> bool:
        """Whether the areas of the stretches of one strip follow one another from west to east."""
        if len(self.order) < 2:
            return True
        strip = [(one.x0, i) for i, one in enumerate(self.stretches) if one.strip == self.stretches[number].strip]
        last = ANYWHERE
        for _, i in sorted(strip):
            pieces = found[i][0] if i in found else self.pieces[i]
            areas = {piece.group[0] for piece in pieces.values()} - {ANYWHERE}
            if areas and min(areas) < last:
                return False
            last = max(areas, default=last)
        return True

    def put(self, found: Mapping[int, tuple[dict[str, Piece], list[Block]]]) -> None:
        """Give stretches these pieces and units; what stood there and is in none of them has no place."""
        for number in found:
            for key in self.pieces[number]:
                self.left.add(key)
                del self.place[key]
        for number, (pieces, units) in found.items():
            self.pieces[number], self.units[number] = pieces, units
            for key in pieces:
                self.left.discard(key)
                self.place[key] = number

    def state(self, numbers: Iterable[int]) -> dict[int, tuple[dict[str, Piece], list[Block]]]:
        """What stands in these stretches, for ``put``."""
        return {number: (self.pieces[number], self.units[number]) for number in numbers}

    def near(self, key: str, number: int, gone: Iterable[str] = ()) -> bool:
        """Whether a request to be kept apart from this one may come too near to it in that stretch."""
        mine = _rect(self.stretches[number])
        for other in self.apart.get(key, frozenset()) - set(gone):
            rect = self.fixed.get(other)
            if rect is None and other in self.place:
                rect = _rect(self.stretches[self.place[other]])
            if rect is not None and distance(mine, rect) < self.apart_ticks:
                return True
        return False

    def seats(self, key: str) -> list[tuple[int, Piece]]:
        """Where a request could stand by the kind of strip: the nearest to a square first."""
        if key not in self.known_seats:
            ways = sorted(self.ways[key], key=lambda option: (option.aspect, option.width))
            self.known_seats[key] = [
                (number, self.piece(key, option))
                for option in ways
                for number, stretch in enumerate(self.stretches)
                if stretch.kind == option.kind and option.width <= stretch.length
            ]
        return self.known_seats[key]

    def kept_apart(self) -> frozenset[str]:
        """Requests left for which there would be room if they need not be kept apart from another."""
        alone = [key for key in self.left if self.apart.get(key)]
        return frozenset(key for key in alone if any(self._has_room(i, piece) for i, piece in self.seats(key)))

    def _has_room(self, number: int, piece: Piece) -> bool:
        return fit(self.stretches[number], [*self.pieces[number].values(), piece], self.cross) is not None

    def rank(self, key: str) -> tuple[bool, float]:
        """Free stands before all, then by value."""
        request = self.requests[key]
        return (request.free, request.value)


def _rect(stretch: Stretch) -> Rect:
    return Rect(stretch.x0, stretch.y0, stretch.x1, stretch.y0 + stretch.kind.depth)


def fill(filling: Filling, chosen: Mapping[str, Option]) -> None:
    """Place the chosen options: pavilions whole, area by area where it is at home, so that least room is over."""
    at_home = _homes(filling, chosen)
    chosen = _at_home(filling, chosen, at_home)
    by_kind: dict[Kind, list[str]] = defaultdict(list)
    for key, option in chosen.items():
        by_kind[option.kind].append(key)
    for kind, keys in by_kind.items():
        numbers = [i for i, stretch in enumerate(filling.stretches) if stretch.kind == kind]
        for number, mine in _packed(filling, numbers, keys, chosen, at_home).items():
            _settle(filling, number, [filling.piece(key, chosen[key]) for key in mine])


def _homes(filling: Filling, chosen: Mapping[str, Option]) -> list[dict[str, float]]:
    """The length of each stretch in which each area is at home."""
    floor: dict[str, float] = {area: 0.0 for area in filling.order}
    suits: dict[tuple[str, Kind], float] = defaultdict(float)
    for key, option in chosen.items():
        area = filling.requests[key].zone
        if area in floor:
            floor[area] += effective(option, filling.cross) * option.kind.depth
            for kind in {way.kind for way in filling.ways[key]}:
                suits[area, kind] += filling.requests[key].area_m2
    return homes(filling.stretches, floor, filling.order, lambda area, kind: suits[area, kind])


def _at_home(filling: Filling, chosen: Mapping[str, Option], at_home: list[dict[str, float]]) -> dict[str, Option]:
    """The options, those of stands whose area is at home in other kinds of strips changed to one of these."""
    kinds: dict[str, set[Kind]] = defaultdict(set)
    for stretch, lengths in zip(filling.stretches, at_home, strict=True):
        for area, length in lengths.items():
            if length > 0:
                kinds[area].add(stretch.kind)
    found = dict(chosen)
    for key, option in chosen.items():
        area = filling.requests[key].zone
        better = [way for way in filling.ways[key] if way.kind in kinds[area]]
        if area in filling.order and option.kind not in kinds[area] and better:
            found[key] = min(better, key=lambda way: (way.aspect, way.width))
    return found


def _packed(
    filling: Filling,
    numbers: list[int],
    keys: list[str],
    chosen: Mapping[str, Option],
    at_home: list[dict[str, float]],
) -> dict[int, list[str]]:
    """Best fit by effective length: a stand's share of its row plus its share of the cross-aisles it needs."""
    room = {i: _capacity(filling.stretches[i], filling.cross) for i in numbers}
    home = {i: dict(at_home[i]) for i in numbers}
    held: dict[int, set[str]] = {i: set() for i in numbers}
    spare = _spare(room, sum(effective(chosen[key], filling.cross) for key in keys))
    packed: dict[int, list[str]] = defaultdict(list)
    for area, bundle in _bundles(filling, keys, chosen):
        need = sum(effective(chosen[key], filling.cross) for key in bundle)
        able = [i for i in numbers if room[i] >= need and not _clash(filling, bundle, packed, i)]
        if not able:
            continue
        able = [i for i in able if room[i] - need >= spare[i]] or able
        if len(filling.order) > 1:
            best = min(able, key=lambda i: (*_away(at_home[i], home[i], area, need), area not in held[i], room[i], i))
        else:
            best = min(able, key=lambda i: (room[i] - need, i))
        packed[best] += bundle
        room[best] -= need + (filling.cross / 2 if held[best] and area not in held[best] else 0.0)
        home[best][area] = home[best].get(area, 0.0) - need
        held[best].add(area)
    return packed


def _away(at_home: Mapping[str, float], home: Mapping[str, float], area: str, need: float) -> tuple[float, bool]:
    """How far a stretch is from an area's home, and whether the home in it is full."""
    return (max(0.0, -at_home.get(area, 0.0)), home.get(area, 0.0) < need / 2)


def _spare(room: Mapping[int, float], need: float) -> dict[int, float]:
    """The room that each stretch should keep, so that stretches with room to spare fill evenly."""
    share = min(1.0, 1.04 * need / max(sum(room.values()), 1.0))
    return {number: (1 - share) * length for number, length in room.items()}


def _clash(filling: Filling, bundle: list[str], packed: dict[int, list[str]], number: int) -> bool:
    """Whether one of a bundle would stand near to one packed already that it must be kept apart from."""
    mine = _rect(filling.stretches[number])
    for key in bundle:
        partners = filling.apart.get(key, frozenset())
        if partners and filling.near(key, number):
            return True
        for other, keys in packed.items():
            near = distance(mine, _rect(filling.stretches[other])) < filling.apart_ticks
            if near and not partners.isdisjoint(keys):
                return True
    return False


def _capacity(stretch: Stretch, cross: int) -> float:
    return stretch.length + cross * (stretch.ends / 2 - stretch.passages * 0.5)


def effective(option: Option, cross: int) -> float:
    """The length of strip that a stand takes, cross-aisles shared by the ends they make."""
    rows = 2 if option.kind.double else 1
    return {
        Role.ROW: option.width / rows,
        Role.CORNER: option.width / rows + cross / (2 * rows),
        Role.THROUGH: option.width,
        Role.PENINSULA: option.width + cross / 2,
        Role.ISLAND: option.width + cross,
    }[option.role]


def _bundles(filling: Filling, keys: list[str], chosen: Mapping[str, Option]) -> list[tuple[str, list[str]]]:
    """Free stands, then zone by zone: pavilions as one bundle, then single requests, the longest first."""
    bundles: dict[tuple[bool, str, str], list[str]] = defaultdict(list)
    for key in sorted(keys):
        request = filling.requests[key]
        bundles[not request.free, request.zone, f"p {request.pavilion}" if request.pavilion else f"r {key}"].append(key)
    length = {name: sum(effective(chosen[key], filling.cross) for key in mine) for name, mine in bundles.items()}
    order = sorted(bundles, key=lambda name: (name[0], name[1], name[2][0], -length[name], name[2]))
    return [(name[1], bundles[name]) for name in order]


def _settle(filling: Filling, number: int, pieces: list[Piece]) -> None:
    """Put pieces into a stretch; while they do not fit, the one of least rank waits."""
    waiting = sorted(pieces, key=lambda piece: (filling.rank(piece.key), piece.key), reverse=True)
    while waiting and not filling.try_change(number, waiting):
        waiting.pop()


def improve(filling: Filling, stop: Stop, seed: int) -> str:
    """Place what is left: into room that is there, for stands worth less, or where a stand can move elsewhere.

    Asks ``stop`` once a trial and gives the reason why it ended.
    """
    rng = random.Random(seed)
    iteration = 0
    _insert(filling, range(len(filling.stretches)))
    _make_way(filling)
    value = _insert(filling, range(len(filling.stretches)))
    while filling.left:
        if stop(iteration, value):
            return stop.reason
        iteration += 1
        changed = _trial(filling, rng.choice(sorted(filling.left)), rng)
        if changed:
            value = _insert(filling, changed)
    return "everything placed"


def _make_way(filling: Filling) -> None:
    """A free stand without a place takes that of a paying one, the one worth least that it can replace."""
    for key in sorted(key for key in filling.left if filling.requests[key].free):
        paying = sorted((filling.rank(victim), victim) for victim in filling.place)
        swaps = (
            (number, piece, victim)
            for rank, victim in paying
            for number, piece in filling.seats(key)
            if not rank[0] and filling.place[victim] == number
        )
        any(filling.try_change(number, [piece], [victim]) for number, piece, victim in swaps)


def _insert(filling: Filling, numbers: Collection[int]) -> float:
    """Insert what is left, the most valuable first, into these stretches; gives the value of all that is placed."""
    for key in sorted(filling.left, key=lambda key: (filling.rank(key), key), reverse=True):
        for number, piece in filling.seats(key):
            if number in numbers and filling.try_change(number, [piece]):
                break
    return sum(filling.requests[key].value for key in filling.place)


def _trial(filling: Filling, key: str, rng: random.Random) -> list[int]:
    """One random exchange that makes room for ``key``; gives the stretches that changed, none when it failed."""
    seats = filling.seats(key)
    if not seats:
        return []
    number, piece = rng.choice(seats)
    others = sorted(filling.pieces[number])
    if not others:
        return []
    victim = rng.choice(others)
    if filling.rank(victim) < filling.rank(key):
        return [number] if filling.try_change(number, [piece], [victim]) else []
    return _move_on(filling, victim, number, piece, rng)


def _move_on(filling: Filling, victim: str, number: int, piece: Piece, rng: random.Random) -> list[int]:
    """Move a stand to another stretch so that a piece can take its place; undone when there is none for it."""
    before = filling.state([number])
    targets = [(i, moved) for i, moved in filling.seats(victim) if i != number]
    if not targets or not filling.try_change(number, [piece], [victim]):
        return []
    rng.shuffle(targets)
    for target, moved in targets:
        if filling.try_change(target, [moved]):
            return [number, target]
    filling.put(before)
    return []
