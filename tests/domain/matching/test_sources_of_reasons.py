"""Each sentence that explains a suggestion has an input that somebody gave, and is not read without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from emporion.domain.catalogue.actions import add_product
from emporion.domain.catalogue.actions.products import ProductFacts
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions import encode_texts
from emporion.domain.matching.queries import load_market
from emporion.domain.matching.queries.reasons import explain
from emporion.domain.matching.rules import Term
from emporion.domain.matching.rules.reasons import REASONS
from emporion.domain.matching.without_database import ExhibitorProfile, Profile, match_profiles
from emporion.domain.reference.models import Country, Region
from emporion.domain.visitors.models import PurchaseNeed, Visitor
from emporion.kernels.text.encoder import LexicalEncoder
from tests import make

pytestmark = pytest.mark.django_db

# Read of lists of files, where codes have no titles; the last tests try their inputs.
OF_FILES = {"code_heading", "code_chapter"}
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


def a_need_like_a_product(world: World) -> None:
    _needs(world, "roasted cashew nuts")
    add_product(world[2], ProductFacts(number="1", name_en="Roasted cashews"), context=ActionContext(make.NOON))
    encode_texts(world[0], at=make.NOON)


def a_need_like_the_buyers_wanted(world: World) -> None:
    _needs(world, "roasted cashew nuts")
    _wants(world, "importers of cashew nuts")
    encode_texts(world[0], at=make.NOON)


INPUTS: dict[str, Callable[[World], None]] = {
    "sector": interest_in_the_sector,
    "heading": a_heading_of_interest,
    "chapter": a_chapter_of_interest,
    "debut": a_debut,
    "region": the_same_region,
    "least_size": the_least_purchases_asked_for,
    "need": a_published_need,
    "new_market": coming_from_abroad,
    "text_shown": a_need_like_a_product,
    "text_wanted": a_need_like_the_buyers_wanted,
}


def _shows(world: World, hs: str, **fields: Any) -> None:
    make.make_hs(hs)
    facts = ProductFacts(number=hs, name_en="Exchanger", hs=hs, **fields)
    add_product(world[2], facts, context=ActionContext(make.NOON))


def _needs(world: World, text: str) -> None:
    assert world[1].unit
    PurchaseNeed.objects.create(unit=world[1].unit, number="1", text=text)


def _wants(world: World, text: str) -> None:
    application = world[2].application
    application.buyers_wanted = text
    application.save()


def terms(world: World) -> tuple[Term, ...]:
    edition, visitor, exhibitor = world
    return explain(load_market(edition), [exhibitor.pk])[visitor.pk, exhibitor.pk].terms


def codes(world: World) -> set[str]:
    found = terms(world)
    for to_exhibitor in (False, True):
        assert all(term.reason(to_exhibitor=to_exhibitor).sentence for term in found)
    return {term.code for term in found}


def sentences(found: Sequence[Term], code: str) -> list[str]:
    """What the visitor, then the exhibitor reads of a kind of term."""
    return [
        term.reason(to_exhibitor=to_exhibitor).sentence
        for to_exhibitor in (False, True) for term in found if term.code == code
    ]  # fmt: skip


@pytest.fixture
def world(edition: Edition) -> World:
    """A great buyer of the host's market and a large stand of the host's; neither has said what it wants."""
    for country in ("DE", "EC"):
        make.make_country(country)
    unit = make.make_unit(edition, "Buyer", size=5)
    return edition, make.make_visitor(edition, "Ann", unit), make.make_exhibitor(edition, "Kessel", "CN", area_m2=400)


def test_every_reason_has_its_input() -> None:
    assert {*INPUTS, *OF_FILES} == set(REASONS)


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


def test_a_sentence_about_a_product_quotes_the_need_and_the_product_and_goes_with_either(world: World) -> None:
    a_need_like_a_product(world)
    assert sentences(terms(world), "text_shown") == [
        "You look for “roasted cashew nuts”; they show Roasted cashews.",
        "They look for “roasted cashew nuts”; you show Roasted cashews.",
    ]
    PurchaseNeed.objects.update(text="steel tubes for boilers")
    encode_texts(world[0], at=make.NOON)
    assert "text_shown" not in codes(world)
    PurchaseNeed.objects.update(text="roasted cashew nuts")
    world[2].products.all().delete()
    encode_texts(world[0], at=make.NOON)
    assert "text_shown" not in codes(world)


def test_a_sentence_about_the_buyers_wanted_quotes_the_need_and_the_wish_and_goes_with_either(world: World) -> None:
    a_need_like_the_buyers_wanted(world)
    assert sentences(terms(world), "text_wanted") == [
        "You look for “roasted cashew nuts”; they want to meet “importers of cashew nuts”.",
        "They look for “roasted cashew nuts”; you want to meet “importers of cashew nuts”.",
    ]
    _wants(world, "operators of power stations")
    encode_texts(world[0], at=make.NOON)
    assert "text_wanted" not in codes(world)
    _wants(world, "importers of cashew nuts")
    PurchaseNeed.objects.all().delete()
    encode_texts(world[0], at=make.NOON)
    assert "text_wanted" not in codes(world)


@pytest.mark.parametrize(
    ("code", "bought", "read"),
    [
        ("code_heading", "841950", ["You buy HS 8419; they show it.", "They buy HS 8419; you show it."]),
        ("code_chapter", "84", ["You buy goods of HS chapter 84.", "They buy goods of HS chapter 84."]),
    ],
)
def test_a_sentence_about_a_code_of_a_list_names_what_one_buys_and_the_other_shows(
    code: str, bought: str, read: list[str]
) -> None:
    shown = [ExhibitorProfile(2, "Kessel", ("machines",), ("8419",), "")]
    for codes_bought, expected in (((bought,), read), (("07",), []), ((), [])):
        wanted = [Profile(2, "Ann", ("machines",), codes_bought, "", 0)]
        _, _, _, why = next(match_profiles(shown, wanted, LexicalEncoder(64)).visitor_suggestions(0))
        assert sentences(why, code) == expected
