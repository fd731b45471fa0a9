"""Who may register and be approved; no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from emporion.domain.editions.rules import PhaseNotPlanned, Window
from emporion.domain.visitors import rules

OPENS, CLOSES = datetime(2023, 6, 1, 9, tzinfo=UTC), datetime(2023, 10, 25, tzinfo=UTC)


def sentence(refused):
    return refused.value.sentence


def test_registration_has_its_days():
    window = Window(OPENS, CLOSES)
    rules.require_registration_open(window, OPENS)
    with pytest.raises(rules.RegistrationNotOpen) as early:
        rules.require_registration_open(window, OPENS - timedelta(seconds=1))
    with pytest.raises(rules.RegistrationClosed) as late:
        rules.require_registration_open(window, CLOSES)
    assert sentence(early) == "Registration has not opened yet: visitors register from 2023-06-01 09:00."
    assert sentence(late) == "Registration has closed: visitors register until 2023-10-25 00:00."
    with pytest.raises(PhaseNotPlanned):
        rules.require_registration_open(None, OPENS)


def test_a_person_is_approved_after_the_unit():
    rules.require_unit_approved("Ann", "Ann's Works", "approved")
    for state in ("registered", "rejected"):
        with pytest.raises(rules.UnitNotApproved) as refused:
            rules.require_unit_approved("Ann", "Ann's Works", state)
        assert sentence(refused) == (
            f"Ann cannot be approved before the unit is: Ann's Works is still {state}. Decide on the unit first."
        )


@pytest.mark.parametrize(
    ("state", "wanted", "allowed"),
    [
        ("registered", "approved", True),
        ("registered", "rejected", True),
        ("registered", "cancelled", True),
        ("rejected", "approved", True),
        ("approved", "rejected", True),
        ("approved", "cancelled", True),
        ("approved", "approved", False),
        ("rejected", "cancelled", False),
        ("cancelled", "approved", False),
        ("cancelled", "rejected", False),
    ],
)
def test_states_follow_one_another(state, wanted, allowed):
    if allowed:
        rules.require_transition("Ann", state, wanted)
        return
    with pytest.raises(rules.WrongState) as refused:
        rules.require_transition("Ann", state, wanted)
    assert sentence(refused) == f"Ann is {state} and cannot become {wanted}."


def test_an_exhibitor_s_staff_is_no_visitor_however_the_address_is_written():
    rules.require_not_staff("ann@example.org", {"bob@example.org"})
    rules.require_not_staff("", {""})
    with pytest.raises(rules.ExhibitorsStaff) as refused:
        rules.require_not_staff("Bob@Example.org", {"bob@example.org"})
    assert sentence(refused) == (
        "Bob@Example.org belongs to an exhibitor's staff, "
        "who enter with an exhibitor's pass and cannot register as visitors."
    )


def test_a_delegation_takes_as_many_as_its_quota():
    rules.require_quota("Food", None, 10_000)
    rules.require_quota("Food", 3, 2)
    with pytest.raises(rules.DelegationFull) as refused:
        rules.require_quota("Food", 3, 3)
    assert sentence(refused) == ("Food may register 3 people and has 3: raise its quota or register with another.")


def test_a_path_s_branches_lead_to_the_root():
    assert rules.branches("07.031.2") == ("07.031.2", "07.031", "07")
    assert rules.branches("07") == ("07",)
