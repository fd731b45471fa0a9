"""Exhibits under temporary import, and the quota of those sold free of duty, with their ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.marketaccess import actions, queries
from emporion.domain.marketaccess.models import Exhibit, ExhibitOutcome
from emporion.domain.marketaccess.rules import exhibits
from tests.make import make_edition, make_organisation

D = Decimal
OPENING = date(2023, 11, 5)
NOW = datetime(2023, 11, 5, 9, tzinfo=UTC)
Kind = ExhibitOutcome.Kind


def bring(hs: str, pieces: int, value: str = "1000", name: str = "Alpha") -> Exhibit:
    return actions.admit(
        make_edition(), make_organisation(name), hs=hs, description="goods", pieces=pieces, value_usd=D(value),
        on=date(2023, 10, 20), context=ActionContext(NOW),
    )  # fmt: skip


def sell(exhibit: Exhibit, pieces: int, value: str = "1000", kind: str = Kind.SOLD_FREE) -> ExhibitOutcome:
    return actions.settle(exhibit, kind, pieces=pieces, value_usd=D(value), on=OPENING, context=ActionContext(NOW))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2023, 10, 20), 6, date(2024, 4, 20)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 12, 31), 12, date(2024, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, later: date) -> None:
    assert exhibits.add_months(day, months) == later


def test_a_stay_of_six_months_is_extended_once_by_six() -> None:
    stay = queries.stay_in("CN")
    assert exhibits.due(date(2023, 10, 20), 0, stay) == date(2024, 4, 20)
    assert exhibits.extended(date(2023, 10, 20), 0, stay, date(2024, 4, 20)) == 1
    assert exhibits.due(date(2023, 10, 20), 1, stay) == date(2024, 10, 20)
    with pytest.raises(exhibits.StayNotExtendable, match="by 2024-10-20"):
        exhibits.extended(date(2023, 10, 20), 1, stay, date(2024, 5, 1))


def test_a_stay_that_is_over_is_not_extended() -> None:
    with pytest.raises(exhibits.StayOver, match="ended on 2024-04-20"):
        exhibits.extended(date(2023, 10, 20), 0, queries.stay_in("CN"), date(2024, 4, 21))


@pytest.mark.parametrize(
    ("hs", "category"),
    [
        ("841950", "machinery"),
        ("901890", "medical"),
        ("902710", "machinery"),
        ("870190", "tractors"),
        ("610910", "other"),
    ],
)
def test_goods_belong_to_the_quota_of_their_longest_prefix(hs: str, category: str) -> None:
    assert exhibits.quota_for(hs, queries.quotas_in("CN")).category == category


@pytest.mark.parametrize("hs", ["240220", "220421", "870380"])
def test_tobacco_alcohol_and_cars_are_never_free_of_duty(hs: str) -> None:
    with pytest.raises(exhibits.NeverDutyFree, match=f"Goods of {hs}"):
        exhibits.quota_for(hs, queries.quotas_in("CN"))


@pytest.mark.django_db
def test_an_exhibitor_sells_twelve_machines_free_of_duty_and_no_more() -> None:
    lathes, pumps = bring("845811", 10), bring("841370", 10)
    sell(lathes, 10)
    sell(pumps, 2)
    with pytest.raises(exhibits.QuotaExceeded, match="This exhibitor has 0 pieces left"):
        sell(pumps, 1)
    assert sell(pumps, 1, kind=Kind.SOLD_TAXED).category == ""


@pytest.mark.django_db
def test_another_exhibitor_has_a_quota_of_its_own() -> None:
    sell(bring("845811", 12), 12)
    assert sell(bring("845811", 12, name="Beta"), 12).category == "machinery"


@pytest.mark.django_db
def test_other_goods_are_free_up_to_their_value() -> None:
    shirts = bring("610910", 500)
    sell(shirts, 100, "19999.50")
    with pytest.raises(exhibits.QuotaExceeded, match=r"has USD 0\.50 left .* less than USD 0\.51"):
        sell(shirts, 1, "0.51")
    sell(shirts, 1, "0.50")


@pytest.mark.django_db
def test_no_more_leaves_customs_than_came_in_nor_before_it_came() -> None:
    art = bring("970121", 2)
    sell(art, 1, kind=Kind.RETURNED)
    with pytest.raises(exhibits.PiecesNotThere, match="1 pieces of this exhibit"):
        sell(art, 2)
    with pytest.raises(exhibits.BeforeAdmission):
        actions.settle(art, Kind.RETURNED, pieces=1, value_usd=D(1), on=date(2023, 10, 19), context=ActionContext(NOW))


@pytest.mark.django_db
def test_exhibits_whose_stay_ended_with_pieces_left_are_overdue() -> None:
    gone, still = bring("845811", 1), bring("841370", 3)
    sell(gone, 1, kind=Kind.RETURNED)
    sell(still, 1)
    assert queries.overdue(make_edition(), date(2024, 4, 20)) == []
    assert queries.overdue(make_edition(), date(2024, 4, 21)) == [still]
    actions.extend_stay(still, on=date(2024, 4, 20), context=ActionContext(NOW))
    assert queries.overdue(make_edition(), date(2024, 10, 20)) == []
    with pytest.raises(exhibits.StayNotExtendable):
        actions.extend_stay(still, on=date(2024, 5, 1), context=ActionContext(NOW))


@pytest.mark.django_db
def test_an_organiser_sets_stay_and_quotas_for_an_edition_and_only_for_that() -> None:
    edition = make_edition()
    quota = exhibits.Quota("machinery", "machines", ("84",), 1, None, "notice of the year")
    actions.set_exhibit_rules(edition, exhibits.Stay(3, 3, 2, "notice"), [quota], context=ActionContext(NOW))
    lathes = bring("845811", 2)
    sell(lathes, 1)
    with pytest.raises(exhibits.QuotaExceeded, match="has 0 pieces left"):
        sell(lathes, 1)
    with pytest.raises(exhibits.NeverDutyFree, match="no quota is set"):
        sell(bring("610910", 1), 1)
    assert queries.overdue(edition, date(2024, 1, 21)) != []
    assert [one.category for one in queries.exhibit_quotas(make_edition(7))] == [
        one.category for one in queries.quotas_in("CN")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("pieces", "value"), [(0, "1"), (-1, "1"), (1, "-1"), (1, "NaN")])
def test_no_pieces_and_no_negative_value_are_entered(pieces: int, value: str) -> None:
    with pytest.raises(exhibits.NothingSettled):
        bring("845811", pieces, value)


@pytest.mark.django_db
def test_every_event_of_the_ledger_is_in_the_journal() -> None:
    lathes = bring("845811", 2)
    sell(lathes, 1)
    actions.extend_stay(lathes, on=OPENING, context=ActionContext(NOW))
    assert list(JournalEntry.objects.order_by("pk").values_list("event", flat=True)) == [
        "exhibit.admitted", "exhibit.settled", "exhibit.stay_extended",
    ]  # fmt: skip


ROW = {"category": "a", "name": "goods", "prefixes": "84", "pieces": "3", "value_usd": "", "source": "notice"}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"prefixes": "84 x"}, "“x” begins no HS code"),
        ({"pieces": "many"}, "“many” is not a number"),
        ({"pieces": "-1"}, "“-1” is below zero"),
        ({"pieces": "1.5"}, "it has not one bound"),
        ({"value_usd": "100"}, "it has not one bound"),
        ({"pieces": ""}, "it has not one bound"),
        ({"source": ""}, "category, name or source is empty"),
        ({"name": None}, "it has no name"),
    ],
)
def test_a_table_of_quotas_with_a_mistake_is_refused_by_row(change: dict[str, str], wrong: str) -> None:
    with pytest.raises(exhibits.QuotasDamaged, match=f"Row 3 .*{wrong}"):
        exhibits.read_quotas([ROW, {**ROW, "category": "b", **change}])


def test_a_category_that_stands_twice_or_an_empty_table_is_refused() -> None:
    with pytest.raises(exhibits.QuotasDamaged, match="a appears twice"):
        exhibits.read_quotas([ROW, ROW])
    with pytest.raises(exhibits.QuotasDamaged, match="there is none"):
        exhibits.read_quotas([])
