"""What a signed exhibitor has to do before the show, by when, and whether it is late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from emporion.domain.reason import Phrase
from emporion.domain.refusal import Refusal

PROFILE, BUYERS, PRODUCTS, DESIGN, SERVICES, STAFF = "profile", "buyers", "products", "design", "services", "staff"
TASKS = (PROFILE, BUYERS, PRODUCTS, DESIGN, SERVICES, STAFF)
# What an applicant does; due only where the organiser has set a day.
CONTRACT, PAPERS = "contract", "papers"
DAYS = (CONTRACT, PAPERS, *TASKS)
# Due on the days that its invoices name.
PAYMENT = "payment"
ORDER = (CONTRACT, PAYMENT, PAPERS, *TASKS)
# Whoever is approved has three weeks to sign, whatever day the organiser has set.
CONTRACT_DAYS = 21
# How many days before the show each is due until the organiser sets its own day.
USUAL_DAYS: Mapping[str, int] = {PROFILE: 90, BUYERS: 75, PRODUCTS: 60, DESIGN: 60, SERVICES: 45, STAFF: 14}
# How many days before a task is due its exhibitor is reminded; and once more on the day after.
REMINDERS = (14, 3, -1)

# What a reminder asks for.
ASKED: Mapping[str, Phrase] = {
    CONTRACT: Phrase("accept the contract"),
    PAPERS: Phrase("bring your business licence"),
    PROFILE: Phrase("describe your organisation"),
    BUYERS: Phrase("say which buyers you want to meet"),
    PRODUCTS: Phrase("enter your products"),
    DESIGN: Phrase("hand in the design of your stand"),
    SERVICES: Phrase("order power and other services"),
    STAFF: Phrase("register your staff for passes"),
}
DONE, WITH_ORGANISER, OPEN, LATE = "done", "with_organiser", "open", "late"


class TaskDueAfterShow(Refusal):
    """What exhibitors prepare is due before the show ends on {last_day}, not on {due}."""


class Task(NamedTuple):
    """A task of an exhibitor: when it is due and how far it is."""

    kind: str
    due: date
    state: str


def usual_due(kind: str, first_day: date) -> date:
    """When a task is due unless the organiser says otherwise."""
    return first_day - timedelta(days=USUAL_DAYS[kind])


def contract_due(approved: date, day: date | None) -> date:
    """By when an applicant signs that was approved on a day; ``day``: the organiser's, where it has set one."""
    last = approved + timedelta(days=CONTRACT_DAYS)
    return max(last, day) if day else last


def state_of(*, done: bool, with_organiser: bool, due: date, today: date) -> str:
    """How far a task is; what lies with the organiser is not late, and the day itself is still in time."""
    if done:
        return DONE
    if with_organiser:
        return WITH_ORGANISER
    return LATE if today > due else OPEN


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """What is late first, then what is next, then what is done or with the organiser; each by its day."""
    turn = {LATE: 0, OPEN: 1, WITH_ORGANISER: 2, DONE: 3}
    return sorted(tasks, key=lambda task: (turn[task.state], task.due, ORDER.index(task.kind)))


def to_remind_of(tasks: Iterable[Task], today: date) -> list[Task]:
    """The tasks of which their exhibitor is reminded today."""
    wanted = {today + timedelta(days=before) for before in REMINDERS}
    return [task for task in tasks if task.state in (OPEN, LATE) and task.due in wanted]


def require_due(due: date, last_day: date) -> None:
    """Raises: TaskDueAfterShow."""
    if due > last_day:
        raise TaskDueAfterShow(last_day=last_day, due=due)
