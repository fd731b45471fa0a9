"""Searching the catalogue."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from emporion.domain.catalogue import queries
from emporion.domain.catalogue.actions import add_product, change_product, remove_product
from emporion.domain.catalogue.actions.products import ProductFacts
from emporion.domain.catalogue.actions.words import set_all_words
from emporion.domain.catalogue.models import Product
from emporion.domain.catalogue.rules import HSCodeUnknown, ProductNumberTaken
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(edition):
    return make.make_exhibitor(edition, "Kessel")


def add(exhibitor, number, name_en="", name_zh="", **fields):
    facts = ProductFacts(number=number, name_en=name_en, name_zh=name_zh, **fields)
    return add_product(exhibitor, facts, context=ActionContext(make.NOON))


def names(page):
    return [str(product) for product in page.products]


def test_a_product_is_found_in_both_languages(edition, maker):
    add(maker, "1", "Hydrogen heat exchangers", "氢燃料电池换热器")
    add(maker, "2", "Glass pane", "玻璃")
    assert names(queries.search(edition, "heat exchanger")) == ["Hydrogen heat exchangers"]
    assert names(queries.search(edition, "换热器")) == ["Hydrogen heat exchangers"]
    assert names(queries.search(edition, "燃料 hydrog")) == ["Hydrogen heat exchangers"]


def test_a_name_comes_before_a_description(edition, maker):
    add(maker, "1", "Pump", about_en="goes with a boiler")
    add(maker, "2", "Boiler", about_en="goes with a pump")
    assert names(queries.search(edition, "boiler")) == ["Boiler", "Pump"]


def test_where_no_product_has_all_words_those_with_any_are_shown(edition, maker):
    add(maker, "1", "Boiler")
    page = queries.search(edition, "boiler unobtainable")
    assert (names(page), page.loose) == (["Boiler"], True)


def test_another_editions_products_are_not_found(edition, maker):
    add(maker, "1", "Boiler")
    assert names(queries.search(make.make_show(7), "boiler")) == []


def test_filters_narrow(edition, maker):
    energy = make.make_sector("energy", 11, make.make_sector("technical-equipment", 3))
    make.make_hs("841950", "Heat exchange units")
    benin = make.make_exhibitor(edition, "Ananas", "BJ")
    exchanger = add(maker, "1", "Exchanger", hs="8419.50", sector=energy, debut="world")
    add(benin, "1", "Pineapple", kind="product")
    add(benin, "2", "Advice", kind="service")
    assert names(queries.search(edition, country="bj")) == ["Pineapple", "Advice"]
    assert names(queries.search(edition, sector="technical-equipment")) == ["Exchanger"]
    assert names(queries.search(edition, chapter="84")) == ["Exchanger"]
    assert names(queries.search(edition, debut="any")) == ["Exchanger"]
    assert names(queries.search(edition, debut="asia")) == []
    assert names(queries.search(edition, kind="service")) == ["Advice"]
    assert queries.product(edition, exchanger.pk).hs_id == "841950"
    assert [str(p) for p in queries.debuts(edition)] == ["Exchanger"]


@pytest.mark.parametrize("text", ["", "pump"])
def test_pages_follow_each_other_without_a_gap_or_a_twin(edition, maker, text):
    for number in range(7):
        add(maker, str(number), f"Pump {number}" if number % 2 else f"Long named pump number {number}")
    seen, after = [], ""
    while True:
        page = queries.search(edition, text, after=after, limit=3)
        seen += names(page)
        after = page.next
        if not after:
            break
    assert len(seen) == 7
    assert seen == names(queries.search(edition, text, limit=10))


def test_pages_of_loose_results_stay_loose(edition, maker):
    for number in range(3):
        add(maker, str(number), f"Pump {number}")
    first = queries.search(edition, "pump unobtainable", limit=2)
    second = queries.search(edition, "pump unobtainable", limit=2, after=first.next)
    assert (names(second), second.loose, second.next) == (["Pump 2"], True, "")


@pytest.mark.parametrize("after", ["x", "1~2", "1~x~0", "1~2~5", "y~2~0"])
def test_an_after_that_is_none_is_an_error(edition, after):
    with pytest.raises(ValueError):
        queries.search(edition, after=after)


@pytest.mark.parametrize("products", [1, 3])
def test_a_search_takes_two_queries_and_what_narrows_it_five(edition, maker, products, django_assert_num_queries):
    make.make_hs("841950")
    for number in range(products):
        sector = make.make_sector("energy", 11)
        add(maker, str(number), "Pump", hs="841950", debut="asia", sector=sector)
    with django_assert_num_queries(2):
        page = queries.search(edition, "pump")
        [(p.exhibitor.organisation.name, p.origin.name_en, p.hs.code, p.debut.kind) for p in page.products]
    # Counts, the version of the names, and the names of sectors, countries and chapters.
    with django_assert_num_queries(5):
        found = queries.narrowing(edition, "pump")
    assert [(f.value, f.count) for f in found.facets["chapter"]] == [("84", products)]
    assert found.count == products


def test_a_facet_is_counted_under_the_other_filters_only(edition, maker):
    add(maker, "1", "Pump", debut="world")
    add(make.make_exhibitor(edition, "Ananas", "BJ"), "1", "Pump")
    counted = queries.narrowing(edition, "pump", queries.Filters(country="DE")).facets
    assert [(f.value, f.count) for f in counted["country"]] == [("BJ", 1), ("DE", 1)]
    assert [(f.value, f.name_en, f.count) for f in counted["debut"]] == [("world", "world debut", 1)]


@pytest.mark.parametrize(
    "chosen",
    [
        {}, {"country": "DE"}, {"sector": "energy"}, {"chapter": "84"}, {"debut": "any"}, {"kind": "service"},
        {"country": "DE", "chapter": "85"}, {"sector": "energy", "debut": "world"}, {"market": "rcep"},
        {"country": "XX"}, {"country": "BJ", "sector": "energy", "chapter": "84", "debut": "asia"},
    ],
)  # fmt: skip
def test_each_count_is_the_number_of_products_that_a_search_with_that_value_finds(edition, maker, chosen):
    make.make_hs("841950")
    make.make_hs("850440")
    energy, other = make.make_sector("energy", 11), make.make_exhibitor(edition, "Ananas", "BJ")
    for number, (exhibitor, hs, debut, sector) in enumerate(
        (exhibitor, hs, debut, sector)
        for exhibitor in (maker, other)
        for hs in ("841950", "850440", "")
        for debut in ("world", "asia", "")
        for sector in (energy, None)
    ):
        extra = {"debut": debut} if debut else {}
        add(exhibitor, str(number), "Pump", hs=hs, sector=sector, **extra)
    filters = queries.Filters(**chosen)
    found = queries.narrowing(edition, "pump", filters)

    def hits(**more):
        return len(queries.search(edition, "pump", **{**asdict(filters), **more}, limit=1000).products)

    assert found.count == hits()
    for name, facets in found.facets.items():
        assert {one.value: one.count for one in facets} == {one.value: hits(**{name: one.value}) for one in facets}
    assert set(found.facets) == {"sector", "country", "chapter", "debut"}
    assert found.market == {key.replace("-", "_"): hits(market=key) for key in queries.MARKET}


def test_a_changed_product_is_found_by_its_new_words_only(edition, maker):
    pump = add(maker, "1", "Pump", debut="world")
    change_product(pump, ProductFacts(number="1", name_en="Boiler"), context=ActionContext(make.NOON))
    assert names(queries.search(edition, "pump")) == []
    assert names(queries.search(edition, "boiler")) == ["Boiler"]
    assert names(queries.search(edition, debut="any")) == []


def test_adding_changing_and_removing_is_written_down(edition, maker):
    pump = add(maker, "1", "Pump")
    change_product(pump, ProductFacts(number="1", name_en="Pump", debut="host"), context=ActionContext(make.NOON))
    remove_product(pump, context=ActionContext(make.NOON))
    events = list(JournalEntry.objects.order_by("id").values_list("event", flat=True))
    assert events == ["product.added", "product.changed", "product.removed"]


def test_an_unknown_hs_code_and_a_taken_number_are_refused(edition, maker):
    add(maker, "1", "Pump")
    with pytest.raises(HSCodeUnknown, match="has no code 999999"):
        add(maker, "2", "Pump", hs="999999")
    with pytest.raises(ProductNumberTaken, match="product number 1"):
        add(maker, "1", "Boiler")
    assert Product.objects.count() == 1


def test_all_words_can_be_cut_again(edition, maker):
    add(maker, "1", "Pump", "泵")
    Product.objects.update(words=None)
    assert set_all_words(edition) == 1
    assert names(queries.search(edition, "泵")) == ["Pump"]
    assert [p.number for p in queries.products_of(maker)] == ["1"]
