"""From a wish to a meeting on both sides' days, by links and buttons alone, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from emporion.domain.accounts.models import User
from emporion.domain.meetings.models import Meeting
from tests import fair
from tests.chromium import open_page
from tests.worker import work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(browser: Browser, site: str, user: User) -> Page:
    """Somebody's telephone, signed in, on the page of their own fair."""
    cookie = fair.signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    page = open_page(browser, base_url=site, viewport={"width": 360, "height": 740})
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    page.goto("/my/")
    return page


def press(page: Page, *names: str) -> None:
    """Follow links and press buttons, one after the other."""
    for name in names:
        page.locator("main").get_by_text(name, exact=True).first.click()
        page.wait_for_load_state()


def test_a_wish_becomes_a_meeting(live_server: Any, browser: Browser) -> None:
    edition = fair.open_fair()
    _seller, seller_user = fair.make_seller(edition)
    _visitor, buyer_user = fair.make_buyer(edition)
    office_user = fair.make_person("office@expo.example", staff=True)

    buyer = enter(browser, live_server.url, buyer_user)
    press(buyer, "My visit", "Meetings", "Ask somebody to meet")
    buyer.get_by_label("Exhibitor's name or number").fill("shea")
    press(buyer, "Look up", "Must meet")
    expect(buyer.get_by_text("Meeting requested. The answer comes by e-mail.")).to_be_visible()

    seller = enter(browser, live_server.url, seller_user)
    press(seller, "Shea du Bénin", "Meetings", "Accept")
    expect(seller.get_by_text("Accepted. The timetable will give it a time.")).to_be_visible()

    office = enter(browser, live_server.url, office_user)
    press(office, f"Office of {edition.fair.name_en}", "Timetable of meetings", "Make a draft")
    work()
    office.reload()
    assert not Meeting.objects.get().published
    press(office, "Go on", "Publish 1 meeting and notify the participants")
    work()
    office.reload()
    press(office, "Go on")
    expect(office.get_by_text("Publish 1 meeting")).to_have_count(0)
    assert Meeting.objects.get().published

    for page, other in ((buyer, "Shea du Bénin"), (seller, "Wang Lan")):
        press(page, "Meetings", "My days")
        expect(page.get_by_role("heading", name=other)).to_be_visible()
