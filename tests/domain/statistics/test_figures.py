"""Every figure on a small named fair, with its exact value; and that figures follow the records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from emporion.domain.reference.models import Currency, GroupMembership
from emporion.domain.statistics.figures import FIGURES
from emporion.domain.statistics.queries import bulletin, figure, records
from tests import make

pytestmark = pytest.mark.django_db


def values(edition, key: str) -> dict[str, object]:
    return {found.scope: found.value for found in figure(edition, key)}


@pytest.fixture
def sixth():
    return make.make_edition(6)


def test_participants_are_countries_and_organisations_each_once_by_exhibition(sixth):
    make.make_exhibitor(sixth, "Glas AG", "DE")
    make.make_exhibitor(sixth, "Werk GmbH", "DE")
    make.make_exhibitor(sixth, "Benin", "BJ", area="national-images", scope="country", kind="country")
    make.make_exhibitor(sixth, "Germany", "DE", area="national-images", scope="country", kind="country")
    unido = make.make_international("UNIDO")
    make.make_exhibitor(sixth, "UNIDO", None, area="national-images", scope="country", international=unido)

    assert values(sixth, "participants") == {"all": 3, "country": 3, "enterprise": 1}


def test_an_organisation_and_a_country_of_the_same_letters_are_two_participants(sixth):
    """AU is the African Union's abbreviation and could be a country's code: here BJ stands for both."""
    make.make_exhibitor(sixth, "Benin", "BJ")
    make.make_exhibitor(sixth, "Bureau J", None, international=make.make_international("BJ"))

    assert values(sixth, "participants")["all"] == 2


def test_exhibitors_count_by_contract_and_co_exhibitors_apart(sixth):
    glas = make.make_exhibitor(sixth, "Glas AG", "DE")
    make.make_exhibitor(sixth, "Linse KG", "DE", main=glas)
    make.make_exhibitor(sixth, "Benin", "BJ", area="national-images", scope="country")

    assert values(sixth, "exhibitors") == {
        "country": 1, "enterprise": 1,
        "enterprise; area=technical-equipment": 1, "enterprise; country=DE": 1,
    }  # fmt: skip
    assert values(sixth, "co_exhibitors") == {"all": 1, "country": 0, "enterprise": 1}
    assert values(sixth, "exhibitors_ufi") == {"country": 1, "enterprise": 2}


def test_who_came_to_all_six_is_known_by_lists_and_by_contracts(sixth):
    for name in ("Glas AG", "Werk GmbH"):
        make.make_exhibitor(sixth, name)
    for number in (1, 2, 3, 4):
        make.make_earlier("Glas AG", number)
        make.make_earlier("Werk GmbH", number)
    make.make_exhibitor(make.make_edition(5), "Glas AG")

    assert values(sixth, "editions_in_a_row") == {"all": 1, "country": 0, "enterprise": 1}

    make.make_earlier("Werk GmbH", 5)
    assert values(sixth, "editions_in_a_row")["all"] == 2


def test_a_country_is_least_developed_on_the_first_day_of_the_show(sixth):
    make.make_member("ldc", "BJ")
    make.make_member("ldc", "BT", ends=date(2023, 12, 13))
    make.make_member("ldc", "EC", ends=date(2023, 11, 5))
    for name, country in [("Noix", "BJ"), ("Ananas", "BJ"), ("Druk", "BT"), ("Cacao", "EC")]:
        make.make_exhibitor(sixth, name, country)

    assert values(sixth, "ldc_exhibitors")["all"] == 3
    assert values(sixth, "ldc_exhibitors")["all; country=BJ"] == 2
    assert values(sixth, "ldc_countries")["all"] == 2
    seventh = make.make_edition(7)
    make.make_exhibitor(seventh, "Druk", "BT")
    assert values(seventh, "ldc_exhibitors")["all"] == 0


def test_a_country_whose_graduation_is_disputed_is_left_out_and_told(sixth):
    make.make_member("ldc", "BJ")
    make.make_member("ldc", "BT", ends=date(2023, 11, 1))
    GroupMembership.objects.filter(country="BT").update(deferred=date(2026, 11, 1), proposal="a committee")
    for name, country in [("Noix", "BJ"), ("Druk", "BT"), ("Yak", "BT")]:
        make.make_exhibitor(sixth, name, country)

    for key, count in (("ldc_exhibitors", 1), ("ldc_countries", 1)):
        found = next(one for one in figure(sixth, key) if one.scope == "all")
        assert found.value == count
        assert str(found.result.basis) == (
            "Left out: 2 of BT; whether BT is still a least developed country is disputed: its graduation "
            "is scheduled for 2023-11-01, and to defer it to 2026-11-01 was recommended and is not decided "
            "(a committee)."
        )
    GroupMembership.objects.filter(country="BT").update(deferred=None)
    assert {one.result.basis for one in figure(sixth, "ldc_exhibitors")} == {None}


def test_free_booths_and_parties_of_rcep(sixth):
    make.make_member("rcep", "JP", starts=date(2022, 1, 1))
    make.make_member("rcep", "EC", starts=date(2023, 11, 6))
    make.make_free_booth(make.make_exhibitor(sixth, "Noix", "BJ"))
    make.make_exhibitor(sixth, "Kikai", "JP")
    make.make_exhibitor(sixth, "Cacao", "EC")

    assert values(sixth, "ldc_free_booths") == {"all": 1, "all; country=BJ": 1}
    assert values(sixth, "rcep_exhibitors")["all"] == 1


def test_areas_and_the_special_built_share_by_area_and_by_count(sixth):
    hall = make.make_hall(sixth, "4.1", make.make_area(sixth), gross_area_m2=30000)
    make.make_hall(sixth, "5.1", gross_area_m2=25000)
    make.make_hall(sixth, "N", make.make_area(sixth), gross_area_m2=5000, indoor=False)
    glas, linse = make.make_exhibitor(sixth, "Glas AG"), make.make_exhibitor(sixth, "Linse KG")
    make.make_stand(hall, 171, "special", glas, linse)
    make.make_stand(hall, 9, "standard")

    assert values(sixth, "stands")["all"] == 2
    assert values(sixth, "area_net_m2")["all"] == 180
    assert values(sixth, "area_gross_m2") == {"indoor": 30000, "outdoor": 5000}
    assert values(sixth, "special_built_share_by_area")["all"] == Decimal("95.00")
    assert values(sixth, "special_built_share_by_count")["all"] == Decimal("50.00")
    assert values(sixth, "special_built_share_by_area")["country"] is None


def test_products_and_debuts_by_kind(sixth):
    glas = make.make_exhibitor(sixth, "Glas AG")
    make.make_product(glas, "Lens")
    make.make_product(glas, "Screen", debut="world")
    make.make_product(glas, "Tube", debut="asia")

    assert values(sixth, "products")["all"] == 3
    assert values(sixth, "debuts") == {
        "all": 2, "all; kind=asia": 1, "all; kind=world": 1, "all; area=technical-equipment": 2
    }  # fmt: skip


@pytest.fixture
def turnover(sixth):
    """Two deals that count: 100 USD, and 100 EUR at 1.07; and three that do not."""
    make.make_rate("USD", date(2023, 11, 3), "1.070000")
    glas = make.make_exhibitor(sixth, "Glas AG", "DE", area="consumer-goods")
    noix = make.make_exhibitor(sixth, "Noix", "BJ", area="food-agriculture")
    grid = make.make_unit(sixth, "电网", delegation="07.031", ownership="state")
    shop = make.make_unit(sixth, "商社", ownership="private")
    make.make_deal(noix, grid, "100")
    make.make_deal(glas, shop, "100", "EUR")
    make.make_deal(glas, shop, "1000", buyer_confirmed=None)
    make.make_deal(glas, shop, "1000", exhibitor_confirmed=None)
    make.make_deal(glas, shop, "1000", withdrawn=make.MORNING)
    return sixth


def test_a_deal_counts_when_both_confirmed_it_at_the_rate_of_its_day(turnover):
    assert values(turnover, "intended_turnover") == {
        "all": Decimal("207.00"), "country": 0, "enterprise": Decimal("207.00"),
        "all; area=consumer-goods": Decimal("107.00"), "all; area=food-agriculture": Decimal("100.00"),
        "all; origin=BJ": Decimal("100.00"), "all; origin=DE": Decimal("107.00"),
        "all; ownership=private": Decimal("107.00"), "all; ownership=state": Decimal("100.00"),
        "all; delegation=07": Decimal("100.00"), "all; delegation=not-stated": Decimal("107.00"),
        "all; kind=goods": Decimal("207.00"),
    }  # fmt: skip
    assert values(turnover, "deals")["all"] == 2


def test_a_deal_withdrawn_later_leaves_the_turnover(turnover):
    turnover.deals.filter(currency="EUR").update(withdrawn=make.MORNING)

    assert values(turnover, "intended_turnover")["all"] == Decimal("100.00")


def test_a_deal_without_a_reference_rate_makes_the_sum_unknown_and_is_never_left_out(turnover):
    turnover.deals.filter(currency="EUR").update(signed=date(2023, 11, 14))

    found = {one.scope: one for one in figure(turnover, "intended_turnover")}
    assert (found["all"].value, found["all"].result.records) == (None, 2)
    assert str(found["all"].result.gap).startswith("No reference rate of USD is at hand for 2023-11-14")
    state = found["all; ownership=state"]
    assert (state.value, state.result.gap) == (Decimal("100.00"), None)
    assert values(turnover, "deals")["all"] == 2
    assert values(turnover, "intended_turnover_cumulated") == {"all": None}


def test_turnover_since_the_first_edition_takes_earlier_ones_as_published(turnover):
    for number, published in [(1, "1000"), (2, "2000"), (3, "3000"), (4, "4000")]:
        make.make_published(number, "intended_turnover", "all", published, "USD, one-year basis")
    make.make_published(6, "intended_turnover", "all", "9999", "USD, one-year basis")
    fifth = make.make_edition(5)
    assert values(turnover, "intended_turnover_cumulated") == {"all": None}

    make.make_deal(make.make_exhibitor(fifth, "Glas AG"), make.make_unit(fifth, "商社"), "5000")
    assert values(turnover, "intended_turnover_cumulated") == {"all": Decimal("15207.00")}


def test_an_edition_in_euros_adds_up_in_euros_and_says_so(turnover):
    turnover.currency = Currency.objects.get(code="EUR")
    turnover.save()
    for number in (1, 2, 3, 4):
        make.make_published(number, "intended_turnover", "all", "1000", "USD, one-year basis")

    # 100 dollars at 1.07 to the euro are 93.46 euros.
    [whole] = [found for found in figure(turnover, "intended_turnover") if found.scope == "all"]
    assert (whole.value, whole.definition.unit.en) == (Decimal("193.46"), "EUR, one-year basis")
    assert "EUR" in [column.heading.en for column in records(turnover, "intended_turnover", "all").columns]
    # What others published in dollars is not added to euros.
    assert values(turnover, "intended_turnover_cumulated") == {"all": None}


def test_investments_are_of_this_editions_exhibitors_and_confirmed(sixth):
    make.make_rate("USD", date(2023, 11, 3), "1.070200")
    glas = make.make_exhibitor(sixth, "Glas AG").organisation
    make.make_investment(glas, "170000000", "EUR", (2019, 2023))
    make.make_investment(glas, "5", "USD", (2020, 2020), confirmed=None)
    make.make_investment(make.make_organisation("Elsewhere Ltd"), "7", "USD", (2020, 2020))

    assert values(sixth, "investments") == {
        "all": Decimal("181934000.00"),
        "all; origin=DE": Decimal("181934000.00"),
        "all; years=2019-2023": Decimal("181934000.00"),
    }


def test_a_focus_sector_grows_on_the_edition_before(sixth):
    for name in ("Saat 1", "Saat 2", "Saat 3", "Saat 4"):
        make.make_earlier(name, 5, sector="crop-seeds")
    for name in ("Saat 2", "Saat 3", "Saat 4", "Saat 5", "Saat 6"):
        make.make_exhibitor(sixth, name, sector="crop-seeds")
    make.make_exhibitor(sixth, "Chip", sector="integrated-circuits")
    make.make_exhibitor(sixth, "Saat 7", sector="crop-seeds", main=sixth.exhibitors.get(organisation__name="Saat 5"))

    assert values(sixth, "sector_growth") == {
        "enterprise; sector=crop-seeds": Decimal("25.00"),
        "enterprise; sector=integrated-circuits": None,
    }
    assert values(sixth, "sector_share")["enterprise; sector=crop-seeds"] == Decimal("83.33")


def test_growth_reads_the_contracts_of_the_edition_before_where_they_are_kept(sixth):
    make.make_exhibitor(make.make_edition(5), "Saat 1", sector="crop-seeds")
    for name in ("Saat 1", "Saat 2"):
        make.make_exhibitor(sixth, name, sector="crop-seeds")

    assert values(sixth, "sector_growth") == {"enterprise; sector=crop-seeds": Decimal("100.00")}


def test_a_fair_of_one_visitor_has_every_figure_but_those_of_sectors_and_of_a_rule_of_its_market(sixth):
    make.make_visitor(sixth, "Alice", state="cancelled")
    whole = [found for found in bulletin(sixth) if not found.result.part]

    assert {found.key for found in whole} >= set(FIGURES) - {"sector_growth", "sector_share", "ldc_free_booths"}
    assert {found.value for found in whole} == {0, None}


def test_records_of_another_edition_are_not_counted(turnover):
    seventh = make.make_edition(7)

    make.make_visitor(seventh, "Alice", state="cancelled")
    counted = {found.value for found in bulletin(seventh, parts=False) if found.key != "editions_in_a_row"}
    assert counted == {0, None}
