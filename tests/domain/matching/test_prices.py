"""The exhibitors' side is read once for a version of it, and counts as it is now whatever was read before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection

from emporion.domain.cache import clear_all
from emporion.domain.catalogue.actions import add_product, change_product, remove_product
from emporion.domain.catalogue.actions.products import ProductFacts
from emporion.domain.exhibitors.actions import want_buyers
from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.events import EVENTS
from emporion.domain.journal.models import JournalEntry
from emporion.domain.matching import queries
from emporion.domain.matching.actions import decline, encode_texts, mark, run_matching
from emporion.domain.matching.models import Mark
from emporion.domain.matching.queries import prices
from emporion.domain.visitors.models import PurchaseNeed, VisitingUnit, Visitor
from tests import make

# Nothing is kept inside a transaction that wrote, so every record is committed.
pytestmark = pytest.mark.django_db(transaction=True)
HEAT = ProductFacts(number="1", name_en="Hydrogen heat exchanger", name_zh="氢换热器", hs="841950")


@pytest.fixture
def fair(edition):
    """Kessel and Glas of one sector, a run over them and Ann, who buys heat exchangers and came after it."""
    make.make_hs("841950", "Heat exchange units")
    exhibitors = {"kessel": make.make_exhibitor(edition, "Kessel"), "glas": make.make_exhibitor(edition, "Glas")}
    make.make_visitor(edition, "Early", sectors=[1])
    run_matching(edition, context=ActionContext(make.NOON))
    return exhibitors | {"ann": make.make_visitor(edition, "Ann", sectors=[3], hs_headings=["8419"])}


@pytest.fixture
def reads(monkeypatch):
    """How often the exhibitors were read."""
    times: list[int] = []
    read = prices.read_sellers

    def counted(*given):
        times.append(1)
        return read(*given)

    monkeypatch.setattr(prices, "read_sellers", counted)
    return times


def happened(*events, edition=None):
    for event in events:
        somebody = Subject(EVENTS[event].subjects[0], "1", "somebody")
        record(event, somebody, context=ActionContext(make.NOON), edition=edition)


def codes(visitor, exhibitor):
    """The kinds of terms that an exhibitor is suggested to a newcomer for; None where it is not suggested."""
    found = {one.exhibitor.pk: one for one in queries.suggestions_for(visitor)}
    return {term.code for term in found[exhibitor.pk].terms} if exhibitor.pk in found else None


def test_what_people_do_among_themselves_leaves_what_was_read(edition, fair, reads):
    queries.suggestions_for(fair["ann"])
    happened("visitor.registered", "unit.approved", "meeting.asked", "badge.issued", "organisation.registered")
    bo = make.make_visitor(edition, "Bo", sectors=[3])
    decline(fair["ann"], fair["kessel"], by_exhibitor=False, context=ActionContext(make.NOON))
    assert [one.exhibitor for one in queries.suggestions_for(fair["ann"])] == [fair["glas"]]
    assert {one.exhibitor for one in queries.suggestions_for(bo)} == {fair["kessel"], fair["glas"]}
    assert len(reads) == 1


def test_cached_or_read_anew_the_suggestions_are_the_same(edition, fair):
    add_product(fair["kessel"], HEAT, context=ActionContext(make.NOON))
    queries.suggestions_for(fair["ann"])
    again = queries.suggestions_for(fair["ann"])
    clear_all()
    assert queries.suggestions_for(fair["ann"]) == again
    assert [one.exhibitor for one in again] == [fair["kessel"], fair["glas"]]


def test_a_product_counts_from_its_entry_to_its_removal(edition, fair):
    assert "heading" not in codes(fair["ann"], fair["kessel"])
    product = add_product(fair["kessel"], HEAT, context=ActionContext(make.NOON))
    assert "heading" in codes(fair["ann"], fair["kessel"])
    change_product(product, ProductFacts(number="1", name_en="Nuts", hs=""), context=ActionContext(make.NOON))
    assert "heading" not in codes(fair["ann"], fair["kessel"])
    change_product(product, replace(HEAT, debut="world"), context=ActionContext(make.NOON))
    assert {"heading", "debut"} <= codes(fair["ann"], fair["kessel"])
    remove_product(product, context=ActionContext(make.NOON))
    assert not {"heading", "debut"} & codes(fair["ann"], fair["kessel"])


def test_whom_an_exhibitor_wants_to_meet_counts_at_once_by_size_and_by_words_when_they_are_encoded(edition, fair):
    unit = make.make_unit(edition, "Buyer", size=3)
    PurchaseNeed.objects.create(unit=unit, number="1", text="nuts and dried fruit")
    bo = make.make_visitor(edition, "Bo", unit)
    encode_texts(edition, at=make.NOON)
    assert not {"least_size", "text_wanted"} & codes(bo, fair["kessel"])
    want_buyers(
        fair["kessel"].application,
        "importers of nuts and dried fruit",
        least_purchases=3,
        context=ActionContext(make.NOON),
    )
    assert "least_size" in codes(bo, fair["kessel"])
    encode_texts(edition, at=make.NOON)
    assert "text_wanted" in codes(bo, fair["kessel"])


def test_texts_that_did_not_change_leave_no_entry(edition, fair):
    add_product(fair["kessel"], HEAT, context=ActionContext(make.NOON))
    for _ in range(2):
        encode_texts(edition, at=make.NOON)
    [entry] = JournalEntry.objects.filter(event="texts.kept")
    assert entry.data == {"changed": 1}


def test_marks_and_ones_own_organisation_count_as_now(edition, fair):
    queries.suggestions_for(fair["ann"])
    mark(fair["ann"], fair["glas"], Mark.Kind.FAVOURITE, by_exhibitor=False, context=ActionContext(make.NOON))
    assert queries.suggestions_for(fair["ann"])[0].exhibitor == fair["glas"]
    mark(fair["ann"], fair["glas"], Mark.Kind.HIDDEN, by_exhibitor=False, context=ActionContext(make.NOON))
    assert codes(fair["ann"], fair["glas"]) is None
    unit = make.make_unit(edition, "Bo's")
    VisitingUnit.objects.filter(pk=unit.pk).update(organisation=fair["kessel"].organisation)
    own = make.make_visitor(edition, "Bo", unit, sectors=[3])
    assert [one.exhibitor for one in queries.suggestions_for(own)] == [fair["glas"]]


def test_an_exhibitor_of_after_the_run_is_suggested_at_no_price(edition, fair):
    queries.suggestions_for(fair["ann"])
    late = make.make_exhibitor(edition, "Late")
    happened("contract.signed", edition=edition.pk)
    assert "sector" in codes(fair["ann"], late)


def test_a_new_run_has_its_own_prices_and_exhibitors(edition, fair, reads):
    queries.suggestions_for(fair["ann"])
    run = run_matching(edition, context=ActionContext(make.NOON))
    prices.priced_exhibitors(run)
    prices.priced_exhibitors(run)
    assert len(reads) == 2


def test_events_of_another_edition_do_not_count_and_those_of_none_do(edition, fair, reads):
    queries.suggestions_for(fair["ann"])
    happened("product.added", edition=5)
    queries.suggestions_for(fair["ann"])
    assert len(reads) == 1
    happened("organisations.merged")
    queries.suggestions_for(fair["ann"])
    assert len(reads) == 2


def test_the_two_editions_read_last_stay_cached(edition, fair, reads):
    runs = []
    for number in (7, 8, 9):
        other = make.make_show(number)
        make.make_exhibitor(other, f"E{number}")
        make.make_visitor(other, f"V{number}", sectors=[3])
        runs.append(run_matching(other, context=ActionContext(make.NOON)))
        prices.priced_exhibitors(runs[-1])
    for run in reversed(runs):
        prices.priced_exhibitors(run)
    assert len(reads) == 4


def test_of_newcomers_at_once_one_reads_and_all_get_their_lists(edition, fair, reads):
    together = Barrier(4)

    def ask(_number):
        together.wait()
        with closing(connection):
            return [one.exhibitor.pk for one in queries.suggestions_for(Visitor.objects.get(name="Ann"))]

    with ThreadPoolExecutor(4) as pool:
        lists = list(pool.map(ask, range(4)))
    assert [sorted(one) for one in lists] == [sorted([fair["kessel"].pk, fair["glas"].pk])] * 4
    assert len(reads) == 1


def test_nothing_is_stored_of_a_reading_that_failed(edition, fair, monkeypatch):
    def die(*given):
        raise ConnectionError("gone")

    with monkeypatch.context() as broken:
        broken.setattr(prices, "read_sellers", die)
        with pytest.raises(ConnectionError):
            queries.suggestions_for(fair["ann"])
    assert len(queries.suggestions_for(fair["ann"])) == 2
