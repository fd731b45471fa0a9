"""The market is made of the records: an oracle adds the points up by hand."""

from __future__ import annotations

from math import sqrt

import pytest

from emporion.domain.booths.models import Stand
from emporion.domain.catalogue.actions import add_product
from emporion.domain.catalogue.actions.products import ProductFacts
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions import decline
from emporion.domain.matching.queries import load_market
from emporion.domain.visitors.models import PurchaseNeed, VisitingUnit
from tests import make

pytestmark = pytest.mark.django_db


def score(market, visitor, exhibitor):
    problem = market.problem
    v, e = market.visitors.tolist().index(visitor.pk), market.exhibitors.tolist().index(exhibitor.pk)
    wanted = problem.visitor_wants[v] @ problem.exhibitor_offers[e]
    return float(wanted + problem.exhibitor_wants[e] @ problem.visitor_offers[v])


def show_product(exhibitor, hs="841950", **fields):
    make.make_hs(hs)
    return add_product(
        exhibitor, ProductFacts(number=hs, name_en="Exchanger", hs=hs, **fields), context=ActionContext(make.NOON)
    )


def test_a_shared_sector_counts_and_interests_share_their_points(edition):
    kessel = make.make_exhibitor(edition, "Kessel", "CN")
    one, many = make.make_visitor(edition, "One", sectors=[3]), make.make_visitor(edition, "Many", sectors=[3, 1, 2, 4])
    market = load_market(edition)
    assert score(market, one, kessel) == pytest.approx(1.0)
    assert score(market, many, kessel) == pytest.approx(1 / sqrt(4))


def test_a_focus_sector_counts_for_the_wider_one_too(edition):
    wider = make.make_sector("technical-equipment", 3)
    energy = make.make_sector("energy", 11, wider)
    kessel = make.make_exhibitor(edition, "Kessel", "CN", area=make.make_area(edition, "food", number=1))
    show_product(kessel, sector=energy)
    wide, focus = make.make_visitor(edition, "Wide", sectors=[3]), make.make_visitor(edition, "Focus", sectors=[11])
    market = load_market(edition)
    assert score(market, wide, kessel) == pytest.approx(0.6)
    assert score(market, focus, kessel) == pytest.approx(0.8)


def test_headings_count_with_their_chapter_and_a_chapter_alone_counts_less(edition):
    kessel = make.make_exhibitor(edition, "Kessel", "CN")
    show_product(kessel)
    exact = make.make_visitor(edition, "Exact", hs_headings=["8419", "841990"])
    near = make.make_visitor(edition, "Near", hs_headings=["8418"])
    broad = make.make_visitor(edition, "Broad", hs_headings=["84"])
    market = load_market(edition)
    assert score(market, exact, kessel) == pytest.approx(1.6 + 0.6)
    assert score(market, near, kessel) == pytest.approx(0.6)
    assert score(market, broad, kessel) == pytest.approx(0.6)


def test_remit_needs_size_debut_and_market_add_up(edition):
    sector = make.make_sector("technical-equipment", 3)
    group = make.make_delegation(edition, "07", "technical-equipment")
    inner = make.make_delegation(edition, "07.001")
    inner.parent = group
    inner.save()
    unit = make.make_unit(edition, "Buyer", size=5, delegation=inner)
    PurchaseNeed.objects.create(unit=unit, number="1", text="boilers", sector=sector, hs=make.make_hs("841950"))
    ann = make.make_visitor(edition, "Ann", unit)
    kessel = make.make_exhibitor(edition, "Kessel", area_m2=200)
    show_product(kessel, debut="world")
    remit, need, goods, debut, size, published, market = 0.4, 0.6, 1.6 + 0.6, 0.3, 0.8, 0.3, 0.2
    expected = remit + need + goods + debut + size + published + market
    assert score(load_market(edition), ann, kessel) == pytest.approx(expected)


def test_foreign_buyers_meet_their_region_and_no_host_markets_bonus(edition):
    from emporion.domain.reference.models import Country, Region

    Region.objects.create(code="011", name_en="Western Africa", name_zh="西非")
    ananas = make.make_exhibitor(edition, "Ananas", "BJ")
    Country.objects.filter(iso2="BJ").update(region="011")
    visitor = make.make_visitor(edition, "Koffi", country=make.make_country("BJ"))
    assert score(load_market(edition), visitor, ananas) == pytest.approx(0.25)


def test_only_approved_visitors_and_this_edition(edition):
    other = make.make_show(7)
    make.make_exhibitor(other, "Other")
    make.make_visitor(other, "Other")
    make.make_visitor(edition, "Waiting", state="registered")
    market = load_market(edition)
    assert (len(market.visitors), len(market.exhibitors)) == (0, 0)


def test_declined_pairs_own_organisation_and_own_delegation_are_hidden(edition):
    group = make.make_delegation(edition, "07")
    kessel, glas = make.make_exhibitor(edition, "Kessel"), make.make_exhibitor(edition, "Glas")
    own = VisitingUnit.objects.create(
        edition=edition, organisation=kessel.organisation, delegation=group, state="approved", registered=make.NOON
    )
    colleague = make.make_visitor(edition, "Colleague", own)
    neighbour = make.make_visitor(edition, "Neighbour", make.make_unit(edition, "Buyer", delegation=group))
    stranger = make.make_visitor(edition, "Stranger", make.make_unit(edition, "Else"))
    decline(stranger, glas, by_exhibitor=False, context=ActionContext(make.NOON))
    market = load_market(edition)
    hidden = {(market.visitors[v], market.exhibitors[e]) for v, e in market.problem.hidden}
    assert hidden == {(colleague.pk, kessel.pk), (neighbour.pk, kessel.pk), (stranger.pk, glas.pk)}


def test_a_co_exhibitor_holds_fewer_meetings(edition):
    kessel = make.make_exhibitor(edition, "Kessel", area_m2=90)
    make.make_exhibitor(edition, "Guest", main=kessel)
    market = load_market(edition)
    assert market.problem.exhibitor_capacity.tolist() == [80, 30]
    assert not Stand.objects.exists()


@pytest.mark.parametrize("size", [1, 3])
def test_a_market_is_read_in_a_constant_number_of_queries(edition, size, django_assert_num_queries):
    for number in range(size):
        show_product(make.make_exhibitor(edition, f"E{number}"))
        make.make_visitor(edition, f"V{number}", sectors=[3], hs_headings=["8419"])
    with django_assert_num_queries(9):
        market = load_market(edition)
    assert market.problem.visitor_wants.shape[0] == size
