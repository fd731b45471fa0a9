"""The same work is under way once, its record tells how it ended, and is removed in the end."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.work.actions import begin, create_task, fail, finish, note_progress, purge, run_again
from emporion.domain.work.models import BackgroundTask, TaskDocument
from emporion.domain.work.rules import TaskNotFailed, TaskUnderWay, key_of
from tests.make import MORNING, make_edition


def test_the_same_work_is_asked_for_once_while_it_is_under_way(edition: Edition) -> None:
    task = create_task("badges", edition, context=ActionContext(MORNING))
    create_task("badges", context=ActionContext(MORNING))
    create_task("badges", edition, {"path": "1"}, context=ActionContext(MORNING))
    with pytest.raises(TaskUnderWay):
        create_task("badges", edition, context=ActionContext(MORNING))
    begin(task, at=MORNING)
    with pytest.raises(TaskUnderWay):
        create_task("badges", edition, context=ActionContext(MORNING))
    finish(task, at=MORNING, result={})
    assert create_task("badges", edition, context=ActionContext(MORNING)).pk != task.pk


def test_the_order_of_arguments_makes_no_other_work() -> None:
    assert key_of("badges", 6, {"a": 1, "b": 2}) == key_of("badges", 6, {"b": 2, "a": 1})
    assert key_of("badges", 6, {"a": 1}) != key_of("badges", 6, {"a": 2})


def test_only_failed_work_is_run_again(edition: Edition) -> None:
    task = create_task("badges", edition, {"path": "1"}, context=ActionContext(MORNING))
    with pytest.raises(TaskNotFailed):
        run_again(task, context=ActionContext(MORNING))
    fail(task, cause={"en": "no"}, at=MORNING)
    task.refresh_from_db()
    again = run_again(task, context=ActionContext(MORNING))
    assert (again.kind, again.edition, again.arguments, again.state) == ("badges", edition, {"path": "1"}, "waiting")


def test_work_that_is_over_is_not_begun_again(edition: Edition) -> None:
    task = create_task("badges", edition, context=ActionContext(MORNING))
    assert begin(task, at=MORNING)
    note_progress(task, 3, 4)
    # Its worker died; the next one begins anew.
    assert begin(task, at=MORNING)
    task.refresh_from_db()
    assert (task.steps_done, task.steps) == (0, 0)
    finish(task, at=MORNING, result={"badges": 4})
    assert not begin(task, at=MORNING)


def test_a_document_made_twice_is_stored_once(edition: Edition) -> None:
    task = create_task("delegation_sheets", edition, context=ActionContext(MORNING))
    for content in (b"first", b"second"):
        document = TaskDocument(name="sheets.pdf", content_type="application/pdf", content=content)
        finish(task, at=MORNING, result={}, document=document)
    assert bytes(TaskDocument.objects.get().content) == b"second"


def test_records_go_a_week_after_the_work_and_a_month_after_a_failure(edition: Edition) -> None:
    done, failed, waiting = (
        create_task(kind, edition, context=ActionContext(MORNING)) for kind in ("badges", "matching", "allocation")
    )
    finish(done, at=MORNING, result={})
    fail(failed, cause={"en": "no"}, at=MORNING)
    assert purge(at=MORNING + timedelta(days=7)) == 0
    assert purge(at=MORNING + timedelta(days=8)) == 1
    assert purge(at=MORNING + timedelta(days=31)) == 1
    assert BackgroundTask.objects.get() == waiting


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_is_told_that_it_is_under_way() -> None:
    edition, start, ended = make_edition(6), threading.Barrier(2), []

    def ask() -> None:
        start.wait()
        try:
            create_task("badges", edition, context=ActionContext(MORNING))
            ended.append("asked")
        except TaskUnderWay:
            ended.append("refused")
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["asked", "refused"]
