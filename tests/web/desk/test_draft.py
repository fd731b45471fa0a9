"""The allocation of the halls as a draft: compared with the present plan, published or dropped."""

from __future__ import annotations

import pytest
from django.test import Client

from emporion.domain.booths.models import AllocationDraft, AllocationRun, Stand
from emporion.domain.booths.queries import changes_of
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from tests import fair, make
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db
PAGE = "/expo/office/runs/draft/"


@pytest.fixture
def exhibitors(edition: Edition) -> list[Exhibitor]:
    """Three that want 9 m² each in one hall."""
    area = make.make_area(edition)
    make.make_hall(edition, "4.1", area, size=12, exits=[[0, 6]])
    found = [make.make_exhibitor(edition, name) for name in ("Aurora Valves", "Benin Butter", "Cacao Fino")]
    Application.objects.update(area_m2=9)
    return found


def draft(office: Client) -> AllocationDraft:
    office.post("/expo/office/runs/", {"kind": "allocation"})
    [task] = do_what_waits()
    assert task.state == "done", task.cause
    return AllocationDraft.objects.get()


def publish(office: Client) -> str:
    office.post(PAGE, {"publish": "1"})
    [task] = do_what_waits()
    return str(task.state)


def places() -> list[tuple[str, str]]:
    stands = Stand.objects.order_by("occupancies__exhibitor__number")
    return list(stands.values_list("occupancies__exhibitor__organisation__name", "number"))


def test_a_draft_changes_no_stand_until_it_is_published(
    edition: Edition, office: Client, exhibitors: list[Exhibitor]
) -> None:
    found = draft(office)
    assert not Stand.objects.exists() and not AllocationRun.objects.exists()
    assert "Compare the draft and publish it" in fair.page_text(office.get("/expo/office/runs/"))
    page = fair.page_text(office.get(PAGE))
    assert "Newly placed" in page and all(one.organisation.name in page for one in exhibitors)
    numbers = [change.after for change in changes_of(found).placed]
    assert publish(office) == "done"
    assert [number for _name, number in places()] == numbers, "the stands have the numbers that the draft showed"
    assert not AllocationDraft.objects.exists() and AllocationRun.objects.count() == 1
    assert "There is no draft of the halls." in fair.page_text(office.get(PAGE))


def test_a_draft_is_compared_with_the_present_plan(
    edition: Edition, office: Client, exhibitors: list[Exhibitor]
) -> None:
    draft(office)
    publish(office)
    first, second, third = exhibitors
    Stand.objects.filter(occupancies__exhibitor=first).update(x=99)
    Stand.objects.filter(occupancies__exhibitor=second).delete()
    changes = changes_of(draft(office))
    assert [[change.exhibitor for change in kind] for kind in (changes.moved, changes.placed, changes.lost)] == [
        [first], [second], []
    ]  # fmt: skip
    assert (changes.same, changes.unplaced) == (1, 0)
    Application.objects.filter(exhibitor=third).update(area_m2=9_000)
    changes = changes_of(draft(office))
    assert [change.exhibitor for change in changes.lost] == [third] and changes.lost[0].after == ""
    assert "Lose their stand" in fair.page_text(office.get(PAGE))


def test_a_dropped_draft_leaves_the_stands_as_they_are(
    edition: Edition, office: Client, exhibitors: list[Exhibitor]
) -> None:
    draft(office)
    publish(office)
    before = places()
    Stand.objects.filter(occupancies__exhibitor=exhibitors[0]).update(x=99)
    draft(office)
    assert "The draft is dropped." in fair.page_text(office.post(PAGE, {"drop": "1"}, follow=True))
    assert places() == before and not AllocationDraft.objects.exists()
    office.post(PAGE, {"drop": "1"})


def test_a_draft_of_other_contracts_is_not_published(
    edition: Edition, office: Client, exhibitors: list[Exhibitor]
) -> None:
    draft(office)
    late = make.make_exhibitor(edition, "Late Comer")
    Application.objects.filter(exhibitor=late).update(area_m2=9)
    assert publish(office) == "failed"
    assert not Stand.objects.exists() and AllocationDraft.objects.exists()
    draft(office)
    assert publish(office) == "done" and Stand.objects.count() == 4
    assert publish(office) == "failed", "a draft is published once"
