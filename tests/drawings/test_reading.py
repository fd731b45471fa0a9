"""Drawings as they come: in other units, with blocks in blocks, mirrored, damaged, or made to do harm."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from ezdxf.filemanagement import new

from emporion.domain.refusal import Refusal
from emporion.drawings.drawing import DrawingEmpty, DrawingNotRead, DrawingTooComplex
from emporion.drawings.proposal import Placing, likely_role, origin_of, proposal_from
from emporion.drawings.reading import read_drawing

MILLIMETRES, FEET, UNITLESS = 4, 2, 0


def written(document: Any) -> bytes:
    file = StringIO()
    document.write(file)
    return file.getvalue().encode()


def hall_in(units: int, unit: float) -> bytes:
    """A hall of 30 by 24 m whose stands are blocks: one turned and mirrored, two in a block of blocks, one mirrored."""
    document = new()
    document.units = units
    stand = document.blocks.new("STAND")
    stand.add_lwpolyline([(0, 0), (3 / unit, 0), (3 / unit, 2 / unit), (0, 2 / unit)], close=True)
    stand.add_attdef("NO", (1 / unit, 1 / unit), dxfattribs={"height": 0.2 / unit})
    pair = document.blocks.new("PAIR")
    pair.add_blockref("STAND", (0, 0))
    pair.add_blockref("STAND", (0, 0), dxfattribs={"xscale": -1})
    space = document.modelspace()
    hall = [(0, 0), (30 / unit, 0), (30 / unit, 24 / unit), (0, 24 / unit)]
    space.add_lwpolyline(hall, close=True, dxfattribs={"layer": "HALL OUTLINE"})
    turned = {"layer": "STANDS", "xscale": -1, "rotation": 90}
    one = space.add_blockref("STAND", (10 / unit, 10 / unit), dxfattribs=turned)
    one.add_auto_attribs({"NO": "A1"})
    space.add_blockref("PAIR", (20 / unit, 10 / unit), dxfattribs={"layer": "STANDS"})
    for number, x in (("A2", 21.5), ("A3", 18.5)):
        text = space.add_text(number, height=0.3 / unit, dxfattribs={"layer": "NUMBERS"})
        text.set_placement((x / unit, 11 / unit))
    space.add_circle((5 / unit, 5 / unit), 0.3 / unit, dxfattribs={"layer": "COLUMNS"})
    return written(document)


def boxes(content: bytes, metres: float | None = None) -> tuple[dict[str, Any], Any]:
    drawing = read_drawing("hall.dxf", content)
    roles = {layer: likely_role(layer, kinds) for layer, kinds in drawing.layers.items()}
    proposal = proposal_from(drawing, roles, Placing(metres or drawing.metres or 0, *origin_of(drawing, roles)))
    return {one.number: tuple(round(side, 2) for side in one.shape.box) for one in proposal.stands}, proposal


# From the north-west corner: what is at y = 10 to 12 from the south of 24 m is 12 to 14 from the north. The first is
# mirrored to the west, then turned to the left about (10, 10): it lies from 7 to 10 from the south.
PLACES = {"A1": (8, 14, 2, 3), "A2": (20, 12, 3, 2), "A3": (17, 12, 3, 2)}


@pytest.mark.parametrize(("units", "unit"), [(MILLIMETRES, 0.001), (FEET, 0.3048)])
def test_mirrored_and_nested_blocks_lie_where_they_were_drawn_in_any_unit(units: int, unit: float) -> None:
    stands, proposal = boxes(hall_in(units, unit))
    assert stands == PLACES
    assert proposal.outline.box == (0, 0, 30, 24)
    [column] = proposal.elements
    assert column.kind == "column"
    assert column.shape.middle == pytest.approx((5, 19), abs=0.01)
    assert proposal.notices == ()


def test_a_drawing_without_unit_says_so_and_takes_the_one_that_is_given() -> None:
    content = hall_in(UNITLESS, 0.01)
    assert read_drawing("hall.dxf", content).metres is None
    assert boxes(content, metres=0.01)[0] == PLACES


def test_a_damaged_file_is_read_as_far_as_it_goes() -> None:
    content = hall_in(MILLIMETRES, 0.001)
    cut = content[: content.rindex(b"CIRCLE")]
    drawing = read_drawing("hall.dxf", cut)
    assert drawing.layers["STANDS"]["area"] == 3


def test_numbers_that_miss_are_told_with_their_places() -> None:
    document = new()
    document.units = 6
    space = document.modelspace()
    for x in (0, 10, 20):
        space.add_lwpolyline([(x, 0), (x + 3, 0), (x + 3, 3), (x, 3)], close=True, dxfattribs={"layer": "STAND"})
    space.add_lwpolyline([(30, 0), (33, 0), (33, 3)], dxfattribs={"layer": "STAND"})
    for words, x in (("1", 1), ("1", 11), ("7", 15)):
        space.add_text(words, height=0.2, dxfattribs={"layer": "NUMBER"}).set_placement((x, 1))
    stands, proposal = boxes(written(document))
    assert list(stands) == ["1", "1/2", "X001"]
    assert sorted(reason.sentence for reason, _ in proposal.notices) == [
        "1 lines on the layers of stands are not closed, so they are no stands; close them in the drawing.",
        "No number lies inside this stand; it is called X001 until you change that.",
        "The number 1 is there twice; each stand needs a number of its own.",
        "The number 7 lies inside no stand.",
    ]


def test_walls_of_single_lines_enclose_the_hall() -> None:
    document = new()
    document.units = 6
    space = document.modelspace()
    corners = [(0, 0), (30, 0), (30, 24), (12, 24), (12, 12), (0, 12)]
    for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
        space.add_line(a, b, dxfattribs={"layer": "outline"})
    _stands, proposal = boxes(written(document))
    assert proposal.outline.area_m2 == 30 * 24 - 12 * 12


def test_svg_groups_and_transformations_are_followed() -> None:
    content = b"""<svg xmlns="http://www.w3.org/2000/svg"><g id="stands" transform="translate(10 5) scale(2)">
        <rect x="1" y="1" width="3" height="2"/><path d="M0 0h3v3h-3z" transform="rotate(90)"/>
        <text x="2" y="2">A1</text></g><use href="#stands"/></svg>"""
    drawing = read_drawing("hall.svg", content)
    assert [(one.layer, one.kind, one.points) for one in drawing.entities] == [
        ("stands", "area", ((12.0, 7.0), (18.0, 7.0), (18.0, 11.0), (12.0, 11.0))),
        ("stands", "area", ((10.0, 5.0), (10.0, 11.0), (4.0, 11.0), (4.0, 5.0))),
        ("stands", "text", ((14.0, 9.0),)),
    ]
    assert drawing.left_out == {"use": 1}


def test_geojson_of_others_is_in_by_its_own_words() -> None:
    ring = [[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]]
    stand = {"type": "Feature", "properties": {"layer": "booths", "booth": 7},
             "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]}}  # fmt: skip
    broken = {"type": "Feature", "properties": None, "geometry": {"type": "Polygon", "coordinates": [["a"]]}}
    content = json.dumps({"type": "FeatureCollection", "features": [stand, broken, 5]}).encode()
    [entity] = read_drawing("hall.geojson", content).entities
    assert (entity.layer, entity.text, entity.points) == ("booths", "7", ((0, 0), (3, 0), (3, -3), (0, -3)))


def test_a_web_plan_tells_its_unit_by_the_areas_it_states_and_stands_on_one_another() -> None:
    def booth(number: str, x: int) -> dict[str, Any]:
        corners = [[x, 0], [x + 100, 0], [x + 100, 100], [x, 100]]
        return {"coords": corners, "sqm": 9, "boothId": number, "price": 100}

    told = {"hallA": {one: booth(one, x) for one, x in (("A1", 0), ("A2", 100), ("A3", 100))}, "hallB": {"B": {"x": 1}}}
    drawing = read_drawing("plan.json", json.dumps(told).encode())
    assert drawing.layers == {"hallA": {"area": 3}}
    assert drawing.likely_metres == pytest.approx(0.03)
    proposal = proposal_from(drawing, {"hallA": "stand"}, Placing(0.03))
    assert [(one.number, one.shape.box) for one in proposal.stands] == [("A1", (0, 0, 3, 3)), ("A2", (3, 0, 3, 3))]
    assert [reason.sentence for reason, _ in proposal.notices] == [
        "The stands A2, A3 lie on one another with one outline; only the first is taken."
    ]


HARMFUL = [
    ("hall.svg", b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>', DrawingNotRead),
    ("hall.svg", b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>', DrawingNotRead),
    ("hall.svg", b"<html/>", DrawingNotRead),
    ("hall.svg", b"<svg/>", DrawingEmpty),
    ("hall.svg", b"<svg>" + b"<g>" * 5000, DrawingNotRead),
    ("hall.dxf", b"garbage\n" * 100, DrawingNotRead),
    ("hall.dxf", b"\x00\xff" * 4000, DrawingNotRead),
    ("hall.geojson", b"[" * 100_000, DrawingNotRead),
    ("hall.geojson", b'{"a": "\xff"}', DrawingNotRead),
    ("hall.json", b'{"a": 1}', DrawingNotRead),
    ("hall.svg", b"<svg>" + b'<rect width="1" height="1"/>' * 60_001 + b"</svg>", DrawingTooComplex),
]


@pytest.mark.parametrize(("name", "content", "refused"), HARMFUL, ids=range(len(HARMFUL)))
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str, content: bytes, refused: type[Refusal]) -> None:
    with pytest.raises(refused):
        read_drawing(name, content)


def test_a_block_that_holds_itself_ends() -> None:
    document = new()
    loop = document.blocks.new("LOOP")
    loop.add_line((0, 0), (1, 1))
    loop.add_blockref("LOOP", (1, 1))
    document.modelspace().add_blockref("LOOP", (0, 0))
    assert 1 <= len(read_drawing("hall.dxf", written(document)).entities) <= 13
