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
from emporion.domain.work.actions import begin, create_task, fail, finish, note_progress
from emporion.domain.work.models import BackgroundTask
from emporion.web.shell.addresses import fair_url
from tests import fair, make

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
    return create_task("allocation", edition, context=ActionContext(timezone.now(), staff))


def page(office: Client, task: BackgroundTask, **headers: str) -> str:
    answer = office.get(fair_url(task.edition, "office_task", task.pk), **headers)
    assert answer.status_code == 200
    return fair.page_text(answer)


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
    assert "Only work that has failed can be run again" in fair.page_text(office.post(again, follow=True))
    fail(task, cause={"en": "No hall has room."}, at=timezone.now())
    office.post(again)
    assert "This is already in progress." in fair.page_text(office.post(again, follow=True))
    assert BackgroundTask.objects.count() == 2


def test_the_list_shows_the_latest_work_first_with_its_causes(
    office: Client, task: BackgroundTask, edition: Edition
) -> None:
    fail(task, cause={"en": "No hall has room."}, at=timezone.now())
    create_task("matching", edition, context=ActionContext(timezone.now()))
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


def test_work_of_no_edition_is_shown_to_who_asked_and_to_the_operator(office: Client, edition: Edition) -> None:
    mine, other = (fair.make_person(f"{name}@expo.example", name, staff=True) for name in ("Mina", "Otto"))
    shared = create_task("visitor_duplicates", context=ActionContext(timezone.now(), mine))
    addresses = (fair_url(edition, "office_tasks"), fair_url(edition, "office_task", shared.pk))
    for client, listed, status in (
        (fair.signed_in(mine), True, 200),
        (office, True, 200),
        (fair.signed_in(other), False, 404),
    ):
        assert ("Mina" in client.get(addresses[0]).content.decode()) is listed
        assert client.get(addresses[1]).status_code == status


def put(recipient: str) -> Notice:
    notify(recipient, recipient=recipient, template="application_approved", context={}, at=timezone.now())
    return Notice.objects.get(key=recipient)


def test_without_a_mail_server_the_office_is_told_that_nothing_leaves(
    office: Client, edition: Edition, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    put("ada@shea.example")
    warning = "No mail server is set: nothing is sent. 1 message is waiting."
    for address in ("/admin/", fair_url(edition, "office_outbox"), fair_url(edition, "office_timetable")):
        assert warning in office.get(address).content.decode()
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


def test_the_owner_of_a_fair_sees_and_discards_its_messages_alone(office: Client, edition: Edition) -> None:
    other = make.make_edition(1, fair=make.make_fair("accra"), current=True)
    for recipient, about in (
        ("ada@shea.example", edition.pk),
        ("kofi@accra.example", other.pk),
        ("eve@x.example", None),
    ):
        facts = {"subject": "Sign-in code", "body": "Your code: 123456"}
        notify(
            recipient, recipient=recipient, template="account_mail", context=facts, edition_id=about, at=timezone.now()
        )
    owner = fair.signed_in(fair.make_person("owner@expo.example", staff=True))
    outbox = fair_url(edition, "office_outbox")
    shown = fair.page_text(owner.get(outbox))
    assert "ada@shea.example" in shown
    assert "kofi@accra.example" not in shown and "eve@x.example" not in shown
    assert "1 message waits" in shown or '<dd class="figure">1</dd>' in shown
    whole = fair.page_text(office.get(outbox))
    for recipient in ("ada@shea.example", "kofi@accra.example", "eve@x.example"):
        assert recipient in whole
    assert "123456" not in shown + whole
    owner.post(outbox, {"action": "discard_waiting"})
    left = sorted(Notice.objects.values_list("recipient", flat=True))
    assert left == ["eve@x.example", "kofi@accra.example"]
    given_up = Notice.objects.get(recipient="kofi@accra.example")
    give_up(given_up, error="550 no", at=timezone.now())
    owner.post(outbox, {"action": "discard", "notice": given_up.pk})
    assert Notice.objects.filter(pk=given_up.pk).exists()


def test_the_footer_leads_staff_to_the_office_of_their_fair(office: Client, edition: Edition) -> None:
    owner = fair.signed_in(fair.make_person("owner@expo.example", staff=True))
    for address in ("/expo/", "/my/", fair_url(edition, "office_tasks")):
        page = fair.page_text(owner.get(address))
        assert '<a href="/expo/office/">Organiser&#x27;s office</a>' in page or (
            '<a href="/expo/office/">Organiser\'s office</a>' in page
        )
    assert office.get("/favicon.ico").headers["Location"].endswith("favicon.svg")
    assert "favicon.svg" in fair.page_text(office.get("/admin/"))


def test_moments_are_in_the_venues_time_whose_zone_is_named(office: Client, task: BackgroundTask) -> None:
    BackgroundTask.objects.filter(pk=task.pk).update(requested=make.MORNING)
    local = make.MORNING.astimezone(fair.VENUE)
    shown = page(office, task)
    assert f'<time class="figure" datetime="{local.isoformat()}">{local:%Y-%m-%d %H:%M}</time>' in shown
    assert "Times are in China Time, as at the venue." in shown
    assert "时间为中国时间" in fair.page_text(office.get("/zh-hans" + fair_url(task.edition, "office_outbox")))


def test_the_back_office_of_an_empty_installation_opens(db: Any) -> None:
    answer = fair.signed_in(fair.make_person("first@expo.example", staff=True, is_superuser=True)).get("/admin/")
    assert answer.status_code == 200
    assert "No worker is running" in answer.content.decode()
