"""What came of the fair for Shea: counted from its own records, beside its own edition before, and nobody else's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emporion.domain.deals.models import Deal
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.models import Mark
from emporion.domain.meetings.models import Meeting
from emporion.domain.statistics.closing import DealsInState, closing_of, edition_before
from emporion.domain.visitors.models import PurchaseNeed, Visitor
from tests import fair, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def others(edition: Edition) -> list[Visitor]:
    return [fair.make_buyer(edition, name, f"Unit {name}")[0] for name in ("Li Na", "Zhao Min", "Sun Yi")]


def deal(exhibitor: Exhibitor, buyer: Visitor, number: str, amount: int, **fields: Any) -> Deal:
    return Deal.objects.create(
        edition=exhibitor.edition, number=number, exhibitor=exhibitor, buyer=buyer.unit, amount=amount,
        currency_id=fields.pop("currency", "USD"), signed=exhibitor.edition.first_day, **fields,
    )  # fmt: skip


def test_what_is_counted_is_its_own(seller: Exhibitor, visitor: Visitor, others: list[Visitor]) -> None:
    li, zhao, sun = others
    aurora = make.make_exhibitor(seller.edition, "Aurora Valves", "DE")
    fair.suggest_all([seller, aurora], [visitor, li, zhao])
    held = fair.meet(visitor, seller, 10)
    Meeting.objects.filter(pk=held.pk).update(outcome="held")
    fair.make_request(li, seller), fair.make_request(sun, seller, state="declined")
    fair.make_request(zhao, seller, by_exhibitor=True)
    fair.make_request(zhao, aurora)
    now = timezone.now()
    for one, kind in ((visitor, "favourite"), (li, "hidden")):
        Mark.objects.create(visitor=one, exhibitor=seller, by_exhibitor=False, kind=kind, at=now)
    Mark.objects.create(visitor=sun, exhibitor=seller, by_exhibitor=True, kind="favourite", at=now)
    assert closing_of(seller).counts == {
        "visitors_who_asked": 3, "visitors_asked": 1, "requests_accepted": 1, "meetings": 1, "meetings_held": 1,
        "meetings_visitor_missed": 0, "meetings_we_missed": 0, "favourites": 1, "suggestions": 3,
        "suggestions_asked": 3, "suggestions_accepted": 1,
    }  # fmt: skip


def test_deals_are_summed_by_state_in_the_editions_currency(seller: Exhibitor, visitor: Visitor) -> None:
    now = timezone.now()
    both = {"exhibitor_confirmed": now, "buyer_confirmed": now}
    deal(seller, visitor, "1", 1000, **both)
    deal(seller, visitor, "2", 200, **both, currency="EUR")
    make.make_currency("XAF")
    deal(seller, visitor, "3", 5, **both, currency="XAF")
    deal(seller, visitor, "4", 70, exhibitor_confirmed=now)
    deal(seller, visitor, "5", 8, **both, withdrawn=now)
    deal(make.make_exhibitor(seller.edition, "Aurora", "DE"), visitor, "6", 9999, **both)
    assert closing_of(seller).deals == (
        DealsInState("counted", 3, Decimal(1220), 1), DealsInState("ours", 0, Decimal(0), 0),
        DealsInState("theirs", 1, Decimal(70), 0), DealsInState("withdrawn", 1, Decimal(8), 0),
    )  # fmt: skip


def test_what_buyers_look_for_is_told_by_heading(seller: Exhibitor, visitor: Visitor) -> None:
    butter, valve = make.make_hs("151590"), make.make_hs("848180")
    make.make_product(seller, "Butter", hs=butter), make.make_product(seller, "Oil", hs=make.make_hs("151550"))
    make.make_product(seller, "Valve", hs=valve), make.make_product(seller, "Nameless")
    for number, code in enumerate(("151590", "151511", "848210")):
        PurchaseNeed.objects.create(unit=visitor.unit, number=str(number), text="Fat", hs=make.make_hs(code))
    found = [(one.heading.code, one.products, one.needs) for one in closing_of(seller).looked_for]
    assert found == [("1515", 2, 2), ("8481", 1, 0)]


def test_it_stands_beside_ones_own_edition_before_where_the_exhibition_is_the_same(seller: Exhibitor) -> None:
    assert edition_before(seller) is None
    fifth = make.make_edition(5)
    earlier = make.make_exhibitor(fifth, "Shea du Bénin", "BJ")
    assert earlier.organisation == seller.organisation and edition_before(seller) == earlier
    Exhibitor.objects.filter(pk=earlier.pk).update(scope="country")
    assert edition_before(seller) is None


def test_the_report_is_a_page_and_a_paper(as_seller: Client, seller: Exhibitor, visitor: Visitor) -> None:
    deal(seller, visitor, "1", 1000, exhibitor_confirmed=timezone.now(), buyer_confirmed=timezone.now())
    make.make_exhibitor(make.make_edition(5), "Shea du Bénin", "BJ")
    own = f"/expo/my/exhibitor/{seller.organisation_id}/report"
    page = fair.page_text(as_seller.get(f"{own}/"))
    assert "1,000.00" in page and "Beside each figure stands yours of" in page
    assert "您的报告" in fair.page_text(as_seller.get(f"/zh-hans{own}/"))
    paper = as_seller.get(f"{own}.pdf")
    assert paper.headers["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")


def test_a_report_takes_as_many_queries_for_many_records_as_for_few(
    as_seller: Client, seller: Exhibitor, visitor: Visitor, others: list[Visitor]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            closing_of(seller)
        return len(captured)

    make.make_product(seller, "Butter", hs=make.make_hs("151590"))
    deal(seller, visitor, "0", 10, currency="EUR")
    few = queries()
    for number, one in enumerate(others, start=1):
        fair.make_request(one, seller)
        deal(seller, one, str(number), 10, currency="EUR")
        make.make_product(seller, f"Valve {number}", hs=make.make_hs(f"84818{number}"))
    assert queries() == few
