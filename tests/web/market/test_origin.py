"""The page on rules of origin: each agreement's verdict with its arithmetic, and what the goods then pay."""

from __future__ import annotations

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from tests.fair import page_text

ASKED = {
    "q": "84195000", "origin": "JP", "to": "CN", "on": "2026-11-05", "value": "1000", "rule": "CTH or RVC40",
    "inputs": "721990 DE 300\n7411.10 Viet Nam 200",
}  # fmt: skip


def ask(client: Client, at: str = "", status: int = 200, **changed: str) -> str:
    answer = client.get(f"{at}/expo/market/origin/", {**ASKED, **changed})
    assert answer.status_code == status
    return page_text(answer)


def test_goods_that_pass_get_the_agreements_rate(edition: Edition, client: Client) -> None:
    page = ask(client)
    assert "<span>Passes</span>" in page
    assert "CTH: no non-originating input shares heading 8419" in page
    assert '<span class="big figure">6.9%</span><strong>RCEP (Japan)</strong>' in page


def test_goods_that_fail_pay_mfn_and_the_arithmetic_is_shown(edition: Edition, client: Client) -> None:
    page = ask(client, inputs="841990 US 700")
    assert "<span>Fails</span>" in page
    assert "RVC40: (1000 − 700) / 1000 = 30.00% &lt; 40%" in page
    assert '<span class="big figure">10%</span>' in page


def test_without_a_rule_it_cannot_be_told(edition: Edition, client: Client) -> None:
    page = ask(client, rule="")
    assert "<span>Not known</span>" in page
    assert '<span class="big figure">at most 10%</span>' in page


def test_goods_wholly_obtained_need_no_rule(edition: Edition, client: Client) -> None:
    assert "WO, wholly obtained: stated" in ask(client, rule="", inputs="", wholly="on")


def test_an_origin_without_agreement_is_asked_for_no_rule(edition: Edition, client: Client) -> None:
    assert "No agreement of this importer names the country on that day" in ask(client, origin="DE")


def test_the_verdict_is_reported_in_chinese(edition: Edition, client: Client) -> None:
    page = ask(client, "/zh-hans", inputs="841990 US 700")
    assert "不符合" in page
    assert "PE（完全使用原产材料）：1种材料中有1种来自区域外" in page
    assert "同属品目8419的非原产材料：841990（美国）" in page


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"q": "8419"}, "Give at least six digits"),
        ({"q": "heat exchanger"}, "Give at least six digits"),
        ({"inputs": "721990 300"}, "Line 1: write HS code, origin and value"),
        ({"inputs": "721990 DE 300\n\n84x US 1"}, "Line 2: “84x” is not a tariff code"),
        ({"inputs": "721990 Atlantis 300"}, "Line 1: “Atlantis” is not a country"),
        ({"inputs": "721990 DE lots"}, "Line 1: write HS code, origin and value"),
        ({"inputs": "721990 DE 1200"}, "more than the goods' value of 1000"),
        ({"rule": "magic"}, "“magic” is not a rule of origin"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_beside_its_field(
    edition: Edition, client: Client, changed: dict[str, str], message: str
) -> None:
    page = ask(client, status=422, **changed)
    assert message in page.replace("&#x27;", "'")
    assert 'id="then"' not in page
