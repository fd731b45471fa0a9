"""Every hour of an edition is an hour of its venue: Shanghai, Accra, São Paulo, Berlin as its clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from emporion.domain.admission import queries as admission
from emporion.domain.admission.actions import issue_badges, record_entries
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import day_at_venue, local_day, window_of
from emporion.domain.editions.rules import PhaseOver, require_open
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions import open_slots
from emporion.domain.meetings.rules import slots
from emporion.domain.statistics.queries import figure
from emporion.language.reading.days import moment
from emporion.spreadsheets.cells.basics import InputError
from tests import make

BERLIN = ZoneInfo("Europe/Berlin")
# What 23:59 on 31 October 2026 is by universal time.
LAST_MINUTE = {
    "Asia/Shanghai": datetime(2026, 10, 31, 15, 59, tzinfo=UTC),
    "Africa/Accra": datetime(2026, 10, 31, 23, 59, tzinfo=UTC),
    "America/Sao_Paulo": datetime(2026, 11, 1, 2, 59, tzinfo=UTC),
    "Europe/Berlin": datetime(2026, 10, 31, 22, 59, tzinfo=UTC),
}


def edition_in(zone: str, **days: date) -> Edition:
    return make.make_edition(1, fair=make.make_fair("harbour"), venue=make.make_venue("quay", zone), **days)


@pytest.mark.django_db
@pytest.mark.parametrize("zone", LAST_MINUTE)
def test_a_phase_closes_at_23_59_by_the_venues_clocks(zone: str) -> None:
    edition = edition_in(zone)
    closes = datetime(2026, 10, 31, 23, 59, tzinfo=edition.zone)
    Phase.objects.create(edition=edition, kind="application", opens=datetime(2026, 1, 1, tzinfo=UTC), closes=closes)
    window = window_of(edition, "application")
    assert window is not None and window.closes == LAST_MINUTE[zone]
    with pytest.raises(PhaseOver, match="until 2026-10-31 23:59"):
        require_open(window, LAST_MINUTE[zone], phase="exhibitors apply")
    require_open(window, LAST_MINUTE[zone].replace(minute=58), phase="exhibitors apply")


@pytest.mark.django_db
@pytest.mark.parametrize("zone", LAST_MINUTE)
def test_the_last_minute_of_a_day_belongs_to_it_at_the_venue(zone: str) -> None:
    edition = edition_in(zone)
    assert local_day(edition, LAST_MINUTE[zone]) == date(2026, 10, 31)
    begins, ends = day_at_venue(edition, date(2026, 10, 31))
    assert begins <= LAST_MINUTE[zone] < ends


@pytest.mark.django_db
def test_the_night_on_which_the_clocks_go_back_has_25_hours() -> None:
    begins, ends = day_at_venue(edition_in("Europe/Berlin"), date(2026, 10, 25))
    assert (ends.astimezone(UTC) - begins.astimezone(UTC)).total_seconds() / 3600 == 25


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        # At two the clocks go to three.
        (date(2026, 3, 29), ["00:00 +0100", "01:00 +0100", "03:00 +0200", "04:00 +0200", "05:00 +0200"]),
        # At three they go back to two.
        (date(2026, 10, 25), ["00:00 +0200", "01:00 +0200", "02:00 +0200", "02:00 +0100", "03:00 +0100",
                              "04:00 +0100", "05:00 +0100"]),
    ],
)  # fmt: skip
def test_slots_on_the_night_of_the_change_are_an_hour_each_and_none_twice(day: date, starts: list[str]) -> None:
    found = slots(day, day, BERLIN, hours=[(time(0), time(6))], minutes=60)
    assert [f"{start:%H:%M %z}" for start, _ in found] == starts
    real = [(start.astimezone(UTC), end.astimezone(UTC)) for start, end in found]
    assert {(end - start).total_seconds() for start, end in real} == {3600}
    assert all(before[1] == after[0] for before, after in pairwise(real))


@pytest.mark.django_db
@pytest.mark.parametrize("zone", LAST_MINUTE)
def test_slots_open_at_nine_by_the_venues_clocks_every_day(zone: str) -> None:
    edition = edition_in(zone, first_day=date(2026, 10, 24), last_day=date(2026, 10, 26))
    opened = open_slots(
        edition, context=ActionContext(datetime(2026, 9, 1, tzinfo=UTC)), hours=[(time(9), time(10))], minutes=60
    )
    assert [f"{slot.local_start:%d %H:%M}" for slot in opened] == ["24 09:00", "25 09:00", "26 09:00"]
    assert [slot.starts.astimezone(edition.zone).hour for slot in opened] == [9, 9, 9]


@pytest.mark.django_db
@pytest.mark.parametrize("zone", LAST_MINUTE)
def test_a_badge_is_valid_to_the_last_minute_of_the_last_day_at_the_venue(zone: str) -> None:
    edition = edition_in(zone, first_day=date(2026, 10, 31), last_day=date(2026, 10, 31))
    visitor = make.make_visitor(edition, "Ama")
    issue_badges(edition, context=ActionContext(datetime(2026, 10, 1, tzinfo=UTC)))
    last, first = LAST_MINUTE[zone], datetime(2026, 10, 31, tzinfo=edition.zone)
    times = [last, first, last.replace(minute=58), datetime(2026, 11, 1, tzinfo=edition.zone)]
    scans = [(UUID(int=n), visitor.number, "N1", at.astimezone(UTC)) for n, at in enumerate(times)]
    outcome = record_entries(edition, scans, context=ActionContext(last))
    assert (outcome.created, [problem.row for problem in outcome.problems]) == (3, [4])
    assert admission.visits_by_day(edition) == {date(2026, 10, 31): 3}
    assert [one.value for one in figure(edition, "entries") if one.scope == "all; day=2026-10-31"] == [3]


@pytest.mark.parametrize("zone", LAST_MINUTE)
def test_a_time_without_a_zone_in_a_list_is_of_the_venue(zone: str) -> None:
    assert moment(ZoneInfo(zone))("2026-10-31 23:59") == LAST_MINUTE[zone]


def test_a_time_that_the_clocks_skip_is_a_problem_of_its_row() -> None:
    with pytest.raises(InputError, match="which the venue's clocks skip"):
        moment(BERLIN)("2026-03-29 02:30")
    assert moment(BERLIN)("2026-03-29 02:30+00:00") == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
