"""The office opens the sale, confirms, draws, and changes stands, each with its history."""

from __future__ import annotations

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.selling.actions import hold_stand, request_stand, set_wishes
from emporion.domain.selling.models import SaleRules, StandSale
from tests import fair, make
from tests.domain.billing.prices import make_prices
from tests.domain.selling.world import make_row, on_sale, state_of

pytestmark = pytest.mark.django_db
RULES = {"way": "chosen", "hold_minutes": "20", "offer_hours": "48", "returning_until": "", "survivor": "largest"}


@pytest.fixture
def edition(edition: Edition) -> Edition:
    make.make_area(edition, "food-agriculture")
    make_row(edition, width=6)
    return edition


def buyer(edition: Edition, name: str = "Aurora Valves") -> Exhibitor:
    return make.make_exhibitor(edition, name, area=edition.areas.get(), contact_email="a@x.example")


def now() -> ActionContext:
    from django.utils import timezone

    return ActionContext(timezone.now())


def test_the_office_sets_the_rules_and_puts_stands_on_sale(edition: Edition, office: Client) -> None:
    assert "The organiser allocates" in fair.page_text(office.get("/expo/office/sale/"))
    wrong = office.post("/expo/office/sale/rules/", {**RULES, "hold_minutes": "0"})
    assert wrong.status_code == 422
    office.post("/expo/office/sale/rules/", RULES)
    assert SaleRules.objects.get(edition=edition).hold_minutes == 20
    choice = {"action": "on_sale", "hall": "4.1", "numbers": "4.1-A001, 4.1-A002", "location": ""}
    answer = office.post("/expo/office/sale/choice/", choice, follow=True)
    assert "2 stands were put on sale." in fair.page_text(answer)
    office.post("/expo/office/sale/choice/", {**choice, "action": "off_sale", "numbers": "4.1-A001"})
    assert StandSale.objects.get().stand.number == "4.1-A002"
    make_prices(edition, locations=[{"code": "A", "en": "Main aisle", "zh": "", "percent": "10"}])
    office.post("/expo/office/sale/choice/", {**choice, "action": "location", "location": "A"})
    assert StandSale.objects.get().location == "A"


def test_the_office_confirms_and_changes_a_stand_and_sees_what_happened(edition: Edition, office: Client) -> None:
    on_sale(edition)
    aurora, borealis = buyer(edition), buyer(edition, "Borealis Pumps")
    for one, number in ((aurora, "4.1-A001"), (borealis, "4.1-A002")):
        hold_stand(edition, one.organisation_id, number, context=now())
        request_stand(edition, one.organisation_id, context=now())
    assert "2 stands are requested" in fair.page_text(office.get("/expo/office/"))
    for number in ("4.1-A001", "4.1-A002"):
        office.post(f"/expo/office/sale/stands/{number}/act/", {"action": "confirm"})
    assert state_of("4.1-A001") == ("confirmed", "Aurora Valves")
    page = "/expo/office/sale/stands/4.1-A001/"
    refused = office.post(f"{page}act/", {"action": "split", "metres": "1", "across": "1"})
    assert refused.status_code == 422
    assert "Both parts of a stand need at least 9 m²" in fair.page_text(refused)
    office.post(f"{page}act/", {"action": "split", "metres": "3", "across": "1"})
    office.post(f"{page}act/", {"action": "merge", "numbers": "4.1-A001B"})
    assert StandSale.objects.get(stand__number="4.1-A001").stand.area_m2 == 18
    office.post(f"{page}act/", {"action": "swap", "numbers": "4.1-A002"})
    assert state_of("4.1-A001") == ("confirmed", "Borealis Pumps")
    missing = office.post(f"{page}act/", {"action": "move", "numbers": "4.1-X"})
    assert "Stand 4.1-X is not on sale." in fair.page_text(missing)
    answer = office.post(f"{page}act/", {"action": "move", "numbers": "4.1-A005"}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/4.1-A005/")
    history = fair.page_text(office.get(page))
    for words in ("Held", "Requested", "Confirmed", "Cut in two", "Joined with others", "Exchanged"):
        assert words in history
    office.post("/expo/office/sale/stands/4.1-A003/act/", {"action": "take_back", "reason": "x"})
    assert state_of("4.1-A003") == ("free", "")


def test_the_office_sees_the_order_of_a_drawing_with_its_reasons(edition: Edition, office: Client) -> None:
    on_sale(edition, "drawn")
    aurora, borealis = buyer(edition), buyer(edition, "Borealis Pumps")
    for one in (aurora, borealis):
        set_wishes(edition, one.organisation_id, ["4.1-A001"], context=now())
    waiting = fair.page_text(office.get("/expo/office/sale/waiting/"))
    assert waiting.index("Aurora Valves") < waiting.index("Borealis Pumps")
    office.post("/expo/office/sale/waiting/", {"application": borealis.application_id, "points": "7"})
    wrong = office.post(
        "/expo/office/sale/waiting/", {"application": aurora.application_id, "points": "x"}, follow=True
    )
    assert "Points are a whole number" in fair.page_text(wrong)
    shown = fair.page_text(office.post("/expo/office/sale/draw/", follow=True))
    assert "7 points; wishes given" in shown
    assert "Stand 4.1-A001, its wish number 1" in shown
    assert "All its wishes were given to others before its turn: 4.1-A001" in shown
    assert state_of("4.1-A001") == ("offered", "Borealis Pumps")
