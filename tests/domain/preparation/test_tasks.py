"""Aurora builds its own stand and has much to do; Shea has a standard booth; both are reminded, each once a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from emporion.domain.admission.models import StaffMember
from emporion.domain.designs.models import StandDesign
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import add_paper
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.preparation.actions import remind_of_tasks, set_task_days
from emporion.domain.preparation.queries import days_of, late_exhibitors, own_tasks, paper_task
from emporion.domain.preparation.rules import (
    ASKED,
    TASKS,
    USUAL_DAYS,
    Task,
    TaskDueAfterShow,
    in_order,
    state_of,
    to_remind_of,
)
from emporion.domain.reason import stored
from emporion.domain.services.models import OrderLine, Service
from tests.make import MORNING, make_exhibitor, make_hall, make_product, make_stand

FIRST = date(2023, 11, 5)
DUE = date(2023, 9, 1)
CONTEXT = ActionContext(MORNING)


@pytest.fixture
def aurora(edition: Edition) -> Exhibitor:
    exhibitor = make_exhibitor(edition, "Aurora", "DE", contact_email="a@aurora.example")
    make_stand(make_hall(edition, "4.1"), 36, "special", exhibitor)
    return exhibitor


@pytest.fixture
def shea(edition: Edition) -> Exhibitor:
    return make_exhibitor(edition, "Shea", "BJ", contact_email="b@shea.example")


def states(exhibitor: Exhibitor, today: date) -> dict[str, str]:
    return {task.kind: task.state for task in own_tasks(exhibitor, today)}


@pytest.mark.parametrize(
    ("done", "with_organiser", "today", "state"),
    [
        (True, False, date(2030, 1, 1), "done"),
        (False, True, date(2030, 1, 1), "with_organiser"),
        (False, False, DUE, "open"),
        (False, False, DUE + timedelta(days=1), "late"),
    ],
)
def test_a_task_is_late_on_the_day_after(done: bool, with_organiser: bool, today: date, state: str) -> None:
    assert state_of(done=done, with_organiser=with_organiser, due=DUE, today=today) == state


def test_what_is_late_comes_first_and_what_is_done_last() -> None:
    tasks = [
        Task("profile", DUE, "done"), Task("staff", date(2023, 10, 22), "open"), Task("products", DUE, "late"),
        Task("services", date(2023, 9, 20), "open"),
    ]  # fmt: skip
    assert [task.kind for task in in_order(tasks)] == ["products", "services", "staff", "profile"]


@pytest.mark.parametrize(
    ("before", "reminded"), [(15, False), (14, True), (3, True), (0, False), (-1, True), (-2, False)]
)
def test_reminders_come_fourteen_and_three_days_before_and_one_after(before: int, reminded: bool) -> None:
    tasks = [Task("products", DUE, "open"), Task("profile", DUE, "done")]
    assert [task.kind for task in to_remind_of(tasks, DUE - timedelta(days=before))] == ["products"] * reminded


def test_who_builds_no_stand_has_no_design_to_hand_in(aurora: Exhibitor, shea: Exhibitor) -> None:
    assert set(states(aurora, DUE)) == set(TASKS)
    assert set(states(shea, DUE)) == set(TASKS) - {"design", "services"}


def test_a_task_is_done_when_its_record_is_there(edition: Edition, aurora: Exhibitor) -> None:
    assert set(states(aurora, FIRST).values()) == {"late"}
    aurora.organisation.about_zh = "阀门"
    aurora.organisation.save()
    make_product(aurora, "Valve")
    design = StandDesign.objects.create(exhibitor=aurora, version=1, handed_in=MORNING)
    StaffMember.objects.create(exhibitor=aurora, kind="builder", name="Ed", registered=MORNING)
    assert states(aurora, FIRST) == {
        "profile": "done", "products": "done", "design": "with_organiser", "buyers": "late", "services": "late",
        "staff": "late",
    }  # fmt: skip
    design.state = "approved"
    design.save()
    power = Service.objects.create(
        edition=edition, code="power", category="power", name_en="Power", unit_en="socket", price=1,
        currency=edition.currency, deadline=MORNING, closes=MORNING,
    )  # fmt: skip
    OrderLine.objects.create(exhibitor=aurora, service=power, quantity=1, price=1, ordered=MORNING)
    StaffMember.objects.create(exhibitor=aurora, kind="staff", name="Ada", registered=MORNING)
    aurora.application.buyers_wanted = "hospitals"
    aurora.application.save()
    assert set(states(aurora, FIRST).values()) == {"done"}


def test_the_list_of_late_exhibitors_agrees_with_each_ones_tasks(
    edition: Edition, aurora: Exhibitor, shea: Exhibitor
) -> None:
    make_product(shea, "Butter")
    StandDesign.objects.create(exhibitor=aurora, version=1, handed_in=MORNING)
    for today in (FIRST - timedelta(days=days) for days in (100, *USUAL_DAYS.values(), 0)):
        for kind in TASKS:
            late = {one.pk for one in (aurora, shea) if states(one, today).get(kind) == "late"}
            assert {one.pk for one in late_exhibitors(edition, today, kind)} == late, (today, kind)
        late = {one.pk for one in (aurora, shea) if "late" in states(one, today).values()}
        assert {one.pk for one in late_exhibitors(edition, today)} == late, today


def test_a_licence_is_asked_where_the_organiser_has_set_a_day(edition: Edition, aurora: Exhibitor) -> None:
    assert "papers" not in states(aurora, FIRST)
    assert paper_task(aurora.application, days_of(edition), FIRST) == []
    set_task_days(edition, {"papers": DUE}, context=CONTEXT)
    assert states(aurora, DUE)["papers"] == "open"
    assert [one.pk for one in late_exhibitors(edition, FIRST, "papers")] == [aurora.pk]
    add_paper(edition, aurora.organisation, "licence", "licence.pdf", b"%PDF-1.7 licence %%EOF", context=CONTEXT)
    assert states(aurora, FIRST)["papers"] == "done"
    assert paper_task(aurora.application, days_of(edition), FIRST) == [Task("papers", DUE, "done")]
    set_task_days(edition, {"papers": None}, context=CONTEXT)
    assert "papers" not in days_of(edition)


def test_the_organiser_moves_a_day(edition: Edition, shea: Exhibitor) -> None:
    set_task_days(edition, {"products": FIRST}, context=CONTEXT)
    assert states(shea, FIRST)["products"] == "open"
    with pytest.raises(TaskDueAfterShow):
        set_task_days(edition, {"products": edition.last_day + timedelta(days=1)}, context=CONTEXT)


def test_a_reminder_is_sent_once_a_day_and_names_what_is_missing(
    edition: Edition, aurora: Exhibitor, shea: Exhibitor
) -> None:
    make_product(shea, "Butter")
    days = {kind: date(2023, 10, 1) for kind in TASKS} | {"products": DUE, "design": DUE}
    set_task_days(edition, days, context=CONTEXT)
    at = datetime(2023, 8, 29, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert remind_of_tasks(edition, at=at) == 1
    assert remind_of_tasks(edition, at=at + timedelta(hours=5)) == 0
    notice = Notice.objects.get()
    asked = [stored(ASKED[one]) for one in ("products", "design")]
    assert (notice.recipient, notice.context["tasks"]) == ("a@aurora.example", asked)
    assert remind_of_tasks(edition, at=at + timedelta(days=1)) == 0


def test_reminding_takes_as_many_queries_for_many_as_for_few(edition: Edition, shea: Exhibitor) -> None:
    at = datetime(2023, 9, 6, 9, tzinfo=ZoneInfo("Asia/Shanghai"))  # products are due on 6 September

    def queries(moment: datetime) -> int:
        with CaptureQueriesContext(connection) as captured:
            remind_of_tasks(edition, at=moment)
        return len(captured)

    few = queries(at)
    for number in range(3):
        make_exhibitor(edition, f"Firm {number}", contact_email=f"f{number}@firm.example")
    assert queries(at + timedelta(days=1)) >= 1
    Notice.objects.all().delete()
    assert queries(at) == few
