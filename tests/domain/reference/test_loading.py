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
    CurrencyPeg,
    GroupMembership,
    HSCode,
    InternationalOrganisation,
    LoadedFile,
    ReferenceRate,
    Region,
)
from emporion.domain.reference.rules.rates import CurrencyWithoutRates, RateMissing
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The reference data, loaded once for this module and removed after it."""
    with django_db_blocker.unblock():
        first = load_reference()
        yield first
        with connection.cursor() as cursor:
            models = [ReferenceRate, CurrencyPeg, GroupMembership, HSCode, Country, Region, Currency, LoadedFile]
            tables = ", ".join(model._meta.db_table for model in [*models, InternationalOrganisation])
            cursor.execute(f"TRUNCATE {tables} CASCADE")


def test_everything_is_loaded_once(loaded):
    assert loaded == {
        "countries/regions.csv": 29, "countries/countries.csv": 250, "organisations/international.csv": 50,
        "groups/memberships.csv": 418, "currencies/currencies.csv": 164, "currencies/pegs.csv": 10,
        "currencies/ecb_rates.csv.xz": 221_702, "hs/codes.csv": 6936,
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

    assert load_reference()["countries/countries.csv"] == 250
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

    found = queries.convert(Decimal(170_000_000), "EUR", "USD", sunday)
    assert found.amount == Decimal("181934000.00")
    assert [str(one) for one in found.basis] == ["1 EUR = 1.0702 USD on 2023-11-03 (European Central Bank)"]
    same = queries.convert(Decimal("1.005"), "USD", "USD", sunday)
    assert (same.amount, same.basis) == (Decimal("1.005"), ())


@pytest.mark.parametrize(("currency", "day"), [("USD", date(1998, 12, 31)), ("HRK", date(2023, 11, 5))])
def test_without_a_rate_of_the_last_ten_days_there_is_a_refusal_that_says_how_to_load_one(loaded, currency, day):
    with pytest.raises(
        RateMissing, match=rf"{currency} is at hand for {day} or the 10 days before.*emporion rates load"
    ):
        queries.convert(Decimal(1), currency, "EUR", day)


def test_a_currency_without_any_rate_is_refused_with_the_way_to_load_one(loaded):
    with pytest.raises(CurrencyWithoutRates, match=r"of GHS is at hand for any day.*emporion rates load FILE\.csv"):
        queries.convert(Decimal(1), "GHS", "EUR", date(2023, 11, 5))


def test_how_old_a_rate_may_be_is_the_limit_that_is_asked_for(loaded):
    day = date(2026, 11, 10)
    with pytest.raises(RateMissing, match="the 10 days before"):
        queries.convert(Decimal(100), "EUR", "USD", day)

    found = queries.convert(Decimal(100), "EUR", "USD", day, days=11)
    [basis] = found.basis
    assert (basis.currency, basis.day) == ("USD", date(2026, 10, 30))


@pytest.mark.parametrize(
    ("currency", "in_euros", "basis"),
    [
        ("XOF", "1524.49", "1 EUR = 655.957 XOF, fixed (Council Decision 98/683/EC"),
        ("XAF", "1524.49", "1 EUR = 655.957 XAF, fixed (Council Decision 98/683/EC"),
        # One euro was 1.0702 dollars on 3 November 2023, and the dollar is 3.6725 dirhams.
        ("AED", "254432.89", "1 USD = 3.6725 AED, fixed (Central Bank of the United Arab Emirates"),
        ("SAR", "249174.61", "1 USD = 3.75 SAR, fixed (Saudi Central Bank"),
    ],
)
def test_a_currency_fixed_by_rule_is_converted_by_it_and_says_so(loaded, currency, in_euros, basis):
    found = queries.convert(Decimal(1_000_000), currency, "EUR", date(2023, 11, 5))

    assert found.amount == Decimal(in_euros)
    assert str(found.basis[0]).startswith(basis)


def test_a_rate_published_of_a_fixed_currency_comes_before_the_rule(loaded):
    ReferenceRate.objects.create(currency_id="XOF", day=date(2023, 11, 3), per_euro="700", source="The bank")

    found = queries.convert(Decimal(700), "XOF", "EUR", date(2023, 11, 5))
    assert (found.amount, str(found.basis[0])) == (Decimal("1.00"), "1 EUR = 700 XOF on 2023-11-03 (The bank)")


def test_sql_converts_as_the_rule_does(loaded):
    organisation = make.make_organisation("Glas AG", None)
    days = [date(2023, 11, 5), date(2019, 1, 1), date(2022, 4, 18), date(1998, 1, 1)]
    for currency in ("EUR", "USD", "CNY", "JPY", "KRW", "XOF", "AED", "KWD"):
        for day in days:
            make.make_investment(organisation, "1234567.89", currency, (2019, 2023), announced=day)

    rows = Investment.objects.annotate(usd=queries.converted("amount", "currency_id", "announced", "USD"))
    for currency, day, amount, usd in rows.values_list("currency_id", "announced", "amount", "usd"):
        try:
            expected = queries.convert(amount, currency, "USD", day).amount
        except (RateMissing, CurrencyWithoutRates):
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
