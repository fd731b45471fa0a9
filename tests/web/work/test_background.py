"""Staff sees how background work goes, why it failed, and runs it again; and what becomes of messages."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import give_up, notify
from emporion.domain.notices.models import Notice
from emporion.domain.work.actions import ask_for, begin, fail, finish, note_progress
from emporion.domain.work.models import BackgroundTask
from emporion.web.shell.addresses import fair_url
from tests import fair

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def staff(edition: Edition) -> User:
    return fair.make_person("office@expo.example", "Olga", staff=True, is_superuser=True)


@pytest.fixture
def office(staff: User) -> Client:
    return fair.signed_in(staff)


@pytest.fixture
def task(edition: Edition, staff: User) -> BackgroundTask:
    return ask_for("allocation", edition, context=ActionContext(timezone.now(), staff))


def page(office: Client, task: BackgroundTask, **headers: str) -> str:
    answer = office.get(fair_url(task.edition, "office_task", task.pk), **headers)
    assert answer.status_code == 200
    return fair.said(answer)


def test_work_that_waits_says_that_no_worker_runs(office: Client, task: BackgroundTask) -> None:
    assert "No worker is running: start `emporion worker`" in page(office, task)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    shown = page(office, task)
    assert "No worker is running" not in shown
    assert "Waiting for a worker" in shown


def test_a_page_of_work_under_way_renews_itself_with_and_without_javascript(
    office: Client, task: BackgroundTask
) -> None:
    begin(task, at=timezone.now())
    note_progress(task, 30, 120)
    whole, part = page(office, task), page(office, task, **HTMX)
    assert 'hx-trigger="every 2s"' in whole
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in whole
    assert '<progress max="100" value="25">' in whole
    assert part.lstrip().startswith('<section id="task"')
    assert "<html" not in part


def test_a_page_of_work_that_is_done_stays_as_it_is(office: Client, task: BackgroundTask) -> None:
    finish(task, at=timezone.now(), result={})
    shown = page(office, task)
    assert "Done" in shown
    assert "hx-trigger" not in shown
    assert "http-equiv" not in shown


def test_failed_work_says_why_in_the_readers_language_and_is_run_again(office: Client, task: BackgroundTask) -> None:
    fail(task, cause={"en": "No hall has room.", "zh-hans": "展馆无空位。"}, at=timezone.now())
    address = fair_url(task.edition, "office_task", task.pk)
    assert "No hall has room." in page(office, task)
    assert "展馆无空位。" in office.get("/zh-hans" + address).content.decode()
    answer = office.post(fair_url(task.edition, "office_task_again", task.pk))
    again = BackgroundTask.objects.exclude(pk=task.pk).get()
    assert answer.headers["Location"] == fair_url(task.edition, "office_task", again.pk)
    assert (again.kind, again.edition, again.state) == ("allocation", task.edition, "waiting")


def test_work_under_way_is_not_run_beside_itself(office: Client, task: BackgroundTask) -> None:
    again = fair_url(task.edition, "office_task_again", task.pk)
    assert "Only work that has failed can be run again" in fair.said(office.post(again, follow=True))
    fail(task, cause={"en": "No hall has room."}, at=timezone.now())
    office.post(again)
    assert "This is under way already." in fair.said(office.post(again, follow=True))
    assert BackgroundTask.objects.count() == 2


def test_the_list_shows_the_latest_work_first_with_its_causes(
    office: Client, task: BackgroundTask, edition: Edition
) -> None:
    fail(task, cause={"en": "No hall has room."}, at=timezone.now())
    ask_for("matching", edition, context=ActionContext(timezone.now()))
    shown = office.get(fair_url(edition, "office_tasks")).content.decode()
    assert shown.index("Make suggestions to both sides") < shown.index("Allocate the halls")
    assert "No hall has room." in shown
    assert "Olga" in shown


def test_work_is_shown_to_staff_alone(edition: Edition, task: BackgroundTask) -> None:
    visitor = fair.signed_in(fair.make_person("ada@shea.example"))
    for name in ("office_tasks", "office_outbox"):
        assert visitor.get(fair_url(edition, name)).status_code == 404
        assert Client().get(fair_url(edition, name)).status_code == 302
    assert visitor.get(fair_url(edition, "office_task", task.pk)).status_code == 404


def put(recipient: str) -> Notice:
    notify(recipient, recipient=recipient, template="application_approved", context={}, at=timezone.now())
    return Notice.objects.get(key=recipient)


def test_without_a_mail_server_the_office_is_told_that_nothing_leaves(
    office: Client, edition: Edition, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    put("ada@shea.example")
    told = "No mail server is set: nothing leaves. 1 message waits."
    for address in ("/admin/", fair_url(edition, "office_outbox"), fair_url(edition, "office_timetable")):
        assert told in office.get(address).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "nothing leaves" not in office.get("/admin/").content.decode()


def test_messages_that_were_given_up_are_sent_again_or_discarded(office: Client, edition: Edition) -> None:
    for recipient in ("ada@shea.example", "ben@shea.example", "coy@shea.example"):
        give_up(put(recipient), error="550 no such person", at=timezone.now())
    outbox = fair_url(edition, "office_outbox")
    shown = office.get(outbox).content.decode()
    assert "3 messages were given up." in shown
    assert "550 no such person" in shown
    office.post(outbox, {"action": "send", "notice": Notice.objects.get(recipient__startswith="ada").pk})
    office.post(outbox, {"action": "discard", "notice": Notice.objects.get(recipient__startswith="ben").pk})
    left = {notice.recipient: bool(notice.failed) for notice in Notice.objects.all()}
    assert left == {"ada@shea.example": False, "coy@shea.example": True}
    office.post(outbox, {"action": "send", "notice": "nonsense"})
    office.post(outbox, {"action": "discard_waiting"})
    assert [notice.recipient for notice in Notice.objects.all()] == ["coy@shea.example"]


def test_the_back_office_of_an_empty_installation_opens(db: Any) -> None:
    answer = fair.signed_in(fair.make_person("first@expo.example", staff=True, is_superuser=True)).get("/admin/")
    assert answer.status_code == 200
    assert "No worker is running" in answer.content.decode()
