"""The office's first page: what waits for whom, how the fair fills, what comes next; its runs, dates and rules."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from emporion.domain.accounts.models import User
from emporion.domain.booths.models import AllocationRun
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.models import JournalEntry
from emporion.domain.visitors.models import VisitingUnit
from emporion.domain.work.models import BackgroundTask
from emporion.web.desk import charts
from emporion.web.desk.home import ROOMS
from emporion.web.desk.pictures import Line, lines, rising
from tests import fair, make
from tests.web.desk.test_queues import apply, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pictures_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture of one test is not kept for the next, whose fair is another."""
    monkeypatch.setattr(charts._pictures, "get", lambda _key, _version, compute: compute())


def home(client: Client) -> str:
    return fair.page_text(client.get("/expo/office/"))


def test_each_role_reads_what_waits_for_it_the_urgent_first(edition: Edition, office: Client) -> None:
    late = timezone.now() - timedelta(days=15)
    apply(edition, "Benin Butter", submitted=late)
    apply(edition, "Shea Ltd", submitted=timezone.now())
    make.make_unit(edition, "Shanghai Foods")
    VisitingUnit.objects.update(state="registered")
    register(edition, "Wang Lan")
    asking = make.make_exhibitor(edition, "Asking", "BJ")
    Application.objects.filter(pk=asking.application_id).update(requests_free_booth=True)
    page = home(office)
    told = [
        "2 applications wait for review, 1 of them for more than two weeks", "1 exhibitor asks for a free booth",
        "1 visiting unit waits for approval", "1 visitor waits for approval",
    ]  # fmt: skip
    places = [page.index(words) for words in told]
    assert places == sorted(places)
    meetings = home(fair.signed_in(fair.make_staff(fair.make_person("mei@expo.example"), "meetings")))
    assert not any(words in meetings for words in told)


def test_a_reviewer_of_one_area_counts_that_one_alone(edition: Edition) -> None:
    apply(edition, "Own")
    apply(edition, "Other", area=make.make_area(edition, "technical-equipment"))
    reviewer = fair.make_staff(fair.make_person("rita@expo.example"), "reviewer", area="food-agriculture")
    assert "1 application waits for review" in home(fair.signed_in(reviewer))


def test_pictures_stand_beside_the_same_in_a_table(edition: Edition, office: Client) -> None:
    before = make.make_edition(5)
    for number in range(3):
        apply(edition, f"Now {number}", submitted=timezone.now() - timedelta(days=20))
    apply(before, "Then", submitted=make.NOON)
    page = home(office)
    assert page.count('class="picture"') == 2, "applications and space; nobody has registered or asked to meet"
    assert "Edition 6 3" in page and "Edition 5 1" in page
    assert re.search(r'<td class="number">\d+</td><td class="number">3</td>', page)


def test_a_line_rises_by_what_each_day_adds() -> None:
    assert rising({30: 2, 10: 5, 20: 1}) == [(31, 0), (30, 2), (20, 3), (10, 8)]
    assert rising({}) == []
    drawing = lines([Line("now", [(10, 0), (0, 4)], True)], "then", "today")
    assert '<path class="line full" d="M8.0 166.0L552.0 22.0"/>' in drawing
    assert lines([], "", "") == ""


def test_the_first_page_takes_as_many_queries_however_much_waits(edition: Edition, office: Client) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            home(office)
        return len(captured)

    def grow(number: int) -> None:
        apply(edition, f"Company {number}", state="approved")
        apply(edition, f"Waiting {number}")
        register(edition, f"Person {number}", unit=make.make_unit(edition, f"Unit {number}"))
        VisitingUnit.objects.update(state="registered")

    grow(1)
    queries()
    one = queries()
    for number in range(2, 6):
        grow(number)
    assert queries() == one


def test_a_run_is_started_once_by_those_whose_work_it_is(edition: Edition, office: Client) -> None:
    make.make_exhibitor(edition, "Aurora Valves")
    for _press in range(2):
        office.post("/expo/office/runs/", {"kind": "allocation"})
    [task] = BackgroundTask.objects.all()
    assert task.kind == "allocation"
    page = fair.page_text(office.get("/expo/office/runs/"))
    assert 'hx-trigger="every 2s"' in page and "Waiting for a worker" in page
    meetings = fair.signed_in(fair.make_staff(fair.make_person("mei@expo.example"), "meetings"))
    assert meetings.post("/expo/office/runs/", {"kind": "allocation"}).status_code == 403
    assert meetings.post("/expo/office/runs/", {"kind": "nothing"}).status_code == 302
    meetings.post("/expo/office/runs/", {"kind": "matching"})
    assert BackgroundTask.objects.count() == 2


def test_runs_are_compared_by_their_gap(edition: Edition, office: Client) -> None:
    for objective in (80.0, 95.0):
        AllocationRun.objects.create(
            edition=edition, finished=timezone.now(), seed=1, objective=objective, bound=100.0, stopped="time"
        )
    page = fair.page_text(office.get("/expo/office/runs/"))
    gaps = re.findall(r'<td class="number">100</td><td class="number">(\d+)</td>', page)
    assert gaps == ["5", "20"], "the latest first"


def typed(edition: Edition, **changed: str) -> dict[str, str]:
    """What the form of the dates holds, with some of it typed anew."""
    moments = {
        f"{phase.kind}_{bound}": f"{getattr(phase, bound).astimezone(edition.zone):%Y-%m-%dT%H:%M}"
        for phase in edition.phases.all()
        for bound in ("opens", "closes")
    }
    return {**moments, **changed}


def at_the_minute(edition: Edition) -> None:
    """Phases begin and end at whole minutes, as a form types them."""
    for phase in Phase.objects.filter(edition=edition):
        phase.opens, phase.closes = (one.replace(second=0, microsecond=0) for one in (phase.opens, phase.closes))
        phase.save()


def test_dates_are_changed_after_a_look_and_told_to_the_journal(edition: Edition, office: Client, owner: User) -> None:
    at_the_minute(edition)
    apply(edition, "Benin Butter", "draft")
    yesterday = f"{timezone.now().astimezone(edition.zone) - timedelta(hours=2):%Y-%m-%dT%H:%M}"
    closing = typed(edition, application_closes=yesterday)
    page = fair.page_text(office.post("/expo/office/dates/", closing))
    assert "At once it is no longer possible: exhibitors apply." in page
    assert "Drafts that can no longer be handed in: 1." in page
    assert Phase.objects.get(edition=edition, kind="application").closes > timezone.now()
    page = fair.page_text(office.post("/expo/office/dates/", {**closing, "confirmed": "1"}, follow=True))
    assert "The change is made." in page and yesterday.replace("T", " ") in page
    assert Phase.objects.get(edition=edition, kind="application").closes < timezone.now()
    [entry] = JournalEntry.objects.filter(event="edition.dates_changed")
    assert (entry.actor, list(entry.data["phases"])) == (owner, ["application"])
    office.post("/expo/office/dates/", {**closing, "confirmed": "1"})
    assert JournalEntry.objects.filter(event="edition.dates_changed").count() == 1


@pytest.mark.parametrize(("field", "value", "words"), [
    ("application_closes", "2001-01-01T00:00", "A phase ends before it begins"),
    ("application_closes", "tomorrow", "Enter a valid date/time."),
    ("show_opens", "", "This field is required."),
    ("review_opens", "9999-01-01T00:00", "ends before it begins"),
])  # fmt: skip
def test_dates_that_cannot_be_are_refused_and_nothing_is_lost(
    edition: Edition, office: Client, field: str, value: str, words: str
) -> None:
    at_the_minute(edition)
    answer = office.post("/expo/office/dates/", {**typed(edition, **{field: value}), "confirmed": "1"})
    assert answer.status_code == 422
    assert words in fair.page_text(answer)
    assert JournalEntry.objects.filter(event="edition.dates_changed").count() == 0


def test_rules_are_changed_after_a_look(edition: Edition, office: Client) -> None:
    make.make_free_booth(make.make_exhibitor(edition, "Benin Butter", "BJ"))
    make.make_free_booth(make.make_exhibitor(edition, "Shea Ltd", "BJ"))
    rules: dict[str, Any] = {"opens_daily": "09:00", "closes_daily": "17:30", "free_booth_quota": 1, "rate_days": 7}
    page = fair.page_text(office.post("/expo/office/rules/", rules))
    assert "More free booths are granted already (2) than the new quota of 1." in page
    page = fair.page_text(office.post("/expo/office/rules/", {**rules, "confirmed": "1"}, follow=True))
    edition.refresh_from_db()
    assert (f"{edition.closes_daily:%H:%M}", edition.free_booth_quota) == ("17:30", 1)
    assert "Free booths to be granted</strong>: 2 → 1" in page
    refused = office.post("/expo/office/rules/", {**rules, "closes_daily": "08:00", "confirmed": "1"})
    assert refused.status_code == 422


def test_who_does_not_own_the_fair_reads_its_dates_and_changes_nothing(edition: Edition) -> None:
    at_the_minute(edition)
    gate = fair.signed_in(fair.make_staff(fair.make_person("gus@expo.example"), "gate"))
    page = fair.page_text(gate.get("/expo/office/dates/"))
    assert "Look at the change" not in page
    for address in ("dates", "rules"):
        assert gate.post(f"/expo/office/{address}/", typed(edition)).status_code == 403


def test_a_question_is_asked_from_the_application_and_waits(edition: Edition, office: Client) -> None:
    one = apply(edition, "Benin Butter")
    here = f"/expo/office/applications/{one.pk}/"
    assert "Write your question." in fair.page_text(office.post(here, {"action": "ask", "text": " "}))
    page = fair.page_text(office.post(here, {"action": "ask", "text": "Which machines?"}, follow=True))
    assert "Which machines?" in page and "Not answered yet" in page and "Question asked" in page
    assert "1 question waits for an applicant&#x27;s answer" in home(office)
    assert "Benin Butter" in fair.page_text(office.get("/expo/office/applications/?asks=question"))


def test_the_rooms_of_the_office_stand_in_groups_by_role(edition: Edition, office: Client) -> None:
    whole = home(office)
    titles = [
        "Exhibitors", "Halls and stands", "Visitors", "Programme and meetings", "Money", "Lists and messages",
        "The edition",
    ]  # fmt: skip
    places = [whole.index(f"<h3>{title}</h3>") for title in titles]
    assert places == sorted(places)
    for room in ROOMS:
        assert f">{escape(room.title)}</a>" in whole, room.name
    gate = home(fair.signed_in(fair.make_staff(fair.make_person("gao@expo.example"), "gate")))
    assert re.findall(r"<h3>([^<]+)</h3>", gate) == ["Exhibitors", "Visitors", "Lists and messages", "The edition"]
