"""Negative lists and exhibits under customs: asked on a page, answered with sources, refused in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.marketaccess import actions
from tests import fair as people
from tests import make
from tests.fair import page_text

LISTS = {"kind": "investment", "scope": "national", "on": "2026-11-05"}
COSMETICS = {"q": "33049900", "origin": "DE", "to": "CN", "on": "2026-11-05"}


def ask(client: Client, at: str, status: int = 200, **asked: str) -> str:
    answer = client.get(at, asked)
    assert answer.status_code == status
    return page_text(answer)


def looked_up(client: Client, activity: str, at: str = "", **changed: str) -> str:
    return ask(client, f"{at}/expo/market/negative-lists/", activity=activity, **{**LISTS, **changed})


def test_the_question_is_for_the_editions_first_day_and_the_lists_known_stand_beneath(
    edition: Edition, client: Client
) -> None:
    page = ask(client, "/expo/market/negative-lists/")
    assert 'value="2026-11-05"' in page
    assert "14 of 29 items" in page
    assert 'id="found"' not in page


def test_a_listed_activity_has_its_measure_in_both_languages_and_its_source(edition: Edition, client: Client) -> None:
    page = looked_up(client, "rare earth mining")
    assert "<span>Listed</span>" in page
    assert "禁止投资稀土、放射性矿产、钨勘查、开采及选矿。" in page
    assert "Closed: exploration, mining and dressing of rare earths" in page
    assert "NDRC/MOFCOM Order 23 of 2024 (6 September 2024), in force since 1 Nov 2024" in page


def test_a_link_that_names_the_activity_alone_is_answered_for_investment_in_the_whole_country(
    edition: Edition, client: Client
) -> None:
    page = ask(client, "/expo/market/negative-lists/", activity="rare earth mining")
    assert "<span>Listed</span>" in page
    assert "in force since 1 Nov 2024" in page


def test_a_chinese_reader_has_the_chinese_measure_alone_and_its_source_in_chinese(
    edition: Edition, client: Client
) -> None:
    page = looked_up(client, "稀土", "/zh-hans")
    assert "禁止投资稀土、放射性矿产、钨勘查、开采及选矿。" in page
    assert "Closed:" not in page
    assert "国家发展改革委、商务部令2024年第23号，条文取自2021年版（据 m.001doc.com）（未经官方文本核实）" in page
    assert "Order" not in page and "as reported" not in page


def test_what_no_source_was_seen_for_is_marked_so(edition: Edition, client: Client) -> None:
    page = ask(client, "/expo/market/negative-lists/")
    assert "NDRC/MOFCOM Order 48 of 2021 · not verified against the official text" in page
    assert "memory" not in page


def test_an_activity_that_is_not_found_is_not_called_open(edition: Edition, client: Client) -> None:
    page = looked_up(client, "hotel keeping")
    assert "<span>Not among the items known</span>" in page
    assert "not among the 14 items, of 29, that are known" in page
    assert "这并不表示该活动已放开" in looked_up(client, "酒店", "/zh-hans")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"scope": "hainan"}, "No item of this list is in the data"),
        ({"on": "2010-01-01"}, "No list of this kind and scope is known for that day."),
    ],
)
def test_without_items_or_list_it_is_unknown(
    edition: Edition, client: Client, changed: dict[str, str], message: str
) -> None:
    page = looked_up(client, "rare earth mining", **changed)
    assert "<span>Unknown</span>" in page
    assert message in page


@pytest.mark.parametrize(
    ("activity", "message"), [("", "This field is required."), ("--", "Name the activity in a few")]
)
def test_an_activity_that_says_nothing_is_refused_beside_its_field(
    edition: Edition, client: Client, activity: str, message: str
) -> None:
    assert message in ask(client, "/expo/market/negative-lists/", 422, activity=activity, **LISTS)


def test_the_rules_for_exhibits_stand_with_their_sources(edition: Edition, client: Client) -> None:
    page = ask(client, "/expo/market/exhibits/")
    assert "12 pieces" in page
    assert "USD 20,000.00" in page
    assert "Exhibits stay 6 months; the stay is extended once by 6 months." in page
    assert "Source: Decree 233 of the General Administration of Customs of China" in page


def test_goods_have_a_quota_and_a_day_of_admission_a_last_day(edition: Edition, client: Client) -> None:
    page = ask(client, "/expo/market/exhibits/", hs="8419.50", admitted="2026-08-31")
    assert "Goods of 841950" in page
    assert "28 Feb 2027" in page
    assert "31 Aug 2027" in page


@pytest.mark.parametrize(
    ("at", "message"),
    [("", "Goods of 2204 cannot be sold duty-free at the fair (alcohol)"), ("/zh-hans", "不享受免税")],
)
def test_goods_that_are_never_free_say_so(edition: Edition, client: Client, at: str, message: str) -> None:
    assert message in ask(client, f"{at}/expo/market/exhibits/", hs="2204")


def test_a_code_that_is_none_is_refused_beside_its_field(edition: Edition, client: Client) -> None:
    assert "“84x” is not a tariff code" in ask(client, "/expo/market/exhibits/", 422, hs="84x")


@pytest.mark.django_db
def test_an_exhibitor_sees_its_own_ledger_and_nobody_elses(client: Client) -> None:
    edition = people.open_fair()
    seller, other = people.make_seller(edition)[0], make.make_exhibitor(edition, "Beta", "JP")
    for whose, goods in ((seller, "lathe"), (other, "pump")):
        actions.admit(
            edition, whose.organisation, hs="845811", description=goods, pieces=3, value_usd=Decimal(9000),
            on=date(2023, 10, 20), context=ActionContext(make.MORNING),
        )  # fmt: skip
    mine = people.signed_in(seller.organisation.representatives.get().user)
    page = page_text(mine.get(f"/expo/my/exhibitor/{seller.organisation_id}/exhibits/"))
    assert "lathe" in page and "pump" not in page
    assert "20 Apr 2024" in page
    assert mine.get(f"/expo/my/exhibitor/{other.organisation_id}/exhibits/").status_code == 404
    assert client.get(f"/expo/my/exhibitor/{seller.organisation_id}/exhibits/").status_code == 302


def test_papers_at_the_border_stand_with_the_answer(edition: Edition, client: Client) -> None:
    assert "Cosmetics: registration or filing, Chinese label" in ask(client, "/expo/market/", **COSMETICS)
    assert "化妆品：注册或备案" in ask(client, "/zh-hans/expo/market/", **COSMETICS)
