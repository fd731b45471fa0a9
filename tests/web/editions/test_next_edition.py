"""The next edition is laid out as the one before it, and shown when the owner says so."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from emporion.domain.admission.models import BuildDays, PassBand
from emporion.domain.editions.models import Edition
from emporion.domain.preparation.models import TaskDay
from emporion.domain.services.models import Service
from tests import fair, make

pytestmark = pytest.mark.django_db
PAGE = "/expo/office/editions/next/"


@pytest.fixture
def before(edition: Edition) -> Edition:
    make.make_hall(edition, "9.9", fair.make_area(edition), exits=[[0, 3]])
    return edition


def typed(before: Edition, **changed: str) -> dict[str, str]:
    first, last = (day + timedelta(weeks=52) for day in (before.first_day, before.last_day))
    names = {"number": str(before.number + 1), "name_en": "Edition 7", "name_zh": "第七届"}
    return {**names, "first_day": str(first), "last_day": str(last), **changed}


def test_areas_halls_and_phases_follow_with_the_days_of_the_show(before: Edition, office: Client) -> None:
    assert office.post(PAGE, typed(before)).headers["Location"] == "/expo/7/office/"
    after = Edition.objects.get(number=7)
    assert not after.current and after.venue == before.venue and after.currency == before.currency
    assert [area.code for area in after.areas.all()] == [area.code for area in before.areas.all()]
    assert {hall.code for hall in after.halls.all()} == {hall.code for hall in before.halls.all()}
    hall = after.halls.get(code="9.9")
    assert hall.exits == [[0, 3]] and hall.areas.get().edition == after
    for phase in before.phases.all():
        assert after.phases.get(kind=phase.kind).opens - phase.opens == timedelta(weeks=52)


def test_a_longer_show_keeps_what_ends_with_it_to_its_last_day(before: Edition, office: Client) -> None:
    longer = before.last_day + timedelta(weeks=52, days=1)
    office.post(PAGE, typed(before, last_day=str(longer)))
    own, then = (one.phases.get(kind="show") for one in (before, Edition.objects.get(number=7)))
    assert then.closes - own.closes == timedelta(weeks=52, days=1) and then.opens - own.opens == timedelta(weeks=52)


def test_services_quotas_and_days_of_tasks_follow_at_their_distance_from_the_show(
    before: Edition, office: Client
) -> None:
    first, last = before.first_day, before.last_day
    closing = datetime.combine(first, time(18), before.zone)
    facts = {
        "deadline": closing - timedelta(days=30),
        "closes": closing - timedelta(days=2),
        "currency": before.currency,
    }
    Service.objects.create(
        edition=before, code="power", category="power", name_en="Power", unit_en="socket", price=120, **facts
    )
    PassBand.objects.create(edition=before, kind="staff", from_m2=9, passes=5)
    BuildDays.objects.create(
        edition=before, build_up_first=first - timedelta(days=3), build_up_last=first - timedelta(days=1),
        dismantling_first=last + timedelta(days=1), dismantling_last=last + timedelta(days=2),
    )  # fmt: skip
    TaskDay.objects.create(edition=before, kind="profile", due=first - timedelta(days=60))
    office.post(PAGE, typed(before, last_day=str(last + timedelta(weeks=52, days=1))))
    after, year = Edition.objects.get(number=7), timedelta(weeks=52)
    service = after.services.get()
    assert (service.code, service.price, service.closes) == ("power", 120, facts["closes"] + year)
    assert service.deadline.astimezone(after.zone).time() == time(18)
    assert list(after.pass_bands.values_list("kind", "from_m2", "passes")) == [("staff", 9, 5)]
    days = after.build_days
    assert days.build_up_first == first + year - timedelta(days=3)
    assert days.dismantling_last == last + year + timedelta(days=3), "after a show that is a day longer"
    assert after.task_days.get().due == first + year - timedelta(days=60)
    assert (before.services.count(), before.pass_bands.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"first_day": "9999-11-05", "last_day": "9999-11-07"}, "no likely date of a fair"),
        ({"number": "6"}, "has an edition 6 already"),
        ({"last_day": str(date(2000, 1, 1))}, "is before the first"),
        ({"name_zh": ""}, "needs a Chinese name"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_made(
    before: Edition, office: Client, changed: dict[str, str], text: str
) -> None:
    answer = office.post(PAGE, typed(before, **changed))
    assert answer.status_code == 422 and text in fair.page_text(answer)
    assert Edition.objects.count() == 1


def test_the_office_lists_what_remains_to_be_prepared_until_the_show_begins(before: Edition, office: Client) -> None:
    assert "Before the doors open" not in fair.page_text(office.get("/expo/office/"))
    before.phases.filter(kind="show").update(opens=timezone.now() + timedelta(days=1))
    text = fair.page_text(office.get("/expo/office/"))
    assert "Before the doors open" in text
    assert 'Colour or logo of the fair</a><span class="unseen">(to do)' in text
    assert 'Exhibition areas</a><span class="unseen">(done)' in text
