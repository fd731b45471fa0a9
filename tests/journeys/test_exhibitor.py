"""Aurora applies, gets its stand design approved, orders power and registers its staff and builders."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from emporion.domain.admission.actions import set_pass_rules
from emporion.domain.admission.models import Badge
from emporion.domain.admission.rules.staffing import USUAL_BANDS
from emporion.domain.designs.models import StandDesign
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import approve, sign_contract
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.services.actions import ServiceFacts, offer_service
from emporion.domain.services.queries import order_lines
from tests import fair, make
from tests.domain.test_uploads import picture
from tests.journeys.test_benin import opens_an_account
from tests.journeys.visit import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def edition(edition: Edition, settings: Any, tmp_path: Path) -> Edition:
    """A fair with an area, power to order, and days of building."""
    settings.MEDIA_ROOT = tmp_path / "media"
    fair.make_area(edition)
    make.make_sector("food")
    make.make_country("DE")
    now = timezone.now()
    context = ActionContext(now)
    power = ServiceFacts(
        code="power-3kw", category="power", name_en="Power, 3 kW", name_zh="3 千瓦电力", unit_en="socket",
        unit_zh="个", price=Decimal("120.50"), deadline=now + timedelta(days=2), closes=now + timedelta(days=3),
        surcharge_percent=30,
    )  # fmt: skip
    offer_service(edition, power, context=context)
    before, after = edition.first_day - timedelta(days=4), edition.last_day + timedelta(days=2)
    set_pass_rules(
        edition, USUAL_BANDS, build_up=(before, edition.first_day - timedelta(days=1)),
        dismantling=(edition.last_day, after), context=context,
    )  # fmt: skip
    return edition


def signed_in(visit: Visit, client: Any) -> None:
    """Let the browser be where a client is signed in."""
    session = client.cookies["sessionid"].value
    visit.page.context.add_cookies([{"name": "sessionid", "value": session, "url": visit.address}])


def choose_file(visit: Visit, field: str, name: str, content: bytes) -> None:
    visit.page.set_input_files(f"[name={field}]", {"name": name, "mimeType": "text/plain", "buffer": content})


def test_an_exhibitor_applies_builds_orders_and_registers(
    live_server: Any, browser: Any, edition: Edition, pictures: Path | None
) -> None:
    seller, office = Visit(browser, live_server.url, pictures), Visit(browser, live_server.url, pictures)
    halls = fair.make_staff(fair.make_person("halls@expo.example"), "halls")
    signed_in(office, fair.signed_in(halls))
    applies(seller)
    application = Application.objects.get()
    context = ActionContext(timezone.now())
    sign_contract(approve(application, context=context), day=edition.first_day, context=context)
    hands_in_the_design(seller)
    the_office_asks_for_changes_and_approves(seller, office)
    orders_power(seller, edition)
    registers_people(seller)
    seller.follow("Overview")
    seller.picture("exhibitor-tasks")
    seller.reads("What is next")
    assert seller.broken == office.broken == []


def applies(seller: Visit) -> None:
    seller.go("/expo/signup/")
    seller.page.get_by_role("link", name="Add your organisation").click()
    opens_an_account(seller, "Ada Lovelace", "ada@aurora.example")
    seller.fill(organisation="Aurora Valves", registered_number="HRB 1234")
    seller.choose(country="Germany")
    seller.press("Add the organisation")
    seller.follow("Apply for a stand")
    seller.picture("application-steps")
    seller.follow("Exhibition area")
    seller.choose(area="food-agriculture", sector="food")
    seller.press("Save and go on")
    seller.page.select_option("[name=stand]", "raw")
    seller.fill(area_m2="20")
    seller.press("Save and go on")
    seller.reads("Raw space starts at 36 m²; 20 m² is too little.")
    seller.fill(area_m2="36")
    seller.press("Save and go on")
    seller.fill(buyers_wanted="Hospitals")
    seller.press("Save and come back later")
    seller.reads("Saved. Go on whenever you like, on any device.")
    seller.follow("Papers")
    choose_file(seller, "file", "licence.pdf", b"MZ no paper")
    seller.press("Add the paper")
    seller.reads("is none of PDF, PNG, JPEG by its content")
    choose_file(seller, "file", "licence.pdf", b"%PDF-1.7 licence %%EOF")
    seller.press("Add the paper")
    seller.reads("licence.pdf")
    seller.picture("application-papers")
    seller.follow("All steps")
    seller.follow("Contact")
    seller.press("Save and go on")
    seller.follow("All steps")
    seller.follow("Check your answers")
    seller.picture("application-check")
    seller.press("Hand in the application")
    seller.reads("Handed in, under review")


def hands_in_the_design(seller: Visit) -> None:
    seller.page.reload()
    seller.follow("Get your stand design approved")
    choose_file(seller, "drawings", "front.png", picture("PNG"))
    seller.fill(note="6 m high")
    seller.press("Hand in these drawings")
    seller.reads("Handed in, being looked at")
    seller.picture("design")


def the_office_asks_for_changes_and_approves(seller: Visit, office: Visit) -> None:
    office.go("/expo/office/designs/")
    office.picture("office-designs")
    office.follow("Aurora Valves")
    office.follow("front.png")
    office.page.locator("[data-places] img").click(position={"x": 40, "y": 30})
    assert float(office.page.locator("[name=x]").input_value()) > 0
    office.fill(text="Too high here")
    office.press("Add the comment")
    office.reads("Too high here")
    office.picture("office-drawing")
    office.follow("Back to the design")
    office.page.get_by_label("Ask for changes").check()
    office.fill(reason="Lower it to 5 m.", due=f"{timezone.localdate() + timedelta(days=5)}")
    office.press("Decide and tell the exhibitor")
    seller.page.reload()
    seller.reads("Lower it to 5 m.")
    choose_file(seller, "drawings", "lower.pdf", b"%PDF-1.7 5 m %%EOF")
    seller.press("Hand in these drawings")
    office.go(f"/expo/office/designs/{StandDesign.objects.get().pk}/")
    office.picture("office-design")
    office.page.get_by_label("Approve the design").check()
    office.press("Decide and tell the exhibitor")
    assert Notice.objects.filter(template="design_approved").exists()


def orders_power(seller: Visit, edition: Edition) -> None:
    seller.follow("Services")
    seller.page.get_by_label("Quantity").fill("2")
    seller.press("Store the order")
    seller.reads("Ordered in all: 241.00 USD, without tax")
    seller.picture("services")
    assert [(line.code, line.quantity) for line in order_lines(edition)] == [("power-3kw", 2)]


def registers_people(seller: Visit) -> None:
    seller.follow("Staff passes")
    seller.fill(name="Grace Hopper", function="Engineer")
    seller.press("Register and make the pass")
    seller.reads("1 of 8 passes are taken.")
    seller.picture("staff")
    seller.follow("Passes for builders")
    seller.fill(name="Ed Builder")
    seller.press("Register and make the pass")
    seller.reads("1 of 10 passes are taken.")
    seller.picture("builders")
    kinds = Badge.objects.order_by("number").values_list("kind", "holder")
    assert list(kinds) == [("contractor", "Ed Builder"), ("contractor", "Ed Builder"), ("exhibitor", "Grace Hopper")]
