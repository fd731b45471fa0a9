"""What both sides say in their own words is encoded once, compared across languages and told as a reason."""

from __future__ import annotations

import numpy as np
import pytest

from emporion.domain.catalogue.actions import add_product
from emporion.domain.catalogue.actions.products import ProductFacts
from emporion.domain.catalogue.models import Product
from emporion.domain.exhibitors.actions import want_buyers
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching import queries
from emporion.domain.matching.actions import encode_texts, run_matching
from emporion.domain.matching.models import ExhibitorTexts, TextVector, UnitTexts
from emporion.domain.matching.queries.texts import main_directions, unpacked
from emporion.domain.matching.rules import meaning
from emporion.domain.visitors.models import PurchaseNeed
from emporion.kernels.text import encoder
from emporion.language import CHINESE, translate
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair(edition):
    """Kessel shows exchangers, Nuss nuts, both in English; Ann's unit needs nuts and says so in Chinese, uncoded."""
    kessel, nuss = make.make_exhibitor(edition, "Kessel"), make.make_exhibitor(edition, "Nuss")
    show_product(kessel, "1", "Plate heat exchanger PX-200")
    show_product(nuss, "1", "Roasted cashew nuts 500 g")
    show_product(nuss, "2", "Shelled almonds")
    unit = make.make_unit(edition, "Buyer")
    need(unit, "求购腰果，年采购300吨")
    return {"kessel": kessel, "nuss": nuss, "unit": unit, "ann": make.make_visitor(edition, "Ann", unit)}


def show_product(exhibitor, number, name, **fields):
    return add_product(exhibitor, ProductFacts(number=number, name_en=name, **fields), context=ActionContext(make.NOON))


def need(unit, text):
    return PurchaseNeed.objects.create(unit=unit, number=text[:30], text=text)


def text_points(edition, visitor, **only):
    market = queries.load_market(edition, **only)
    row = market.visitors.tolist().index(visitor.pk)
    wants, shows = market.problem.visitor_wants[row, market.texts], market.problem.exhibitor_offers[:, market.texts]
    return dict(zip(market.exhibitors.tolist(), (shows @ wants).tolist(), strict=True))


def test_a_need_in_chinese_finds_the_english_offer_and_the_reason_names_both(edition, fair):
    run_matching(edition, context=ActionContext(make.NOON))
    first = queries.suggestions_for(fair["ann"])[0]
    assert first.exhibitor == fair["nuss"]
    sentences = [term.reason().sentence for term in first.terms if term.code == "text_shown"]
    assert sentences == ["You look for “求购腰果，年采购300吨”; they show Roasted cashew nuts 500 g."]
    back = queries.suggestions_to(fair["nuss"])[0]
    assert [translate(term.reason(to_exhibitor=True), CHINESE) for term in back.terms if term.code == "text_shown"] == [
        "对方寻求“求购腰果，年采购300吨”；您展出Roasted cashew nuts 500 g。"
    ]


def test_a_text_is_encoded_once_and_what_did_not_change_is_left_alone(edition, fair):
    assert encode_texts(edition, at=make.NOON) == 4
    assert (TextVector.objects.count(), ExhibitorTexts.objects.count(), UnitTexts.objects.count()) == (4, 2, 1)
    # Another model of the same thing says nothing new.
    show_product(fair["kessel"], "2", "Plate heat exchanger PX-300")
    assert encode_texts(edition, at=make.NOON) == 0
    assert encode_texts(edition, at=make.NOON) == 0


def test_nothing_is_loaded_to_find_that_nothing_is_new(edition, fair, monkeypatch):
    encode_texts(edition, at=make.NOON)
    monkeypatch.setattr(encoder.SentenceEncoder, "encode", lambda self, texts: pytest.fail("encoded again"))
    assert encode_texts(edition, at=make.NOON) == 0
    run_matching(edition, context=ActionContext(make.NOON))


def test_a_profile_follows_its_texts_and_goes_with_them(edition, fair):
    encode_texts(edition, at=make.NOON)
    before = unpacked(ExhibitorTexts.objects.get(exhibitor=fair["nuss"]).vector)
    Product.objects.filter(exhibitor=fair["nuss"], number="2").delete()
    encode_texts(edition, at=make.NOON)
    after = unpacked(ExhibitorTexts.objects.get(exhibitor=fair["nuss"]).vector)
    assert float(before @ after) < 0.99
    Product.objects.filter(exhibitor=fair["nuss"]).delete()
    encode_texts(edition, at=make.NOON)
    assert not ExhibitorTexts.objects.filter(exhibitor=fair["nuss"]).exists()


def test_a_killed_encoding_keeps_what_it_had_and_goes_on_from_there(edition, fair, monkeypatch):
    from emporion.domain.matching.actions import texts

    monkeypatch.setattr(texts, "AT_A_TIME", 1)

    def die(done: int, total: int, what: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encode_texts(edition, at=make.NOON, progress=die)
    assert (TextVector.objects.count(), ExhibitorTexts.objects.count()) == (2, 0)
    assert encode_texts(edition, at=make.NOON) == 2
    assert ExhibitorTexts.objects.count() == 2


def test_a_newcomers_texts_count_as_soon_as_they_are_stored(edition, fair):
    run_matching(edition, context=ActionContext(make.NOON))
    unit = make.make_unit(edition, "Newcomer")
    bo = make.make_visitor(edition, "Bo", unit)
    need(unit, "heat exchangers for ships")
    assert "text_shown" not in {term.code for one in queries.suggestions_for(bo) for term in one.terms}
    encode_texts(edition, at=make.NOON)
    first = queries.suggestions_for(bo)[0]
    assert (first.exhibitor, "text_shown" in {term.code for term in first.terms}) == (fair["kessel"], True)


def test_whom_an_exhibitor_wants_to_meet_counts_and_is_told(edition, fair):
    application = fair["kessel"].application
    want_buyers(application, "importers of nuts and dried fruit", least_purchases=3, context=ActionContext(make.NOON))
    encode_texts(edition, at=make.NOON)
    ann = fair["ann"]
    assert text_points(edition, ann)[fair["kessel"].pk] > 0.3
    run_matching(edition, context=ActionContext(make.NOON))
    kessel = next(one for one in queries.suggestions_for(ann) if one.exhibitor == fair["kessel"])
    assert [term.reason().sentence for term in kessel.terms if term.code == "text_wanted"] == [
        "You look for “求购腰果，年采购300吨”; they want to meet “importers of nuts and dried fruit”."
    ]


@pytest.mark.parametrize(("size", "points"), [(2, 0.0), (3, 0.8), (5, 0.8)])
def test_buyers_of_the_size_asked_for_gain_and_smaller_ones_do_not(edition, size, points):
    kessel = make.make_exhibitor(edition, "Kessel", "CN", area_m2=900)
    want_buyers(kessel.application, "", least_purchases=3, context=ActionContext(make.NOON))
    make.make_visitor(edition, "Ann", make.make_unit(edition, "Buyer", size=size))
    market = queries.load_market(edition)
    assert float(market.problem.exhibitor_wants[0] @ market.problem.visitor_offers[0]) == pytest.approx(points)


def test_a_national_image_without_goods_wants_nobody_until_it_shows_some(edition):
    benin = make.make_exhibitor(edition, "Benin", "BJ")
    Exhibitor.objects.filter(pk=benin.pk).update(scope="country")
    make.make_visitor(edition, "Ann", make.make_unit(edition, "Buyer", size=5))
    assert not queries.load_market(edition).problem.exhibitor_wants.any()
    show_product(benin, "1", "Cashew nuts")
    assert queries.load_market(edition).problem.exhibitor_wants.any()


def test_needs_of_earlier_editions_still_count_half(edition):
    from emporion.domain.editions.models import Edition

    make.make_hs("080132")
    now = make.make_unit(edition, "Buyer")
    before = make.make_show(5)
    past = type(now).objects.create(edition=before, organisation=now.organisation, registered=make.NOON)
    PurchaseNeed.objects.create(unit=past, number="1", text="nuts", hs_id="080132")
    nuss = make.make_exhibitor(edition, "Nuss", "CN")
    show_product(nuss, "1", "Nuts", hs="080132")
    make.make_visitor(edition, "Ann", now)
    problem = queries.load_market(Edition.objects.get(number=6)).problem
    assert float(problem.visitor_wants[0] @ problem.exhibitor_offers[0]) == pytest.approx((1.6 + 0.6) / 2)


def test_the_whole_market_is_scored_as_its_parts_are(edition, fair):
    encode_texts(edition, at=make.NOON)
    whole = text_points(edition, fair["ann"])
    part = text_points(edition, fair["ann"], visitors=[fair["ann"].pk])
    assert whole == pytest.approx(part, abs=2e-3)


def test_main_directions_keep_all_that_rows_of_few_directions_say():
    rng = np.random.default_rng(0)
    rows = (rng.standard_normal((50, 5)) @ rng.standard_normal((5, 32))).astype(np.float32)
    basis = main_directions(rows, 8)
    assert basis.shape == (32, 5)
    np.testing.assert_allclose((rows @ basis) @ (rows @ basis).T, rows @ rows.T, rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize(
    ("name", "about", "expected"),
    [
        ("Plate heat exchanger PX-200", "", "Plate heat exchanger"),
        ("求购腰果，年采购300吨", "", "腰果"),
        ("求购去骨牛肉,年度采购", "", "去骨牛肉"),
        ("We are looking for 3-axis milling machines, 20 sets", "", "milling machines"),
        ("importers of nuts", "", "importers of nuts"),
        ("Aurora", "A lamp for reading", "Aurora A lamp for reading"),
        ("茶", "福建乌龙茶", "茶 福建乌龙茶"),
        ("乌龙茶叶", "福建", "乌龙茶叶"),
        ("X-200", "", ""),
        ("  ", "", ""),
    ],
)
def test_what_a_text_says_leaves_model_numbers_out(name, about, expected):
    assert meaning(name, about) == expected
