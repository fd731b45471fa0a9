"""An exhibitor records a deal with its paper, confirms and withdraws; each counts once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from emporion.domain.deals.models import Deal
from emporion.domain.deals.queries import counted_deals
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.visitors.models import VisitingUnit
from tests import fair, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(edition: Edition) -> VisitingUnit:
    return make.make_unit(edition, "Shanghai Foods")


def door(seller: Exhibitor, page: str = "") -> str:
    return f"/expo/my/exhibitor/{seller.organisation_id}/deals/{page}"


def typed(**changed: Any) -> dict[str, Any]:
    plain = {"buyer": "shanghai foods", "amount": "250000.50", "currency": "EUR", "kind": "goods"}
    return {
        **plain,
        "subject": "Shea butter, 40 t",
        "signed": timezone.localdate(timezone=fair.VENUE).isoformat(),
        **changed,
    }


def test_a_deal_is_recorded_and_thereby_confirmed_for_the_exhibitor(
    seller: Exhibitor, unit: VisitingUnit, as_seller: Client
) -> None:
    paper = SimpleUploadedFile("letter.pdf", b"%PDF letter of intent")
    answer = as_seller.post(door(seller, "new/"), typed(evidence=paper), follow=True)
    assert "Recorded. It counts when the buyer has confirmed it, too." in fair.page_text(answer)
    assert "Awaits the other side" in fair.page_text(answer)
    deal = Deal.objects.get()
    assert (deal.buyer, deal.amount, deal.currency_id, deal.number) == (unit, Decimal("250000.50"), "EUR", "D06-00001")
    assert deal.exhibitor_confirmed is not None
    assert deal.buyer_confirmed is None
    kept = deal.evidence.get()
    assert (kept.name, kept.sha256) == ("letter.pdf", sha256(b"%PDF letter of intent").hexdigest())


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"buyer": "Nobody"}, "buyer", "No visiting unit of this edition is called “Nobody”"),
        ({"amount": "0"}, "amount", "A deal needs an amount above zero"),
        ({"amount": "many"}, "amount", "Enter a number"),
        (
            {"signed": (timezone.localdate(timezone=fair.VENUE) - timedelta(days=40)).isoformat()},
            "signed",
            "A deal of this edition must be signed from",
        ),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    seller: Exhibitor, unit: VisitingUnit, as_seller: Client, changed: dict[str, str], field: str, why: str
) -> None:
    answer = as_seller.post(door(seller, "new/"), typed(**changed))
    page = fair.page_text(answer)
    assert answer.status_code == 422
    assert why in page.split(f'id="id_{field}_error"')[1].split("</p>")[0]
    assert 'value="Shea butter, 40 t"' in page
    assert not Deal.objects.exists()


def test_a_second_press_answers_that_the_deal_is_recorded(
    seller: Exhibitor, unit: VisitingUnit, as_seller: Client
) -> None:
    as_seller.post(door(seller, "new/"), typed())
    answer = as_seller.post(door(seller, "new/"), typed())
    assert "The same deal is already recorded as D06-00001; a deal counts once." in fair.page_text(answer)
    assert Deal.objects.count() == 1


def test_it_confirms_and_withdraws(edition: Edition, seller: Exhibitor, unit: VisitingUnit, as_seller: Client) -> None:
    deal = make.make_deal(seller, unit, "100", exhibitor_confirmed=None)
    assert not counted_deals(edition).exists()
    for _ in range(2):
        assert "Confirmed." in fair.page_text(
            as_seller.post(door(seller, f"{deal.number}/"), {"action": "confirm"}, follow=True)
        )
    assert counted_deals(edition).get() == deal
    page = fair.page_text(as_seller.post(door(seller, f"{deal.number}/"), {"action": "withdraw"}, follow=True))
    assert "It stays on record but no longer counts." in page
    assert not counted_deals(edition).exists()


def test_a_withdrawn_deal_is_not_confirmed(seller: Exhibitor, unit: VisitingUnit, as_seller: Client) -> None:
    deal = make.make_deal(seller, unit, "100", exhibitor_confirmed=None, withdrawn=timezone.now())
    page = fair.page_text(as_seller.post(door(seller, f"{deal.number}/"), {"action": "confirm"}, follow=True))
    assert f"Deal {deal.number} was withdrawn; record a new one instead." in page


def test_others_deals_are_not_found(edition: Edition, seller: Exhibitor, unit: VisitingUnit, as_seller: Client) -> None:
    other, _user = fair.make_seller(edition, "Cacao Fino", "EC")
    deal = make.make_deal(other, unit, "100", exhibitor_confirmed=None)
    assert as_seller.post(door(seller, f"{deal.number}/"), {"action": "confirm"}).status_code == 404
    assert deal.number not in fair.page_text(as_seller.get(door(seller)))
