"""Every page in both languages is marked up so that everyone can read it, and runs nothing written inline."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils.log import configure_logging

from emporion.domain.catalogue.models import Product
from emporion.domain.editions.models import Edition
from tests.web.conftest import exhibitor_named

pytestmark = pytest.mark.django_db
PAGES = [
    "/expo/", "/expo/exhibitors/", "/expo/exhibitors/{exhibitor}/", "/expo/products/", "/expo/products/{product}/",
    "/expo/halls/", "/expo/halls/4.1/", "/expo/halls/4.1/4.1-A001/", "/expo/programme/", "/expo/search/",
    "/expo/search/?q=a", "/expo/accessibility/", "/expo/bulletin/", "/expo/bulletin/exhibitors/",
    "/expo/bulletin/exhibitors/records/?scope=enterprise", "/expo/5/", "/expo/5/exhibitors/", "/expo/nowhere/",
    "/expo/market/path/", "/expo/market/path/?q=84195000&origin=DE&to=CN&on=2026-11-05",
]  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """A page as a list of its elements; complains of one that is closed where another is open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.wrapped: list[str] = []
        self.feed(html)
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("input", "select") and "label" in self.open:
            self.wrapped.append(dict(attrs).get("id", ""))

    def handle_startendtag(self, tag: str, attrs: list[Any]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(params=["", "/zh-hans"], ids=["en", "zh"])
def prefix(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, prefix: str, fair: Edition, client: Client) -> Page:
    product = Product.objects.get(name_en="Shea butter").pk
    address = request.param.format(exhibitor=exhibitor_named("Aurora Valves").number, product=product)
    answer = client.get(prefix + address)
    assert answer.status_code == (404 if "nowhere" in address else 200)
    assert "unsafe" not in answer["Content-Security-Policy"]
    return Page(answer.content.decode())


def test_a_page_names_its_language_and_leads_to_the_other(page: Page, prefix: str) -> None:
    assert page.all("html")[0]["lang"] == ("zh-Hans" if prefix else "en")
    alternates = {link["hreflang"]: link["href"] for link in page.all("link") if "hreflang" in link}
    assert set(alternates) == {"en", "zh-Hans"}
    assert alternates["zh-Hans"].startswith("/zh-hans/") and not alternates["en"].startswith("/zh-hans/")


def test_a_page_has_one_heading_of_the_first_rank_and_its_landmarks(page: Page) -> None:
    assert [len(page.all(tag)) for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    names = [nav.get("aria-label") for nav in page.all("nav")]
    assert all(names) and len(set(names)) == len(names)


def test_headings_leave_out_no_rank(page: Page) -> None:
    ranks = [int(tag[1]) for tag, _ in page.elements if tag in ("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(ranks))


def test_every_field_has_its_label(page: Page) -> None:
    labelled = {label.get("for") for label in page.all("label")}
    for field in page.all("input", "select"):
        assert field.get("type") == "hidden" or field.get("id") in labelled | set(page.wrapped), field


def test_nothing_is_written_inline_and_no_name_is_given_twice(page: Page) -> None:
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        assert tag != "style" and (tag != "script" or attributes.get("src", "").startswith("/static/"))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)


def test_what_a_page_refers_to_is_on_it(page: Page) -> None:
    ids = {attributes.get("id") for _, attributes in page.elements}
    for _, attributes in page.elements:
        address, _, fragment = attributes.get("href", "").partition("#")
        # A place of another page is that page's to have.
        for name in (attributes.get("aria-labelledby"), None if address else fragment or None):
            assert name is None or name in ids, attributes


def test_the_page_for_what_broke_needs_no_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF="tests.web.broken"):
        answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    Page(answer.content.decode())


def test_what_broke_is_reported_on_the_console_with_its_place_in_the_code(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF="tests.web.broken"):
        client.get("/")
    log = capfd.readouterr().err
    assert "ERROR django.request: Internal Server Error: /" in log
    assert log.rstrip().endswith("ZeroDivisionError")
    assert "in breaks" in log


def test_what_is_somebody_elses_is_reported_as_theirs(db: Any, client: Client) -> None:
    with override_settings(ROOT_URLCONF="tests.web.broken"):
        answer = client.get("/private/")
    assert answer.status_code == 403
    assert "You have no access to this page" in answer.content.decode()


def test_a_refusal_is_reported_by_its_sentence(db: Any, client: Client) -> None:
    with override_settings(ROOT_URLCONF="tests.web.broken"):
        answer = client.get("/refused/")
    assert answer.status_code == 409
    assert "The bulletin has no figure “happiness” for the moon." in answer.content.decode()
