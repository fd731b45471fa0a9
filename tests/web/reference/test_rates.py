"""The office's page of rates: a file is loaded whole, its problems are told by row, and deals are taken again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from emporion.domain.deals.models import Deal
from emporion.domain.editions.models import Edition
from emporion.domain.reference.models import CurrencyPeg, ReferenceRate
from tests import fair, make

pytestmark = pytest.mark.django_db
ADDRESS = "/expo/office/rates/"


@pytest.fixture
def edition() -> Edition:
    return fair.open_fair()


@pytest.fixture
def clerk(edition: Edition) -> Client:
    clerk = fair.make_staff(fair.make_person("money@expo.example"), "finance", fair=edition.fair)
    return fair.signed_in(fair.make_second_factor(clerk))


def today() -> date:
    return timezone.localdate(timezone=fair.VENUE)


def a_file(text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("eurofxref.csv", text.encode())}


def test_an_edition_whose_currency_has_no_rate_is_told_to_load_one(clerk: Client, edition: Edition) -> None:
    warning = "No rate of KES, the currency of this edition, is at hand: deals in other currencies are refused."
    assert warning not in fair.page_text(clerk.get(ADDRESS))
    Edition.objects.filter(pk=edition.pk).update(currency=make.make_currency("KES"))
    assert warning in fair.page_text(clerk.get(ADDRESS))
    make.make_rate("KES", today(), "150.2")
    assert warning not in fair.page_text(clerk.get(ADDRESS))


def test_the_banks_file_is_loaded_and_its_newest_rates_are_listed(clerk: Client) -> None:
    make.make_currency("JPY")
    ReferenceRate.objects.all().delete()
    assert "No rates are at hand: deals that need one are refused." in fair.page_text(clerk.get(ADDRESS))

    answer = clerk.post(ADDRESS, a_file(f"Date,USD,JPY,\n{today()},1.0825,165.20,\n"), follow=True)
    assert "Loaded: 2 new rates, 0 corrected, 0 known already." in fair.page_text(answer)
    assert "JPY" in fair.page_text(answer) and "165.2" in fair.page_text(answer)
    assert "deals signed today that need one are refused" not in fair.page_text(answer)


def test_old_rates_are_said_to_be_old(clerk: Client) -> None:
    ReferenceRate.objects.all().delete()
    make.make_rate("USD", today() - timedelta(days=11), "1.07")
    assert "deals signed today that need one are refused. Load newer rates." in fair.page_text(clerk.get(ADDRESS))


def test_a_file_with_a_bad_row_is_answered_with_the_row_and_nothing_is_loaded(clerk: Client) -> None:
    text = "day,currency,rate,source\n2026-11-10,USD,1.08,BoG\n2026-13-10,USD,1.08,BoG\n"
    before = ReferenceRate.objects.count()
    answer = clerk.post(ADDRESS, a_file(text))

    assert answer.status_code == 422
    page = fair.page_text(answer)
    assert "Nothing was loaded. Correct the rows named below" in page
    assert "Row 3, day" in page and "“2026-13-10” is not a date" in page and "write it as 2026-11-10." in page
    assert ReferenceRate.objects.count() == before


def test_what_is_no_list_of_rates_is_refused_beside_the_field(clerk: Client) -> None:
    assert "This file is not a list of rates" in fair.page_text(clerk.post(ADDRESS, a_file("hello")))
    assert "This field is required" in fair.page_text(clerk.post(ADDRESS, {}))


def test_a_fixed_currency_stands_with_its_rule(clerk: Client) -> None:
    xof = {"currency": make.make_currency("XOF"), "anchor": make.make_currency("EUR"), "rate": Decimal("655.957")}
    CurrencyPeg.objects.create(**xof, starts=date(1999, 1, 1), source="Council Decision 98/683/EC")
    page = fair.page_text(clerk.get(ADDRESS))
    assert "1 EUR = 655.957 XOF" in page and "Council Decision 98/683/EC" in page
    assert "按规则固定的货币" in fair.page_text(clerk.get("/zh-hans" + ADDRESS))


def test_beside_a_deal_stands_what_it_is_in_the_editions_currency_and_by_which_rate(edition: Edition) -> None:
    seller, person = fair.make_seller(edition)
    ReferenceRate.objects.all().delete()
    make.make_rate("USD", today() - timedelta(days=2), "1.0825")
    unit = make.make_unit(edition, "Shanghai Foods")
    make.make_deal(seller, unit, "1000", "EUR", signed=today())
    make.make_deal(seller, unit, "7", "GHS", signed=today())
    make.make_deal(seller, unit, "5", "USD", signed=today())
    assert Deal.objects.count() == 3

    page = fair.page_text(fair.signed_in(person).get(f"/expo/my/exhibitor/{seller.organisation_id}/deals/"))
    assert "= 1,082.5 USD · 1 EUR = 1.0825 USD on" in page and "(European Central Bank)" in page
    assert "No reference rate of GHS is at hand for any day" in page
