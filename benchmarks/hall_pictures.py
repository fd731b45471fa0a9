"""A hall of an allocation as a small SVG picture: a colour for each exhibition area, places hatched, doors as dots."""

from __future__ import annotations

from collections import defaultdict
from html import escape

from emporion.kernels.allocation import Hall, Problem, Result

COLOURS = ("#7fb7e6", "#f2b66d", "#93cf8f", "#d79ad0", "#e58b86", "#b7b3e8", "#d6cf6a")
STYLE = (
    "text{font:3.4px sans-serif;fill:#222}.f{fill:#fff;stroke:#333;stroke-width:.6}.s{stroke:#333;stroke-width:.25}"
    ".p{fill:#eee;stroke:#777;stroke-width:.3;stroke-dasharray:1}.c{fill:#333}.d{fill:#c22}"
)


def picture(hall: Hall, problem: Problem, result: Result, title: str) -> str:
    """The hall's plan, north above."""
    requests = {one.key: one for one in problem.requests}
    areas: dict[str, str] = defaultdict(str)
    for place in result.placements.values():
        if place.hall == hall.code:
            areas[requests[place.key].zone] += _box(place.x, place.y, place.width, place.depth)
    width, depth = hall.width_modules * 3, hall.depth_modules * 3
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-3 -12 {width + 6} {depth + 15}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<path class="f" d="{_box(0, 0, width, depth)}"/>',
    ]
    for number, (area, path) in enumerate(sorted(areas.items())):
        colour = COLOURS[number % len(COLOURS)]
        parts.append(f'<path class="s" fill="{colour}" d="{path}"/>')
        parts.append(f'<rect x="{number * 34}" y="-8" width="4" height="4" fill="{colour}"/>')
        parts.append(f'<text x="{number * 34 + 5.5}" y="-4.7">{escape(area)}</text>')
    places = "".join(_box(*place.area) for place in result.halls[hall.code].places)
    columns = "".join(_box(*(3.0 * side for side in box)) for box in hall.obstacles)
    parts += [f'<path class="p" d="{places}"/>', f'<path class="c" d="{columns}"/>']
    for wall, module in hall.exits:
        x = {"west": 0.0, "east": float(width)}.get(wall, module * 3 + 1.5)
        y = {"north": 0.0, "south": float(depth)}.get(wall, module * 3 + 1.5)
        parts.append(f'<circle class="d" cx="{x:g}" cy="{y:g}" r="1.6"/>')
    return "".join(parts) + "</svg>\n"


def _box(x: float, y: float, width: float, depth: float) -> str:
    return f"M{x:g} {y:g}h{width:g}v{depth:g}h{-width:g}z"
