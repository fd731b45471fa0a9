"""What goes out comes in again as the same plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from emporion.domain.booths.queries import HallPlan
from emporion.domain.plans.queries import floor_of
from emporion.domain.plans.rules.differences import Proposal, differences
from emporion.drawings.proposal import Placing, likely_role, origin_of, proposal_from
from emporion.drawings.reading import read_drawing
from emporion.drawings.stand_list import read_stand_list, stand_list
from emporion.drawings.svg_plan import as_svg
from emporion.drawings.writing import as_dxf, as_geojson


def proposed(name: str, content: bytes) -> Proposal:
    """What a drawing proposes when every likely role is taken as it is."""
    drawing = read_drawing(name, content)
    roles = {layer: likely_role(layer, kinds) for layer, kinds in drawing.layers.items()}
    return proposal_from(drawing, roles, Placing(drawing.metres or 0, *origin_of(drawing, roles)))


def outcome(plan: HallPlan, proposal: Proposal) -> Counter[tuple[str, str]]:
    return Counter((one.what, one.state) for one in differences(floor_of(plan), proposal))


WHOLE = {("outline", "same"): 1, ("stand", "same"): 3, ("element", "same"): 8}


def test_geojson_comes_in_again_as_the_same(plan: HallPlan) -> None:
    assert outcome(plan, proposed("hall.geojson", as_geojson(plan).encode())) == WHOLE


def test_svg_comes_in_again_as_the_same(plan: HallPlan) -> None:
    assert outcome(plan, proposed("hall.svg", as_svg(plan, {"lounge": "Lounge"}, scale=200).encode())) == WHOLE


def test_dxf_comes_in_again_as_the_same(plan: HallPlan) -> None:
    proposal = proposed("hall.dxf", as_dxf(plan).encode())
    assert proposal.notices == ()
    assert outcome(plan, proposal) == WHOLE


def test_the_list_of_stands_comes_in_again_as_the_same(plan: HallPlan) -> None:
    proposal = read_stand_list("stands.xlsx", stand_list(plan), plan.hall.edition)
    assert outcome(plan, proposal) == {("stand", "same"): 3}


@pytest.mark.parametrize("suffix", ["geojson", "svg", "dxf"])
def test_a_stand_that_moved_and_one_that_went_are_told(plan: HallPlan, suffix: str) -> None:
    other = replace(plan.stands[1], x=6.5)
    written = HallPlan(plan.hall, plan.outline, (other, plan.stands[2]), plan.elements)
    content = {"geojson": as_geojson, "svg": lambda one: as_svg(one, {}), "dxf": as_dxf}[suffix](written)
    changes = {
        one.number_before: one.state
        for one in differences(floor_of(plan), proposed(f"hall.{suffix}", content.encode()))
        if one.what == "stand"
    }
    assert changes == {"4.1-A001": "gone", "4.1-A002": "changed", "4.1-A003": "same"}
