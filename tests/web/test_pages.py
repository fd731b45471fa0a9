"""Each page shows what it is for, and says in words what it has not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from emporion.domain.catalogue.models import Product
from emporion.domain.editions.models import Edition
from tests import make
from tests.fair import page_text
from tests.web.conftest import add_pavilion, exhibitor_named

pytestmark = pytest.mark.django_db


def text(client: Client, address: str, status: int = 200, **headers: Any) -> str:
    answer = client.get(address, **headers)
    assert answer.status_code == status, address
    return page_text(answer)


def names_on(page: str) -> list[str]:
    return [name for name in ("Aurora Valves", "Benin Butter", "Cacao Fino") if name in page]


def test_the_first_page_tells_when_where_and_what_comes_next(fair: Edition, client: Client) -> None:
    page = text(client, "/expo/")
    assert "5–10 November 2023" in page
    assert "NECC" in page
    assert "Open markets S001" in page


def test_each_headline_figure_stands_with_unit_and_scope_and_leads_to_its_rule(fair: Edition, client: Client) -> None:
    page = text(client, "/expo/")
    assert '<a class="figure" href="/expo/bulletin/exhibitors/">3</a>' in page
    assert "exhibitors · enterprise exhibition" in page


def test_exhibitors_are_listed_by_name_with_their_count(fair: Edition, client: Client) -> None:
    page = text(client, "/expo/exhibitors/")
    assert "3 exhibitors" in page
    assert page.index("Aurora Valves") < page.index("Benin Butter") < page.index("Cacao Fino")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ldc=1", ["Benin Butter"]),
        ("debut=1", ["Benin Butter"]),
        ("country=EC", ["Cacao Fino"]),
        ("q=valv", ["Aurora Valves"]),
        ("q=Fino公司", ["Cacao Fino"]),
        ("pavilion=W", ["Benin Butter", "Cacao Fino"]),
        ("area=technical-equipment", ["Aurora Valves", "Benin Butter", "Cacao Fino"]),
        ("country=EC&ldc=1", []),
        ("sector=none", []),
    ],
)
def test_each_filter_leaves_its_own(fair: Edition, client: Client, query: str, found: list[str]) -> None:
    add_pavilion(fair, "W", "Benin Butter", "Cacao Fino")
    page = text(client, f"/expo/exhibitors/?{query}", HTTP_HX_REQUEST="true")
    assert names_on(page) == found
    assert bool(found) != ("No exhibitors found" in page)


def test_an_exhibitor_has_its_products_stand_and_editions(fair: Edition, client: Client) -> None:
    page = text(client, f"/expo/exhibitors/{exhibitor_named('Aurora Valves').number}/")
    assert "Hydrogen valve" in page
    assert "/expo/halls/4.1/4.1-A000/" in page
    assert "Exhibited in all 2 editions." in page
    first = text(client, f"/expo/exhibitors/{exhibitor_named('Benin Butter').number}/")
    assert "Exhibits for the first time." in first


def test_co_exhibitors_and_neighbours_on_a_joint_stand_are_distinguished(fair: Edition, client: Client) -> None:
    main = exhibitor_named("Aurora Valves")
    make.make_exhibitor(fair, "Little Valves", main=main)
    neighbour = make.make_exhibitor(fair, "Next Door")
    main.occupancy.stand.occupancies.create(exhibitor=neighbour, area_m2=9)
    page = text(client, f"/expo/exhibitors/{main.number}/")
    assert (
        page.index("Co-exhibitors on its stand") < page.index("Little Valves") < page.index("Also on this joint stand")
    )
    assert page.index("Also on this joint stand") < page.index("Next Door")


def test_an_applicant_without_a_contract_has_no_page(fair: Edition, client: Client) -> None:
    assert "There is no exhibitor with this number" in text(client, "/expo/exhibitors/06-99999/", 404)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=butter", ["Shea butter"]),
        ("q=乳木果", ["Shea butter"]),
        ("chapter=84", ["Hydrogen valve"]),
        ("country=BJ", ["Shea butter"]),
        ("debut=any", ["Shea butter"]),
        ("debut=world", []),
        ("kind=service", []),
        ("", ["Shea butter", "Hydrogen valve"]),
    ],
)
def test_products_are_found_in_both_languages_and_narrowed(
    fair: Edition, client: Client, query: str, found: list[str]
) -> None:
    page = text(client, f"/expo/products/?{query}")
    assert [name for name in ("Shea butter", "Hydrogen valve") if name in page] == found
    counted = "1 product<" if len(found) == 1 else f"{len(found)} products<"
    assert counted in page


def test_a_page_of_products_that_is_none_is_not_found(fair: Edition, client: Client) -> None:
    assert "names no page of the list" in text(client, "/expo/products/?after=nonsense", 404)


def test_a_product_has_its_place_in_the_harmonized_system_in_both_languages(fair: Edition, client: Client) -> None:
    page = text(client, f"/expo/products/{Product.objects.get(name_en='Shea butter').pk}/")
    assert page.index("Title of 15<") < page.index("Title of 1515<") < page.index("Title of 151590<")
    assert "151590的名称" in page
    assert "Asian debut" in page


def test_a_product_of_another_edition_is_not_found(fair: Edition, client: Client) -> None:
    other = make.make_product(make.make_exhibitor(make.make_edition(5), "Old Hand"), "Old lamp")
    assert "There is no such product" in text(client, f"/expo/products/{other.pk}/", 404)


def test_the_halls_are_drawn_and_lead_to_their_plans(fair: Edition, client: Client) -> None:
    page = text(client, "/expo/halls/")
    assert 'href="/expo/halls/4.1/"' in page
    assert "3 stands · 108 m² net of 14,400 m² gross" in page


def test_a_halls_plan_has_every_stand_as_a_link_and_in_a_list(fair: Edition, client: Client) -> None:
    page = text(client, "/expo/halls/4.1/")
    for number in ("4.1-A000", "4.1-A001", "4.1-A002"):
        assert page.count(f'href="/expo/halls/4.1/{number}/"') == 2
    assert page.count('class="hatch"') == 1
    assert page.count('class="stand special"') == 2


def test_a_stand_leads_to_who_shows_there(fair: Edition, client: Client) -> None:
    page = text(client, "/expo/halls/4.1/4.1-A001/")
    assert 'aria-current="true"' in page
    card = text(client, "/expo/halls/4.1/4.1-A001/", HTTP_HX_REQUEST="true")
    assert f'href="/expo/exhibitors/{exhibitor_named("Benin Butter").number}/"' in card
    assert "<html" not in card


@pytest.mark.parametrize("address", ["/expo/halls/9.9/", "/expo/halls/4.1/4.1-X999/"])
def test_a_hall_or_stand_that_is_none_is_not_found(fair: Edition, client: Client, address: str) -> None:
    assert "There is no" in text(client, address, 404)


def test_a_stand_of_another_hall_is_not_in_this_one(fair: Edition, client: Client) -> None:
    make.make_hall(fair, "5.1", gross_area_m2=100)
    assert "no stand with this number in this hall" in text(client, "/expo/halls/5.1/4.1-A001/", 404)


def test_the_programme_opens_on_its_first_day_and_shows_times_of_the_venue(fair: Edition, client: Client) -> None:
    page = text(client, "/expo/programme/")
    assert "Sunday 5 November 2023" in page
    assert ">09:30</time>" in page
    assert "A. Adjovi" in page
    assert text(client, "/expo/programme/2023-11-05/").count("Open markets") == 1


@pytest.mark.parametrize("day", ["2023-11-09", "2023-13-45"])
def test_a_day_without_a_programme_is_not_found(fair: Edition, client: Client, day: str) -> None:
    text(client, f"/expo/programme/{day}/", 404)


def test_a_fair_without_a_programme_says_so(edition: Edition, client: Client) -> None:
    assert "has not been published yet" in text(client, "/expo/programme/")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("valve", "/expo/exhibitors/"),
        ("shea", "/expo/products/"),
        ("A002", "/expo/halls/4.1/4.1-A002/"),
        ("markets", "/expo/programme/"),
    ],
)
def test_one_search_finds_exhibitors_products_stands_and_sessions(
    fair: Edition, client: Client, words: str, address: str
) -> None:
    found = text(client, f"/expo/search/?q={words}").split('id="main"')[1]
    assert f'href="{address}' in found


def test_a_search_that_finds_nothing_says_what_to_try(fair: Edition, client: Client) -> None:
    assert "Nothing found for “zebra”" in text(client, "/expo/search/?q=zebra")


def test_robots_are_excluded_from_the_office(client: Client) -> None:
    assert "Disallow: /admin/" in text(client, "/robots.txt")


def test_an_address_that_is_none_is_told_in_the_readers_language(client: Client) -> None:
    assert "There is no page at this address" in text(client, "/nowhere/at/all/", 404)
    assert "此地址没有页面" in text(client, "/zh-hans/nowhere/at/all/", 404)
    assert "There is no fair at this address" in text(client, "/nobodys-fair/", 404)
