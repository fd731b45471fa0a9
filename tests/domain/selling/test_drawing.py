"""Wishes are drawn by rule, each turn with its reason; what is not taken up goes down the waiting list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.notices.models import Notice
from emporion.domain.selling.actions import (
    draw_stands,
    give_back,
    hold_stand,
    join_waiting_list,
    request_stand,
    set_priority,
    set_wishes,
    settle,
)
from emporion.domain.selling.queries.waiting import places_of, waiting_lists
from emporion.domain.selling.rules.drawing import (
    ByLot,
    Entrant,
    GotWish,
    InTurn,
    ReturningFirst,
    WishesGone,
    drawn,
    in_order,
)
from emporion.domain.selling.rules.holds import AlreadyWaiting, NotDrawn, StandNotOnSale, StandWaitedFor
from tests import make
from tests.domain.billing.world import make_applicant
from tests.domain.selling.world import NOW, after, make_row, on_sale, state_of

MAY = datetime(2023, 5, 1, 9, tzinfo=UTC)
UNTIL = date(2023, 5, 31)


def entrant(key: int, *wishes: str, returning: bool = False, points: int = 0, hours: int = 0) -> Entrant:
    return Entrant(key, f"Applicant {key}", returning, points, MAY + timedelta(hours=hours), wishes)


def test_returning_exhibitors_come_first_until_their_day_then_points_then_time() -> None:
    late = 24 * 40
    order = in_order(
        [entrant(1, points=9), entrant(2, returning=True, points=1, hours=5), entrant(3, points=9, hours=-1),
         entrant(4, returning=True, points=2, hours=late), entrant(5, returning=True, points=1, hours=4)],
        until=UNTIL, edition=6,
    )  # fmt: skip
    assert [turn.entrant.application for turn in order] == [5, 2, 3, 1, 4]
    assert order[0].why == ReturningFirst(UNTIL, 1, MAY + timedelta(hours=4))
    assert order[4].why == InTurn(2, MAY + timedelta(hours=late))


def test_equals_are_told_by_a_lot_that_anybody_can_draw_again() -> None:
    equals = [entrant(key) for key in range(1, 6)]
    order = in_order(equals, until=None, edition=6)
    assert in_order(reversed(equals), until=None, edition=6) == order
    assert in_order(equals, until=None, edition=7) != order
    assert all(turn.why == ByLot(InTurn(0, MAY)) for turn in order)


def test_each_gets_the_first_of_its_wishes_that_is_left() -> None:
    turns = drawn(
        [entrant(1, "A1", "A2", points=3), entrant(2, "A1", "A3", points=2), entrant(3, "A1", "A2", points=1)],
        {"A1", "A3"}, until=None, edition=6,
    )  # fmt: skip
    assert [turn.stand for turn in turns] == ["A1", "A3", ""]
    assert [turn.result for turn in turns] == [GotWish("A1", 1), GotWish("A3", 2), WishesGone(("A1", "A2"))]


numbers = st.sampled_from(["A1", "A2", "A3", "A4"])
rankings = st.lists(st.lists(numbers, unique=True, min_size=1).map(tuple), max_size=8)


@given(rankings, st.sets(numbers), st.randoms())
def test_no_stand_is_drawn_twice_and_nobody_envies_who_comes_later(
    wishes: list[tuple[str, ...]], free: set[str], random: object
) -> None:
    turns = drawn([entrant(key, *one) for key, one in enumerate(wishes)], free, until=None, edition=6)
    got = [turn.stand for turn in turns if turn.stand]
    assert len(got) == len(set(got)) and set(got) <= free
    for place, turn in enumerate(turns):
        better = turn.entrant.wishes[: turn.entrant.wishes.index(turn.stand)] if turn.stand else turn.entrant.wishes
        assert not {later.stand for later in turns[place + 1 :]} & set(better)
        assert all(one not in free or one in got for one in better)


@pytest.fixture
def edition(edition: Edition) -> Edition:
    make_row(edition)
    return edition


def applicants(edition: Edition, *names: str) -> list[Application]:
    return [make_applicant(edition, name, contact_email=f"{name[:3].lower()}@x.example") for name in names]


@pytest.mark.django_db
def test_a_drawing_offers_each_its_stand_and_prints_the_order(edition: Edition) -> None:
    on_sale(edition, "drawn", returning_until=NOW.at.date())
    aurora, borealis, castor = applicants(edition, "Aurora", "Borealis", "Castor")
    make.make_earlier("Castor", 5)
    with pytest.raises(StandNotOnSale):
        set_wishes(edition, aurora.organisation_id, ["4.1-X999"], context=NOW)
    set_wishes(edition, aurora.organisation_id, ["4.1-A001", "4.1-A002"], context=NOW)
    set_wishes(edition, borealis.organisation_id, ["4.1-A001"], context=after(minutes=1))
    set_wishes(edition, castor.organisation_id, ["4.1-A001"], context=after(minutes=2))
    set_priority(borealis, 5, context=NOW)
    places = places_of(draw_stands(edition, context=after(minutes=3)))
    assert [(str(place.application.organisation), place.stand_number) for place in places] == [
        ("Castor", "4.1-A001"), ("Borealis", ""), ("Aurora", "4.1-A002"),
    ]  # fmt: skip
    assert isinstance(places[0].reason, ReturningFirst)
    assert places[1].outcome == WishesGone(("4.1-A001",))
    assert state_of("4.1-A001") == ("offered", "Castor")
    told = Notice.objects.filter(template="stand_offered").values_list("recipient", flat=True)
    assert sorted(told) == ["aur@x.example", "cas@x.example"]


@pytest.mark.django_db
def test_an_offer_that_is_declined_or_lapses_goes_to_the_next(edition: Edition) -> None:
    on_sale(edition, "drawn", offer_hours=24)
    aurora, borealis, castor = applicants(edition, "Aurora", "Borealis", "Castor")
    for minutes, one in enumerate((aurora, borealis, castor)):
        set_wishes(edition, one.organisation_id, ["4.1-A001"], context=after(minutes=minutes))
    assert settle(edition, context=after(minutes=5)) == 0
    draw_stands(edition, context=after(minutes=5))
    assert state_of("4.1-A001") == ("offered", "Aurora")
    give_back(edition, aurora.organisation_id, context=after(hours=1))
    assert state_of("4.1-A001") == ("offered", "Borealis")
    assert settle(edition, context=after(hours=24)) == 0
    assert settle(edition, context=after(hours=25)) == 1
    assert state_of("4.1-A001") == ("offered", "Castor")
    assert Notice.objects.filter(template="stand_lapsed").count() == 1
    request_stand(edition, castor.organisation_id, context=after(hours=26))
    assert state_of("4.1-A001") == ("requested", "Castor")
    assert waiting_lists(edition) == []


@pytest.mark.django_db
def test_who_waits_for_a_chosen_stand_is_offered_it_before_anybody_may_pick_it(edition: Edition) -> None:
    on_sale(edition)
    aurora, borealis, castor = applicants(edition, "Aurora", "Borealis", "Castor")
    hold_stand(edition, aurora.organisation_id, "4.1-A001", context=NOW)
    join_waiting_list(edition, borealis.organisation_id, "4.1-A001", context=after(minutes=1))
    with pytest.raises(AlreadyWaiting):
        join_waiting_list(edition, borealis.organisation_id, "4.1-A001", context=after(minutes=1))
    with pytest.raises(StandWaitedFor):
        hold_stand(edition, castor.organisation_id, "4.1-A001", context=after(minutes=16))
    [(stand, [first])] = waiting_lists(edition)
    assert (stand.number, first.application, first.why) == (
        "4.1-A001", borealis, InTurn(0, after(minutes=1).at.astimezone(edition.zone)),
    )  # fmt: skip
    assert settle(edition, context=after(minutes=16)) == 1
    assert state_of("4.1-A001") == ("offered", "Borealis")
    with pytest.raises(NotDrawn):
        draw_stands(edition, context=NOW)
