"""Many chosen records: a worker does what a page would take too long for, and its page says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from emporion.domain.accounts.models import User
from emporion.domain.admission.models import Badge
from emporion.domain.booths.models import FreeBoothGrant
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.people.models import Invitation
from emporion.domain.visitors.models import VisitingUnit, Visitor
from emporion.domain.work.actions import create_task, fail
from emporion.domain.work.models import BackgroundTask
from emporion.web.shell import admin
from emporion.web.shell.addresses import fair_url
from tests import fair, make
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db
Records = Callable[[Edition], list[Model]]


@pytest.fixture
def edition(db: Any, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """An open fair, at whose office two records are too many for one page."""
    monkeypatch.setattr(admin, "MAX_IN_A_REQUEST", 1)
    return fair.open_fair()


@pytest.fixture
def owner(edition: Edition) -> User:
    return fair.make_person("office@expo.example", "Lin", staff=True)


@pytest.fixture
def office(owner: User) -> Client:
    return fair.signed_in(owner)


def do(office: Client, model: str, action: str, records: list[Model], **typed: str) -> str:
    """Choose records in a list, do an action to them, and read the page that follows."""
    chosen = {"action": action, "_selected_action": [record.pk for record in records], **typed}
    return fair.page_text(office.post(f"/admin/{model}/", chosen, follow=True))


def address_of(task: BackgroundTask) -> str:
    return fair_url(task.edition, "office_task", task.pk)


def task_page(office: Client, task: BackgroundTask) -> str:
    return fair.page_text(office.get(address_of(task)))


def units(edition: Edition) -> list[Model]:
    made = [make.make_unit(edition, name) for name in ("Shanghai Foods", "Ningbo Foods")]
    VisitingUnit.objects.update(state="registered")
    return list(made)


def people(edition: Edition, state: str = "registered") -> list[Model]:
    unit = make.make_unit(edition, "Shanghai Foods")
    return [make.make_visitor(edition, name, unit, state=state) for name in ("Wang Lan", "Li Wei")]


def approved_people(edition: Edition) -> list[Model]:
    return people(edition, "approved")


def people_with_addresses(edition: Edition) -> list[Model]:
    found = people(edition)
    for number, visitor in enumerate(Visitor.objects.all()):
        visitor.email = f"{number}@foods.example"
        visitor.save()
    return found


def applications(edition: Edition, state: str = "submitted") -> list[Model]:
    area = fair.make_area(edition)
    firms = [make.make_organisation(name, "BJ") for name in ("Benin Butter", "Shea Ltd")]
    facts = {"area": area, "area_m2": 9, "contact_email": "ada@shea.example", "state": state}
    return [Application.objects.create(edition=edition, organisation=it, origin=it.country, **facts) for it in firms]


def approved_applications(edition: Edition) -> list[Model]:
    return applications(edition, "approved")


def exhibitors(edition: Edition) -> list[Model]:
    made = [make.make_exhibitor(edition, name, "BJ") for name in ("Asking", "Asking Too")]
    Application.objects.update(requests_free_booth=True)
    return list(made)


CHOSEN: list[tuple[str, str, str, Records, Callable[[], int]]] = [
    ("units_approval", "visitors/visitingunit", "approve", units,
     VisitingUnit.objects.filter(state="approved").count),
    ("units_rejection", "visitors/visitingunit", "reject", units,
     VisitingUnit.objects.filter(state="rejected").count),
    ("visitors_approval", "visitors/visitor", "approve", people, Visitor.objects.filter(state="approved").count),
    ("visitors_rejection", "visitors/visitor", "reject", people, Visitor.objects.filter(state="rejected").count),
    ("visitors_badges", "visitors/visitor", "issue", approved_people, Badge.objects.count),
    ("visitors_invitation", "visitors/visitor", "invite", people_with_addresses, Invitation.objects.count),
    ("applications_approval", "exhibitors/application", "approve", applications,
     Application.objects.filter(state="approved").count),
    ("applications_rejection", "exhibitors/application", "reject", applications,
     Application.objects.filter(state="rejected", reason="Full.").count),
    ("applications_reopening", "exhibitors/application", "reopen", approved_applications,
     Application.objects.filter(state="submitted").count),
    ("contracts", "exhibitors/application", "sign", approved_applications, Exhibitor.objects.count),
    ("contacts_invitation", "exhibitors/application", "invite", approved_applications,
     Invitation.objects.filter(kind="contact").count),
    ("free_booth_grants", "exhibitors/exhibitor", "grant_free_booth", exhibitors, FreeBoothGrant.objects.count),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "model", "action", "records", "done"), CHOSEN, ids=[row[0] for row in CHOSEN])
def test_many_records_are_done_by_a_worker_once_however_often_the_button_is_pressed(
    edition: Edition, office: Client, kind: str, model: str, action: str, records: Records, done: Callable[[], int]
) -> None:
    chosen, typed = records(edition), {"reason": "Full."} if action == "reject" else {}
    for _press in range(2):
        page = do(office, model, action, chosen, **typed)
    assert done() == 0
    [task] = BackgroundTask.objects.all()
    assert address_of(task) in page
    assert 'hx-trigger="every 2s"' in task_page(office, task)
    [task] = do_what_waits()
    assert (task.kind, task.state, done()) == (kind, "done", 2)
    words = "2 people approved." if kind == "visitors_approval" else "Done for 2 records."
    assert words in task_page(office, task)


def test_every_kind_of_work_on_chosen_records_is_tried_here() -> None:
    from emporion.jobs.chosen import CHOSEN as works

    # What is done from the desk's own lists alone has its tests there.
    of_the_desk = {"units_review", "visitors_review", "stands_locking", "stands_unlocking"}
    of_the_desk |= {f"{kind}_pairs_{way}" for kind in ("organisation", "visitor") for way in ("merge", "apart")}
    assert {row[0] for row in CHOSEN} | of_the_desk == {*works, "visitors_approval"}


def test_work_taken_up_after_a_stop_leaves_what_is_done_and_tells_nobody_twice(
    edition: Edition, office: Client
) -> None:
    first, second = people_with_addresses(edition)
    do(office, "visitors/visitor", "reject", [first, second], reason="No.")
    [task] = do_what_waits()
    assert Notice.objects.filter(template="visitor_rejected").count() == 2
    BackgroundTask.objects.filter(pk=task.pk).update(state="running")
    Visitor.objects.filter(pk=second.pk).update(state="registered")
    BackgroundTask.objects.filter(pk=task.pk).update(state="waiting")
    [task] = do_what_waits()
    assert (task.result["done"], task.result["already"]) == (1, 1)
    assert "1 was so already." in task_page(office, task)


def test_a_refusal_names_its_record_and_the_others_are_done(edition: Edition, office: Client) -> None:
    good, bad = applications(edition)
    Application.objects.filter(pk=bad.pk).update(contact_email="")
    do(office, "exhibitors/application", "approve", [good, bad])
    [task] = do_what_waits()
    assert (task.result["done"], task.result["refused"]) == (1, 1)
    page = task_page(office, task)
    assert "Shea Ltd applies to Edition 6" in page
    assert "The application has no e-mail address" in page
    assert "Shea Ltd" in fair.page_text(office.get(f"/zh-hans{address_of(task)}"))


def test_a_list_of_hundreds_asks_for_the_reason_of_all_and_is_rejected(edition: Edition, office: Client) -> None:
    chosen = people(edition)
    asked = do(office, "visitors/visitor", "reject", chosen[:1], select_across="1")
    assert "Reject 2 records" in asked
    assert '<input type="hidden" name="select_across" value="1">' in asked
    do(office, "visitors/visitor", "reject", chosen[:1], select_across="1", reason="Full.")
    [task] = do_what_waits()
    assert task.result["done"] == 2


def test_work_is_run_again_by_those_whose_work_it_is(edition: Edition, owner: User) -> None:
    reviewer, other = fair.make_person("rita@expo.example"), fair.make_person("olu@expo.example")
    gate = fair.make_staff(fair.make_person("gus@expo.example"), "gate")
    for user in (reviewer, other):
        fair.make_staff(user, "reviewer", area="food-agriculture")
    context = ActionContext(make.MORNING, reviewer)
    task = create_task("applications_rejection", edition, {"chosen": [], "reason": "Full."}, context=context)
    fail(task, cause={"en": "The machine stopped."}, at=make.MORNING)
    again = f"{address_of(task)}again/"
    for user, answers in ((gate, 403), (other, 403), (reviewer, 302)):
        shown = task_page(fair.signed_in(user), task)
        assert "The machine stopped." in shown
        assert ("Run it again" in shown) == (answers == 302)
        assert fair.signed_in(user).post(again).status_code == answers
    assert BackgroundTask.objects.count() == 2


def test_what_no_worker_does_is_not_done_to_more_records_than_a_page_can(edition: Edition) -> None:
    root = fair.make_person("root@expo.example", staff=True, is_superuser=True)
    people = [fair.make_second_factor(fair.make_person(f"{name}@expo.example")) for name in ("ada", "ben")]
    page = do(fair.signed_in(root), "accounts/user", "remove_second_factors", list(people))
    assert "Nothing was done: choose at most 1 records at a time." in page
