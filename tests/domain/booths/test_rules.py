"""Free booths, areas and numbers of stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.booths import rules
from emporion.domain.editions.rules import MODULE_M2, RAW_SPACE_FROM_M2
from emporion.kernels.allocation.problem import RAW_MIN_M2, STANDARD_M2

DAY = date(2023, 9, 1)
MORNING = datetime(2023, 3, 1, 9, tzinfo=UTC)
BENIN = rules.Claim(1, "06-00001", "Ananas", "BJ", requested=True, submitted=MORNING)


def refuse(claim: rules.Claim, *, quota: int = 10, granted: int = 0) -> None:
    rules.require_free_booth(claim, least_developed={"BJ"}, day=DAY, quota=quota, granted=granted)


def test_a_least_developed_countrys_exhibitor_that_asks_gets_one():
    refuse(BENIN)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (replace(BENIN, has_free_booth=True), "Ananas already has a free booth; each exhibitor gets one."),
        (replace(BENIN, requested=False), "Ananas has not applied for a free booth; it can do so in its application."),
        (
            replace(BENIN, country="EC"),
            "Free booths are for least developed countries; on 2023-09-01 EC is not one of them.",
        ),
        (
            replace(BENIN, is_co_exhibitor=True),
            "Ananas is a co-exhibitor on its main exhibitor's stand, so it gets no free booth of its own.",
        ),
    ],
)
def test_every_other_claim_is_refused_with_its_reason(claim, sentence):
    with pytest.raises(rules.Refusal) as refused:
        refuse(claim)
    assert refused.value.sentence == sentence


def test_the_quota_is_never_passed():
    refuse(BENIN, quota=3, granted=2)
    with pytest.raises(rules.FreeBoothQuotaUsed, match="All 3 free booths"):
        refuse(BENIN, quota=3, granted=3)


def test_who_applied_first_comes_first():
    later = replace(BENIN, exhibitor=2, submitted=MORNING.replace(hour=10))
    assert rules.in_turn([later, BENIN], 6) == [BENIN, later]


def test_equal_times_are_decided_by_a_lot_that_favours_no_number():
    claims = [replace(BENIN, exhibitor=number, number=f"06-{number:05}") for number in range(200)]
    turn = [claim.exhibitor for claim in rules.in_turn(claims, 6)]
    assert turn == [claim.exhibitor for claim in rules.in_turn(reversed(claims), 6)]
    assert turn != [claim.exhibitor for claim in rules.in_turn(claims, 7)]
    early = sum(number < 100 for number in turn[:100])
    assert 35 <= early <= 65


@pytest.mark.parametrize(
    ("requested", "raw", "area"), [(0, False, 9), (9, False, 9), (10, False, 18), (12, True, 36), (40, True, 45)]
)
def test_a_stand_is_whole_modules(requested, raw, area):
    assert rules.stand_area(requested, raw=raw) == area


PLAIN = rules.Share(1, "06-00001", 18, raw=False, open_sides=1, zone="food", pavilion="", joint="")


def test_who_shares_a_joint_stand_gets_one_with_the_sum_of_the_shares():
    other = replace(PLAIN, exhibitor=2, area_m2=36, raw=True, open_sides=3, zone="cars", joint="J1")
    [stand] = rules.wanted_stands([replace(PLAIN, joint="J1"), other])
    assert (stand.area_m2, stand.raw, stand.open_sides, stand.zone) == (54, True, 3, "cars")
    assert stand.shares == {1: 18, 2: 36}


def test_a_stand_is_named_by_its_contract_whatever_its_records_are():
    first = replace(PLAIN, exhibitor=99, number="06-00001")
    second = replace(PLAIN, exhibitor=100, number="06-00002")
    assert [stand.key for stand in rules.wanted_stands([first, second])] == ["exhibitor 06-00001", "exhibitor 06-00002"]
    assert rules.stand_key("06-00001", "J1") == rules.stand_key("06-00002", "J1") == "joint J1"


def test_a_free_booth_has_the_area_granted_not_the_area_asked():
    [stand] = rules.wanted_stands([replace(PLAIN, area_m2=9, free_m2=18)])
    assert (stand.area_m2, stand.free) == (18, True)


def test_a_joint_stand_is_free_only_when_all_of_it_is():
    shares = [replace(PLAIN, joint="J", free_m2=18), replace(PLAIN, exhibitor=2, joint="J")]
    assert [stand.free for stand in rules.wanted_stands(shares)] == [False]


def test_stands_are_numbered_from_the_north_west_and_pass_over_taken_numbers():
    corners = [(30.0, 0.0), (3.0, 6.0), (3.0, 9.0), (300.0, 200.0)]
    assert rules.stand_numbers("4.1", corners, set()) == ["4.1-A002", "4.1-A001", "4.1-B001", "4.1-Y001"]
    assert rules.stand_numbers("4.1", corners[:2], {"4.1-A001"}) == ["4.1-A003", "4.1-A002"]


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 400)), max_size=60))
def test_no_two_stands_have_one_number(corners):
    numbers = rules.stand_numbers("2", corners, set())
    assert len(set(numbers)) == len(corners)


def test_rows_beyond_the_alphabet_have_two_letters():
    assert [rules.row_letters(row) for row in (0, 7, 8, 23, 24, 25)] == ["A", "H", "J", "Z", "AA", "AB"]


@pytest.mark.parametrize(
    ("place", "wall"), [((3, 0), ("north", 3)), ((3, 9), ("south", 3)), ((0, 4), ("west", 4)), ((19, 4), ("east", 4))]
)
def test_an_exit_lies_on_a_wall(place, wall):
    assert rules.exit_wall(*place, 20, 10) == wall


def test_an_exit_in_the_middle_is_an_error_that_names_it():
    with pytest.raises(ValueError, match=r"exit \[3, 3\] lies at no wall"):
        rules.exit_wall(3, 3, 20, 10)


def test_the_kernel_lets_space_by_the_modules_of_the_rules():
    assert (STANDARD_M2, RAW_MIN_M2) == (MODULE_M2, RAW_SPACE_FROM_M2)
