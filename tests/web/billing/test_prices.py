"""An organiser sets prices; applicants see what they pay, line by line; the next edition takes the prices over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from emporion.domain.billing.models import PriceList
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.exhibitors.rules.drafts import STEPS
from emporion.domain.journal.models import JournalEntry
from tests import fair, make
from tests.domain.billing.prices import LISTED, make_prices

pytestmark = pytest.mark.django_db


def costs(exhibitor: Exhibitor) -> str:
    return f"/expo/my/exhibitor/{exhibitor.organisation_id}/costs/"


def test_an_organiser_sets_the_prices(edition: Edition, office: Client) -> None:
    page = fair.page_text(office.get("/expo/office/prices/"))
    assert "This edition has no prices yet" in page
    assert "Standard booth of 9 m², USD" in page
    answer = office.post("/expo/office/prices/", LISTED, follow=True)
    assert "The prices are saved." in fair.page_text(answer)
    assert 'value="3000"' in fair.page_text(answer)
    prices = edition.price_list.prices
    assert (prices.standard_booth, prices.raw_m2, prices.tax_percent) == (Decimal(3000), Decimal("300.5"), Decimal(6))
    assert [(one.code, str(one.name), one.percent) for one in prices.locations] == [
        ("A", "Main aisle", Decimal("7.5")), ("D", "Back row", Decimal(-5)),
    ]  # fmt: skip
    assert edition.price_list.instalments[1] == {"percent": "50", "basis": "opening", "days": 60}
    assert JournalEntry.objects.get(event="prices.set").data["standard_booth"] == "3000"
    office.post("/expo/office/prices/", LISTED)
    assert JournalEntry.objects.filter(event="prices.set").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"percent_2": "40"}, "The instalments add up to 90 per cent"),
        ({"early_until": ""}, "needs the last day on which it is given"),
        ({"raw_m2": "300.5055"}, "Amounts in USD have 2 decimals"),
        ({"tax_percent": "101"}, "less than or equal to 100"),
        ({"location_percent_A": "101"}, "less than or equal to 100"),
        ({"location_en_A": "", "location_zh_A": ""}, "Class A needs a name"),
        ({"standard_booth": "-1"}, "greater than or equal to 0"),
        ({"standard_booth": "NaN"}, "Enter a number"),
    ],
)
def test_what_cannot_be_meant_is_told_beside_its_field(
    edition: Edition, office: Client, change: dict[str, str], words: str
) -> None:
    answer = office.post("/expo/office/prices/", {**LISTED, **change})
    assert answer.status_code == 422
    assert words in fair.page_text(answer)
    assert not PriceList.objects.exists()


def test_an_exhibitor_sees_what_it_pays(edition: Edition, seller: Exhibitor, as_seller: Client) -> None:
    assert "The organiser has published no prices" in fair.page_text(as_seller.get(costs(seller)))
    make_prices(edition, early_percent=5, early_until=edition.first_day + timedelta(days=30))
    Application.objects.filter(pk=seller.application_id).update(area_m2=18, open_sides=2, submitted=None)
    page = fair.page_text(as_seller.get(costs(seller)))
    assert "Standard booth, 18 m²" in page
    assert "6,000.00" in page and "−330.00" in page
    assert "Benin is a least developed country: 50 % off the space" in page
    assert "3,307.20" in page
    overview = fair.page_text(as_seller.get(costs(seller).removesuffix("costs/")))
    assert "3,307.20" in overview
    chinese = fair.page_text(as_seller.get(f"/zh-hans{costs(seller)}"))
    assert "标准展位" in chinese and "Standard booth" not in chinese


def test_the_last_minute_of_the_early_bird_is_the_venues(
    edition: Edition, seller: Exhibitor, as_seller: Client
) -> None:
    last = date(2023, 5, 31)
    make_prices(edition, early_percent=5, early_until=last)
    shanghai = ZoneInfo("Asia/Shanghai")
    for moment, early in (
        (datetime(2023, 5, 31, 23, 59, 59, tzinfo=shanghai), True),
        (datetime(2023, 6, 1, 0, 0, tzinfo=shanghai), False),
    ):
        Application.objects.filter(pk=seller.application_id).update(submitted=moment)
        page = fair.page_text(as_seller.get(costs(seller)))
        assert ("Early application, by 31 May 2023" in page) is early


def test_an_applicant_sees_the_price_before_it_applies(edition: Edition) -> None:
    make_prices(edition)
    area = make.make_area(edition)
    user = fair.speak_for(make.make_organisation("Aurora", "DE"), "aurora@aurora.example")
    client = fair.signed_in(user)
    typed = {"area": area.pk, "stand": "raw", "area_m2": 36, "open_sides": 1, "contact_email": "a@aurora.example"}
    organisation = user.represents.get().organisation
    for step, fields in STEPS.items():
        fair.save_step(client, organisation, step, {name: typed[name] for name in fields if name in typed})
    answer = client.get(f"/expo/my/exhibitor/{organisation.pk}/apply/check/")
    assert answer.status_code == 200
    assert "10,818.00" in fair.page_text(answer)
    assert not Application.objects.exists()


def test_the_next_edition_takes_the_prices_over(edition: Edition, office: Client) -> None:
    make_prices(edition, early_percent=5, early_until=edition.first_day - timedelta(days=100))
    first = edition.first_day + timedelta(weeks=52)
    names = {"number": 7, "name_en": "Seventh", "name_zh": "第七届"}
    office.post("/expo/office/editions/next/", {**names, "first_day": first, "last_day": first + timedelta(days=5)})
    copied = PriceList.objects.get(edition__number=7)
    assert copied.standard_booth == 3000
    assert copied.early_until == first - timedelta(days=100)
    assert copied.instalments == edition.price_list.instalments


def test_only_finance_sets_prices(edition: Edition) -> None:
    finance = fair.signed_in(fair.make_staff(fair.make_person("f@expo.example"), "finance"))
    assert finance.post("/expo/office/prices/", LISTED).status_code == 302
    reviewer = fair.signed_in(fair.make_staff(fair.make_person("r@expo.example"), "reviewer"))
    assert reviewer.post("/expo/office/prices/", LISTED).status_code == 403
