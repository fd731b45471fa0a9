"""Starting background tasks from pages, with a message that leads to their progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.work.actions import create_task
from emporion.domain.work.models import BackgroundTask
from emporion.domain.work.queries import latest_task, worker_alive
from emporion.domain.work.rules import KINDS, TaskUnderWay, key_of, locks_of
from emporion.web.shell.access import person
from emporion.web.shell.addresses import fair_url


def start_tasks(
    request: HttpRequest, kind: str, editions: Iterable[Edition], **arguments: Any
) -> BackgroundTask | None:
    """Start this task for each edition and add a message for the next page; gives the last of the tasks."""
    task = None
    for edition in editions:
        task = start_task(kind, edition, arguments, request)
        _announce(request, task)
    return task


def start_task(kind: str, edition: Edition, arguments: Mapping[str, Any], request: HttpRequest) -> BackgroundTask:
    """Ask for work; where the same is under way already, that task."""
    # Whoever comes by a private address is not told by mail of a page in the office.
    actor = person(request) if request.user.is_authenticated and person(request).is_staff else None
    try:
        task = create_task(kind, edition, arguments, context=ActionContext(timezone.now(), actor))
    except TaskUnderWay:
        found = latest_task(key_of(kind, edition.pk, arguments))
        if found is None:
            raise
        return found
    enqueue(task)
    return task


def described(task: BackgroundTask | None) -> dict[str, Any]:
    """What a page shows of the progress of work, or of its end; nothing where nobody has asked for it."""
    if task is None:
        return {}
    return {
        "task": task,
        "title": _(KINDS[task.kind]),
        "under_way": task.under_way,
        "worker": worker_alive(timezone.now()),
        "percent": 100 * task.steps_done // task.steps if task.steps else 0,
        "cause": task.cause.get(get_language() or "en") or task.cause.get("en", ""),
    }


def enqueue(task: BackgroundTask) -> None:
    """Put a task's job into the queue once its row is there; a worker finds forgotten rows by itself."""
    transaction.on_commit(partial(_defer, task))


def _defer(task: BackgroundTask) -> None:
    locks = locks_of(task.pk, task.kind, task.edition_id)
    with suppress(AlreadyEnqueued):
        app.configure_task("run_task", lock=locks["lock"], queueing_lock=locks["queueing_lock"]).defer(task=task.pk)


def _announce(request: HttpRequest, task: BackgroundTask) -> None:
    """Add a message that leads to the task's progress, or one that no worker runs."""
    address = fair_url(task.edition or request, "office_task", task.pk)
    page = format_html('<a href="{}">{}</a>', address, _("follow its progress"))
    facts = {"work": _(KINDS[task.kind]), "edition": task.edition, "page": page}
    if worker_alive(timezone.now()):
        messages.success(request, format_html(_("{edition}: {work} – {page}."), **facts))
    else:
        message = _("{edition}: {work} – {page}. No worker is running yet: start `emporion worker`.")
        messages.warning(request, format_html(message, **facts))
