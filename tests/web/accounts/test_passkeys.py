"""A passkey in a real browser: added by staff and by a visitor, who then sign in with it alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import Page, expect

from emporion.domain.staff.models import StaffRole
from tests import fair
from tests.chromium import chromium, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# An authenticator as in a telephone: it holds the key itself and asks its owner, who always agrees.
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_authenticator(page: Page) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def add_passkey(page: Page) -> None:
    """Give the password again where the page asks for it, and add a passkey."""
    page.goto("/accounts/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.locator("input[type=password]").fill(fair.PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_url("**/webauthn/add/**")
    page.locator("#id_name").fill("My phone")
    if page.locator("#id_passwordless").count():
        page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "webauthn/add" not in url)


@pytest.mark.parametrize("staff", [False, True], ids=["visitor", "staff"])
def test_a_passkey_is_added_and_signs_its_owner_in(live_server: Any, staff: bool) -> None:
    edition = fair.open_fair()
    user = fair.make_person("ada@shea.example", "Ada")
    complaints: list[str] = []
    with chromium() as browser:
        page = open_page(browser, base_url=live_server.url)
        context = page.context
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        with_authenticator(page)
        session = fair.signed_in(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        add_passkey(page)
        key = Authenticator.objects.get(user=user, type=Authenticator.Type.WEBAUTHN)
        assert key.wrap().is_passwordless
        if staff:
            # From now on the passkey is the second factor that the office asks for.
            StaffRole.objects.create(user=user, fair=edition.fair, role="owner", granted=timezone.now())
        context.clear_cookies()
        goal = "/expo/office/" if staff else "/my/"
        page.goto(f"/accounts/login/?next={goal}")
        page.locator("#passkey_login").click()
        page.wait_for_url(lambda url: urlsplit(url).path == goal)
        expect(page.locator("h1")).to_have_text("Organiser's office" if staff else "My fair")
    assert complaints == []
