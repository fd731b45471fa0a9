"""The bulletin's figures follow the records, stand beside what was published, and show the rows behind them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.web.shell.templatetags.fair import cited
from emporion.web.statistics.charts import lightened
from tests import make
from tests.fair import make_request
from tests.web.conftest import MORNING
from tests.web.test_pages import names_on, text

pytestmark = pytest.mark.django_db


def test_a_figure_stands_beside_the_published_one(fair: Edition, client: Client) -> None:
    make.make_published(6, "exhibitors", "enterprise", "3486", "exhibitors", "about")
    page = text(client, "/expo/bulletin/")
    assert "about 3,486" in page
    assert "the gazette" in page


def test_an_event_in_the_journal_makes_the_figures_anew(fair: Edition, client: Client) -> None:
    assert '<a class="figure" href="/expo/bulletin/exhibitors/">3</a>' in text(client, "/expo/")
    late = make.make_exhibitor(fair, "Late Comer", "JP")
    record("contract.signed", late, context=ActionContext(MORNING), edition=fair.pk)
    assert '<a class="figure" href="/expo/bulletin/exhibitors/">4</a>' in text(client, "/expo/")


def test_a_figure_has_its_definition_its_scopes_and_its_parts(fair: Edition, client: Client) -> None:
    page = text(client, "/expo/bulletin/exhibitors/")
    assert "Organisations with a signed contract" in page
    assert "country exhibition" in page
    assert "By country or region" in page
    assert "/expo/bulletin/exhibitors/records/?scope=enterprise%3B+country%3DBJ" in page


def test_the_rows_behind_a_part_are_only_those_of_the_part(fair: Edition, client: Client) -> None:
    page = text(client, "/expo/bulletin/exhibitors/records/?scope=enterprise%3B+country%3DBJ")
    assert names_on(page) == ["Benin Butter"]
    assert "1 row<" in page


def test_states_and_kinds_read_as_on_every_other_page(fair: Edition, client: Client) -> None:
    visitor = make.make_visitor(fair, "Wang Lan", make.make_unit(fair, "Shanghai Foods"))
    make_request(visitor, make.make_exhibitor(fair, "Late Comer", "JP"))
    address = "/expo/bulletin/meeting_requests/"

    assert '<th scope="row">Awaits an answer</th>' in text(client, address)
    assert '<th scope="row">待答复</th>' in text(client, f"/zh-hans{address}")
    rows = text(client, f"/zh-hans{address}records/?scope=all")
    assert "<td>希望会面</td><td>待答复</td>" in rows
    assert '<th scope="col">意愿</th><th scope="col">状态</th>' in rows


def test_the_rows_go_on_after_the_last_one_shown(fair: Edition, client: Client) -> None:
    for number in range(60):
        make.make_exhibitor(fair, f"Company {number}")
    address = "/expo/bulletin/exhibitors/records/?scope=enterprise"
    first = client.get(address).context["rows"]
    rest = client.get(f"{address}&after={first.after}", HTTP_HX_REQUEST="true").context["rows"]
    assert (len(first.rows), len(rest.rows), rest.after) == (50, 13, "")
    assert not {row[0] for row in first.rows} & {row[0] for row in rest.rows}


@pytest.mark.parametrize(
    "address",
    [
        "/expo/bulletin/happiness/",
        "/expo/bulletin/happiness/records/",
        "/expo/bulletin/exhibitors/records/?scope=moon",
    ],
)
def test_a_figure_or_scope_that_is_none_is_not_found(fair: Edition, client: Client, address: str) -> None:
    assert "The bulletin has no figure" in text(client, address, 404)


def test_records_after_what_is_no_row_are_not_found(fair: Edition, client: Client) -> None:
    address = "/expo/bulletin/exhibitors/records/?scope=enterprise&after=x"
    assert "“x” is no row of this list" in text(client, address, 404)


def test_editions_are_compared_only_in_the_scope_that_was_published(fair: Edition, client: Client) -> None:
    make.make_published(5, "exhibitors", "enterprise", "2800", "exhibitors", "over")
    page = text(client, "/expo/bulletin/exhibitors/")
    assert "Scope: enterprise exhibition." in page
    assert "over 2,800" in page


def test_an_edition_without_records_is_unknown_on_every_page(sixth: Edition, client: Client) -> None:
    make.make_published(5, "exhibitors", "enterprise", "2800", "exhibitors")
    make.make_published(6, "exhibitors", "enterprise", "3486", "exhibitors", "about")
    why = "No records of this edition are kept here, so the figure is unknown."
    assert why in text(client, "/expo/bulletin/")
    page = text(client, "/expo/bulletin/exhibitors/")
    assert "<strong>–</strong>" in page and "<strong>0</strong>" not in page
    assert why in page
    # The current edition's bar is as published, and the drawing has no bar of nought.
    assert "≈ 3,486" in page and "about 3,486" in page
    assert "本平台未保存本届记录" in text(client, "/zh-hans/expo/bulletin/exhibitors/")


def test_a_drawing_says_nothing_of_its_own_to_those_who_listen() -> None:
    svg = '<svg width="9"><path role="img" aria-label="x: 1" font-family="serif" d="M1.23456,2.5000001"/></svg>'
    assert lightened(svg) == (
        '<svg class="drawing" aria-hidden="true" focusable="false" width="9"><path d="M1.23,2.5"/></svg>'
    )


def test_the_source_of_a_published_figure_is_told_in_the_readers_language() -> None:
    compiled = "public news pages on the editions, compiled 2026-11"
    assert cited(compiled) == "Public news pages on the editions, compiled in November 2026"
    with override("zh-hans"):
        assert cited(compiled) == "各届公开新闻报道，2026年11月汇总"
        assert cited("shine.cn 2024-11-10") == "shine.cn 2024-11-10"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("/expo/bulletin/intended_turnover_usd/", "/expo/bulletin/intended_turnover/"),
        ("/expo/6/bulletin/investment_usd/", "/expo/6/bulletin/investments/"),
        (
            "/zh-hans/expo/bulletin/intended_turnover_usd/records/?scope=all",
            "/zh-hans/expo/bulletin/intended_turnover/records/?scope=all",
        ),
    ],
)
def test_a_figures_former_address_leads_to_todays_for_good(
    fair: Edition, client: Client, before: str, now: str
) -> None:
    answer = client.get(before)
    assert (answer.status_code, answer["Location"]) == (301, now)
    assert client.get(now).status_code == 200


def test_a_bulletin_shows_only_what_its_fair_has(fair: Edition, client: Client) -> None:
    words = ("Focus sectors", "Published growth", "that was published", "Free booths for least developed countries")
    accra = make.make_edition(
        1, fair=make.make_fair("accra", host="GH", languages=["en"]), current=True, currency=make.make_currency("GHS")
    )
    make.make_exhibitor(accra, "Cocoa House", "GH")
    page = text(client, "/accra/bulletin/")
    assert [word for word in words if word in page] == []
    assert ">Published<" not in text(client, "/accra/bulletin/exhibitors/")

    Edition.objects.filter(pk=fair.pk).update(free_booth_quota=2)
    make.make_sector("seeds", focus=True)
    make.make_published(6, "exhibitors", "enterprise", "3486", "exhibitors", "about")
    make.make_published(6, "sector_growth", "enterprise; sector=seeds", "30", "%")
    page = text(client, "/expo/bulletin/")
    assert [word for word in words if word in page] == list(words)
    assert ">Published<" in text(client, "/expo/bulletin/exhibitors/")
