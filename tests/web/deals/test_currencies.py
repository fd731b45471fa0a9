"""A deal in another currency from the form to the bulletin: both sides confirm it, and it counts at its day's rate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from emporion.domain.deals.models import Deal
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.organisations.models import Organisation
from emporion.domain.reference.models import ReferenceRate
from emporion.domain.statistics.queries import figure
from emporion.domain.visitors.models import Visitor
from tests import fair, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(edition: Edition) -> tuple[Visitor, Client]:
    visitor, user = fair.make_buyer(edition)
    return visitor, fair.signed_in(user)


def today() -> date:
    return timezone.localdate(timezone=fair.VENUE)


def record(as_seller: Client, organisation: Organisation, currency: str, **changed: Any) -> str:
    """What the page says once the seller has typed a deal of 2,500 with Shanghai Foods, signed today."""
    make.make_currency(currency)
    typed = {
        "buyer": "Shanghai Foods", "amount": "2500", "currency": currency, "kind": "goods", "subject": "Shea butter",
        "signed": today().isoformat(), **changed,
    }  # fmt: skip
    return fair.page_text(as_seller.post(f"/expo/my/exhibitor/{organisation.pk}/deals/new/", typed, follow=True))


def turnover(edition: Edition) -> Decimal | None:
    return {found.scope: found.value for found in figure(edition, "intended_turnover")}["all"]


@pytest.mark.parametrize(
    ("currency", "rates", "counted"),
    [
        # Euros are dollars by the rate of the day; cedis are so by way of the euro: 2500 / 12.5 x 1.08.
        ("EUR", {"USD": "1.0800"}, "2700.00"),
        ("GHS", {"USD": "1.0800", "GHS": "12.5"}, "216.00"),
    ],
)
def test_both_sides_confirm_it_and_it_counts_at_the_rate_of_its_day(
    edition: Edition, seller: Exhibitor, as_seller: Client, buyer: tuple[Visitor, Client], currency: str,
    rates: dict[str, str], counted: str,
) -> None:  # fmt: skip
    ReferenceRate.objects.all().delete()
    for code, rate in rates.items():
        make.make_rate(code, today(), rate)
        # A later rate, of a day after the signing, changes nothing.
        make.make_rate(code, today() + timedelta(days=1), "99")
    page = record(as_seller, seller.organisation, currency)
    assert "Recorded. It counts when the buyer has confirmed it, too." in page
    assert turnover(edition) == 0

    _visitor, as_buyer = buyer
    deal = Deal.objects.get()
    page = fair.page_text(as_buyer.post(f"/expo/my/visit/deals/{deal.number}/", {"action": "confirm"}, follow=True))
    assert "Confirmed by both, counted" in page
    assert turnover(edition) == Decimal(counted)


def test_without_a_rate_of_its_currency_it_is_refused_with_the_way_out(
    seller: Exhibitor, as_seller: Client, buyer: tuple[Visitor, Client]
) -> None:
    page = record(as_seller, seller.organisation, "GHS")
    assert "No reference rate of GHS is at hand for any day" in page
    assert not Deal.objects.exists()


def test_a_rate_that_is_too_old_is_refused_with_the_day(
    edition: Edition, seller: Exhibitor, as_seller: Client, buyer: tuple[Visitor, Client]
) -> None:
    make.make_rate("GHS", today() - timedelta(days=edition.rate_days + 1), "12.5")
    page = record(as_seller, seller.organisation, "GHS")
    assert f"or the {edition.rate_days} days before it" in page
    assert not Deal.objects.exists()
