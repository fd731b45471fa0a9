"""A stand is held for minutes, renewed once, and free again by itself; one buyer has one stand, one stand one buyer."""

from __future__ import annotations

import pytest

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.models import JournalEntry
from emporion.domain.refusal import Refusal
from emporion.domain.selling.actions import choose_stand, give_back, hold_stand, renew_hold, request_stand, settle
from emporion.domain.selling.queries import similar_free
from emporion.domain.selling.rules.holds import (
    Fit,
    HasStand,
    JointStandByOffice,
    NoBuyer,
    NoStandFits,
    NotChosenOnPlan,
    NothingHeld,
    RenewedOnce,
    StandNotOnSale,
    StandTaken,
)
from tests import make
from tests.domain.billing.world import make_applicant
from tests.domain.selling.world import JULY, NOW, after, make_row, on_sale, state_of

pytestmark = pytest.mark.django_db
BOOTH = Fit("standard", 9, 9)


@pytest.fixture
def edition(edition: Edition) -> Edition:
    make_row(edition)
    return on_sale(edition)


@pytest.fixture
def aurora(edition: Edition) -> Application:
    return make_applicant(edition)


@pytest.fixture
def borealis(edition: Edition) -> Application:
    return make_applicant(edition, "Borealis Pumps")


def test_a_stand_is_held_for_a_quarter_of_an_hour(edition: Edition, aurora: Application) -> None:
    held = hold_stand(edition, aurora.organisation_id, "4.1-A002", context=NOW)
    assert (held.number, held.until) == ("4.1-A002", after(minutes=15).at)
    assert state_of("4.1-A002") == ("held", "Aurora Valves")
    entry = JournalEntry.objects.get(event="stand.held")
    assert (entry.subject_label, entry.at, entry.data["application"]) == ("4.1-A002", JULY, aurora.pk)


def test_nobody_else_holds_it_until_its_time_is_over_and_then_anybody(
    edition: Edition, aurora: Application, borealis: Application
) -> None:
    hold_stand(edition, aurora.organisation_id, "4.1-A002", context=NOW)
    with pytest.raises(StandTaken):
        hold_stand(edition, borealis.organisation_id, "4.1-A002", context=after(minutes=14, seconds=59))
    hold_stand(edition, borealis.organisation_id, "4.1-A002", context=after(minutes=15))
    assert state_of("4.1-A002") == ("held", "Borealis Pumps")
    with pytest.raises(NothingHeld):
        request_stand(edition, aurora.organisation_id, context=after(minutes=15))


def test_held_twice_it_is_held_and_its_clock_goes_on(edition: Edition, aurora: Application) -> None:
    hold_stand(edition, aurora.organisation_id, "4.1-A002", context=NOW)
    again = hold_stand(edition, aurora.organisation_id, "4.1-A002", context=after(minutes=5))
    assert again.until == after(minutes=15).at
    assert JournalEntry.objects.filter(event="stand.held").count() == 1


def test_another_pick_gives_the_first_back_unless_it_is_refused(
    edition: Edition, aurora: Application, borealis: Application
) -> None:
    hold_stand(edition, aurora.organisation_id, "4.1-A001", context=NOW)
    hold_stand(edition, borealis.organisation_id, "4.1-A002", context=NOW)
    with pytest.raises(StandTaken):
        hold_stand(edition, aurora.organisation_id, "4.1-A002", context=NOW)
    assert state_of("4.1-A001") == ("held", "Aurora Valves")
    hold_stand(edition, aurora.organisation_id, "4.1-A003", context=after(minutes=3))
    assert (state_of("4.1-A001"), state_of("4.1-A003")) == (("free", ""), ("held", "Aurora Valves"))


def test_a_hold_is_renewed_once(edition: Edition, aurora: Application) -> None:
    hold_stand(edition, aurora.organisation_id, "4.1-A001", context=NOW)
    assert renew_hold(edition, aurora.organisation_id, context=after(minutes=10)).until == after(minutes=25).at
    with pytest.raises(RenewedOnce):
        renew_hold(edition, aurora.organisation_id, context=after(minutes=12))
    with pytest.raises(NothingHeld):
        renew_hold(edition, aurora.organisation_id, context=after(minutes=25))


def test_the_job_notes_what_has_lapsed_once(edition: Edition, aurora: Application) -> None:
    hold_stand(edition, aurora.organisation_id, "4.1-A001", context=NOW)
    assert settle(edition, context=after(minutes=14)) == 0
    assert settle(edition, context=after(minutes=15)) == 1
    assert settle(edition, context=after(minutes=15)) == 0
    assert state_of("4.1-A001") == ("free", "")
    assert JournalEntry.objects.filter(event="stand.lapsed").count() == 1


def test_a_request_has_no_clock_and_the_application_asks_what_the_stand_is(
    edition: Edition, aurora: Application
) -> None:
    hold_stand(edition, aurora.organisation_id, "4.1-A001", context=NOW)
    request_stand(edition, aurora.organisation_id, context=after(minutes=5))
    request_stand(edition, aurora.organisation_id, context=after(minutes=6))
    assert settle(edition, context=after(days=30)) == 0
    assert state_of("4.1-A001") == ("requested", "Aurora Valves")
    aurora.refresh_from_db()
    assert (aurora.stand, aurora.area_m2, aurora.open_sides) == ("standard", 9, 2)
    with pytest.raises(HasStand):
        hold_stand(edition, aurora.organisation_id, "4.1-A002", context=after(minutes=7))
    give_back(edition, aurora.organisation_id, context=after(minutes=8))
    assert state_of("4.1-A001") == ("free", "")


def test_the_machine_chooses_the_smallest_that_fits_and_says_when_none_does(
    edition: Edition, aurora: Application, borealis: Application
) -> None:
    assert choose_stand(edition, aurora.organisation_id, BOOTH, context=NOW).number == "4.1-A001"
    assert choose_stand(edition, borealis.organisation_id, BOOTH, context=NOW).number == "4.1-A002"
    for fit in (Fit("special", 36, 72), Fit("standard", 18, 36), Fit("standard", 9, 9, open_sides=3),
                Fit("standard", 9, 9, hall="5.1")):  # fmt: skip
        with pytest.raises(NoStandFits):
            choose_stand(edition, make_applicant(edition, f"Castor {fit}").organisation_id, fit, context=NOW)
    assert choose_stand(edition, aurora.organisation_id, Fit("standard", 9, 9, hall="4.1"), context=NOW).number
    assert [state_of(f"4.1-A00{n}")[1] for n in (1, 2)] == ["Aurora Valves", "Borealis Pumps"]


def test_the_refused_are_told_similar_stands(edition: Edition, aurora: Application) -> None:
    make_row(edition, 1, width=6, number="4.1-B001", y=12, area_m2=18)
    hold_stand(edition, aurora.organisation_id, "4.1-A001", context=NOW)
    on_sale(edition)
    told = [stand.number for stand in similar_free(edition, "4.1-A001", JULY)]
    assert told == ["4.1-A002", "4.1-A003", "4.1-A004", "4.1-A005", "4.1-A006"]


def refused(edition: Edition, organisation: int, number: str = "4.1-A001") -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        hold_stand(edition, organisation, number, context=NOW)
    return caught.type


def test_who_may_not_hold_is_told_why(edition: Edition, aurora: Application) -> None:
    assert refused(edition, aurora.organisation_id, "4.1-A999") is StandNotOnSale
    draft = make_applicant(edition, "Draft Horses", state="draft")
    guest = make_applicant(edition, "Guest House", main=aurora)
    sharing = make_applicant(edition, "Sharing Economy", joint_stand="J1")
    assert [refused(edition, one.organisation_id) for one in (draft, guest, sharing)] == [
        NoBuyer, NoBuyer, JointStandByOffice,
    ]  # fmt: skip
    assert refused(edition, make.make_organisation("Nobody").pk) is NoBuyer
    on_sale(edition, "allocated")
    assert refused(edition, aurora.organisation_id) is NotChosenOnPlan
