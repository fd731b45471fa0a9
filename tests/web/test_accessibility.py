"""Every page of the permission table keeps the rules of WCAG 2.2 AA that a machine can check.

Each page is looked at in one language, width and theme, page by page in turn; ``make shots`` looks at all in all eight
ways and keeps the pictures.
"""

from __future__ import annotations

import os
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests import axe
from tests.chromium import chromium
from tests.web.looks import LOOKS
from tests.web.permission_world import World
from tests.web.walk import Visit, Walker, visits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("EMPORION_SHOTS", "")
BACK_OFFICE = os.environ.get("EMPORION_BACK_OFFICE") == "1"


def test_no_page_breaks_a_rule_of_accessibility(live_server: Any) -> None:
    world, wrong, looks = World(), [], cycle(LOOKS)
    pages = list(visits(world, back_office=BACK_OFFICE))
    with chromium() as browser:
        walker = Walker(browser, live_server.url, world)
        for visit in pages:
            for look in LOOKS if SHOTS else (next(looks),):
                page = walker.open(visit, look)
                wrong += [f"{visit}, {look}: {one}" for one in axe.violations(page)]
                if SHOTS:
                    page.screenshot(path=Path(SHOTS) / f"{visit.name.replace(':', '-')}-{look}.png", full_page=True)
    assert len(pages) > 80
    assert not wrong, f"{len(wrong)} break a rule:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("anonymous", "/expo/signup/visitor/"),
        ("anonymous", "/expo/signup/exhibitor/"),
        ("anonymous", "/accounts/login/"),
        ("exhibitor_a", "/expo/my/exhibitor/{a}/products/new/"),
        ("exhibitor_a", "/expo/my/exhibitor/{a}/deals/new/"),
        ("visitor", "/expo/my/visit/needs/"),
    ],
)
def test_a_form_sent_empty_keeps_the_rules_too(live_server: Any, person: str, path: str) -> None:
    world = World()
    visit = Visit("form", path.format(a=world.a.organisation_id), person)
    with chromium() as browser:
        walker = Walker(browser, live_server.url, world)
        for look in (LOOKS[0], LOOKS[-1]):
            page = walker.open(visit, look)
            form = page.locator("main form[method=post]:has(:is([type=email], [type=text], textarea))").first
            form.evaluate("form => { form.noValidate = true }")
            with page.expect_navigation():
                form.evaluate("form => form.requestSubmit()")
            assert page.locator("[aria-invalid=true]").count() > 0
            assert axe.violations(page) == []


def test_the_checker_finds_what_breaks_a_rule() -> None:
    with chromium() as browser:
        page = browser.new_page()
        page.set_content('<html lang="en"><title>One</title><img src="one.png"><p style="color:#ccc">Faint</p></html>')
        assert [one.partition(":")[0] for one in axe.violations(page)] == ["color-contrast", "image-alt"]
