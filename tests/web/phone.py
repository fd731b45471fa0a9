"""A telephone of the smallest kind, with wide letters: nothing on a page scrolls sideways."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from emporion.domain.accounts.models import User
from tests import fair
from tests.chromium import SMALLEST_PHONE, WIDE_TYPE, chromium, open_page

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def stay_within_the_screen(url: str, user: User, addresses: dict[str, str]) -> None:
    """Each page, in both languages, is as wide as a phone; pictures go to the folder that ``EMPORION_SHOTS`` names."""
    cookie = fair.signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    shots = os.environ.get("EMPORION_SHOTS")
    with chromium() as browser:
        page = open_page(browser, base_url=url, viewport=SMALLEST_PHONE, bypass_csp=True)
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])
        for prefix in ("", "zh-hans/"):
            for name, address in addresses.items():
                page.goto(f"/{prefix}expo/{address}")
                page.add_style_tag(content=WIDE_TYPE)
                if shots:
                    page.screenshot(path=Path(shots) / f"{name}{prefix[:2]}.png", full_page=True)
                assert page.evaluate(SIDEWAYS) == 0, (prefix, name)
