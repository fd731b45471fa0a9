"""What only a browser shows: lists that grow, a plan that comes closer, and no script refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from emporion.domain.editions.models import Edition
from tests import fair as open_fair
from tests import make
from tests.chromium import SMALLEST_PHONE, WIDE_TYPE, chromium, open_page
from tests.web.conftest import exhibitor_named

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(live_server: Any) -> Iterator[Page]:
    """A page at 1,280 pixels; at the end nothing may have been complained of, neither by scripts nor by the policy."""
    complaints: list[str] = []
    with chromium() as browser:
        opened = open_page(browser, base_url=live_server.url, viewport={"width": 1280, "height": 900})
        opened.on(
            "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
        )
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened
    assert complaints == []


def test_the_list_of_exhibitors_grows_and_is_narrowed_in_place(fair: Edition, page: Page) -> None:
    for number in range(50):
        make.make_exhibitor(fair, f"Company {number:02}", "JP")
    page.goto("/expo/exhibitors/")
    rows = page.locator("tbody tr th")
    expect(rows).to_have_count(48)
    page.get_by_role("link", name="Show more exhibitors").click()
    expect(rows).to_have_count(53)
    page.get_by_label("From least developed countries").check()
    expect(rows).to_have_count(1)
    page.wait_for_url("**ldc=1**")


def test_a_stand_on_the_plan_tells_who_shows_there(fair: Edition, page: Page) -> None:
    page.goto("/expo/halls/4.1/")
    page.locator('#plan a[href$="4.1-A001/"]').click()
    card = page.locator("#stand-card")
    expect(card.get_by_role("link", name="Benin Butter")).to_be_visible()
    assert page.url.endswith("/expo/halls/4.1/4.1-A001/")
    card.get_by_role("link", name="Benin Butter").click()
    page.wait_for_url(f"**/exhibitors/{exhibitor_named('Benin Butter').number}/")


def test_the_plan_comes_closer_by_button_and_by_key_and_goes_back(fair: Edition, page: Page) -> None:
    page.goto("/expo/halls/4.1/")
    plan = page.locator("#plan")
    whole = plan.get_attribute("viewBox")
    page.get_by_role("button", name="Closer").click()
    closer = plan.get_attribute("viewBox")
    plan.focus()
    page.keyboard.press("+")
    closest = plan.get_attribute("viewBox")
    widths = [float(str(box).split()[2]) for box in (whole, closer, closest)]
    assert widths[0] > widths[1] > widths[2]
    page.get_by_role("button", name="Whole hall").click()
    assert plan.get_attribute("viewBox") == whole


@pytest.mark.parametrize(
    "address",
    [
        "/expo/",
        "/expo/exhibitors/",
        "/expo/products/",
        "/expo/halls/",
        "/expo/halls/4.1/",
        "/expo/programme/",
        "/expo/bulletin/",
        "/expo/market/path/",
        "/expo/market/path/?q=84195000&origin=DE&to=CN&on=2026-11-05",
    ],
)
def test_nothing_stands_out_at_the_side_of_a_phone(fair: Edition, live_server: Any, address: str) -> None:
    with chromium() as browser:
        page = open_page(browser, base_url=live_server.url, viewport=SMALLEST_PHONE, bypass_csp=True)
        for prefix in ("", "/zh-hans"):
            page.goto(prefix + address)
            page.add_style_tag(content=WIDE_TYPE)
            assert page.evaluate("document.documentElement.scrollWidth") == SMALLEST_PHONE["width"]


def test_the_buttons_of_a_suggestion_work_in_place_and_keep_the_keyboard_where_it_was(
    live_server: Any, page: Page
) -> None:
    edition = open_fair.open_fair()
    seller, _user = open_fair.make_seller(edition)
    visitor, user = open_fair.make_buyer(edition)
    open_fair.suggest(visitor, seller)
    session = open_fair.signed_in(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto("/expo/my/visit/suggestions/")
    here = page.url

    def press(button: str, then: str) -> None:
        page.get_by_role("button", name=button).press("Enter")
        expect(page.get_by_role("button", name=then)).to_be_focused()

    press("Favourite: Shea du Bénin", then="No longer a favourite: Shea du Bénin")
    expect(page.locator(".standing")).to_have_text("A favourite")
    expect(page.locator("#announcement")).to_contain_text("Shea du Bénin: Added to your favourites.")
    press("Hide Shea du Bénin", then="Bring back Shea du Bénin")
    expect(page.locator(".standing")).to_have_text("Hidden")
    press("Bring back Shea du Bénin", then="Hide Shea du Bénin")
    press("Not for us: Shea du Bénin", then="Take back: Shea du Bénin may be for us")
    press("Take back: Shea du Bénin may be for us", then="Not for us: Shea du Bénin")
    page.get_by_role("button", name="Ask to meet Shea du Bénin").press("Enter")
    expect(page.locator(".standing")).to_have_text("Awaits an answer")
    expect(page.locator(".standing")).to_be_focused()
    assert page.url == here
