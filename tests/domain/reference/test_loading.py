"""The reference data as they are loaded, and what is asked of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F

from emporion.domain.deals.models import Investment
from emporion.domain.reference import queries
from emporion.domain.reference.actions import load_reference
from emporion.domain.reference.models import (
    Country,
    Currency,
    GroupMembership,
    HSCode,
    InternationalOrganisation,
    LoadedFile,
    ReferenceRate,
    Region,
)
from emporion.domain.reference.rules import RateMissing
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The reference data, loaded once for this module and removed after it."""
    with django_db_blocker.unblock():
        first = load_reference()
        yield first
        with connection.cursor() as cursor:
            models = [ReferenceRate, GroupMembership, HSCode, Country, Region, Currency, LoadedFile]
            tables = ", ".join(model._meta.db_table for model in [*models, InternationalOrganisation])
            cursor.execute(f"TRUNCATE {tables} CASCADE")


def test_everything_is_loaded_once(loaded):
    assert loaded == {
        "countries/regions.csv": 29, "countries/countries.csv": 249, "organisations/international.csv": 50,
        "groups/memberships.csv": 418, "currencies/currencies.csv": 164, "currencies/ecb_rates.csv.xz": 221_702,
        "hs/codes.csv": 6936,
    }  # fmt: skip
    assert set(load_reference().values()) == {0}


def test_a_row_that_went_missing_comes_back_and_one_that_was_added_stays(loaded):
    Currency.objects.create(code="TOY", name_en="Toy money")
    currencies = Currency.objects.count()
    GroupMembership.objects.filter(country="BT").delete()

    assert load_reference()["groups/memberships.csv"] == 418
    assert queries.least_developed_countries(date(2023, 11, 5)) >= {"BT"}
    assert Currency.objects.count() == currencies


def test_a_changed_file_brings_its_rows_up_to_date(loaded):
    Country.objects.filter(iso2="BJ").update(name_en="Dahomey")
    LoadedFile.objects.filter(name="countries/countries.csv").update(sha256="of an older file")

    assert load_reference()["countries/countries.csv"] == 249
    assert Country.objects.get(iso2="BJ").name_en == "Benin"


@pytest.mark.parametrize(
    ("day", "number", "joined_or_left"),
    [
        (date(2023, 11, 5), 46, {"BT", "ST", "BD"}),
        (date(2023, 12, 13), 45, {"ST", "BD"}),
        (date(2024, 12, 13), 44, {"BD", "LA", "NP"}),
        (date(2026, 11, 23), 44, {"BD", "LA", "NP"}),
        (date(2026, 11, 24), 41, set()),
    ],
)
def test_least_developed_countries_on_a_day(loaded, day, number, joined_or_left):
    countries = queries.least_developed_countries(day)

    assert len(countries) == number
    assert {"BT", "ST", "BD", "LA", "NP"} & countries >= joined_or_left
    assert "BJ" in countries and "EC" not in countries


def test_a_year_alone_means_graduated_by_its_end_and_is_not_verified(loaded):
    maldives = GroupMembership.objects.get(group="ldc", country="MV")

    assert (maldives.ends, maldives.verified) == (date(2012, 1, 1), False)
    assert GroupMembership.objects.get(group="ldc", country="VU").verified


def test_parties_of_rcep_as_it_entered_into_force(loaded):
    sizes = [len(queries.members("rcep", day)) for day in (date(2021, 12, 31), date(2022, 1, 1), date(2023, 6, 2))]

    assert sizes == [0, 10, 15]


def test_a_rate_is_the_last_one_published(loaded):
    sunday = date(2023, 11, 5)

    assert queries.rate_on("USD", sunday) == Decimal("1.0702")
    assert queries.rate_on("EUR", sunday) == 1
    assert queries.convert(Decimal(170_000_000), "EUR", "USD", sunday) == Decimal("181934000.00")
    assert queries.convert(Decimal("1.005"), "USD", "USD", sunday) == Decimal("1.005")


@pytest.mark.parametrize(
    ("currency", "day"), [("XOF", date(2023, 11, 5)), ("USD", date(1998, 12, 31)), ("HRK", date(2023, 11, 5))]
)
def test_without_a_rate_of_the_last_ten_days_there_is_a_refusal(loaded, currency, day):
    with pytest.raises(RateMissing, match=f"No reference rate of {currency} was published on {day}"):
        queries.rate_on(currency, day)


def test_sql_converts_as_the_rule_does(loaded):
    organisation = make.make_organisation("Glas AG", None)
    days = [date(2023, 11, 5), date(2019, 1, 1), date(2022, 4, 18), date(1998, 1, 1)]
    for currency in ("EUR", "USD", "CNY", "JPY", "KRW", "XOF"):
        for day in days:
            make.make_investment(organisation, "1234567.89", currency, (2019, 2023), announced=day)

    rows = Investment.objects.annotate(usd=queries.converted("amount", "currency_id", "announced", "USD"))
    for currency, day, amount, usd in rows.values_list("currency_id", "announced", "amount", "usd"):
        try:
            expected = queries.convert(amount, currency, "USD", day)
        except RateMissing:
            expected = None
        assert usd == expected, (currency, day)


def test_the_euro_is_a_target_too(loaded):
    make.make_investment(make.make_organisation("Glas AG", None), "107.02", "USD", (2023, 2023))

    rows = Investment.objects.annotate(eur=queries.converted("amount", "currency_id", "announced", "EUR"))
    assert rows.get().eur == Decimal("100.00")


def test_the_tree_of_the_harmonized_system_hangs_together(loaded):
    assert not HSCode.objects.filter(level__gt=2, parent=None).exists()
    assert not HSCode.objects.filter(level__gt=2).exclude(level=F("parent__level") + 2).exists()
    assert [code.code for code in queries.hs_path("841950")] == ["84", "8419", "841950"]
    assert HSCode.objects.get(code="01").title_zh == "活动物"
    assert queries.hs_path("000000") == []


def test_every_country_has_a_chinese_name_and_all_but_two_a_region(loaded):
    assert not Country.objects.filter(name_zh="").exists()
    assert set(Country.objects.filter(region=None).values_list("iso2", flat=True)) == {"AQ", "TW"}
