"""The organiser sets by when exhibitors do what they have to; they are reminded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db import transaction

from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.preparation.models import TaskDay
from emporion.domain.preparation.queries import days_of, of_exhibitors, tasks_of, with_progress
from emporion.domain.preparation.rules import ASKED, DAYS, OPEN, Task, require_due, to_remind_of
from emporion.domain.reason import stored


@transaction.atomic
def set_task_days(edition: Edition, days: Mapping[str, date | None], *, context: ActionContext) -> None:
    """Set by when each task is due; one of an applicant that has no day is not asked. Raises: TaskDueAfterShow."""
    wanted = {kind: days[kind] for kind in DAYS if kind in days}
    for due in wanted.values():
        if due:
            require_due(due, edition.last_day)
    before = days_of(edition)
    if any(before.get(kind) != due for kind, due in wanted.items()):
        for kind, due in wanted.items():
            if due:
                TaskDay.objects.update_or_create(edition=edition, kind=kind, defaults={"due": due})
            else:
                TaskDay.objects.filter(edition=edition, kind=kind).delete()
        told = {kind: due.isoformat() if due else "" for kind, due in wanted.items()}
        record("task_days.set", edition, context=context, edition=edition.pk, days=told)


def follow_task_days(before: Edition, edition: Edition) -> None:
    """Set the days of tasks in a following edition at the distance from the show that the one before it set.

    Call it in the transaction that prepares the edition, whose journal entry tells of it.
    """
    shift = edition.first_day - before.first_day
    days = TaskDay.objects.filter(edition=before).values_list("kind", "due")
    TaskDay.objects.bulk_create(TaskDay(edition=edition, kind=kind, due=due + shift) for kind, due in days)


@transaction.atomic
def remind_of_tasks(edition: Edition, *, at: datetime) -> int:
    """Remind exhibitors of what is due in 14 and in 3 days and of what became late yesterday; how many messages.

    Each gets one message a day; done again on that day, it tells nothing twice.
    """
    return notify_all(_reminders(edition, local_day(edition, at)), at=at)


def _reminders(edition: Edition, today: date) -> Iterator[Message]:
    days = of_exhibitors(days_of(edition))
    # On most days nothing is due, and nobody need be looked at.
    if today > edition.last_day or not _is_due(days, today):
        return
    found = Exhibitor.objects.filter(edition=edition).select_related("organisation", "application")
    for exhibitor in with_progress(found).exclude(application__contact_email="").iterator(chunk_size=2000):
        if tasks := to_remind_of(tasks_of(exhibitor, days, today), today):
            facts = {
                "organisation": stored(exhibitor.organisation.proper_name),
                "organisation_id": exhibitor.organisation_id,
                "tasks": [stored(ASKED[task.kind]) for task in tasks],
                "due": f"{tasks[0].due:%Y-%m-%d}",
            }
            key, to = f"tasks:{exhibitor.pk}:{today}", exhibitor.application.contact_email
            yield Message(key, to, "tasks_reminder", facts, edition_id=edition.pk)


def _is_due(days: Mapping[str, date], today: date) -> bool:
    return bool(to_remind_of((Task(kind, due, OPEN) for kind, due in days.items()), today))
