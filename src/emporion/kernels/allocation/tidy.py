"""Exchanges that bring the stands of an exhibition area, and those of a pavilion, together.

Every stretch holds its areas in the same order from west to east, so the stands of one area in one stretch lie
together. Those of two stretches do when they face each other across the aisle between neighbouring strips, or follow
one another along one strip. Stands outside their area's largest part are moved to where it lies, or change places
with stands of other areas there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from .blocks import ANYWHERE, Block, Piece
from .fill import Changes, Filling
from .sequence import in_row

# Exchanges tried in one hall, at most.
_TRIALS = 1200


class Span(NamedTuple):
    """The stands of one area, or of one pavilion, in one unit: the ``place``-th of its strip, from x0 to x1."""

    stretch: int
    strip: int
    place: int
    x0: int
    x1: int
    keys: tuple[str, ...]


def tidy(filling: Filling) -> None:
    """Exchange stands while fewer lie outside the largest part of their area or pavilion."""
    if len(filling.order) < 2 and not any(request.pavilion for request in filling.requests.values()):
        return
    trials = _TRIALS
    worth = faults(filling)
    improved = True
    while improved and worth and trials > 0:
        improved = False
        for changes in list(_changes(filling)):
            trials -= 1
            before = filling.state(changes)
            if not filling.try_changes(changes):
                continue
            now = faults(filling)
            if now < worth:
                worth, improved = now, True
                break
            filling.put(before)
            if trials <= 0:
                break


def faults(filling: Filling) -> int:
    """How many stands lie outside the largest part of their area, and of their pavilion."""
    return sum(len(keys) for keys in _outside(filling).values())


def _outside(filling: Filling) -> dict[str, set[str]]:
    """The keys outside the largest part, by area or pavilion."""
    found = {}
    for name, spans in _spans(filling).items():
        parts = _parts(spans)
        home = max(parts, key=lambda part: (sum(len(span.keys) for span in part), -part[0].stretch))
        lost = {key for part in parts if part is not home for span in part for key in span.keys}
        if lost:
            found[name] = lost
    return found


def _spans(filling: Filling) -> dict[str, list[Span]]:
    """Areas by ``a`` and their place, pavilions by ``p`` and their name: the units that hold some of their stands."""
    found: dict[str, list[Span]] = defaultdict(list)
    places: dict[int, int] = defaultdict(int)
    for number in sorted(range(len(filling.stretches)), key=lambda number: filling.stretches[number].x0):
        stretch = filling.stretches[number]
        x = stretch.x0
        for unit in filling.units[number]:
            mine: dict[str, list[tuple[int, Piece]]] = defaultdict(list)
            for at, piece in _along(unit, x):
                for name in _names(piece):
                    mine[name].append((at, piece))
            for name, stands in mine.items():
                x0, x1 = min(at for at, _ in stands), max(at + piece.width for at, piece in stands)
                keys = tuple(piece.key for _, piece in stands)
                found[name].append(Span(number, stretch.strip, places[stretch.strip], x0, x1, keys))
            places[stretch.strip] += 1
            x += unit.length + filling.cross
    return found


def _names(piece: Piece) -> list[str]:
    area, pavilion = piece.group
    return [f"a {area}"] * (area != ANYWHERE) + [f"p {pavilion}"] * bool(pavilion)


def _along(unit: Block, x: int) -> Iterator[tuple[int, Piece]]:
    """The pieces of a unit that begins at x, each with where it begins."""
    start = x + sum(piece.width for piece in unit.west)
    lines = [(x, unit.west), (start + unit.row_length, list(reversed(unit.east)))]
    for row in unit.rows:
        west, east = in_row(unit, row)
        lines += [(start, west), (start + unit.row_length - sum(piece.width for piece in east), east)]
    for begin, pieces in lines:
        for piece in pieces:
            yield begin, piece
            begin += piece.width


def _parts(spans: list[Span]) -> list[list[Span]]:
    """The connected sets of spans."""
    parts: list[list[Span]] = []
    for span in spans:
        near = [part for part in parts if any(_beside(span, other) for other in part)]
        parts = [part for part in parts if part not in near]
        parts.append([span, *(other for part in near for other in part)])
    return parts


def _beside(a: Span, b: Span) -> bool:
    """Whether two units face each other across an aisle, or follow one another in a strip."""
    if a.strip == b.strip:
        return abs(a.place - b.place) <= 1
    return abs(a.strip - b.strip) == 1 and min(a.x1, b.x1) > max(a.x0, b.x0)


def _changes(filling: Filling) -> Iterator[Changes]:
    """Moves of stands that lie outside to stretches where most of their kin stand, then exchanges with others there."""
    outside = _outside(filling)
    spans = _spans(filling)
    for name, keys in sorted(outside.items(), key=lambda one: (len(one[1]), one[0])):
        home = {span.stretch for span in spans[name] if keys.isdisjoint(span.keys)}
        near = home | {number for number in range(len(filling.stretches)) if _adjoins(filling, number, home)}
        for key in sorted(keys):
            seats = [seat for seat in filling.seats(key) if seat[0] in near and seat[0] != filling.place[key]]
            seats.sort(key=lambda seat: seat[0] not in home)
            for number, piece in seats:
                yield {number: ((piece,), frozenset()), filling.place[key]: ((), frozenset([key]))}
            for number, piece in seats:
                yield from _exchanges(filling, key, number, piece)


def _adjoins(filling: Filling, number: int, home: set[int]) -> bool:
    strip = filling.stretches[number].strip
    return any(abs(strip - filling.stretches[other].strip) <= 1 for other in home)


def _exchanges(filling: Filling, key: str, number: int, piece: Piece) -> Iterator[Changes]:
    """The key to a stretch, for one stand there about as wide, which comes to where the key stood."""
    source = filling.place[key]
    mine = filling.pieces[source][key]
    others = [one for one in filling.pieces[number].values() if one.group != mine.group]
    for other in sorted(others, key=lambda one: (abs(one.width - piece.width), one.key))[:10]:
        for seat, back in filling.seats(other.key):
            if seat == source:
                yield {
                    number: ((piece,), frozenset([other.key])),
                    source: ((back,), frozenset([key])),
                }
