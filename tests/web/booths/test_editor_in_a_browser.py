"""A hall's plan drawn in a real browser: by mouse, by keys alone, by two at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.drafts.queries import draft_floor
from emporion.domain.drafts.rules.things import DraftStand
from emporion.domain.editions.models import Hall
from tests import fair, make
from tests.chromium import chromium, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EDITOR = "/expo/office/plans/halls/4.1/editor/"


@pytest.fixture
def hall() -> Hall:
    """30 by 30 m with two stands; Kessel waits for one of 9 m²."""
    edition = fair.open_fair()
    hall = make.make_hall(edition, "4.1", make.make_area(edition), size=10, exits=[[0, 5]])
    for number, x in (("4.1-A001", 6), ("4.1-A002", 15)):
        stand = make.make_stand(hall, 9, "standard")
        stand.number, stand.x, stand.y = number, x, 6
        stand.save()
    make.make_exhibitor(edition, "Kessel", area_m2=9)
    return hall


def open_editor(browser: Browser, url: str, name: str) -> Page:
    person = fair.make_person(f"{name.lower()}@expo.example", name, staff=True)
    page = open_page(browser, base_url=url, viewport={"width": 1280, "height": 1000})
    cookie = fair.signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])
    page.goto(EDITOR)
    expect(page.locator("#editor")).to_have_attribute("data-ready", "true")
    return page


def kept(page: Page) -> None:
    """Waits until the server has answered all that was drawn."""
    expect(page.locator("#editor")).to_have_attribute("data-waiting", "0")


def places(hall: Hall) -> dict[str, tuple[float, ...]]:
    stands = [one for one in draft_floor(hall).things.values() if isinstance(one, DraftStand)]
    return {one.number: one.shape.box for one in stands}


class Mouse:
    """The mouse, in metres of the plan."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self, x: float, y: float) -> tuple[float, float]:
        place = """([x, y]) => { const svg = document.querySelector("#plan-editor");
            const { x: u, y: v } = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM()); return [u, v]; }"""
        across, down = self.page.evaluate(place, [x, y])
        return across, down

    def click(self, x: float, y: float, *, shift: bool = False) -> None:
        self.page.mouse.move(*self.at(x, y))
        if shift:
            self.page.keyboard.down("Shift")
        self.page.mouse.down()
        self.page.mouse.up()
        if shift:
            self.page.keyboard.up("Shift")

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*self.at(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.at((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
        self.page.mouse.move(*self.at(*end))
        self.page.mouse.up()


def test_an_organiser_draws_by_mouse_and_publishes(live_server: Any, hall: Hall) -> None:
    with chromium() as browser:
        page = open_editor(browser, live_server.url, "Lin")
        page.locator("#plan-editor").scroll_into_view_if_needed()
        mouse = Mouse(page)
        # Moved to beside the other, where its edge snaps; 0.2 m off the mark.
        mouse.drag((7.5, 7.5), (13.7, 7.6))
        kept(page)
        assert places(hall)["4.1-A001"] == (12, 6, 3, 3)
        page.get_by_role("radio", name="Draw").check()
        mouse.drag((6.1, 14.9), (12.2, 18.1))
        kept(page)
        assert places(hall)["4.1-A003"] == (6, 15, 6, 3)
        # Both of the first row: one by a click, one beside it; then a marquee around the third.
        mouse.click(13, 8)
        mouse.click(16, 8, shift=True)
        expect(page.locator("[data-part=chosen]")).to_have_text("2 chosen: Stand 4.1-A001, Stand 4.1-A002")
        page.get_by_role("button", name="Join into one").click()
        kept(page)
        assert places(hall) == {"4.1-A001": (12, 6, 6, 3), "4.1-A003": (6, 15, 6, 3)}
        mouse.drag((4, 13), (14, 20))
        page.get_by_label("First part, m").fill("3")
        page.get_by_role("button", name="West and east").click()
        kept(page)
        assert places(hall)["4.1-A003B"] == (9, 15, 3, 3)
        page.get_by_role("button", name="Undo").click()
        kept(page)
        page.get_by_role("button", name="Redo").click()
        kept(page)
        page.get_by_role("button", name="Place for me").click()
        expect(page.locator("[data-part=told]")).to_have_text("Kessel is placed on 4.1-A003.")
        page.get_by_role("link", name="Differences and publishing").click()
        expect(page.locator("tbody tr")).to_have_count(4)
        page.get_by_role("button", name="Publish this plan").click()
        expect(page.get_by_text("The plan is published.")).to_be_visible()
        expect(page.get_by_role("link", name="Version 2")).to_be_visible()
    rows = Stand.objects.order_by("number").values_list("number", "x", "y", "width")
    assert list(rows) == [("4.1-A001", 12, 6, 6), ("4.1-A003", 6, 15, 3), ("4.1-A003B", 9, 15, 3)]
    assert Occupancy.objects.get().stand.number == "4.1-A003"


def test_the_same_by_keys_alone_and_a_taken_stand_moves_by_decision(live_server: Any, hall: Hall) -> None:
    guest = make.make_exhibitor(hall.edition, "Guest")
    Occupancy.objects.create(stand=Stand.objects.get(number="4.1-A002"), exhibitor=guest, area_m2=9)
    with chromium() as browser:
        page = open_editor(browser, live_server.url, "Lin")
        keys = page.keyboard
        page.locator("#plan-editor").focus()
        keys.press("n")
        expect(page.locator("[data-part=told]")).to_have_text("1 chosen: Stand 4.1-A001")
        for key in ("ArrowDown", "ArrowDown", "Shift+ArrowDown", "Alt+ArrowLeft", "Control+d"):
            keys.press(key)
        kept(page)
        assert places(hall)["4.1-A001"] == (5.9, 18, 3, 3)
        assert places(hall)["4.1-A003"] == (8.9, 18, 3, 3)
        keys.press("Control+z")
        keys.press("Control+z")
        keys.press("Control+Shift+z")
        kept(page)
        assert places(hall) == {"4.1-A001": (5.9, 18, 3, 3), "4.1-A002": (15, 6, 3, 3)}
        # By fields, from the list of all that is on the plan; a number of another stand is refused with its sentence.
        page.get_by_label("Everything on the plan").focus()
        keys.press("Home")
        page.get_by_label("Everything on the plan").select_option(label="Stand 4.1-A001")
        page.get_by_label("Number", exact=True).fill("4.1-A002")
        keys.press("Enter")
        expect(page.locator("[data-part=told]")).to_contain_text("The number 4.1-A002 is another stand's")
        page.get_by_label("Width, m").fill("6")
        keys.press("Enter")
        kept(page)
        assert places(hall)["4.1-A001"] == (5.9, 18, 6, 3)
        page.locator("#plan-editor").focus()
        keys.press("n")
        keys.press("n")
        while "A002" not in page.locator("[data-part=chosen]").inner_text():
            keys.press("n")
        keys.press("ArrowRight")
        expect(page.get_by_role("dialog")).to_contain_text("These stands are taken or locked: 4.1-A002.")
        keys.press("Enter")
        kept(page)
        expect(page.get_by_role("dialog")).to_have_count(0)
        kept(page)
        expect(page.locator("#editor")).to_have_attribute("data-waiting", "0")
        page.wait_for_function("document.querySelector('[name=redo], [data-do=redo]').disabled")
        assert places(hall)["4.1-A002"] == (16, 6, 3, 3)


def test_two_see_each_others_work_and_neither_loses_any(live_server: Any, hall: Hall) -> None:
    with chromium() as browser:
        lin = open_editor(browser, live_server.url, "Lin")
        mara = open_editor(browser, live_server.url, "Mara")
        mara.locator("#plan-editor").focus()
        mara.keyboard.press("n")
        mara.keyboard.press("ArrowDown")
        kept(mara)
        told = lin.locator("[data-part=told]")
        expect(told).to_have_text("Mara changed Stand 4.1-A001.")
        # Lin goes on from what Mara did; then both move one stand while Lin has not heard of it.
        lin.route("**/editor/state/**", lambda route: route.abort())
        mara.keyboard.press("ArrowDown")
        kept(mara)
        lin.locator("#plan-editor").focus()
        lin.keyboard.press("n")
        lin.keyboard.press("ArrowRight")
        expect(told).to_contain_text("Not done: somebody else changed Stand 4.1-A001 meanwhile.")
        lin.keyboard.press("ArrowRight")
        kept(lin)
    assert places(hall)["4.1-A001"] == (7, 8, 3, 3)
