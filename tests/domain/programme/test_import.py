"""The programme is imported and read day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from emporion.domain.catalogue.actions import add_product
from emporion.domain.catalogue.actions.products import ProductFacts
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.programme import queries
from emporion.domain.programme.actions import SessionRow, import_sessions
from emporion.domain.programme.models import Session
from tests import make

pytestmark = pytest.mark.django_db
NINE = datetime(2023, 11, 6, 1, tzinfo=UTC)  # nine in the morning in Shanghai
FORUM = SessionRow(2, "F1", "forum", "Open markets", "开放市场", NINE, NINE.replace(hour=3))


def take(edition, *rows):
    return import_sessions(edition, rows, context=ActionContext(make.NOON))


def test_a_list_is_written_and_a_second_time_changes_nothing(edition):
    row = FORUM._replace(speakers=(("Ann Lee", "Minister"),))
    first, second = take(edition, row), take(edition, row)
    assert (first.created, second.created, second.unchanged) == (1, 0, 1)
    session = queries.session(edition, "F1")
    assert [(s.name, s.position) for s in session.speakers.all()] == [("Ann Lee", "Minister")]
    assert JournalEntry.objects.filter(event="sessions.imported").count() == 2


def test_a_changed_row_updates_its_session_and_its_speakers(edition):
    take(edition, FORUM._replace(speakers=(("Ann Lee", ""),)))
    outcome = take(edition, FORUM._replace(title_en="Markets", speakers=(("Bob Ray", ""),)))
    session = queries.session(edition, "F1")
    assert (outcome.updated, session.title_en) == (1, "Markets")
    assert [s.name for s in session.speakers.all()] == ["Bob Ray"]


def test_a_launch_names_its_debut_its_hall_and_its_host(edition):
    kessel = make.make_exhibitor(edition, "Kessel")
    hall = make.make_hall(edition)
    product = add_product(
        kessel, ProductFacts(number="P1", name_en="Heater", debut="world"), context=ActionContext(make.NOON)
    )
    outcome = take(edition, FORUM._replace(kind="launch", product="P1", hall="4.1", host="Kessel"))
    session = queries.session(edition, "F1")
    assert outcome.problems == []
    assert (session.debut.product, session.hall, session.host) == (product, hall, kessel.organisation)


@pytest.mark.parametrize(
    ("change", "column", "wrong"),
    [
        ({"kind": "party"}, "kind", "is not a kind of session: party"),
        ({"hall": "9"}, "hall", "is not a hall of this edition: 9"),
        ({"product": "P9"}, "product", "names no debut of this edition: P9"),
        ({"host": "Nobody"}, "host", "names no organisation: Nobody"),
        ({"ends": NINE}, "starts", "Session F1 ends at 2023-11-06 09:00, which is not after its start."),
    ],
)
def test_a_bad_row_is_reported_with_its_column_and_the_good_ones_are_written(edition, change, column, wrong):
    outcome = take(edition, FORUM._replace(**change), FORUM._replace(row=3, number="F2"))
    assert [(p.row, p.column, str(p.wrong)) for p in outcome.problems] == [(2, column, wrong)]
    assert list(Session.objects.values_list("number", flat=True)) == ["F2"]


def test_a_number_given_twice_is_reported(edition):
    outcome = take(edition, FORUM, FORUM._replace(row=3))
    assert [(p.row, str(p.wrong)) for p in outcome.problems] == [(3, "repeats F1 of row 2")]


def test_the_programme_is_read_by_the_venues_days(edition):
    # Half past midnight on the 7th in Shanghai is still the 6th in Greenwich.
    late = FORUM._replace(
        row=3, number="F2", kind="signing", starts=NINE.replace(hour=16, minute=30), ends=NINE.replace(hour=17)
    )
    take(edition, late, FORUM)
    days = queries.by_day(edition)
    assert {day: [s.number for s in found] for day, found in days.items()} == {
        date(2023, 11, 6): ["F1"],
        date(2023, 11, 7): ["F2"],
    }
    assert list(queries.by_day(edition, kind="signing")) == [date(2023, 11, 7)]


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_programme_takes_two_queries(edition, sessions, django_assert_num_queries):
    take(edition, *(FORUM._replace(number=f"F{i}", row=i, speakers=(("Ann", ""),)) for i in range(sessions)))
    with django_assert_num_queries(2):
        days = queries.by_day(edition)
        assert sum(len(list(s.speakers.all())) for found in days.values() for s in found) == sessions
