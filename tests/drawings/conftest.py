"""A hall with a little of everything."""

from __future__ import annotations

import pytest

from emporion.domain.booths.queries import HallPlan, hall_plan
from emporion.domain.editions.models import HallElement
from emporion.domain.editions.rules.floors import Shape, line, point, polygon, rectangle
from tests import make

ELEMENTS: list[tuple[str, Shape, dict]] = [
    ("column", rectangle(12, 12, 1, 1), {}),
    ("wall", line([(24, 0), (24, 6), (27, 6)]), {}),
    ("entrance", line([(30, 10), (30, 14)]), {"name": "East gate", "main": True}),
    ("exit", line([(4, 0), (6, 0)]), {"depth_m": 4.0}),
    ("utility", point(8, 20), {"services": ["water", "air"]}),
    ("aisle", line([(0, 16), (30, 16)]), {"width_m": 3.0}),
    ("lounge", polygon([(20, 19), (28, 19), (26, 23), (20, 23)]), {"name": "Harbour lounge"}),
    ("lift", rectangle(27, 1, 2, 2), {"name": "L1", "step_free": True}),
]


@pytest.fixture
def plan(db) -> HallPlan:
    """A hall of 30 by 24 m around a court, with eight elements and three stands, one of them of five corners."""
    edition = make.make_edition()
    area = make.make_area(edition, "technical-equipment")
    court = [[[0, 0], [30, 0], [30, 24], [0, 24]], [[16, 8], [18, 8], [18, 10], [16, 10]]]
    hall = make.make_hall(edition, "4.1", area, width_modules=10, depth_modules=8, outline=court)
    for kind, shape, said in ELEMENTS:
        HallElement.objects.create(hall=hall, kind=kind, shape=shape.geojson, **said)
    for number, place in (("A001", (3, 6, 3, 3)), ("A002", (6, 6, 3, 3))):
        stand = make.make_stand(hall, 9, "standard")
        stand.number, (stand.x, stand.y, stand.width, stand.depth) = f"4.1-{number}", place
        stand.save()
    five = make.make_stand(hall, 27, "standard")
    five.number, five.x, five.y, five.width, five.depth = "4.1-A003", 3.0, 18.5, 6.0, 5.0
    five.corners = [[3, 18.5], [9, 18.5], [9, 23.5], [6, 23.5], [3, 21.25]]
    five.save()
    return hall_plan(hall)
