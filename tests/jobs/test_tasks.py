"""Long actions in a worker: done twice they are done once; a worker killed in the middle leaves what was there."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from emporion.domain.accounts.models import User
from emporion.domain.catalogue.models import Product
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.models import ExhibitorSuggestions, MatchingRun, VisitorSuggestions
from emporion.domain.meetings.models import Meeting, MeetingSlot, Presence
from emporion.domain.notices.models import Notice
from emporion.domain.work import actions
from emporion.domain.work.models import BackgroundTask
from emporion.domain.work.rules import MOST_WORKERS
from emporion.jobs import tasks
from emporion.jobs.running import Run, run
from tests import fair, make
from tests.worker import PATIENCE, clear_jobs, start_worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition() -> Iterator[Edition]:
    """Two sellers and three buyers who look for the same."""
    edition = fair.open_fair()
    sector = make.make_sector("food")
    for name, country in (("Shea du Bénin", "BJ"), ("Cacao Fino", "EC")):
        seller, _user = fair.make_seller(edition, name, country)
        seller.sector = sector
        seller.save()
    for number in range(3):
        buyer, _user = fair.make_buyer(edition, f"Buyer {number}", f"Unit {number}")
        buyer.sectors = [sector.number]
        buyer.save()
    yield edition
    with connection.cursor() as cursor:
        # A worker's threads keep their connections open.
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    clear_jobs()


def create_task(kind: str, edition: Edition, actor: User | None = None) -> BackgroundTask:
    task = actions.create_task(kind, edition, context=ActionContext(timezone.now(), actor))
    tasks.enqueue(task)
    return task


def job_of(task: BackgroundTask) -> ProcrastinateJob:
    return ProcrastinateJob.objects.get(args__task=task.pk)


def work() -> None:
    """Let a worker do all that waits, within this process."""
    with app.replace_connector(app.connector.get_worker_connector()) as at_work:
        at_work.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def states() -> list[str]:
    return list(ProcrastinateJob.objects.filter(lock__startswith="edition-").values_list("status", flat=True))


def suggested() -> dict[int, list[int]]:
    return dict(VisitorSuggestions.objects.filter(run__current=True).values_list("visitor", "exhibitors"))


def test_matching_done_twice_is_done_once(edition: Edition) -> None:
    create_task("matching", edition)
    work()
    first = suggested()
    assert len(first) == 3
    create_task("matching", edition)
    work()
    assert suggested() == first
    assert VisitorSuggestions.objects.count() == 3
    assert ExhibitorSuggestions.objects.count() == 2
    assert set(states()) == {"succeeded"}


def test_what_is_said_since_is_encoded_between_the_runs(edition: Edition) -> None:
    seller = edition.exhibitors.order_by("pk").first()
    Product.objects.create(edition=edition, exhibitor=seller, number="1", name_en="Shea butter for creams")
    assert tasks.encode_new_texts(0) == 1
    assert tasks.encode_new_texts(0) == 0
    assert seller.texts.texts_digest


def test_the_timetable_opens_its_slots_and_is_published(edition: Edition) -> None:
    buyer, seller = edition.visitors.order_by("pk").first(), edition.exhibitors.order_by("pk").first()
    fair.make_request(buyer, seller, state="accepted")
    for _ in range(2):
        create_task("timetable", edition)
        create_task("publication", edition)
        work()
    assert MeetingSlot.objects.count() == 6 * 14
    assert [meeting.published for meeting in Meeting.objects.all()] == [True]
    assert Notice.objects.filter(template="timetable_published").count() == 1


def test_who_asked_is_told_when_a_rule_says_no(edition: Edition) -> None:
    office = fair.make_person("office@expo.example", staff=True)
    buyer, seller = edition.visitors.order_by("pk").first(), edition.exhibitors.order_by("pk").first()
    # A draft keeps what is published; who is away then makes that impossible.
    fair.meet(buyer, seller, 0)
    Presence.objects.create(visitor=buyer, away=[0])
    task = create_task("timetable", edition, office)
    work()
    assert states() == ["succeeded"]
    task.refresh_from_db()
    assert task.state == "failed"
    assert task.cause["en"].startswith("The meetings already published ca")
    notices = Notice.objects.get(template="task_failed")
    assert (notices.recipient, notices.context["why"]) == ("office@expo.example", task.cause)
    assert notices.context["kind"] == {"en": "Make the timetable of meetings", "zh-hans": "编制会面日程表"}


def test_halls_are_allocated_and_free_booths_granted_once(edition: Edition) -> None:
    hall = edition.halls.get()
    hall.areas.set(edition.areas.all())
    edition.exhibitors.filter(origin="BJ").get().application.__class__.objects.filter(origin="BJ").update(
        requests_free_booth=True, area_m2=9
    )
    for _ in range(2):
        create_task("free_booths", edition)
        create_task("allocation", edition)
        create_task("allocation_publication", edition)
        work()
    assert [one.free_booth.area_m2 for one in edition.exhibitors.filter(free_booth__isnull=False)] == [18]
    assert edition.stands.filter(free=True).count() == 1
    assert Notice.objects.filter(template="free_booth_granted").count() <= 1


def test_the_outbox_is_sent_by_its_job(edition: Edition, settings: Any) -> None:
    settings.PUBLIC_URL = "https://fair.example"
    Notice.objects.create(
        key="a", recipient="ada@shea.example", template="timetable_published", context={"name": "Ada"}, edition=edition,
        created=make.MORNING,
    )  # fmt: skip
    app.configure_task("send_notices").defer(timestamp=0)
    work()
    assert Notice.objects.get().sent is not None


def test_reminders_lie_in_the_outbox_once_however_often_their_job_runs(edition: Edition) -> None:
    buyer, seller = edition.visitors.order_by("pk").first(), edition.exhibitors.order_by("pk").first()
    meeting = fair.meet(buyer, seller, 12)
    soon = timezone.now() + timedelta(minutes=30)
    MeetingSlot.objects.filter(pk=meeting.slot_id).update(starts=soon, ends=soon + timedelta(minutes=30))
    for number in range(2):
        app.configure_task("remind").defer(timestamp=number)
        work()
    assert Notice.objects.filter(template="meeting_soon").count() == 1
    assert Notice.objects.get(template="meeting_soon").recipient == buyer.email


def test_at_night_suggestions_are_made_while_their_days_last(edition: Edition) -> None:
    assert tasks.nightly(0)
    assert not tasks.nightly(0)
    work()
    assert len(suggested()) == 3
    fair.close(edition, Phase.Kind.MATCHING)
    assert not tasks.nightly(0)


def test_two_of_one_edition_wait_for_one_another(edition: Edition) -> None:
    first, second = create_task("matching", edition), create_task("allocation", edition)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        [worker] = cursor.fetchone()
        fetch = "SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)"
        cursor.execute(fetch, [worker])
        assert cursor.fetchone() == (job_of(first).pk,)
        cursor.execute(fetch, [worker])
        assert cursor.fetchone() == (None,)
    assert job_of(second).status == "todo"


def test_a_worker_killed_in_the_middle_leaves_the_old_lists_and_its_job_is_taken_up_again(edition: Edition) -> None:
    create_task("matching", edition)
    work()
    before, run = suggested(), MatchingRun.objects.get()
    edition.visitors.order_by("pk").first().delete()
    job = create_task("matching", edition)
    with transaction.atomic():
        # The new run writes all its lists and then waits for the old one: just there its worker is killed.
        MatchingRun.objects.select_for_update().get(pk=run.pk)
        worker = start_worker()
        try:
            wait_until(lambda: "matching_matchingrun" in waiting_for_a_lock(), worker)
        finally:
            worker.kill()
            worker.wait()
    left = {visitor: exhibitors for visitor, exhibitors in before.items() if visitor in suggested()}
    assert suggested() == left
    assert len(left) == 2
    assert MatchingRun.objects.get() == run
    assert job_of(job).status == "doing"

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    # The killed worker has asked for this itself where a minute turned while it lived.
    with suppress(AlreadyEnqueued):
        app.configure_task("resume").defer(timestamp=0)
    work()
    work()
    assert job_of(job).status == "succeeded"
    assert MatchingRun.objects.get(current=True) != run
    assert len(suggested()) == 2


def test_work_at_which_one_worker_after_another_dies_is_told_as_failed(edition: Edition) -> None:
    owner = fair.make_person("owner@fair.example")
    task = create_task("matching", edition, owner)
    for _worker in range(MOST_WORKERS):
        die_at(task)
        async_to_sync(resume)()
    task.refresh_from_db()
    assert (task.state, job_of(task).status) == ("failed", "failed")
    assert task.cause["en"].startswith("The worker ended 3 times in the middle of this work")
    assert Notice.objects.get(template="task_failed").recipient == owner.email
    # Who asks again gets as many workers again.
    tasks.enqueue(actions.run_again(task, context=ActionContext(timezone.now(), owner)))
    work()
    assert BackgroundTask.objects.first().state == "done"


def test_work_begun_whose_job_is_gone_is_enqueued_again(edition: Edition) -> None:
    task = create_task("matching", edition)
    actions.begin(task, at=timezone.now())
    assert tasks.start_waiting.func(0) == 0
    # As when the database went away while a worker noted that the work had failed.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert tasks.start_waiting.func(0) == 1
    work()
    task.refresh_from_db()
    assert task.state == "done"


async def resume() -> None:
    """Take up the jobs of dead workers, as a worker does every minute."""
    with app.replace_connector(app.connector.get_worker_connector()) as at_work:
        async with at_work.open_async():
            await tasks.resume.func(0)


def test_work_is_told_as_failed_whose_jobs_end_without_a_note_of_why(edition: Edition) -> None:
    task = create_task("matching", edition)
    for _job in range(MOST_WORKERS):
        actions.begin(task, at=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        tasks.start_waiting.func(0)
    task.refresh_from_db()
    assert task.state == "failed"
    assert task.cause["zh-hans"].startswith("处理这项工作时，后台进程已中断 3 次")


def test_a_fault_whose_message_holds_a_nul_is_told(edition: Edition) -> None:
    task = create_task("matching", edition)

    def fail(_run: Run) -> None:
        raise ValueError("a\0b")

    with pytest.raises(ValueError):
        run(task, fail)
    task.refresh_from_db()
    assert (task.state, "ValueError: a\ufffdb" in task.cause["en"]) == ("failed", True)


def die_at(task: BackgroundTask) -> None:
    """Let a worker take the job of a task and die."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        [worker] = cursor.fetchone()
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
        assert cursor.fetchone() == (job_of(task).pk,)
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    actions.begin(task, at=timezone.now())


def waiting_for_a_lock() -> str:
    """The statements that wait for a lock in this database."""
    with connection.cursor() as cursor:
        # Within a transaction PostgreSQL would go on showing what it showed first.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT coalesce(string_agg(query, ';'), '') FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return str(cursor.fetchone()[0])


def wait_until(true: Any, worker: subprocess.Popen[bytes], seconds: int = PATIENCE) -> None:
    for _ in range(seconds * 10):
        if true():
            return
        assert worker.poll() is None, "the worker ended by itself"
        time.sleep(0.1)
    raise AssertionError("waited in vain")
