"""One question about entering a market: answered with reasons and sources, refused in words, or told as unknown."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emporion.domain.editions.models import Edition
from tests.fair import page_text
from tests.web.conftest import add, exhibitor_named

ASKED = {"q": "84195000", "origin": "JP", "to": "CN", "on": "2026-11-05", "value": "100000"}
DISCLAIMER = "Information from the sources named, not a ruling: the customs of the importing country decide."
TRANSLATED = "中文名称为本平台所译"


def ask(client: Client, at: str = "/expo/market/", status: int = 200, **asked: str) -> str:
    answer = client.get(at, {**ASKED, **asked})
    assert answer.status_code == status
    return page_text(answer)


def test_the_question_is_asked_for_the_host_on_the_first_day(edition: Edition, client: Client) -> None:
    page = page_text(client.get("/expo/market/"))
    assert 'value="2026-11-05"' in page
    assert '<option value="CN" selected>China</option>' in page


@pytest.mark.parametrize("at", ["/expo/market/", "/expo/market/origin/"])
def test_where_no_tariff_answers_for_the_edition_today_is_offered_and_the_days_at_hand_are_reported(
    edition: Edition, client: Client, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Edition.objects.update(first_day="2023-11-05", last_day="2023-11-10")
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 3, 2))
    page = page_text(client.get(at))
    assert 'value="2026-03-02"' in page
    assert "China 1 Jan 2026 – 31 Dec 2026; United States 1 Jan 2025 – 31 Dec 2026." in page


def test_a_link_without_day_or_country_is_answered_for_what_the_page_would_offer(
    edition: Edition, client: Client
) -> None:
    page = page_text(client.get("/expo/market/", {"q": "84195000", "origin": "JP"}))
    assert "Goods of Japan entering China on 5 Nov 2026" in page
    assert '<span class="big figure">6.9%</span>' in page


def test_an_answer_has_the_rate_its_scope_the_saving_and_the_proof(edition: Edition, client: Client) -> None:
    page = ask(client)
    assert '<span class="big figure">6.9%</span><strong>RCEP (Japan)</strong>' in page
    assert "Goods of Japan entering China on 5 Nov 2026" in page
    assert "CNY 6,900.00" in page
    assert "CNY 3,100.00" in page
    assert "Proof of origin: certificate of origin, declaration by an approved exporter" in page
    assert page.count(DISCLAIMER) == 1


def test_every_candidate_stands_in_the_order_of_the_law_with_reason_and_source(
    edition: Edition, client: Client
) -> None:
    page = ask(client)
    order = ["Goods of Japan get the MFN rate", "Japan is in RCEP (Japan) on that day", "The origin gets MFN treatment"]
    assert [page.index(reason) for reason in order] == sorted(page.index(reason) for reason in order)
    assert page.count("line 84195000, column ") == 3
    assert page.count("<span>Applies</span>") == 1


def test_goods_that_china_names_in_chinese_are_named_in_english_beside_it(edition: Edition, client: Client) -> None:
    title = "Heat exchange units; not used for domestic purposes"
    assert f'<span class="described">{title}' in ask(client)
    page = ask(client, q="841950")
    assert f'<span class="described">{title}' in page
    assert f'<span class="other">{title}' in page
    assert TRANSLATED not in page
    in_chinese = ask(client, "/zh-hans/expo/market/")
    assert "Heat exchange" not in in_chinese
    assert TRANSLATED not in in_chinese


def test_goods_that_a_tariff_names_in_english_are_named_in_chinese_beside_it_and_once_said_to_be_translated(
    edition: Edition, client: Client
) -> None:
    page = ask(client, "/zh-hans/expo/market/", q="84195050", to="US", on="2025-11-05")
    assert '<span class="described">热交换装置</span>' in page
    assert page.count(TRANSLATED) == 1
    lines = ask(client, "/zh-hans/expo/market/", q="841950", to="US", on="2025-11-05")
    assert lines.count('<span class="other">热交换装置</span>') == lines.count('<a class="rowlink figure"') > 1
    assert lines.count(TRANSLATED) == 1


def test_a_heading_is_named_by_its_translated_title_and_a_chapter_by_its_official_one(
    edition: Edition, client: Client
) -> None:
    heading = ask(client, "/zh-hans/expo/market/", q="8418")
    assert '<span class="described">电气或非电气的冰箱、冷冻箱及其他制冷设备；热泵（空调器除外）</span>' in heading
    assert heading.count(TRANSLATED) == 1
    chapter = ask(client, "/zh-hans/expo/market/", q="09")
    assert '<span class="described">咖啡、茶、马黛茶及调味香料</span>' in chapter
    assert TRANSLATED not in chapter


def test_the_answer_is_reported_in_chinese(edition: Edition, client: Client) -> None:
    page = ask(client, "/zh-hans/expo/market/")
    assert "原产于日本的货物于2026年11月5日进入中国" in page
    assert "日本货物享受最惠国税率（《中华人民共和国进出口税则（2026）》规则和说明，2）" in page
    assert "比最惠国税率节省" in page
    assert "以进口国海关的决定为准" in page
    assert " is in " not in page.split('id="main"')[1]


def test_a_shorter_code_gives_the_range_and_its_lines(edition: Edition, client: Client) -> None:
    page = ask(client, q="0713", origin="BJ")
    assert "Lines under 0713" in page
    assert '<span class="big figure">Free</span>' in page
    assert "q=07132090&amp;origin=BJ&amp;to=CN" in page
    assert "is an excerpt: other lines under 0713 may exist" in page


def test_quota_goods_say_so(edition: Edition, client: Client) -> None:
    page = ask(client, q="10019900", origin="DE")
    assert '<h2 id="quota">Tariff quota</h2>' in page
    assert "Tariff quota for 2026: wheat 9,636,000 t" in page
    assert "小麦 9,636,000 吨" in ask(client, "/zh-hans/expo/market/", q="10019900", origin="DE")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"q": "123"}, "“123” has an odd number of digits: where a leading zero was lost write 0123"),
        ({"q": "1"}, "“1” is not a tariff code: write 2, 4, 6 or 8 to 13 digits,"),
        ({"q": "84195000123456"}, "“84195000123456” is not a tariff code: write 2, 4, 6 or 8 to 13 digits,"),
        ({"origin": "XX"}, "There is no such country or area; choose one from the list."),
        ({"to": "BT"}, "No tariff of this country is available; choose one from the list."),
        ({"on": "soon"}, "Enter a valid date."),
        ({"value": "-3"}, "“-3” is not an amount: write a number above zero"),
        ({"value": "0"}, "“0” is not an amount: write a number above zero"),
        ({"value": "plenty"}, "“plenty” is not an amount: write a number above zero"),
        ({"value": "1e30"}, "“1e30” is not an amount: write a number above zero"),
    ],
)
def test_what_cannot_be_asked_is_refused_beside_its_field(
    edition: Edition, client: Client, asked: dict[str, str], message: str
) -> None:
    page = ask(client, status=422, **asked)
    assert message in page
    assert 'id="applies"' not in page


def test_a_refusal_is_reported_in_chinese(edition: Edition, client: Client) -> None:
    assert "“1”不是税则编码" in ask(client, "/zh-hans/expo/market/", 422, q="1")


def test_a_line_that_is_not_in_the_excerpt_is_unknown_and_may_exist(edition: Edition, client: Client) -> None:
    page = ask(client, q="93069000")
    assert '<span class="big figure">Unknown</span>' in page
    assert "it is an excerpt, so the line may exist" in page
    assert "Free" not in page.split('id="applies"')[1]


def test_a_day_before_the_tariff_is_unknown_and_leads_to_the_nearest_day(edition: Edition, client: Client) -> None:
    page = ask(client, on="2023-11-05")
    assert '<span class="big figure">Unknown</span>' in page
    assert "answers from 1 January 2026 to 31 December 2026" in page
    assert "on=2026-01-01" in page


def test_a_day_after_the_tariff_tells_what_was_last_known(edition: Edition, client: Client) -> None:
    assert "On 31 Dec 2026, the last day for which it answers, it was 6.9% (RCEP (Japan))." in ask(
        client, on="2027-03-01"
    )


@pytest.mark.parametrize("words", ["dried chickpeas", "干鹰嘴豆"])
def test_words_lead_to_the_likeliest_subheadings(fair: Edition, client: Client, words: str) -> None:
    page = ask(client, q=words)
    assert "q=071320&amp;origin=JP" in page
    assert "Choose the one that describes the goods" in page


def test_words_of_no_goods_lead_nowhere(fair: Edition, client: Client) -> None:
    assert "No goods are known by these words" in ask(client, q="qwxyz")


def test_where_words_do_not_decide_a_question_is_asked_and_its_answer_narrows_the_list(
    fair: Edition, client: Client
) -> None:
    page = ask(client, q="women's jacket")
    assert "The words alone do not decide." in page
    [address] = re.findall(r'href="([^"]*answers=material%3Acotton)"', page)
    narrowed = page_text(client.get(html.unescape(address)))
    assert "By your answers: Cotton." in narrowed
    assert "answers=material%3Awool" not in narrowed
    assert "您的回答" in page_text(client.get(html.unescape(address).replace("/expo/", "/zh-hans/expo/", 1)))


def test_an_answer_that_no_question_has_is_left_out(fair: Edition, client: Client) -> None:
    page = ask(client, q="women's jacket", answers="fabric:blue,nothing")
    assert "By your answers" not in page
    assert "answers=material%3Awool" in page


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("patent licensing", "activity=patent+licensing&amp;kind=services"),
        ("кофемашина", "Texts are read in English and in Chinese"),
    ],
)
def test_a_service_leads_to_the_negative_lists_and_another_script_is_refused(
    fair: Edition, client: Client, words: str, message: str
) -> None:
    page = ask(client, q=words)
    assert message in page
    assert "Choose the one that describes the goods" not in page


def test_a_whole_brochure_may_be_asked(fair: Edition, client: Client) -> None:
    brochure = "Our dried chickpeas are grown without irrigation. " * 8
    assert "q=071320&amp;origin=JP" in ask(client, q=brochure)


def test_a_range_of_many_lines_takes_as_many_queries_as_one_line(fair: Edition, client: Client) -> None:
    def queries(**asked: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            ask(client, **asked)
        return len(captured)

    queries()
    assert queries() == queries(q="84") == queries(q="07")


def test_a_product_tells_what_it_pays_to_enter_the_host(fair: Edition, client: Client) -> None:
    product = exhibitor_named("Hokkaido Fields").products.get(name_en="Honey of Japan")
    page = page_text(client.get(f"/expo/products/{product.pk}/")).split('id="market"')[1]
    assert '<span class="big figure">10.3%</span><strong>RCEP (Japan)</strong>' in page
    assert "Code 040900, goods of Japan, on 5 Nov 2026" in page
    assert "q=04090000&amp;origin=JP" in page
    assert DISCLAIMER in page


def test_a_product_whose_code_is_not_in_the_excerpt_is_unknown(fair: Edition, client: Client) -> None:
    product = exhibitor_named("Hokkaido Fields").products.get(name_en="Cartridges of Japan")
    page = page_text(client.get(f"/expo/products/{product.pk}/")).split('id="market"')[1]
    assert "The base duty is unknown." in page
    assert "it is an excerpt, so the line may exist" in page
    assert "big figure" not in page


def test_a_product_without_a_code_says_what_it_needs(fair: Edition, client: Client) -> None:
    product = exhibitor_named("Hokkaido Fields").products.get(hs=None)
    page = page_text(client.get(f"/expo/products/{product.pk}/"))
    assert "once the exhibitor gives the product's HS code and origin" in page


def test_an_edition_before_the_tariff_says_which_day_is_reported(fair: Edition, client: Client) -> None:
    Edition.objects.update(first_day="2023-11-05", last_day="2023-11-10")
    product = exhibitor_named("Hokkaido Fields").products.get(name_en="Honey of Japan")
    page = page_text(client.get(f"/expo/products/{product.pk}/"))
    assert "By the tariff of 2026: none is available for 5 Nov 2023, the first day of the fair." in page
    assert "on 1 Jan 2026" in page


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("rcep", ["Peas of Japan"]),
        ("least-developed", ["Peas of Benin"]),
        ("answered", ["Peas of Japan", "Honey of Japan", "Peas of Benin"]),
        ("none such", []),
    ],
)
def test_products_are_narrowed_by_what_they_pay(fair: Edition, client: Client, key: str, names: list[str]) -> None:
    page = page_text(client.get("/expo/products/", {"market": key}))
    every = ["Peas of Japan", "Honey of Japan", "Cartridges of Japan", "Peas of Benin", "=HYPERLINK()"]
    assert [name for name in every if f">{name}<" in page] == names
    assert ("1 product<" if len(names) == 1 else f"{len(names)} products<") in page
    assert "Duty-free under RCEP (1)" in page


def test_a_product_added_later_is_found_by_the_filter(fair: Edition, client: Client) -> None:
    client.get("/expo/products/", {"market": "rcep"})
    add(exhibitor_named("Hokkaido Fields"), "More peas", "更多豌豆", "071310")
    assert "More peas" in page_text(client.get("/expo/products/", {"market": "rcep"}))


def test_the_filter_says_on_which_day_and_by_which_tariff(fair: Edition, client: Client) -> None:
    page = page_text(client.get("/expo/products/"))
    assert "on 5 Nov 2026: Import and Export Tariff of the People&#x27;s Republic of China 2026 (excerpt)." in page
    assert "what it does not hold is unknown" in page
