"""A draft is compared, published and kept as a version; who was placed stands there; nothing is lost on the way."""

from __future__ import annotations

from uuid import uuid4

import pytest

from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.booths.queries import hall_plan
from emporion.domain.drafts.actions import Applied, discard_draft, publish_draft, take_published
from emporion.domain.drafts.actions.publishing import differences_of
from emporion.domain.drafts.models import DraftCommand, PlanDraft, PlanVersion
from emporion.domain.drafts.queries import draft_floor
from emporion.domain.drafts.rules import differences
from emporion.domain.drafts.rules.commands import Asked
from emporion.domain.editions.rules.floors import Element, rectangle
from emporion.domain.journal.models import JournalEntry
from tests import make
from tests.domain.drafts.world import changed, do, drawn, moved, places, stand_at


def publish(hall, context, **more):
    draft = draft_floor(hall).draft
    return publish_draft(hall, seen=draft.sequence if draft else 0, context=context, **more)


def test_what_a_draft_changes_is_told_before_it_is_published(hall, lin):
    first, gone = stand_at(hall, 6, 12, "A1"), stand_at(hall, 18, 12, "A2")
    do(hall, lin, moved(hall, first, 9, 16), Asked(gone, 0, None), drawn(30, 12, "A3", width=6.0))
    found = differences_of(draft_floor(hall))
    assert [(one.state, one.called, one.moved_m, one.grown_m2) for one in found] == [
        ("changed", "A1", 5.0, 0.0),
        ("gone", "A2", 0.0, -9.0),
        ("new", "A3", 0.0, 18.0),
    ]


def test_publishing_changes_the_plan_and_keeps_both_versions(hall, lin):
    first, gone = stand_at(hall, 6, 12, "A1"), stand_at(hall, 18, 12, "A2")
    lounge = Element(str(uuid4()), "lounge", rectangle(30, 30, 9, 9), name="Harbour")
    new = drawn(30, 12, "A3", width=6.0)
    do(hall, lin, moved(hall, first, 9, 16), Asked(gone, 0, None), new, Asked(lounge.key, 0, lounge))
    version = publish(hall, lin)
    rows = Stand.objects.order_by("number").values_list("number", "x", "y", "area_m2", "open_sides", "locked")
    assert list(rows) == [("A1", 9, 16, 9, 4, False), ("A3", 30, 12, 18, 4, False)]
    # A stand keeps the key that it was drawn with.
    assert {str(key) for key in Stand.objects.values_list("key", flat=True)} == {first, new.key}
    assert lounge in hall_plan(hall).elements
    assert (version.number, version.by, version.counts) == (2, lin.actor, {"new": 2, "changed": 1, "gone": 1})
    before = PlanVersion.objects.get(hall=hall, number=1)
    assert [one["properties"]["number"] for one in before.plan["features"] if "number" in one["properties"]] == [
        "A1", "A2",
    ]  # fmt: skip
    assert JournalEntry.objects.filter(event="plan.published").get().data["version"] == 2
    assert draft_floor(hall).draft is None
    with pytest.raises(differences.NothingToPublish):
        publish(hall, lin)


def test_locks_kinds_and_areas_are_published_without_a_move(hall, lin):
    make.make_area(hall.edition, "food")
    key = stand_at(hall, 6, 12, "A1")
    do(hall, lin, changed(hall, key, locked=True, area="food", kind="special"), name="set")
    publish(hall, lin)
    stand = Stand.objects.get()
    assert (stand.locked, stand.area.code, stand.kind, stand.x) == (True, "food", "special", 6)


def test_two_stands_swap_their_numbers(hall, lin):
    first, other = stand_at(hall, 6, 12, "A1"), stand_at(hall, 18, 12, "A2")
    do(hall, lin, changed(hall, first, number="A2"), changed(hall, other, number="A1"))
    publish(hall, lin)
    assert {str(one.key): one.number for one in Stand.objects.all()} == {first: "A2", other: "A1"}


def test_who_was_placed_stands_there_with_its_guests(hall, lin):
    kessel = make.make_exhibitor(hall.edition, "Kessel")
    guest = make.make_exhibitor(hall.edition, "Guest", main=kessel)
    key = stand_at(hall, 6, 12, "A1")
    do(hall, lin, changed(hall, key, placed=(kessel.number,)), name="place")
    assert not Occupancy.objects.exists()
    publish(hall, lin)
    shares = {one.exhibitor: one.area_m2 for one in Occupancy.objects.filter(stand__key=key)}
    assert shares == {kessel: 9, guest: 0}
    # It stays there when the halls are allocated again.
    assert Stand.objects.get().locked


def test_nobody_stands_on_two_stands_when_they_came_to_one_meanwhile(hall, lin):
    kessel = make.make_exhibitor(hall.edition, "Kessel")
    key = stand_at(hall, 6, 12, "A1")
    do(hall, lin, changed(hall, key, placed=(kessel.number,)), name="place")
    stand_at(make.make_hall(hall.edition, "5.1"), 3, 3, "B1", kessel)
    with pytest.raises(differences.ExhibitorPlacedMeanwhile):
        publish(hall, lin)
    assert Occupancy.objects.get().stand.number == "B1"


def test_a_stand_that_came_to_be_taken_waits_for_a_decision(hall, lin):
    key = stand_at(hall, 6, 12, "A1")
    do(hall, lin, moved(hall, key, 9, 16))
    kessel = make.make_exhibitor(hall.edition, "Kessel")
    Occupancy.objects.create(stand=Stand.objects.get(), exhibitor=kessel, area_m2=9)
    with pytest.raises(differences.StandsUndecided, match="A1"):
        publish(hall, lin)
    publish(hall, lin, decided=[key])
    assert Occupancy.objects.get().stand.x == 9


def test_a_draft_with_faults_that_the_plan_had_not_is_refused(hall, lin):
    stand_at(hall, 6, 12, "A1")
    do(hall, lin, drawn(7, 12, "A2"))
    with pytest.raises(differences.DraftNotSound, match=r"stand A1 and stand A2 overlap by 6 m²"):
        publish(hall, lin)
    assert Stand.objects.count() == 1


def test_what_changed_in_the_plan_meanwhile_waits_for_a_decision(hall, lin):
    keys = [stand_at(hall, x, 12, number) for x, number in ((6, "A1"), (18, "A2"), (30, "A3"))]
    do(hall, lin, *(moved(hall, key, x, 20) for key, x in zip(keys, (6, 18, 30), strict=True)))
    Stand.objects.filter(number="A1").update(y=30)
    Stand.objects.filter(number="A2").delete()
    with pytest.raises(differences.PublishedMeanwhile, match=r"published plan: A1, A2\."):
        publish(hall, lin)
    take_published(hall, {keys[0]: True, keys[1]: False}, context=lin)
    publish(hall, lin)
    assert {one.number: (one.x, one.y) for one in Stand.objects.all()} == {
        "A1": (6, 30),
        "A2": (18, 20),
        "A3": (30, 20),
    }


def test_nobody_publishes_what_they_have_not_seen(hall, lin, mara):
    key = stand_at(hall, 6, 12, "A1")
    do(hall, lin, moved(hall, key, 9, 16))
    seen = draft_floor(hall).draft.sequence
    do(hall, mara, moved(hall, key, 12, 16))
    with pytest.raises(differences.DraftWentOn):
        publish_draft(hall, seen=seen, context=lin)


def test_a_draft_that_is_given_up_leaves_the_plan_and_the_commands(hall, lin):
    key = stand_at(hall, 6, 12, "A1")
    do(hall, lin, moved(hall, key, 9, 16))
    discard_draft(hall, context=lin)
    assert places(hall) == {"A1": (6, 12)}
    assert DraftCommand.objects.count() == 1
    assert isinstance(do(hall, lin, moved(hall, key, 9, 16)), Applied)
    assert list(PlanDraft.objects.values_list("state", flat=True)) == ["open", "discarded"]
