"""Aurora registers its people within its quota; its builders come when the design is approved, never to the show."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from emporion.domain.admission.actions import (
    ask_for_passes,
    decide_passes,
    record_entries,
    register_staff,
    remove_staff,
    set_pass_rules,
)
from emporion.domain.admission.models import Badge, Entry, StaffMember
from emporion.domain.admission.queries import code_of, public_key, staff_quota
from emporion.domain.admission.rules import BadgeOutsideItsDays, require_valid, verify
from emporion.domain.admission.rules.staffing import (
    USUAL_BANDS,
    Band,
    BuildDaysNotSet,
    BuildDaysOutOfOrder,
    DesignNotApproved,
    MorePassesDecided,
    NothingToBuild,
    QuotaUsedUp,
    StaffKnown,
    StaffNameNeeded,
    quota_of,
)
from emporion.domain.designs.models import StandDesign
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from tests.make import MORNING, make_exhibitor, make_hall, make_stand

CONTEXT = ActionContext(MORNING)
BUILD_UP, DISMANTLING = (date(2023, 11, 1), date(2023, 11, 4)), (date(2023, 11, 10), date(2023, 11, 12))


@pytest.fixture
def aurora(edition: Edition) -> Exhibitor:
    """On a special-built stand of 36 m²."""
    exhibitor = make_exhibitor(edition, "Aurora", "DE", contact_email="a@aurora.example")
    make_stand(make_hall(edition, "4.1"), 36, "special", exhibitor)
    return exhibitor


def set_rules(edition: Edition, *bands: Band) -> None:
    set_pass_rules(edition, bands, build_up=BUILD_UP, dismantling=DISMANTLING, context=CONTEXT)


@pytest.mark.parametrize(("area_m2", "passes"), [(9, 3), (11, 3), (12, 5), (30, 5), (31, 8), (5000, 40)])
def test_the_usual_quota_goes_by_area(area_m2: int, passes: int) -> None:
    assert quota_of(USUAL_BANDS, "staff", area_m2) == passes


def test_below_the_smallest_row_there_is_none() -> None:
    assert quota_of([Band("staff", 20, 5)], "staff", 19) == 0
    assert quota_of([Band("builder", 0, 5)], "staff", 19) == 0


def test_a_co_exhibitor_has_a_quota_of_its_own(edition: Edition, aurora: Exhibitor) -> None:
    guest = make_exhibitor(edition, "Pumps", "DE", main=aurora)
    assert (staff_quota(aurora, "staff").passes, staff_quota(guest, "staff").passes) == (8, 3)
    set_rules(edition, Band("staff", 0, 2), Band("co_exhibitor", 0, 1))
    assert (staff_quota(aurora, "staff").passes, staff_quota(guest, "staff").passes) == (2, 1)


def test_a_person_gets_a_pass_that_is_signed_for_the_show(aurora: Exhibitor) -> None:
    member = register_staff(aurora, "staff", "  Ada   Lovelace ", function="Engineer", context=CONTEXT)
    badge = Badge.objects.get()
    assert (member.name, badge.holder, badge.kind, badge.exhibitor) == ("Ada Lovelace",) * 2 + ("exhibitor", aurora)
    assert badge.number == f"X{aurora.number}-01"
    read = verify(public_key(aurora.edition), code_of(badge))
    assert (read.first_day, read.last_day) == (aurora.edition.first_day, aurora.edition.last_day)


def test_the_quota_holds_and_a_removed_person_makes_room(edition: Edition, aurora: Exhibitor) -> None:
    set_rules(edition, Band("staff", 0, 2))
    first = register_staff(aurora, "staff", "Ada", context=CONTEXT)
    register_staff(aurora, "staff", "Bo", context=CONTEXT)
    with pytest.raises(QuotaUsedUp):
        register_staff(aurora, "staff", "Cy", context=CONTEXT)
    remove_staff(first, context=CONTEXT)
    assert Badge.objects.get(holder="Ada").revoked == MORNING
    register_staff(aurora, "staff", "Ada", context=CONTEXT)
    assert list(Badge.objects.filter(revoked=None).order_by("number").values_list("number", "holder")) == [
        (f"X{aurora.number}-02", "Bo"), (f"X{aurora.number}-03", "Ada"),
    ]  # fmt: skip


def test_nobody_is_registered_twice_or_without_a_name(aurora: Exhibitor) -> None:
    register_staff(aurora, "staff", "Ada", context=CONTEXT)
    with pytest.raises(StaffKnown):
        register_staff(aurora, "staff", " Ada ", context=CONTEXT)
    with pytest.raises(StaffNameNeeded):
        register_staff(aurora, "staff", " ", context=CONTEXT)


def test_more_passes_are_asked_for_once_and_granted_in_part(edition: Edition, aurora: Exhibitor) -> None:
    ask_for_passes(aurora, "staff", 9, reason="Tasting", context=CONTEXT)
    asked = ask_for_passes(aurora, "staff", 5, reason="Tasting", context=CONTEXT)
    assert aurora.more_passes.count() == 1
    decide_passes(asked, 3, context=CONTEXT)
    decide_passes(asked, 3, context=CONTEXT)
    with pytest.raises(MorePassesDecided):
        decide_passes(asked, 5, context=CONTEXT)
    assert staff_quota(aurora, "staff").passes == 11
    assert Notice.objects.get(template="passes_decided").recipient == "a@aurora.example"


def test_builders_wait_for_the_design_and_the_days(edition: Edition, aurora: Exhibitor) -> None:
    with pytest.raises(NothingToBuild):
        register_staff(make_exhibitor(edition, "Shea"), "builder", "Ed", context=CONTEXT)
    with pytest.raises(DesignNotApproved):
        register_staff(aurora, "builder", "Ed", context=CONTEXT)
    StandDesign.objects.create(exhibitor=aurora, version=1, handed_in=MORNING, state="approved")
    with pytest.raises(BuildDaysNotSet):
        register_staff(aurora, "builder", "Ed", context=CONTEXT)
    set_rules(edition, Band("builder", 0, 1))
    register_staff(aurora, "builder", "Ed", context=CONTEXT)
    days = Badge.objects.order_by("number").values_list("number", "kind", "first_day", "last_day")
    assert list(days) == [
        (f"B{aurora.number}-01", "contractor", *BUILD_UP), (f"B{aurora.number}-02", "contractor", *DISMANTLING),
    ]  # fmt: skip


def test_a_builders_pass_opens_no_gate_during_the_show(edition: Edition, aurora: Exhibitor) -> None:
    StandDesign.objects.create(exhibitor=aurora, version=1, handed_in=MORNING, state="approved")
    set_rules(edition, Band("builder", 0, 1))
    register_staff(aurora, "builder", "Ed", context=CONTEXT)
    badge = Badge.objects.get(first_day=BUILD_UP[0])
    read = verify(public_key(edition), code_of(badge))
    require_valid(read, fair=edition.fair.slug, edition=edition.number, day=BUILD_UP[1])
    with pytest.raises(BadgeOutsideItsDays):
        require_valid(read, fair=edition.fair.slug, edition=edition.number, day=edition.first_day)
    scans = [(UUID(int=day), badge.number, "south", datetime(2023, 11, day, 2, tzinfo=UTC)) for day in (1, 4, 5, 11)]
    outcome = record_entries(edition, scans, context=CONTEXT)
    assert (outcome.created, [problem.row for problem in outcome.problems]) == (2, [3, 4])
    assert {entry.at.day for entry in Entry.objects.all()} == {1, 4}
    assert isinstance(outcome.problems[0].wrong, BadgeOutsideItsDays)


@pytest.mark.parametrize(
    ("build_up", "dismantling"),
    [
        ((date(2023, 11, 4), date(2023, 11, 1)), DISMANTLING),
        ((date(2023, 11, 1), date(2023, 11, 5)), DISMANTLING),
        (BUILD_UP, (date(2023, 11, 9), date(2023, 11, 12))),
    ],
)
def test_days_of_building_stand_round_the_show(
    edition: Edition, build_up: tuple[date, date], dismantling: tuple[date, date]
) -> None:
    with pytest.raises(BuildDaysOutOfOrder):
        set_pass_rules(edition, [], build_up=build_up, dismantling=dismantling, context=CONTEXT)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_place_at_once_one_is_refused(edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "Shea")
    set_rules(edition, Band("staff", 0, 1))
    barrier, refused = threading.Barrier(2), []

    def register(name: str) -> None:
        barrier.wait()
        try:
            register_staff(exhibitor, "staff", name, context=ActionContext(MORNING + timedelta(seconds=1)))
        except QuotaUsedUp:
            refused.append(name)
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=(name,)) for name in _names()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), StaffMember.objects.count(), Badge.objects.count()) == (1, 1, 1)


def _names() -> Iterator[str]:
    yield from ("Ada", "Bo")
