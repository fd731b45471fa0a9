"""A drawing is a difference, and nothing becomes of an occupied stand without a decision."""

from __future__ import annotations

import pytest

from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.booths.queries import hall_plan
from emporion.domain.editions.models import Hall
from emporion.domain.editions.rules.floors import Element, line, polygon, rectangle
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.plans.actions.drawings import apply_drawing, bring_drawing, discard_drawing, propose_plan
from emporion.domain.plans.actions.settings import set_plan_rules
from emporion.domain.plans.models import PlanDrawing
from emporion.domain.plans.queries import fingerprint, floor_of, proposal_of
from emporion.domain.plans.rules.differences import (
    DecisionsMissing,
    PlanChangedMeanwhile,
    Proposal,
    ProposedStand,
    differences,
    same_shape,
)
from emporion.domain.plans.rules.drawings import (
    DrawingDone,
    DWGNotRead,
    NoAreaForStands,
    NumbersElsewhere,
    NumbersTooLong,
    OutlineTooLarge,
    PlanNotSound,
)
from emporion.domain.selling.models import StandSale
from emporion.domain.uploads import FileEmpty, FileOfOtherKind
from tests import make

pytestmark = pytest.mark.django_db
CONTEXT = ActionContext(make.NOON)


@pytest.fixture
def hall(settings, tmp_path) -> Hall:
    """A hall of 30 by 30 m with three stands, the second of which Kessel shows on."""
    settings.MEDIA_ROOT = tmp_path
    edition = make.make_edition()
    hall = make.make_hall(edition, "1", make.make_area(edition, "technical-equipment"), size=10, exits=[[0, 5]])
    kessel = make.make_exhibitor(edition, "Kessel")
    for number, x in (("1", 6), ("2", 9), ("3", 12)):
        stand = make.make_stand(hall, 9, "standard", *([kessel] if number == "2" else []))
        stand.number, stand.x, stand.y = number, x, 6
        stand.save()
    return hall


def proposal(*stands: tuple[str, float], outline=None, elements=(), kinds=()) -> Proposal:
    proposed = tuple(ProposedStand(number, rectangle(x, 6, 3, 3)) for number, x in stands)
    return Proposal(outline, proposed, tuple(elements), tuple(kinds))


def brought(hall: Hall, what: Proposal) -> PlanDrawing:
    drawing = bring_drawing(hall, "hall.geojson", b"{}", context=CONTEXT)
    propose_plan(drawing, what, {"metres": 1.0})
    return drawing


def seen(hall: Hall) -> str:
    return fingerprint(floor_of(hall_plan(hall)))


def apply(hall: Hall, what: Proposal, **decisions: str):
    by_number = {stand.number: str(stand.key) for stand in hall.stands.all()}
    said = {by_number[number.strip("_")]: choice for number, choice in decisions.items()}
    return apply_drawing(brought(hall, what), said, seen=seen(hall), context=CONTEXT)


def places(hall: Hall) -> dict[str, float]:
    return dict(Stand.objects.filter(hall=hall).values_list("number", "x"))


def test_stands_are_known_by_their_number_else_by_their_floor(hall: Hall) -> None:
    found = differences(floor_of(hall_plan(hall)), proposal(("1", 6), ("2", 9.5), ("3A", 12.2), ("4", 18)))
    assert [(one.number_before, one.number_after, one.state, one.waits) for one in found] == [
        ("1", "1", "same", False),
        ("2", "2", "changed", True),
        ("3", "3A", "changed", False),
        ("", "4", "new", False),
    ]
    assert found[1].moved_m == pytest.approx(0.5)


def test_an_occupied_stand_neither_moves_nor_goes_without_a_decision(hall: Hall) -> None:
    for what in (proposal(("1", 6), ("3", 12)), proposal(("1", 6), ("2", 18), ("3", 12))):
        with pytest.raises(DecisionsMissing):
            apply(hall, what)
    assert places(hall) == {"1": 6, "2": 9, "3": 12}


def test_a_stand_that_is_sold_waits_for_a_decision_too(hall: Hall) -> None:
    StandSale.objects.create(stand=hall.stands.get(number="1"), state="confirmed")
    with pytest.raises(DecisionsMissing):
        apply(hall, proposal(("2", 9), ("3", 12)))
    apply(hall, proposal(("2", 9), ("3", 12)), _1="keep")
    assert places(hall) == {"1": 6, "2": 9, "3": 12}


def test_what_is_decided_is_done_and_what_is_kept_stays(hall: Hall) -> None:
    keys = dict(Stand.objects.values_list("number", "key"))
    apply(hall, proposal(("1", 6), ("4", 18)), _2="keep", _3="keep")
    assert places(hall) == {"1": 6, "2": 9, "3": 12, "4": 18}
    apply(hall, proposal(("1", 6), ("2", 9), ("3B", 12), ("4", 18)))
    assert Stand.objects.get(number="3B").key == keys["3"]
    assert Stand.objects.get(number="4").locked and Stand.objects.get(number="4").open_sides == 4


def test_who_stands_on_a_stand_that_goes_leaves_it_and_the_journal_tells(hall: Hall) -> None:
    apply(hall, proposal(("1", 6), ("3", 12)), _2="take")
    assert places(hall) == {"1": 6, "3": 12}
    assert not Occupancy.objects.exists()
    events = list(JournalEntry.objects.order_by("id").values_list("event", flat=True))
    assert [one for one in events if one.startswith(("stand", "plan"))] == [
        "plan.brought", "stand.released", "stand.removed", "plan.applied",
    ]  # fmt: skip


def test_two_stands_swap_numbers(hall: Hall) -> None:
    apply(hall, proposal(("3", 6), ("2", 9), ("1", 12)))
    assert places(hall) == {"1": 12, "2": 9, "3": 6}


def test_a_drawing_is_applied_once_and_only_to_the_plan_that_was_looked_at(hall: Hall) -> None:
    drawing = brought(hall, proposal(("1", 6), ("2", 9), ("3", 12), ("4", 18)))
    old = seen(hall)
    Stand.objects.filter(number="1").update(x=5)
    with pytest.raises(PlanChangedMeanwhile):
        apply_drawing(drawing, {}, seen=old, context=CONTEXT)
    apply_drawing(drawing, {}, seen=seen(hall), context=CONTEXT)
    for again in (lambda: apply_drawing(drawing, {}, seen=old, context=CONTEXT),
                  lambda: discard_drawing(drawing, context=CONTEXT)):  # fmt: skip
        with pytest.raises(DrawingDone):
            again()
    assert places(hall) == {"1": 6, "2": 9, "3": 12, "4": 18}


def test_a_hall_that_is_drawn_keeps_its_doors_and_its_modules_follow(hall: Hall) -> None:
    [door] = hall_plan(hall).of_kind("exit")
    lift = Element("lift 1", "lift", rectangle(24, 24, 2, 2), name="L1")
    shape = polygon([(0, 0), (30, 0), (30, 12), (18, 12), (18, 30), (0, 30)])
    outside = proposal(("1", 6), ("2", 9), ("3", 12), outline=shape, elements=[lift], kinds=["lift"])
    apply(hall, outside)
    hall.refresh_from_db()
    plan = hall_plan(hall)
    assert plan.outline == shape and hall.is_drawn
    assert [one.key for one in plan.of_kind("exit")] == [door.key]
    assert [one.name for one in plan.of_kind("lift")] == ["L1"]
    assert (hall.width_modules, hall.depth_modules, hall.exits) == (10, 10, [[0, 5]])
    assert hall.obstacles == [[6, 4, 4, 6]]
    moved = Element("lift 1", "lift", rectangle(2, 24, 2, 2), name="L1")
    [change] = [one for one in apply(hall, proposal(("1", 6), ("2", 9), ("3", 12), elements=[moved], kinds=["lift"]))]
    assert (change.state, hall_plan(hall).of_kind("lift")[0].shape.box) == ("changed", (2, 24, 2, 2))
    apply(hall, proposal(("1", 6), ("2", 9), ("3", 12), kinds=["lift"]))
    assert hall_plan(hall).of_kind("lift") == []


def test_faults_that_a_drawing_brings_are_refused_and_old_ones_do_not_hinder(hall: Hall) -> None:
    overlapping = proposal(("1", 6), ("2", 9), ("3", 12), ("4", 13))
    with pytest.raises(PlanNotSound, match="1 faults that the edition refuses"):
        apply(hall, overlapping)
    set_plan_rules(hall.edition, least_aisle_m=3, exit_depth_m=3, severities={"overlap": "warn"}, context=CONTEXT)
    apply(hall, overlapping)
    set_plan_rules(hall.edition, least_aisle_m=3, exit_depth_m=3, severities={}, context=CONTEXT)
    apply(hall, proposal(("1", 6), ("2", 9), ("3", 12), ("4", 13), ("5", 21)))
    assert places(hall)["5"] == 21


def test_numbers_of_other_halls_and_too_long_ones_are_refused(hall: Hall) -> None:
    other = make.make_stand(make.make_hall(hall.edition, "2"), 9, "standard")
    with pytest.raises(NumbersElsewhere, match=other.number):
        apply(hall, proposal(("1", 6), ("2", 9), ("3", 12), (other.number, 18)))
    with pytest.raises(NumbersTooLong):
        apply(hall, proposal(("1", 6), ("2", 9), ("3", 12), ("4" * 21, 18)))


def test_new_stands_need_an_area_and_take_that_of_their_zone(hall: Hall) -> None:
    food = make.make_area(hall.edition, "food")
    zone = Element("zone 1", "zone", rectangle(15, 0, 15, 30), area=food.code)
    both = proposal(("1", 6), ("2", 9), ("3", 12), ("4", 18), ("5", 6.0), elements=[zone], kinds=["zone"])
    stands = (*both.stands[:4], ProposedStand("5", rectangle(3, 20, 3, 3)))
    apply(hall, Proposal(None, stands, both.elements, both.kinds))
    assert dict(Stand.objects.filter(number__in="45").values_list("number", "area__code")) == {
        "4": "food", "5": "technical-equipment",
    }  # fmt: skip
    bare = make.make_hall(make.make_edition(7), "1", size=10)
    with pytest.raises(NoAreaForStands):
        apply_drawing(brought(bare, proposal(("1", 6))), {}, seen=seen(bare), context=CONTEXT)


def test_the_proposal_is_kept_as_it_was(hall: Hall) -> None:
    door = Element("exit 1", "exit", line([(0, 3), (0, 6)]), name="E", depth_m=2.0, services=())
    what = proposal(("1", 6), outline=rectangle(0, 0, 30, 30), elements=[door], kinds=["exit"])
    drawing = brought(hall, what)
    drawing.refresh_from_db()
    assert proposal_of(drawing) == what


@pytest.mark.parametrize(
    ("name", "content", "refused"),
    [("h.dwg", b"AC1027", DWGNotRead), ("h.dxf", b"AC1027..", DWGNotRead), ("h.dxf", b"", FileEmpty),
     ("h.doc", b"x", FileOfOtherKind)],
)  # fmt: skip
def test_other_files_are_refused(hall: Hall, name: str, content: bytes, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        bring_drawing(hall, name, content, context=CONTEXT)
    assert not PlanDrawing.objects.exists()


def test_a_drawing_in_the_wrong_unit_is_refused_by_its_size(hall: Hall) -> None:
    drawing = bring_drawing(hall, "hall.geojson", b"{}", context=CONTEXT)
    with pytest.raises(OutlineTooLarge, match="30000 by 24000 m"):
        propose_plan(drawing, proposal(outline=rectangle(0, 0, 30_000, 24_000)), {})


def test_shapes_are_the_same_from_whatever_corner_they_begin() -> None:
    square = rectangle(0, 0, 3, 3)
    assert same_shape(square, polygon([(3, 3), (0, 3), (0, 0), (3, 0)]))
    assert same_shape(square, polygon([(0, 0), (1.5, 0), (3, 0), (3, 3), (0, 3)]))
    assert same_shape(square, rectangle(0, 0, 3.002, 3))
    assert not same_shape(square, rectangle(0, 0, 3.1, 3))
    assert same_shape(line([(0, 0), (3, 0)]), line([(3, 0), (0, 0)]))
    assert not same_shape(line([(0, 0), (3, 0)]), square)
