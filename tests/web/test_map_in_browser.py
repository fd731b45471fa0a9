"""The map of the fair in a browser: its arithmetic, searching, narrowing, and no network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from emporion.domain.editions.models import Edition
from tests.chromium import chromium, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(live_server: Any, fair: Edition) -> Iterator[Page]:
    complaints: list[str] = []
    with chromium() as browser:
        opened = open_page(browser, base_url=live_server.url, viewport={"width": 1280, "height": 900})
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto("/expo/map/")
        expect(opened.locator(".fairmap.ready")).to_be_visible()
        yield opened
    assert complaints == []


def of(page: Page, module: str, expression: str) -> Any:
    """The value of an expression in which ``m`` is a module of the map."""
    return page.evaluate(f"import('/static/emporion/map/{module}.js').then((m) => {expression})")


def test_its_arithmetic(page: Page) -> None:
    hall = "{ width: 100, depth: 50 }"
    whole = of(page, "view", f"m.whole({hall}, 0.5)")
    # 104 m by 54 m in a window twice as wide as high: the depth decides, and the width is in the middle.
    assert whole == {"x": -4, "y": -2, "width": 108, "height": 54, "tall": 0.5}
    closer = of(page, "view", f"m.zoomed(m.whole({hall}, 0.5), 2, {{ x: 50, y: 25 }}, {hall})")
    assert (closer["width"], closer["x"], closer["y"]) == (54, 23, 11.5)
    # Whoever drags past the wall stays at the wall.
    dragged = of(
        page, "view", f"m.moved(m.zoomed(m.whole({hall}, 0.5), 2, {{ x: 0, y: 0 }}, {hall}), -999, 999, {hall})"
    )
    assert (dragged["x"], dragged["y"] + dragged["height"]) == (-2, 52)
    assert of(page, "view", "m.within(5, 10, 0, 8)") == -1
    assert of(page, "view", "m.fitted('Benin Butter', 40, 10)") == "Benin…"
    assert of(page, "view", "m.fitted('Benin Butter', 10, 10)") == ""
    assert of(page, "find", "m.fold('Société Générale d’Éclairage')") == "societe generale declairage"
    assert of(page, "draw", "m.shortNumber('4.1-A012')") == "A012"


def test_searching_shows_where_and_who(page: Page) -> None:
    field = page.get_by_label("Exhibitor, product, country or stand")
    results = page.locator(".mapresults button")
    field.fill("benin")
    expect(results).to_have_count(1)
    # Only the server knows products.
    field.fill("hydrogen")
    expect(results).to_have_text(["Aurora ValvesHydrogen valve · 4.1-A000"])
    results.first.click()
    card = page.get_by_role("region", name="Selected stand")
    expect(card.get_by_role("link", name="Aurora Valves")).to_be_visible()
    expect(card).to_be_focused()
    assert page.url.endswith("#4.1-A000")
    field.fill("nobody of this name")
    expect(page.get_by_text("Nothing on the map has this name.")).to_be_visible()
    page.reload()
    expect(card.get_by_role("link", name="Aurora Valves")).to_be_visible()


def test_narrowing_lights_the_stands_that_are_left(page: Page) -> None:
    page.get_by_label("Least developed countries").check()
    expect(page.get_by_text("Stands shown: 1")).to_be_visible()
    expect(page.locator("svg .lit")).to_have_count(1)
    expect(page.get_by_role("button", name="Hall 4.1 1")).to_be_visible()
    page.get_by_label("Least developed countries").uncheck()
    expect(page.locator("svg .lit")).to_have_count(0)


def test_the_way_is_drawn_and_told(page: Page) -> None:
    page.locator("svg [data-stand]").first.click()
    page.get_by_role("button", name="From here").click()
    page.get_by_label("Exhibitor, product, country or stand").fill("cacao")
    page.locator(".mapresults button").first.click()
    page.get_by_role("button", name="To here").click()
    expect(page.get_by_text("17 m · 1 min")).to_be_visible()
    expect(page.locator("svg .way")).to_have_attribute("d", "M3.5 1.5L9.7 3.3L13.3 3.3L19.5 1.5")
    page.get_by_label("To", exact=True).fill("9-Z")
    page.get_by_role("button", name="Show the way").click()
    expect(page.get_by_text("There is no stand or entrance 9-Z")).to_be_visible()


def test_the_plan_moves_by_keyboard_and_by_button(page: Page) -> None:
    plan = page.locator("svg[role=img]")
    whole = plan.get_attribute("viewBox")
    page.get_by_role("button", name="Closer").click()
    expect(plan).not_to_have_attribute("viewBox", whole or "")
    plan.focus()
    page.keyboard.press("0")
    expect(plan).to_have_attribute("viewBox", whole or "")


def test_once_opened_it_works_without_a_network(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(
        "caches.keys().then(async ([name]) => name && (await (await caches.open(name)).keys()).length >= 10)"
    )
    page.context.set_offline(True)
    page.reload()
    field = page.get_by_label("Exhibitor, product, country or stand")
    expect(page.locator(".fairmap.ready")).to_be_visible()
    field.fill("cacao")
    expect(page.locator(".mapresults button")).to_have_count(1)
    page.context.set_offline(False)
