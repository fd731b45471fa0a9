"""The journal: events with a subject, public or not, never changed."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction

import emporion
from emporion.domain.accounts.models import User
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.actions import Subject, record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.events import EVENTS, EventNotRegistered
from emporion.domain.journal.models import JournalEntry
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.visitors.rules import DECIDABLE

NOON = ActionContext(datetime(2026, 11, 5, 4, tzinfo=UTC))
SHEA = Subject("exhibitor", "7", "06-00007")


@pytest.mark.django_db
def test_an_entry_says_what_was_done_to_what_by_whom_and_when():
    desk = User.objects.create_user("desk@fair.example")
    entry = record("contract.signed", SHEA, context=ActionContext(NOON.at, desk), edition=6, day="2026-11-05")
    entry.refresh_from_db()
    assert (entry.event, entry.subject_kind, entry.subject_id, entry.subject_label) == ("contract.signed", *SHEA)
    assert (entry.at, entry.actor, entry.edition, entry.data) == (NOON.at, desk, 6, {"day": "2026-11-05"})
    assert (entry.public, entry.schema) == (True, 1)


def test_a_record_is_a_subject_by_its_kind_key_and_number():
    assert subject_of(MeetingRequest(pk=3), "V1 × E1") == ("meeting_request", "3", "V1 × E1")


@pytest.mark.django_db
def test_an_event_that_stands_in_no_list_is_not_recorded():
    with pytest.raises(EventNotRegistered, match=r"contract.burnt: add it to domain/journal/events.py"):
        record("contract.burnt", SHEA, context=NOON)
    with pytest.raises(ValueError, match=r"deal\.recorded is about deal, not about exhibitor"):
        record("deal.recorded", SHEA, context=NOON)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [lambda rows: rows.update(event="x"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_an_entry(change):
    record("contract.signed", SHEA, context=NOON)
    with pytest.raises(ProgrammingError, match="append only"), transaction.atomic():
        change(JournalEntry.objects.all())
    assert JournalEntry.objects.get().event == "contract.signed"


def recorded_names() -> set[str]:
    """The events named in calls of ``record`` or ``_record`` and in texts that end up there, all over the source."""
    found = set()
    for path in Path(emporion.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for call in calls:
            if getattr(call.func, "id", "") in {"record", "_record"} and call.args:
                found |= {one.value for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant)}
    return {name for name in found if isinstance(name, str) and not name.endswith(".")}


def test_every_event_that_is_recorded_is_registered():
    assert {name for name in recorded_names() if name not in EVENTS} == set()


def test_the_states_of_applications_requests_and_visitors_have_their_events():
    # A signed and a cancelled application are told as a contract that was signed and cancelled.
    apart = ("draft", "contracted", "cancelled")
    states = [*(f"application.{state}" for state in Application.State if state not in apart)]
    states += [f"meeting.{state}" for state in MeetingRequest.State if state != "pending"]
    states += [f"visitor.{state}" for state in DECIDABLE] + ["unit.approved", "unit.rejected"]
    assert [state for state in states if state not in EVENTS] == []
