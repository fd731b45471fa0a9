"""A visitor notes what their unit wants to buy, and shows the code of their badge."""

from __future__ import annotations

import pytest
from django.test import Client

from emporion.domain.admission.queries import code_of
from emporion.domain.visitors.models import PurchaseNeed, Visitor
from emporion.domain.visitors.rules import MAX_NEEDS
from tests import fair, make

pytestmark = pytest.mark.django_db
PAGE, BADGE = "/expo/my/visit/needs/", "/expo/my/visit/badge/"
SHEA = {"text": "Shea butter for cosmetics", "hs": "1515.90", "amount": "250.000,00", "currency": "USD"}


@pytest.fixture(autouse=True)
def _codes(visitor: Visitor) -> None:
    make.make_hs("151590")


def test_a_need_is_noted_shown_and_taken_back(as_visitor: Client, visitor: Visitor) -> None:
    assert "What do you want to buy?" in fair.page_text(as_visitor.get(PAGE))
    assert as_visitor.post(PAGE, SHEA).headers["Location"] == PAGE
    own = PurchaseNeed.objects.get()
    assert (own.unit, own.number, own.hs_id, str(own.amount), own.currency_id) == (
        visitor.unit, "1", "151590", "250000.00", "USD",
    )  # fmt: skip
    text = fair.page_text(as_visitor.get(PAGE))
    assert "Shea butter for cosmetics" in text and "USD 250,000" in text
    for _twice in range(2):
        assert as_visitor.post(f"{PAGE}{own.pk}/").headers["Location"] == PAGE
    assert not PurchaseNeed.objects.exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"text": " "}, "This field is required"),
        ({"currency": ""}, "An amount needs its currency"),
        ({"hs": "9999"}, "has no code 9999"),
        ({"amount": "1.234"}, "may be 1234 or 1.234"),
        ({"amount": "-5"}, "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(as_visitor: Client, changed: dict[str, str], message: str) -> None:
    answer = as_visitor.post(PAGE, {**SHEA, **changed})
    assert answer.status_code == 422 and message in fair.page_text(answer)
    assert not PurchaseNeed.objects.exists()


def test_a_unit_notes_fifty_needs_and_no_more(as_visitor: Client, visitor: Visitor) -> None:
    unit = visitor.unit
    assert unit is not None
    PurchaseNeed.objects.bulk_create(PurchaseNeed(unit=unit, number=f"L{n}", text="Nuts") for n in range(MAX_NEEDS))
    assert "Your unit has noted 50 needs" in fair.page_text(as_visitor.post(PAGE, SHEA))


def test_another_units_need_stays(as_visitor: Client, visitor: Visitor) -> None:
    other = PurchaseNeed.objects.create(unit=make.make_unit(visitor.edition, "Ningbo Foods"), number="1", text="Nuts")
    as_visitor.post(f"{PAGE}{other.pk}/")
    assert PurchaseNeed.objects.get() == other


def test_the_code_of_a_badge_is_drawn_once_it_is_made_and_no_more_when_revoked(
    as_visitor: Client, visitor: Visitor
) -> None:
    answer = as_visitor.get(BADGE)
    assert answer.status_code == 404 and "happens after approval" in fair.page_text(answer)
    badge = make.make_badge(visitor.edition, visitor=visitor)
    page = as_visitor.get(BADGE)
    assert "<svg" in page.content.decode() and badge.number in fair.page_text(page) and code_of(badge)
    type(badge).objects.filter(pk=badge.pk).update(revoked=badge.issued)
    text = fair.page_text(as_visitor.get(BADGE))
    assert "<path" not in text.split('id="pass"')[1] or "This badge opens no gate" in text
    assert 'class="code"' not in text
