"""An exhibitor's whole range: each product with its duty, what is unknown told as such, and a file of it."""

from __future__ import annotations

import csv
import io

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emporion.domain.editions.models import Edition
from tests.fair import page_text
from tests.web.conftest import add, exhibitor_named


def address(name: str = "Hokkaido Fields") -> str:
    return f"/expo/exhibitors/{exhibitor_named(name).number}/market/"


def test_each_product_has_its_duty_or_is_unknown(fair: Edition, client: Client) -> None:
    page = page_text(client.get(address()))
    assert "4 products" in page
    assert "2 with a known base duty into China on 5 Nov 2026" in page
    assert "10.3%" in page
    assert "HS code or origin is missing" in page
    assert "it is an excerpt, so the line may exist" in page


def test_another_market_and_day_may_be_asked_for(fair: Edition, client: Client) -> None:
    page = page_text(client.get(address(), {"to": "AU", "on": "2023-05-01"}))
    assert "into Australia on 1 Jan 2026" in page
    assert "No tariff is available for 1 May 2023" in page


def test_what_cannot_be_asked_is_not_found(fair: Edition, client: Client) -> None:
    assert "No tariff of this country is available" in page_text(client.get(address(), {"to": "XX"}))
    assert client.get(address(), {"to": "XX"}).status_code == 404
    assert client.get(address(), {"on": "2026-02-31"}).status_code == 404
    assert client.get("/expo/exhibitors/09-99999/market/").status_code == 404


def test_the_file_has_a_row_for_each_product_and_runs_no_formula(fair: Edition, client: Client) -> None:
    answer = client.get(address(), {"form": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows, last = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[:3] == ["Number", "Product", "HS code"]
    answers = {row[1]: row[2:8] for row in rows}
    assert answers["Honey of Japan"] == ["040900", "JP", "CN", "2026-11-05", "10.3%", "RCEP (Japan)"]
    assert answers["Cartridges of Japan"] == ["930690", "JP", "CN", "2026-11-05", "", ""]
    assert answers["'=HYPERLINK()"][0] == ""
    assert last[0].startswith("Information from the sources named, not a ruling")


def test_the_file_is_in_the_readers_language(fair: Edition, client: Client) -> None:
    text = page_text(client.get("/zh-hans" + address(), {"form": "csv"}))
    assert "日本蜂蜜" in text
    assert "RCEP（日本）" in text


def test_a_range_takes_as_many_queries_for_many_products_as_for_few(fair: Edition, client: Client) -> None:
    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(name)).status_code == 200
        return len(captured)

    queries("Benin Butter")
    few = queries("Benin Butter")
    for hs in ("040900", "841950", "071310"):
        add(exhibitor_named("Benin Butter"), f"Goods {hs}", "货品", hs)
    assert queries("Benin Butter") == few


def test_an_exhibitor_without_products_says_so(fair: Edition, client: Client) -> None:
    exhibitor_named("Benin Butter").products.all().delete()
    assert "has not entered its products yet" in page_text(client.get(address("Benin Butter")))
