"""Each sentence that explains a suggestion has an input that somebody gave, and is not read without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from emporion.domain.catalogue.actions import add_product
from emporion.domain.catalogue.actions.products import ProductFacts
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.queries import load_market
from emporion.domain.matching.queries.reasons import explain
from emporion.domain.matching.rules.reasons import REASONS
from emporion.domain.reference.models import Country, Region
from emporion.domain.visitors.models import PurchaseNeed, Visitor
from tests import make

pytestmark = pytest.mark.django_db

# Their inputs are tried where the texts and the lists of files are: test_texts.py and test_files.py.
OF_TEXTS_AND_FILES = {"text_shown", "text_wanted", "code_heading", "code_chapter"}
World = tuple[Edition, Visitor, Exhibitor]


def interest_in_the_sector(world: World) -> None:
    world[1].sectors = [3]
    world[1].save()


def a_heading_of_interest(world: World) -> None:
    _shows(world, "841950")
    world[1].hs_headings = ["8419"]
    world[1].save()


def a_chapter_of_interest(world: World) -> None:
    _shows(world, "841950")
    world[1].hs_headings = ["84"]
    world[1].save()


def a_debut(world: World) -> None:
    _shows(world, "901890", debut="world")


def the_same_region(world: World) -> None:
    europe = Region.objects.create(code="150", name_en="Europe")
    Country.objects.filter(pk__in=["DE", "EC"]).update(region=europe)
    world[1].country_id = "EC"
    world[1].save()


def the_least_purchases_asked_for(world: World) -> None:
    application = world[2].application
    application.least_purchases = 3
    application.save()


def a_published_need(world: World) -> None:
    assert world[1].unit
    PurchaseNeed.objects.create(unit=world[1].unit, number="1", text="boilers")


def coming_from_abroad(world: World) -> None:
    world[2].origin_id = "DE"
    world[2].save()


INPUTS: dict[str, Callable[[World], None]] = {
    "sector": interest_in_the_sector,
    "heading": a_heading_of_interest,
    "chapter": a_chapter_of_interest,
    "debut": a_debut,
    "region": the_same_region,
    "least_size": the_least_purchases_asked_for,
    "need": a_published_need,
    "new_market": coming_from_abroad,
}


def _shows(world: World, hs: str, **fields: Any) -> None:
    make.make_hs(hs)
    facts = ProductFacts(number=hs, name_en="Exchanger", hs=hs, **fields)
    add_product(world[2], facts, context=ActionContext(make.NOON))


def codes(world: World) -> set[str]:
    edition, visitor, exhibitor = world
    found = explain(load_market(edition), [exhibitor.pk])[visitor.pk, exhibitor.pk]
    for to_exhibitor in (False, True):
        assert all(term.reason(to_exhibitor=to_exhibitor).sentence for term in found.terms)
    return {term.code for term in found.terms}


@pytest.fixture
def world(edition: Edition) -> World:
    """A great buyer of the host's market and a large stand of the host's; neither has said what it wants."""
    for country in ("DE", "EC"):
        make.make_country(country)
    unit = make.make_unit(edition, "Buyer", size=5)
    return edition, make.make_visitor(edition, "Ann", unit), make.make_exhibitor(edition, "Kessel", "CN", area_m2=400)


def test_every_reason_has_its_input() -> None:
    assert {*INPUTS, *OF_TEXTS_AND_FILES} == set(REASONS)


@pytest.mark.parametrize("code", INPUTS)
def test_a_reason_is_read_with_its_input_and_not_without_it(world: World, code: str) -> None:
    if code == "region":
        world[2].origin_id = "DE"
        world[2].save()
    assert code not in codes(world)
    INPUTS[code](world)
    assert code in codes(world)


def test_a_large_stand_and_a_great_buyer_alone_are_no_reason(world: World) -> None:
    assert world[2].application.least_purchases == 0
    assert codes(world) == set()
