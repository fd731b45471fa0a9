"""Small pictures of how a fair fills, drawn as SVG of the page itself: lines that rise, bars of what is sold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, LEFT, TOP, FOOT = 560, 190, 8, 22, 24
ROW = 34


class Line(NamedTuple):
    """A line that rises over time: its points as days before the show and values; the ``full`` one stands out."""

    name: str
    points: Sequence[tuple[int, int]]
    full: bool


class Part(NamedTuple):
    """A part of a bar: its value and its tone, from ``strong`` to ``faint``."""

    value: int
    tone: str


class Bar(NamedTuple):
    """A bar of parts with its name and the text at its end."""

    name: str
    parts: Sequence[Part]
    text: str


def rising(counted: dict[int, int]) -> list[tuple[int, int]]:
    """The sum up to each day, from counts by the days before the show; it begins with nothing the day before."""
    points, total = ([(max(counted) + 1, 0)] if counted else []), 0
    for day in sorted(counted, reverse=True):
        total += counted[day]
        points.append((day, total))
    return points


def lines(shown: Sequence[Line], begin: str, end: str) -> SafeString:
    """Lines over the days before the show, each named at its end; ``begin`` and ``end`` stand below the axis."""
    points = [point for line in shown for point in line.points]
    if not points:
        return SafeString("")
    first, last = max(day for day, _ in points), min(day for day, _ in points)
    highest = max(value for _, value in points) or 1
    wide, high = WIDTH - 2 * LEFT, HEIGHT - TOP - FOOT

    def place(day: int, value: int) -> tuple[float, float]:
        return LEFT + wide * (first - day) / max(first - last, 1), TOP + high * (1 - value / highest)

    def path(line: Line) -> str:
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (place(*one) for one in line.points))

    drawn = format_html_join("", '<path class="line {}" d="{}"/>', [
        ("full" if line.full else "", path(line))
        for line in sorted(shown, key=lambda line: line.full) if line.points
    ])  # fmt: skip
    ends = [(line, *place(*line.points[-1])) for line in shown if line.points]
    names = format_html_join("", '<text class="{}" x="{}" y="{}" text-anchor="end">{}</text>', [
        ("strong" if line.full else "", f"{min(x, WIDTH - LEFT):.1f}", f"{max(y - 7, 12):.1f}", line.name)
        for line, x, y in _apart(ends)
    ])  # fmt: skip
    return format_html(
        '<svg class="picture" viewBox="0 0 {} {}" aria-hidden="true"><path class="axis" d="M{} {}H{}"/>{}{}'
        '<text x="{}" y="{}">{}</text><text x="{}" y="{}" text-anchor="end">{}</text></svg>',
        WIDTH, HEIGHT, LEFT, HEIGHT - FOOT, WIDTH - LEFT, drawn, names,
        LEFT, HEIGHT - 6, begin, WIDTH - LEFT, HEIGHT - 6, end,
    )  # fmt: skip


def _apart(ends: Sequence[tuple[Line, float, float]]) -> list[tuple[Line, float, float]]:
    """The ends of lines, moved so that no name stands on another."""
    placed: list[tuple[Line, float, float]] = []
    for line, x, y in sorted(ends, key=lambda one: one[2]):
        below = placed[-1][2] + 16 if placed else y
        placed.append((line, x, max(y, below)))
    return placed


def bars(shown: Sequence[Bar]) -> SafeString:
    """A bar below its name for each row, its parts side by side."""
    longest = max((sum(part.value for part in bar.parts) for bar in shown), default=0) or 1
    rows = format_html_join("", "{}", ((_bar(bar, number, longest),) for number, bar in enumerate(shown)))
    return format_html(
        '<svg class="picture" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', WIDTH, len(shown) * ROW + 4, rows
    )


def _bar(bar: Bar, number: int, longest: int) -> SafeString:
    top, left = number * ROW, 0.0
    drawn = []
    for part in bar.parts:
        width = WIDTH * part.value / longest
        drawn.append((part.tone, f"{left:.1f}", top + 18, f"{width:.1f}"))
        left += width
    parts = format_html_join("", '<rect class="part {}" x="{}" y="{}" width="{}" height="10"/>', drawn)
    return format_html(
        '<text class="strong" x="0" y="{}">{}</text><text x="{}" y="{}" text-anchor="end">{}</text>{}',
        top + 13, bar.name, WIDTH, top + 13, bar.text, parts,
    )  # fmt: skip
