"""Tasks in the browser: the exhibitor reads what is next, the office who is late, and moves a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emporion.domain.editions.models import Edition
from emporion.domain.preparation.models import TaskDay
from emporion.domain.preparation.rules import TASKS
from tests import fair, make

pytestmark = pytest.mark.django_db
OFFICE = "/expo/office/late/"


@pytest.fixture
def edition(db: Any) -> Edition:
    return fair.open_fair()


@pytest.fixture
def office(edition: Edition) -> Client:
    return fair.signed_in(fair.make_staff(fair.make_person("halls@expo.example"), "halls"))


def test_the_overview_leads_to_what_is_late(edition: Edition) -> None:
    exhibitor, user = fair.make_seller(edition)
    own = f"/expo/my/exhibitor/{exhibitor.organisation_id}/"
    page = fair.page_text(fair.signed_in(user).get(own))
    assert "What is next" in page and "Late" in page
    for address in ("profile/", "products/", "staff/", "buyers/"):
        assert f'href="{own}{address}"' in page
    zh = fair.page_text(fair.signed_in(user).get(f"/zh-hans{own}"))
    assert "已逾期" in zh


def test_the_office_reads_who_is_late_and_moves_the_day(edition: Edition, office: Client) -> None:
    exhibitor, _user = fair.make_seller(edition)
    assert "Shea du Bénin" in fair.page_text(office.get(f"{OFFICE}?task=products"))
    typed = {kind: edition.last_day for kind in TASKS}
    assert office.post(f"{OFFICE}days/", typed).headers["Location"] == OFFICE
    assert TaskDay.objects.count() == len(TASKS)
    assert "Nobody is late." in fair.page_text(office.get(OFFICE))
    answer = office.post(f"{OFFICE}days/", typed | {"staff": edition.last_day + timedelta(days=1)})
    assert answer.status_code == 422 and "is due before the show ends" in fair.page_text(answer)
    assert exhibitor.pk


def test_the_list_takes_as_many_queries_for_many_as_for_few(edition: Edition, office: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get(OFFICE).status_code == 200
        return len(captured)

    make.make_exhibitor(edition, "Firm")
    queries()
    few = queries()
    for number in range(4):
        make.make_exhibitor(edition, f"Firm {number}")
    assert queries() == few
