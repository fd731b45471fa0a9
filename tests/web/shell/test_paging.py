"""A long list is read page by page without a row lost or shown twice."""

from __future__ import annotations

import pytest

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.web.shell.paging import page_after
from tests import make

pytestmark = pytest.mark.django_db
NAMES = ["Delta", "Alpha", "Bravo", "Alpha", "Echo", "Charlie", "Alpha"]


@pytest.fixture
def exhibitors(edition: Edition) -> list[str]:
    for number, name in enumerate(NAMES):
        exhibitor = make.make_exhibitor(edition, f"{name} {number}")
        exhibitor.organisation.name = name
        exhibitor.organisation.save()
    return sorted(NAMES)


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 100])
def test_pages_give_every_row_once_in_order_even_where_names_are_alike(exhibitors: list[str], size: int) -> None:
    seen: list[Exhibitor] = []
    after, pages = "", 0
    while pages == 0 or after:
        rows = page_after(Exhibitor.objects.select_related("organisation"), after, "organisation__name", size=size)
        seen.extend(rows.rows)
        after, pages = rows.after, pages + 1
    assert [row.organisation.name for row in seen] == exhibitors
    assert len({row.pk for row in seen}) == len(NAMES)
    assert pages == -(-len(NAMES) // size)


@pytest.mark.parametrize("after", ["", "nonsense", "-1", "9" * 30, "9" * 5_000, "٣", "²", "4000000"])
def test_a_key_that_names_no_row_begins_anew(exhibitors: list[str], after: str) -> None:
    rows = page_after(Exhibitor.objects.select_related("organisation"), after, "organisation__name", size=2)
    assert [row.organisation.name for row in rows.rows] == ["Alpha", "Alpha"]
