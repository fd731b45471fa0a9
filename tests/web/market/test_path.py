"""The way into a market: steps in order as a page and as a PDF, in both languages."""

from __future__ import annotations

from django.test import Client

from emporion.domain.editions.models import Edition
from tests.fair import page_text

PINEAPPLE = {"q": "08043000", "origin": "BJ", "to": "CN", "on": "2026-11-05"}


def test_the_steps_stand_in_order_with_how_long_each_takes(fair: Edition, client: Client) -> None:
    page = page_text(client.get("/expo/market/path/", PINEAPPLE))
    titles = [
        "Ask whether the goods may enter", "Have the producer registered", "Get the permits, before the contract",
        "Get the certificates, before shipment", "At the border",
    ]  # fmt: skip
    places = [page.index(f"<h2>{title}</h2>") for title in titles]
    assert places == sorted(places)
    assert "Pineapples of Benin were admitted when the list was read, as of 5 September 2023" in page
    assert "decided within 20 days; valid one year" in page
    assert "at least 9%" in page
    assert "Anti-dumping duty: not in the data" in page


def test_the_path_is_given_as_a_pdf_and_in_chinese(fair: Edition, client: Client) -> None:
    made = client.get("/expo/market/path/", {**PINEAPPLE, "form": "pdf"})
    assert (made["Content-Type"], made.content[:5]) == ("application/pdf", b"%PDF-")
    assert "path-08043000-BJ-CN.pdf" in made["Content-Disposition"]
    page = page_text(client.get("/zh-hans/expo/market/path/", PINEAPPLE))
    assert "贝宁的菠萝获准进口" in page
    assert "先确认货物能否进口" in page


def test_without_goods_the_page_asks_for_them_and_tells_what_is_wrong(fair: Edition, client: Client) -> None:
    assert "Show the steps" in page_text(client.get("/expo/market/path/"))
    assert client.get("/expo/market/path/", {**PINEAPPLE, "q": "123"}).status_code == 422
    assert "Show the steps" in page_text(client.get("/expo/market/path/", {**PINEAPPLE, "q": "pineapple"}))


def test_the_page_of_the_duty_names_the_parts_and_leads_to_the_steps(fair: Edition, client: Client) -> None:
    page = page_text(client.get("/expo/market/", PINEAPPLE))
    assert "What is paid on top of the base duty" in page
    assert "On the list at hand" in page
    assert "/expo/market/path/?q=08043000" in page
