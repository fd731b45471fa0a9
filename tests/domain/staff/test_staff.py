"""Roles of the organiser's staff: nothing by default, an owner may all, an auditor reads, a reviewer by area."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from emporion.domain.accounts.models import User
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.staff.actions import grant_role, revoke_role
from emporion.domain.staff.models import StaffRole
from emporion.domain.staff.queries import fairs_for, held_at, roles_of
from emporion.domain.staff.rules import (
    AreaOnlyForReviewers,
    Held,
    LastOwner,
    UnknownArea,
    UnknownStaffRole,
    areas_of,
    may,
)
from tests import make

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
NOW = ActionContext(AT)


def test_a_role_lets_its_holder_do_what_takes_it_and_nothing_else() -> None:
    held = [Held("halls")]
    assert may(held, ["halls"]) and may(held, ["gate", "halls"])
    assert not may(held, ["gate"]) and not may(held, ["gate"], reading=True)
    assert not may([], ["halls"], reading=True)


def test_an_owner_may_everything_and_an_auditor_reads_everything() -> None:
    assert may([Held("owner")], ["finance"]) and may([Held("owner")], [])
    assert may([Held("auditor")], ["finance"], reading=True)
    assert not may([Held("auditor")], ["finance"])


def test_a_reviewer_of_an_area_decides_there_alone() -> None:
    held = [Held("reviewer", "food")]
    assert may(held, ["reviewer"], area="food") and not may(held, ["reviewer"], area="cars")
    assert areas_of(held) == {"food"}
    assert areas_of([*held, Held("reviewer", "cars")]) == {"food", "cars"}
    assert areas_of([*held, Held("reviewer")]) is None and areas_of([Held("auditor")]) is None


@pytest.mark.django_db
def test_roles_hold_at_their_fair_alone_and_the_operator_is_an_owner_everywhere() -> None:
    accra, expo = make.make_fair("accra"), make.make_fair("expo")
    ama = User.objects.create_user("ama@accra.example")
    assert not ama.is_staff
    grant_role(accra, ama, "gate", context=NOW)
    ama = User.objects.get(pk=ama.pk)
    assert ama.is_staff and roles_of(ama) == {accra.pk: [Held("gate")]}
    assert (held_at(ama, expo), list(fairs_for(ama)), list(fairs_for(ama, "halls"))) == ([], [accra], [])
    operator = User.objects.create_superuser("root@expo.example")
    assert held_at(operator, expo) == [Held("owner")] and set(fairs_for(operator)) == {accra, expo}


@pytest.mark.django_db
def test_granting_and_revoking_twice_is_doing_it_once_and_the_journal_keeps_both() -> None:
    fair, ama = make.make_fair(), User.objects.create_user("ama@accra.example")
    role = grant_role(fair, ama, "gate", context=NOW)
    assert grant_role(fair, ama, "gate", context=NOW) == role
    revoke_role(role, context=NOW)
    revoke_role(role, context=NOW)
    assert not StaffRole.objects.exists()
    events = JournalEntry.objects.order_by("id").values_list("event", "data__role")
    assert list(events) == [("staff.role_granted", "gate"), ("staff.role_revoked", "gate")]


@pytest.mark.django_db
def test_a_fair_keeps_an_owner() -> None:
    fair = make.make_fair()
    ama, kofi = (User.objects.create_user(f"{name}@accra.example", name=name) for name in ("ama", "kofi"))
    first = grant_role(fair, ama, "owner", context=NOW)
    with pytest.raises(LastOwner, match="ama is the only owner"):
        revoke_role(first, context=NOW)
    second = grant_role(fair, kofi, "owner", context=NOW)
    revoke_role(first, context=NOW)
    with pytest.raises(LastOwner, match="kofi"):
        revoke_role(second, context=NOW)


@pytest.mark.django_db
def test_a_role_is_a_known_one_and_its_area_one_of_the_fair() -> None:
    edition = make.make_edition(6)
    make.make_area(edition, "food")
    ama = User.objects.create_user("ama@accra.example")
    grant_role(edition.fair, ama, "reviewer", area="food", context=NOW)
    with pytest.raises(UnknownStaffRole, match="chef"):
        grant_role(edition.fair, ama, "chef", context=NOW)
    with pytest.raises(AreaOnlyForReviewers, match="gate"):
        grant_role(edition.fair, ama, "gate", area="food", context=NOW)
    with pytest.raises(UnknownArea, match=r"cars.*choose among food"):
        grant_role(edition.fair, ama, "reviewer", area="cars", context=NOW)
