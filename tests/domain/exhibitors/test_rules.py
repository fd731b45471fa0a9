"""What may be applied for, when, and which way an application goes; no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from emporion.domain.editions.rules import PhaseNotPlanned, Window
from emporion.domain.exhibitors.rules import ApplicationsClosed, ApplicationsNotOpenYet, ExhibitorRow, editions_in_a_row
from emporion.domain.exhibitors.rules.applications import (
    ACTIONS,
    ContactNeeded,
    MainExhibitorNeeded,
    MainIsCoExhibitor,
    MainNotApproved,
    StateForbids,
    co_exhibitor_number,
    contract_number,
    next_serial,
    require_applications_open,
    require_main,
    require_may,
    require_reviewable,
)
from emporion.domain.exhibitors.rules.listing import Known, exhibitor_problems
from emporion.domain.exhibitors.rules.mains import Main, MainExhibitorAmbiguous, MainIndex
from emporion.domain.exhibitors.rules.space import (
    CoExhibitorAsksSpace,
    FreeBoothNotForCountry,
    FreeBoothTooLarge,
    OpenSidesOutOfRange,
    RawSpaceTooSmall,
    StandardBoothModules,
    UnknownStand,
    require_free_booth,
    require_space,
)
from emporion.domain.refusal import Refusal

MAY, AUGUST = datetime(2023, 5, 1, tzinfo=UTC), datetime(2023, 8, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (datetime(2023, 4, 30, 23, 59, 59, tzinfo=UTC), ApplicationsNotOpenYet),
        (MAY, None),
        (datetime(2023, 7, 31, 23, 59, 59, tzinfo=UTC), None),
        (AUGUST, ApplicationsClosed),
    ],
)
def test_applications_are_taken_from_the_first_moment_to_before_the_last(
    at: datetime, refusal: type[Refusal] | None
) -> None:
    if refusal is None:
        require_applications_open(Window(MAY, AUGUST), at, phase="exhibitors apply")
    else:
        with pytest.raises(refusal):
            require_applications_open(Window(MAY, AUGUST), at, phase="exhibitors apply")


def test_a_refusal_says_when_applications_closed() -> None:
    with pytest.raises(ApplicationsClosed) as refused:
        require_applications_open(Window(MAY, AUGUST), AUGUST, phase="exhibitors apply")
    sentence = "Applications closed on 2023-08-01 00:00; ask the organiser whether late ones are accepted."
    assert (refused.value.sentence, refused.value.code) == (sentence, "applications_closed")


def test_without_days_set_nobody_applies() -> None:
    with pytest.raises(PhaseNotPlanned):
        require_applications_open(None, MAY, phase="exhibitors apply")


def test_an_application_goes_only_its_way() -> None:
    allowed = {
        ("draft", "submitted"), ("draft", "changed"), ("draft", "withdrawn"),
        ("submitted", "changed"), ("submitted", "asked about"),
            ("submitted", "approved"), ("submitted", "rejected"), ("submitted", "withdrawn"),
        ("approved", "contracted"), ("approved", "withdrawn"),
        ("approved", "reopened"), ("rejected", "reopened"), ("withdrawn", "reopened"), ("cancelled", "reopened"),
    }  # fmt: skip
    states = ("draft", "submitted", "approved", "rejected", "withdrawn", "contracted", "cancelled")
    for state in states:
        for action in ACTIONS:
            if (state, action) in allowed:
                require_may(state, action)
            else:
                with pytest.raises(StateForbids):
                    require_may(state, action)


@pytest.mark.parametrize(
    ("stand", "area_m2", "open_sides", "is_co_exhibitor", "joint_m2", "refusal"),
    [
        ("standard", 9, 1, False, 0, None),
        ("standard", 108, 4, False, 0, None),
        ("standard", 0, 1, False, 0, StandardBoothModules),
        ("standard", 10, 1, False, 0, StandardBoothModules),
        ("standard", -9, 1, False, 0, StandardBoothModules),
        ("raw", 36, 2, False, 0, None),
        ("raw", 35, 2, False, 0, RawSpaceTooSmall),
        ("raw", 9, 2, False, 36, None),
        ("raw", 9, 2, False, 27, RawSpaceTooSmall),
        ("raw", 0, 2, False, 36, RawSpaceTooSmall),
        ("raw", 36, 0, False, 0, OpenSidesOutOfRange),
        ("raw", 36, 5, False, 0, OpenSidesOutOfRange),
        ("tent", 36, 1, False, 0, UnknownStand),
        ("standard", 0, 1, True, 0, None),
        ("standard", 9, 1, True, 0, CoExhibitorAsksSpace),
    ],
)
def test_space_is_let_as_the_terms_say(
    stand: str, area_m2: int, open_sides: int, is_co_exhibitor: bool, joint_m2: int, refusal: type[Refusal] | None
) -> None:
    asked = {"stand": stand, "area_m2": area_m2, "open_sides": open_sides, "joint_m2": joint_m2}
    if refusal is None:
        require_space(**asked, is_co_exhibitor=is_co_exhibitor)
    else:
        with pytest.raises(refusal):
            require_space(**asked, is_co_exhibitor=is_co_exhibitor)


def free_booth(**fields: object) -> None:
    benin = {"country": "BJ", "least_developed": {"BJ"}, "stand": "standard", "area_m2": 18}
    require_free_booth(**{**benin, "free_booth_m2": 18, "is_co_exhibitor": False, **fields})


def test_a_free_booth_is_for_least_developed_countries_and_small() -> None:
    free_booth()
    for fields, refusal in (
        ({"country": "EC"}, FreeBoothNotForCountry),
        ({"country": ""}, FreeBoothNotForCountry),
        ({"area_m2": 27}, FreeBoothTooLarge),
        ({"stand": "raw", "area_m2": 18}, FreeBoothTooLarge),
        ({"is_co_exhibitor": True}, CoExhibitorAsksSpace),
    ):
        with pytest.raises(refusal):
            free_booth(**fields)


def test_a_main_exhibitor_is_on_its_way_and_no_co_exhibitor() -> None:
    for state in ("draft", "submitted", "approved", "contracted"):
        require_main(name="Shea", state=state, is_co_exhibitor=False)
    for state in ("rejected", "withdrawn"):
        with pytest.raises(MainExhibitorNeeded):
            require_main(name="Shea", state=state, is_co_exhibitor=False)
    with pytest.raises(MainIsCoExhibitor):
        require_main(name="Shea", state="approved", is_co_exhibitor=True)


def test_a_review_needs_a_contact_and_of_a_co_exhibitor_an_accepted_main() -> None:
    require_reviewable(contact_email="a@shea.example", main_state=None)
    require_reviewable(contact_email="", main_state="contracted")
    with pytest.raises(ContactNeeded):
        require_reviewable(contact_email="", main_state=None)
    with pytest.raises(MainNotApproved):
        require_reviewable(contact_email="a@shea.example", main_state="submitted")


def test_contracts_are_numbered_in_a_row() -> None:
    assert contract_number(6, 1) == "06-00001"
    assert co_exhibitor_number("06-00001", 2) == "06-00001-C2"
    assert next_serial([]) == 1
    assert next_serial(["06-00009", "06-00010"]) == 11
    assert next_serial(["06-00001-C9", "06-00001-C10"]) == 11


@pytest.mark.parametrize(
    ("came", "until", "row"),
    [({1, 2, 3, 4, 5, 6}, 6, 6), ({1, 2, 4, 5, 6}, 6, 3), ({1, 2}, 6, 0), (set(), 1, 0), ({5}, 5, 1)],
)
def test_editions_in_a_row_end_with_the_one_asked(came: set[int], until: int, row: int) -> None:
    assert editions_in_a_row(came, until) == row


def main_named(name: str, country: str, *, application: int, number: str = "") -> Main:
    return Main(application, name, "", number, country, "submitted", False, 1, None)


def test_a_main_exhibitor_is_found_by_number_then_by_name_then_by_country() -> None:
    index = MainIndex(
        [
            main_named("Shea SARL", "BJ", application=1, number="RB/1"),
            main_named("Shea Ltd", "EC", application=2),
            main_named("Cacao", "EC", application=3),
        ]
    )
    assert index.find("rb/1", "EC").application == 1
    assert index.find("SHEA", "EC").application == 2
    assert index.find("Cacao S.A.", "BJ").application == 3
    with pytest.raises(MainExhibitorAmbiguous):
        index.find("Shea", "DE")
    with pytest.raises(MainExhibitorNeeded, match="“Nobody” has not applied"):
        index.find("Nobody", "BJ")


KNOWN = Known(
    frozenset({"BJ", "EC"}), frozenset({"ITC"}), frozenset({"crop-seeds"}), frozenset({"food"}), frozenset({4, 5})
)
SHEA = ExhibitorRow(2, "Shea", country="BJ", area="food", area_m2=9)


def test_a_good_row_has_no_problem() -> None:
    assert exhibitor_problems(SHEA, KNOWN) == []
    assert exhibitor_problems(ExhibitorRow(3, "ITC", international="ITC", area="food"), KNOWN) == []
    assert exhibitor_problems(ExhibitorRow(4, "Guest", country="EC", main="Shea"), KNOWN) == []


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"registered_number": "1" * 41}, "registered_number"),
        ({"kind": "club"}, "kind"),
        ({"country": ""}, "country"),
        ({"country": "XX"}, "country"),
        ({"international": "UFO"}, "international"),
        ({"area": ""}, "area"),
        ({"area": "cars"}, "area"),
        ({"sector": "magic"}, "sector"),
        ({"pavilion": "P" * 21}, "pavilion"),
        ({"joint_stand": "J" * 21}, "joint_stand"),
        ({"earlier_editions": (5, 6)}, "earlier_editions"),
        ({"contact_email": "nobody"}, "contact_email"),
        ({"contact_email": "a@b.example, c@d.example"}, "contact_email"),
        ({"website": "www.shea.example"}, "website"),
    ],
)
def test_what_is_wrong_is_reported_with_its_column_and_its_fix(fields: dict[str, object], column: str) -> None:
    [problem] = exhibitor_problems(ExhibitorRow(**{**vars(SHEA), **fields}), KNOWN)
    assert (problem.row, problem.column) == (2, column)
    assert str(problem.wrong).endswith((".", "!")) and str(problem.fix)


def test_everything_wrong_with_a_row_is_reported_at_once() -> None:
    row = ExhibitorRow(7, "", country="XX", area="cars")
    assert [(one.row, one.column, str(one.wrong), str(one.fix)) for one in exhibitor_problems(row, KNOWN)] == [
        (7, "name", "An organisation needs a name: give it as it is registered.",
                   "Give the organisation's registered name."),
        (7, "country", "“XX” is not known as country.", "Use one of BJ, EC."),
        (7, "area", "“cars” is not known as area.", "Use one of food."),
    ]  # fmt: skip


def test_a_chinese_exhibitor_s_credit_code_is_checked_and_no_other_country_s() -> None:
    row = ExhibitorRow(2, "示例", country="CN", area="food", registered_number="91330100799655058X")
    known = replace(KNOWN, countries=frozenset({"CN", "DE"}))
    [problem] = exhibitor_problems(row, known)
    assert (problem.column, str(problem.fix)) == (
        "registered_number", "Copy the number from the organisation's licence, or leave it empty.",
    )  # fmt: skip
    assert str(problem.wrong).startswith("91330100799655058X is not a unified social credit code")
    assert exhibitor_problems(replace(row, country="DE"), known) == []
