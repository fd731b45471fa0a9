"""The desk in a real browser: keys for the long lists, pages that fit a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from emporion.domain.booths.models import AllocationRun
from emporion.domain.desk.actions import begin_message, save_view, write_message
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from tests import fair, make
from tests.chromium import chromium, open_page
from tests.web.desk.test_queues import apply, register
from tests.web.phone import stay_within_the_screen
from tests.worker import do_what_waits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "The Extraordinarily Long Name of a Trading-and-Manufacturing Company Limited"


def test_a_reviewer_works_through_the_list_by_keys_alone(live_server: Any) -> None:
    edition = fair.open_fair()
    for name in ("Aurora Valves", "Benin Butter", "Cacao Fino"):
        apply(edition, name)
    owner = fair.make_person("office@expo.example", "Lin", staff=True)
    cookie = fair.signed_in(owner).cookies[settings.SESSION_COOKIE_NAME].value
    with chromium() as browser:
        page = open_page(browser, base_url=live_server.url)
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto("/expo/office/applications/")
        page.keyboard.press("?")
        expect(page.get_by_role("heading", name="Keys")).to_be_visible()
        page.keyboard.press("Escape")
        # What is typed into a field is no key.
        page.keyboard.press("/")
        page.keyboard.type("ajx?")
        expect(page.locator("#q")).to_have_value("ajx?")
        page.locator("#q").fill("")
        page.locator("h1").click()
        # The second and the third row; k goes up again.
        for key in "jjxjxk":
            page.keyboard.press(key)
        expect(page.get_by_role("link", name="Benin Butter")).to_be_focused()
        page.keyboard.press("a")
        expect(page.get_by_role("heading", name="Approve 2 applications")).to_be_visible()
        assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}
        page.get_by_role("button", name="Approve 2 applications").click()
        expect(page.get_by_role("heading", name="Approve applications")).to_be_visible()
        do_what_waits()
        page.goto("/expo/office/applications/")
        expect(page.get_by_role("link", name="Aurora Valves")).to_be_visible()
        expect(page.get_by_role("link", name="Benin Butter")).to_have_count(0)
        # Without a choice the row where the keys stand is meant.
        page.keyboard.press("j")
        page.keyboard.press("r")
        expect(page.get_by_role("heading", name="Reject 1 application")).to_be_visible()
        page.go_back()
        page.keyboard.press("j")
        page.keyboard.press("o")
        expect(page.get_by_role("heading", name="Aurora Valves")).to_be_visible()
    assert sorted(Application.objects.values_list("state", flat=True)) == ["approved", "approved", "submitted"]


def test_the_pages_of_the_desk_fit_a_phone(live_server: Any) -> None:
    edition, now = fair.open_fair(), timezone.now()
    owner = fair.make_person("a-very-long-address-of-the-office@harbour-authority.example", staff=True)
    context = ActionContext(now, owner)
    one = apply(edition, LONG, contact_email="a-very-long-address-of-an-applicant@trading-company.example")
    apply(edition, "Earlier", submitted=now - timedelta(days=30))
    visitor = register(edition, LONG, unit=make.make_unit(edition, LONG), email=f"{'x' * 60}@example.com")
    save_view(owner, edition.fair, "applications", LONG[:60], "state=submitted")
    message = begin_message(edition, "visitors", {}, context=context)
    write_message(message, {"subject_en": LONG, "body_en": "Dear {name}", "subject_zh": LONG, "body_zh": "{name}"})
    run = {"finished": now, "seed": 1, "objective": 123_456_789.12, "bound": 223_456_789.34, "stopped": "time"}
    AllocationRun.objects.create(edition=edition, **run)
    pages = {
        "home": "office/", "applications": "office/applications/", "visitors": "office/visitors/",
        "units": "office/units/?state=all", "application": f"office/applications/{one.pk}/",
        "visitor": f"office/visitors/{visitor.pk}/", "doubles": "office/organisations/doubles/",
        "runs": "office/runs/", "dates": "office/dates/", "rules": "office/rules/",
        "messages": "office/messages/groups/", "message": f"office/messages/groups/{message.pk}/",
    }  # fmt: skip
    stay_within_the_screen(live_server.url, owner, pages)
