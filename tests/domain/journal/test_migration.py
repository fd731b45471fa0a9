"""Entries written before events had a structured subject keep what they said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("journal", "0004_public_version")], [("journal", "0005_structured")]
NOON = datetime(2026, 11, 5, 4, tzinfo=UTC)
# What the prose said, and what is told of it now: event, kind, key, label, public.
ALL = "visitors of edition 6"
ENTRIES = {
    ("application.made", "application 12: Benin Shea"): ("application.made", "application", "12", "Benin Shea", False),
    ("contract.signed", "exhibitor 06-00007"): ("contract.signed", "exhibitor", "", "06-00007", True),
    ("visitors.imported", "visitors of edition 6"): (
        "visitors.imported",
        "edition",
        "6",
        "visitors of edition 6",
        True,
    ),
    ("tariff_loaded", "tariff:CN"): ("tariff.loaded", "tariff", "CN", "CN", True),
    ("exhibit_settled", "exhibit:7"): ("exhibit.settled", "exhibit", "7", "7", True),
    ("meeting.asked", "visitor V1 × exhibitor E1"): (
        "meeting.asked",
        "meeting_request",
        "",
        "V1 × exhibitor E1",
        False,
    ),
    ("badge.issued", "visitor V06-0000001"): ("badge.issued", "visitor", "", "V06-0000001", False),
    ("timetable.made", "run 3"): ("timetable.made", "timetable_run", "3", "run 3", False),
    ("demo.step", "Open the edition"): ("demo.step", "demo_step", "Open the edition", "Open the edition", True),
}


def migrated(state):
    executor = MigrationExecutor(connection)
    executor.migrate(state)
    return executor.loader.project_state(state).apps.get_model("journal", "JournalEntry")


@pytest.fixture
def at_the_end():
    yield
    connection.cursor().execute("TRUNCATE journal_journalentry")
    migrated(MigrationExecutor(connection).loader.graph.leaf_nodes("journal"))


@pytest.mark.django_db(transaction=True)
def test_prose_becomes_a_kind_a_key_and_a_label(at_the_end):
    before = migrated(BEFORE)
    for event, subject in ENTRIES:
        before.objects.create(deed=event, subject=subject, at=NOON, edition=6, data={"n": 1})
    after = migrated(AFTER)
    entries = after.objects.order_by("id")
    fields = ("event", "subject_kind", "subject_id", "subject_label", "public")
    assert list(entries.values_list(*fields)) == list(ENTRIES.values())
    assert {(one.at, one.edition, one.schema, one.data["n"]) for one in entries} == {(NOON, 6, 1, 1)}
    with pytest.raises(ProgrammingError, match="append only"), transaction.atomic():
        entries.update(event="x")
