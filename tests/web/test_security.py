"""Every page runs in a real browser under the policy that its answer carries, and carries every header there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from emporion.domain.editions.models import Edition
from tests.chromium import chromium, open_page
from tests.fair import make_person

BLOCKED = """
window.blocked = [];
document.addEventListener("securitypolicyviolation", event =>
    window.blocked.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
MAX_PAGES = 60


def pages_from(page: Page, start: str) -> Iterator[str]:
    """Open one page of each kind that links lead to from the start; a kind is a view with its language."""
    waiting, known = [start], set()
    while waiting and len(known) < MAX_PAGES:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        yield address
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            parts = urlsplit(str(link))
            if parts.netloc == urlsplit(page.url).netloc and (kind := kind_of(parts.path)) not in known | {None}:
                known.add(kind)
                waiting.append(parts.path)


def kind_of(path: str) -> tuple[str, bool] | None:
    """The view of an address and whether it is in Chinese; none for files and for what is not there."""
    if "." in path or "logout" in path or "signout" in path:
        return None
    try:
        return resolve(path).view_name, path.startswith("/zh-hans/")
    except Resolver404:
        return None


@pytest.fixture
def page(live_server: Any) -> Iterator[Page]:
    with chromium() as browser:
        opened = open_page(browser, base_url=live_server.url)
        opened.add_init_script(BLOCKED)
        yield opened


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_public_page_asks_for_what_the_policy_forbids(fair: Edition, page: Page) -> None:
    seen = {address: page.evaluate("window.blocked") for address in pages_from(page, "/")}
    assert {address: blocked for address, blocked in seen.items() if blocked} == {}
    assert len(seen) > 20


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_back_office_works_under_its_own_policy(fair: Edition, page: Page) -> None:
    client = Client()
    client.force_login(make_person("staff@fair.example", staff=True, is_superuser=True))
    page.goto("/")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    seen = {address: page.evaluate("window.blocked") for address in pages_from(page, "/admin/")}
    assert {address: blocked for address, blocked in seen.items() if blocked} == {}
    assert len(seen) > 10


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/no-such-page/", "/health/", "/robots.txt"])
def test_every_answer_carries_every_header(fair: Edition, client: Client, address: str) -> None:
    headers = client.get(address, follow=True).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_the_exception_holds_for_the_back_office_alone(fair: Edition, client: Client) -> None:
    client.force_login(make_person("staff@fair.example", staff=True, is_superuser=True))
    back_office = client.get("/admin/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval'" in back_office
    assert "default-src 'none'" in back_office


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "message", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9:51234", "203.0.113.9"),
        (1, "[2001:db8::1]:51234", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "unknown", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_what_the_proxies_add_tells_who_asks(
    client: Client, settings: Any, proxies: int, message: str, address: str
) -> None:
    settings.PROXIES = proxies
    answer = client.get("/health/", HTTP_X_FORWARDED_FOR=message)
    assert answer.content.decode() == f"ok scheme=http host=testserver client={address}\n"
