"""The records behind a figure are the rows that made its value, page by page."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from emporion.cli.figure_json import figure_json
from emporion.domain.statistics.queries import bulletin, change_on, figure, over_editions, records
from emporion.domain.statistics.rules import Change, NoSuchFigure, NoSuchPage, UnlikeScopes, ValueUnknown
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def sixth():
    edition = make.make_edition(6)
    hall = make.make_hall(edition, "4.1", make.make_area(edition), gross_area_m2=30000)
    unit = make.make_unit(edition, "电网", delegation="07.031")
    for name, country in [("Noix", "BJ"), ("Cacao", "EC"), ("Glas AG", "DE"), ("Werk GmbH", "DE"), ("Linse KG", "DE")]:
        exhibitor = make.make_exhibitor(edition, name, country, sector="crop-seeds")
        make.make_stand(hall, 36, "special", exhibitor)
        make.make_product(exhibitor, f"Goods of {name}", debut="world")
        make.make_deal(exhibitor, unit, "1000")
        visitor = make.make_visitor(edition, f"Buyer of {name}", unit)
        make.make_entry(make.make_badge(edition, visitor=visitor))
    return edition


def pages(edition, key, scope, limit):
    after, found = None, []
    while True:
        page = records(edition, key, scope, after=after, limit=limit)
        found.append(page.rows)
        if page.next is None:
            return found
        after = page.next


def test_every_figure_shows_as_many_records_as_it_counted(sixth):
    for found in bulletin(sixth):
        rows = [row for page in pages(sixth, found.key, found.scope, 2) for row in page]
        assert len(rows) == found.result.records, (found.key, found.scope)
        assert len(set(rows)) == len(rows), (found.key, found.scope)


def test_records_come_in_pages_and_the_last_names_no_next(sixth):
    assert [len(page) for page in pages(sixth, "exhibitors", "enterprise", 2)] == [2, 2, 1]
    assert [len(page) for page in pages(sixth, "exhibitors", "enterprise", 5)] == [5]
    assert [len(page) for page in pages(sixth, "participants", "enterprise", 2)] == [2, 1]


def test_the_records_of_a_part_are_of_that_part_alone(sixth):
    page = records(sixth, "exhibitors", "enterprise; country=DE")

    headings = [column.heading.en for column in page.columns]
    assert headings == ["Contract", "Exhibitor", "Country or region", "Area", "Signed"]
    assert [row[1] for row in page.rows] == ["Glas AG", "Werk GmbH", "Linse KG"]


def test_participants_are_told_with_their_names_and_exhibitors(sixth):
    assert records(sixth, "participants", "all").rows == [
        ("BJ", "Benin", "贝宁", 1), ("DE", "Germany", "德国", 3), ("EC", "Ecuador", "厄瓜多尔", 1)
    ]  # fmt: skip


def test_the_cumulated_turnover_says_of_each_edition_how_it_is_known(sixth):
    for number in range(1, 6):
        make.make_published(number, "intended_turnover", "all", "500", "USD, one-year basis")

    rows = records(sixth, "intended_turnover_cumulated", "all").rows
    assert rows[0] == (1, 500, "published, the gazette")
    assert rows[5] == (6, 5000, "its records")


@pytest.mark.parametrize(("key", "scope"), [("exhibitor", "all"), ("exhibitors", "indoor"), ("entries", "all; area=x")])
def test_a_figure_or_scope_that_is_not_there_is_refused(sixth, key, scope):
    with pytest.raises(NoSuchFigure):
        records(sixth, key, scope)


@pytest.mark.parametrize("key", ["exhibitors", "entries", "intended_turnover_cumulated"])
@pytest.mark.parametrize("after", ["x", "9" * 5_000, "2023-11-05"])
def test_a_page_after_what_is_no_key_is_refused(sixth, key, after):
    scope = "enterprise" if key == "exhibitors" else "all"
    with pytest.raises(NoSuchPage) as refused:
        records(sixth, key, scope, after)
    assert str(refused.value) == f"“{after[:40]}” is no row of this list. Go back to its start."


def test_no_name_address_or_number_of_a_visitor_is_among_the_records(sixth):
    recorded = [records(sixth, key, "all").rows for key in ("visitors_registered", "visitors_present", "entries")]

    assert "Buyer of" not in str(recorded)


def test_a_figure_stands_beside_the_published_one_of_like_scope_only(sixth):
    make.make_published(6, "exhibitors", "enterprise", "3486", "exhibitors", "about")
    beside = {found.scope: found.published for found in figure(sixth, "exhibitors")}

    assert beside["country"] is None
    assert (beside["enterprise"].value, beside["enterprise"].qualifier) == (3486, "about")
    assert json.loads(json.dumps([figure_json(found) for found in figure(sixth, "exhibitors")]))[0] == {
        "figure": "exhibitors", "scope": "enterprise", "unit": "exhibitors", "value": 5, "published": 3486,
        "qualifier": "about", "source": "the gazette", "records": 5, "unknown_because": None, "rests_on": None,
        "definition": "Organisations with a signed contract for the edition, each once, without co-exhibitors. The rule"
        " of UFI, which counts main and co-exhibitors alike, has a figure of its own. Enterprises, and those who show a"
        " national image in the country exhibition, are never added up: what expos publish as their exhibitors are"
        " enterprises.",
    }  # fmt: skip


def test_over_editions_an_unlike_scope_leaves_a_gap(sixth):
    make.make_published(4, "participants", "enterprise", "127", "participants")
    make.make_published(5, "participants", "all", "145", "participants")
    make.make_edition(7)

    points = over_editions(sixth, "participants", "all")
    assert [(point.edition, point.value, point.computed) for point in points] == [
        (4, None, False), (5, 145, False), (6, 3, True), (7, None, False)
    ]  # fmt: skip


def test_a_change_on_another_edition_is_reported_only_where_the_scopes_are_alike(sixth):
    make.make_published(4, "participants", "enterprise", "127", "participants")
    make.make_published(5, "participants", "enterprise", "2", "participants")
    make.make_published(5, "participants", "all", "4", "participants")

    assert change_on(sixth, "participants", "all", 5) == Change(Decimal(-1), Decimal("-25.0"))
    with pytest.raises(UnlikeScopes, match="covers the enterprise exhibition here and all exhibitions together there"):
        change_on(sixth, "participants", "all", 4)
    with pytest.raises(ValueUnknown, match="“participants” has no value for edition 3"):
        change_on(sixth, "participants", "all", 3)


def test_the_bulletin_asks_as_often_of_three_exhibitors_as_of_five(sixth, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as five:
        bulletin(sixth)
    make.make_exhibitor(sixth, "Kikai", "JP", area="consumer-goods", scope="enterprise")
    with django_assert_num_queries(len(five)):
        bulletin(sixth)
    with django_assert_num_queries(1):
        records(sixth, "exhibitors", "enterprise", limit=2)
