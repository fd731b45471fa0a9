"""Benin sells butter: the deal counts once both sides have confirmed it."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import connection

from emporion.domain.accounts.models import User
from emporion.domain.deals.actions import add_evidence, confirm_deal, record_deal, record_investment, withdraw_deal
from emporion.domain.deals.models import Deal
from emporion.domain.deals.queries import counted_deals, deals_for, editions_with_old_rates, parties_of
from emporion.domain.deals.rules.deals import (
    BuyerIsExhibitor,
    DealAmountNotAboveZero,
    DealNumberTaken,
    DealOfOtherEdition,
    DealRecordedAlready,
    DealsClosed,
    DealSignedOutsideShow,
    DealsNotOpenYet,
    DealWithdrawn,
    InvestmentNumberTaken,
)
from emporion.domain.editions.actions import load_rates
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.models import Representative
from emporion.domain.reference.models import Currency
from emporion.domain.reference.rules.rates import RateMissing
from emporion.domain.visitors.models import VisitingUnit
from tests.domain.deals.conftest import Fair, make_fair
from tests.make import IN_JUNE, IN_NOVEMBER, make_edition, make_rate

LATER = datetime(2023, 11, 9, tzinfo=UTC)


def recorded(fair: Fair, **fields: object) -> Deal:
    terms = {"exhibitor": fair.shea, "buyer": fair.trading, "amount": Decimal("250000.00"), "signed": date(2023, 11, 7)}
    usd = Currency.objects.get(code="USD")
    return record_deal(
        fair.edition,
        **{**terms, "currency": usd, "context": ActionContext(IN_NOVEMBER), "subject": "Shea butter", **fields},
    )


def test_a_deal_counts_once_both_sides_have_confirmed(fair: Fair) -> None:
    deal = recorded(fair)
    assert (deal.number, deal.origin_id, deal.delegation) == ("D06-00001", "BJ", fair.trading.delegation)
    assert not counted_deals(fair.edition).exists()
    confirm_deal(deal, side="exhibitor", context=ActionContext(LATER))
    assert not counted_deals(fair.edition).exists()
    confirm_deal(deal, side="buyer", context=ActionContext(LATER))
    assert list(counted_deals(fair.edition)) == [deal]
    events = JournalEntry.objects.order_by("id").values_list("event", "subject_kind", "subject_label")
    assert list(events) == [(f"deal.{done}", "deal", "D06-00001") for done in ("recorded", "confirmed", "confirmed")]


def test_confirming_twice_keeps_the_first_moment(fair: Fair) -> None:
    deal = recorded(fair, confirmed_by="buyer")
    confirm_deal(deal, side="buyer", context=ActionContext(LATER))
    deal.refresh_from_db()
    assert (deal.buyer_confirmed, deal.exhibitor_confirmed) == (IN_NOVEMBER, None)
    assert JournalEntry.objects.count() == 1
    assert Notice.objects.get().recipient == "fair1@x.example"


def test_the_same_deal_again_is_refused_until_it_is_withdrawn(fair: Fair) -> None:
    deal = recorded(fair)
    with pytest.raises(DealRecordedAlready, match="The same deal is already recorded as D06-00001"):
        recorded(fair)
    with pytest.raises(DealNumberTaken):
        recorded(fair, number="D06-00001", subject="Other")
    withdraw_deal(deal, context=ActionContext(LATER))
    assert recorded(fair).number == "D06-00002"


def test_a_withdrawn_deal_counts_no_more_and_stays_withdrawn(fair: Fair) -> None:
    deal = recorded(fair)
    for side in ("exhibitor", "buyer"):
        confirm_deal(deal, side=side, context=ActionContext(LATER))
    for _ in range(2):
        withdraw_deal(deal, context=ActionContext(LATER), reason="The ship sank.")
    assert not counted_deals(fair.edition).exists()
    assert JournalEntry.objects.filter(event="deal.withdrawn").count() == 1
    deal.refresh_from_db()
    for action in (
        lambda: confirm_deal(deal, side="buyer", context=ActionContext(LATER)),
        lambda: add_evidence(deal, name="contract.pdf", context=ActionContext(LATER)),
    ):
        with pytest.raises(DealWithdrawn):
            action()


def test_what_is_no_deal_of_this_edition_is_refused(fair: Fair) -> None:
    [own] = [VisitingUnit.objects.create(edition=fair.edition, organisation=fair.shea.organisation, registered=IN_JUNE)]
    seventh = make_edition(7)
    elsewhere = VisitingUnit.objects.create(edition=seventh, organisation=fair.trading.organisation, registered=IN_JUNE)
    for fields, refusal in (
        ({"context": ActionContext(IN_JUNE)}, DealsNotOpenYet),
        ({"context": ActionContext(datetime(2024, 1, 1, tzinfo=UTC))}, DealsClosed),
        ({"amount": Decimal(0)}, DealAmountNotAboveZero),
        ({"signed": date(2023, 11, 4)}, DealSignedOutsideShow),
        ({"buyer": own}, BuyerIsExhibitor),
        ({"buyer": elsewhere}, DealOfOtherEdition),
        ({"signed": date(2023, 12, 20), "currency": Currency.objects.get(code="CNY")}, RateMissing),
    ):
        with pytest.raises(refusal):
            recorded(fair, **fields)
    assert not Deal.objects.exists() and not JournalEntry.objects.exists()


def test_evidence_added_twice_is_one_paper(fair: Fair) -> None:
    deal = recorded(fair)
    papers = {
        add_evidence(deal, name="contract.pdf", sha256="ab" * 32, context=ActionContext(LATER)).pk for _ in range(2)
    }
    assert len(papers) == 1
    assert JournalEntry.objects.filter(event="deal.evidence_added").count() == 1


def test_each_side_sees_its_deals_and_speaks_for_itself(fair: Fair) -> None:
    deal = recorded(fair)
    recorded(fair, exhibitor=fair.glass, buyer=fair.clinic)
    people = {name: User.objects.create_user(f"{name}@fair.example") for name in ("seller", "buyer", "stranger")}
    staff = User.objects.create_superuser("staff@fair.example")
    Representative.objects.create(organisation=fair.shea.organisation, user=people["seller"])
    Representative.objects.create(organisation=fair.trading.organisation, user=people["buyer"])
    seen = {name: list(deals_for(user, fair.edition)) for name, user in people.items()}
    assert seen == {"seller": [deal], "buyer": [deal], "stranger": []}
    assert deals_for(staff, fair.edition).count() == 0
    assert [parties_of(deal, user) for user in (*people.values(), staff)] == [["exhibitor"], ["buyer"], [], []]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_deals_takes_one_query(fair: Fair, count: int, django_assert_num_queries) -> None:
    for n in range(count):
        recorded(fair, subject=f"Lot {n}")
    seller = User.objects.create_user("seller@fair.example")
    Representative.objects.create(organisation=fair.shea.organisation, user=seller, roles=["deals"])
    with django_assert_num_queries(1):
        shown = [(str(deal.exhibitor), str(deal.buyer), deal.currency.code) for deal in deals_for(seller, fair.edition)]
    assert shown == [("Benin Shea", "Shanghai Trading Co., Ltd.", "USD")] * count


def test_an_investment_is_recorded_once(fair: Fair) -> None:
    stated = {
        "number": "I-1", "first_year": 2018, "last_year": 2023, "amount": Decimal("170000000"),
        "currency": Currency.objects.get(code="EUR"), "announced": date(2023, 11, 6),
        "context": ActionContext(IN_NOVEMBER),
    }  # fmt: skip
    investment = record_investment(fair.glass.organisation, confirmed=True, **stated)
    assert investment.confirmed == IN_NOVEMBER
    with pytest.raises(InvestmentNumberTaken):
        record_investment(fair.glass.organisation, **stated)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_record_one_deal_at_once_one_is_told() -> None:
    fair = make_fair()
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def record() -> None:
        start.wait()
        try:
            outcomes.append(recorded(fair).number)
        except DealRecordedAlready as refusal:
            outcomes.append(refusal.sentence)
        connection.close()

    threads = [threading.Thread(target=record) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["D06-00001", "The same deal is already recorded as D06-00001; a deal counts once."]
    assert Edition.objects.get().deals.count() == 1


@pytest.mark.parametrize("currency", ["EUR", "CNY", "JPY"])
def test_from_the_tenth_of_november_2026_deals_are_taken_once_rates_are_loaded(fair: Fair, currency: str) -> None:
    """The rates that ship end on 30 October 2026; the edition's limit is ten days."""
    day, at = date(2026, 11, 10), datetime(2026, 11, 10, 9, tzinfo=UTC)
    Edition.objects.filter(pk=fair.edition.pk).update(first_day=date(2026, 11, 5), last_day=date(2026, 11, 12))
    opens, closes = datetime(2026, 11, 5, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    fair.edition.phases.filter(kind="deal").update(opens=opens, closes=closes)
    fair.edition.refresh_from_db()
    money = Currency.objects.get_or_create(code=currency, defaults={"name_en": currency})[0]
    make_rate("JPY", date(2023, 11, 6), "160")
    terms = {"currency": money, "signed": day, "context": ActionContext(at)}
    with pytest.raises(RateMissing, match="emporion rates load FILE"):
        recorded(fair, **terms)

    rates = "Date,USD,JPY,CNY,\n2026-11-09,1.0800,165.00,7.8000,\n"
    load_rates(rates.encode(), file="eurofxref.csv", context=ActionContext(at))
    deal = recorded(fair, **terms)
    for side in ("exhibitor", "buyer"):
        confirm_deal(deal, side=side, context=ActionContext(at))
    assert list(counted_deals(fair.edition)) == [deal]


def test_the_organiser_sets_for_how_many_days_a_rate_counts(fair: Fair) -> None:
    """The newest rate is of 6 November."""
    yuan = {"currency": Currency.objects.get(code="CNY"), "signed": date(2023, 11, 7)}
    fair.edition.rate_days = 1
    assert recorded(fair, **yuan).number == "D06-00001"
    with pytest.raises(RateMissing, match="CNY is at hand for 2023-11-08 or the 1 days before it"):
        recorded(fair, **yuan | {"signed": date(2023, 11, 8)})


def test_a_current_edition_that_takes_deals_of_today_without_rates_is_named(fair: Fair) -> None:
    Edition.objects.filter(pk=fair.edition.pk).update(current=True)
    days = [date(2023, 11, 4), date(2023, 11, 16), date(2023, 11, 17), date(2024, 1, 2)]
    found = [editions_with_old_rates(datetime.combine(day, time(12), UTC)) for day in days]
    assert found == [[], [], [(fair.edition, date(2023, 11, 6))], []]
