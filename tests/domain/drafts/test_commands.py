"""Two people draft a hall's plan: each command applied or in conflict, each person's own taken back, nothing lost."""

from __future__ import annotations

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from emporion.domain.booths.models import Stand
from emporion.domain.drafts.actions import Applied, Conflict, do_command, place_exhibitor, redo, undo
from emporion.domain.drafts.models import DraftCommand, PlanDraft
from emporion.domain.drafts.queries import draft_floor
from emporion.domain.drafts.rules import commands, placing, things
from emporion.domain.drafts.rules.commands import Asked
from emporion.domain.editions.rules.floors import Element, rectangle
from emporion.domain.selling.models import StandSale
from tests import make
from tests.domain.drafts.world import changed, do, drawn, moved, places, stand_at

pytestmark = pytest.mark.django_db


def test_a_command_changes_the_draft_and_not_the_plan(hall, lin):
    key = stand_at(hall, 3, 3, "A1")
    outcome = do(hall, lin, moved(hall, key, 6, 9), drawn(12, 3, "A2"))
    assert isinstance(outcome, Applied) and outcome.command.number == 1
    assert places(hall) == {"A1": (6, 9), "A2": (12, 3)}
    assert list(Stand.objects.values_list("number", "x", "y")) == [("A1", 3.0, 3.0)]


def test_of_two_who_saw_the_same_stand_the_second_is_told_and_the_first_stays(hall, lin, mara):
    first, other = stand_at(hall, 3, 3, "A1"), stand_at(hall, 12, 3, "A2")
    theirs = [moved(hall, first, 30, 30), moved(hall, other, 33, 30)]
    do(hall, lin, moved(hall, first, 6, 9))
    assert do(hall, mara, *theirs) == Conflict((first,))
    assert places(hall) == {"A1": (6, 9), "A2": (12, 3)}
    # What the other did not touch is no conflict.
    assert isinstance(do(hall, mara, theirs[1]), Applied)
    assert places(hall) == {"A1": (6, 9), "A2": (33, 30)}


def test_what_somebody_took_away_cannot_be_taken_away_again(hall, lin, mara):
    key = stand_at(hall, 3, 3, "A1")
    gone = Asked(key, 0, None)
    do(hall, lin, gone)
    assert do(hall, mara, gone) == Conflict((key,))


def test_a_command_sent_twice_is_done_once(hall, lin):
    token, asked = uuid4(), [drawn(3, 3, "A1")]
    first = do_command(hall, "draw", asked, token=token, context=lin)
    again = do_command(hall, "draw", asked, token=token, context=lin)
    assert first == again
    assert DraftCommand.objects.count() == PlanDraft.objects.get().sequence == 1


def test_each_takes_back_their_own(hall, lin, mara):
    first, other = stand_at(hall, 3, 3, "A1"), stand_at(hall, 12, 3, "A2")
    do(hall, lin, moved(hall, first, 6, 9))
    do(hall, mara, moved(hall, other, 33, 30))
    undo(hall, token=uuid4(), context=lin)
    assert places(hall) == {"A1": (3, 3), "A2": (33, 30)}
    with pytest.raises(commands.NothingToUndo):
        undo(hall, token=uuid4(), context=lin)
    redo(hall, token=uuid4(), context=lin)
    assert places(hall) == {"A1": (6, 9), "A2": (33, 30)}


def test_undo_and_redo_walk_through_all_of_somebodys_commands_until_they_do_something_else(hall, lin):
    key = stand_at(hall, 0, 3, "A1")
    for x in (3, 6, 9):
        do(hall, lin, moved(hall, key, x, 3))
    seen = []
    for turn in (undo, undo, undo, redo, redo, undo):
        turn(hall, token=uuid4(), context=lin)
        seen.append(places(hall)["A1"][0])
    assert seen == [6, 3, 0, 3, 6, 3]
    do(hall, lin, moved(hall, key, 15, 3))
    with pytest.raises(commands.NothingToRedo):
        redo(hall, token=uuid4(), context=lin)
    undo(hall, token=uuid4(), context=lin)
    assert places(hall)["A1"][0] == 3
    redo(hall, token=uuid4(), context=lin)
    assert places(hall)["A1"][0] == 15


def test_what_somebody_else_went_on_with_is_not_taken_back(hall, lin, mara):
    key = stand_at(hall, 3, 3, "A1")
    do(hall, lin, moved(hall, key, 6, 9))
    do(hall, mara, moved(hall, key, 9, 9))
    assert undo(hall, token=uuid4(), context=lin) == Conflict((key,))
    assert places(hall) == {"A1": (9, 9)}


def test_a_stand_that_is_taken_or_locked_moves_by_decision_alone(hall, lin):
    kessel = make.make_exhibitor(hall.edition, "Kessel")
    taken, locked = stand_at(hall, 3, 3, "A1", kessel), stand_at(hall, 12, 3, "A2", locked=True)
    asked = [moved(hall, taken, 6, 9), moved(hall, locked, 15, 9)]
    with pytest.raises(commands.DecisionNeeded, match="A1, A2"):
        do(hall, lin, *asked)
    with pytest.raises(commands.DecisionNeeded, match=r"locked: A2\."):
        do(hall, lin, *asked, decided=[taken])
    assert isinstance(do(hall, lin, *asked, decided=[taken, locked]), Applied)
    # Once decided, the next small step asks no more; its number may change without.
    do(hall, lin, moved(hall, taken, 6, 12))
    with pytest.raises(commands.DecisionNeeded):
        do(hall, lin, Asked(stand_at(hall, 30, 3, "A3", locked=True), 0, None))


def test_a_stand_that_an_applicant_has_requested_moves_by_decision_alone(hall, lin):
    buyer, other = (make.make_exhibitor(hall.edition, name) for name in ("Buyer", "Other"))
    key = stand_at(hall, 3, 3, "A1")
    StandSale.objects.create(stand=Stand.objects.get(), state="requested", application=buyer.application)
    with pytest.raises(commands.DecisionNeeded, match="A1"):
        do(hall, lin, moved(hall, key, 6, 9))
    with pytest.raises(commands.StandHasExhibitor):
        do(hall, lin, changed(hall, key, placed=(other.number,)))


def test_numbers_are_unique_on_the_draft_and_in_the_edition(hall, lin):
    first, other = stand_at(hall, 3, 3, "A1"), stand_at(hall, 12, 3, "A2")
    next_door = make.make_hall(hall.edition, "5.1")
    stand_at(next_door, 3, 3, "B1")
    for number in ("A2", "B1"):
        with pytest.raises(commands.NumberAgain):
            do(hall, lin, changed(hall, first, number=number))
    do(hall, lin, changed(hall, first, number="A2"), changed(hall, other, number="A1"))
    assert places(hall) == {"A2": (3, 3), "A1": (12, 3)}


def test_a_stand_belongs_to_an_area_of_the_edition(hall, lin):
    with pytest.raises(commands.AreaNotHere):
        do(hall, lin, drawn(3, 3, "A1", area="toys"))
    lounge = Element(str(uuid4()), "lounge", rectangle(30, 30, 9, 9), name="Harbour")
    do(hall, lin, Asked(lounge.key, 0, lounge))
    assert draft_floor(hall).things[lounge.key] == lounge


def test_a_command_that_changes_nothing_is_refused(hall, lin):
    key = stand_at(hall, 3, 3, "A1")
    with pytest.raises(commands.NothingAsked):
        do(hall, lin, moved(hall, key, 3, 3))


def test_what_is_wrong_is_told_at_its_place(hall, lin):
    stand_at(hall, 3, 3, "A1")
    do(hall, lin, drawn(4, 3, "A2"))
    [overlap] = [one for one in draft_floor(hall).findings() if one.reason.code == "overlap"]
    assert overlap.reason.sentence == "stand A1 and stand A2 overlap by 6 m²; move one of them."
    assert 4 <= overlap.at[0] <= 6 and 3 <= overlap.at[1] <= 6
    key = next(key for key, one in draft_floor(hall).things.items() if getattr(one, "number", "") == "A2")
    do(hall, lin, moved(hall, key, 12, 3))
    assert [one for one in draft_floor(hall).findings() if one.reason.code == "overlap"] == []


def test_the_rule_places_who_waits_on_the_smallest_stand_that_fits(hall, lin):
    edition = hall.edition
    kessel = make.make_exhibitor(edition, "Kessel", area_m2=18)
    stand_at(hall, 3, 12, "A1")
    do(hall, lin, drawn(9, 12, "A2", width=9.0), drawn(24, 12, "A3", width=6.0), name="draw")
    place_exhibitor(hall, kessel.number, token=uuid4(), context=lin)
    placed = {one.number: one.placed for one in draft_floor(hall).things.values() if hasattr(one, "placed")}
    assert placed == {"A1": (), "A2": (), "A3": (kessel.number,)}
    giant = make.make_exhibitor(edition, "Giant", area_m2=45, stand="raw")
    with pytest.raises(placing.NoStandFits, match="Giant: it asks for 45 m²"):
        place_exhibitor(hall, giant.number, token=uuid4(), context=lin)


def test_nobody_is_placed_twice_or_where_somebody_stands(hall, lin):
    kessel, small = (make.make_exhibitor(hall.edition, name) for name in ("Kessel", "Small"))
    taken, free = stand_at(hall, 3, 3, "A1", make.make_exhibitor(hall.edition, "Host")), stand_at(hall, 9, 3, "A2")

    def place(key, *numbers):
        return do(hall, lin, changed(hall, key, placed=numbers))

    with pytest.raises(commands.StandHasExhibitor):
        place(taken, kessel.number)
    place(free, kessel.number)
    with pytest.raises(commands.StandHasExhibitor):
        place(free, kessel.number, small.number)
    with pytest.raises(commands.PlacedTwice):
        do(hall, lin, drawn(30, 3, "A3", placed=(kessel.number,)))
    with pytest.raises(commands.NobodyToPlace):
        do(hall, lin, drawn(30, 3, "A3", placed=("06-99999",)))


def outlined(corners):
    return {"geometry": {"type": "Polygon", "coordinates": [corners]}}


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ({"kind": "throne"}, things.ThingMalformed),
        ("stand", things.ThingMalformed),
        ({"geometry": {"type": "Polygon", "coordinates": "x"}}, things.ThingMalformed),
        (outlined([[0, 0], [float("nan"), 3], [3, 3]]), things.ThingMalformed),
        (outlined([[0, 0], [1e9, 0], [3, 3]]), things.ThingMalformed),
        ({"geometry": {"type": "Point", "coordinates": [1, 2]}}, things.ThingMalformed),
        (outlined([[0, 0], [3, 0], [3, 0.2], [0, 0.2]]), things.TooSmall),
        (outlined([[0, 0], [3, 3], [3, 0], [0, 3.1]]), things.DrawnAcrossItself),
        ({"number": " "}, things.NumberMissing),
        ({"number": "A" * 21}, things.NumberTooLong),
        ({"number": "A\x001"}, things.ThingMalformed),
        ({"number": 7}, things.ThingMalformed),
        ({"stand": "palace"}, things.ThingMalformed),
        ({"placed": [7]}, things.ThingMalformed),
        ({"kind": "aisle", "width_m": "wide"}, things.ThingMalformed),
        ({"kind": "utility", "services": ["beer"]}, things.ThingMalformed),
    ],
)  # fmt: skip
def test_what_no_plan_can_hold_is_refused(data, refusal):
    whole = things.as_json(drawn(3, 3, "A1").after)
    assert things.read("k", whole) == things.restored("k", whole)
    with pytest.raises(refusal):
        things.read("k", {**whole, **data} if isinstance(data, dict) else data)


@pytest.mark.django_db(transaction=True)
def test_two_who_move_one_stand_at_the_same_moment_get_one_yes_and_one_conflict(hall, lin, mara):
    key = stand_at(hall, 3, 3, "A1")
    ready, outcomes = Barrier(2), []

    def move(context, x):
        asked = moved(hall, key, x, 9)
        ready.wait()
        outcomes.append(do(hall, context, asked))
        connection.close()

    people = [Thread(target=move, args=(lin, 6)), Thread(target=move, args=(mara, 12))]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(type(one).__name__ for one in outcomes) == ["Applied", "Conflict"]
    assert PlanDraft.objects.get().sequence == DraftCommand.objects.count() == 1
