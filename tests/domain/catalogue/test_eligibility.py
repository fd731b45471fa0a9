"""Products are narrowed by what the host's tariff says of them; what is kept follows catalogue, tariff and day."""

from __future__ import annotations

import lzma
from datetime import UTC, date, datetime

import pytest

from emporion.domain.catalogue import queries
from emporion.domain.catalogue.actions.eligibility import store_eligibility
from emporion.domain.catalogue.actions.products import ProductFacts, add_product
from emporion.domain.catalogue.models import MarketEligibility, Product
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.marketaccess.models import LoadedSchedule
from emporion.domain.marketaccess.rules.refusals import NoSchedule
from emporion.domain.reference.models import HSCode
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, tzinfo=UTC)
# Lines of China's tariff of 2026: 071320 is free for Japan under the RCEP, 040900 is not; both are free for Benin.
PEAS, HONEY, NOT_IN_THE_EXCERPT = "071320", "040900", "930690"


@pytest.fixture
def edition() -> Edition:
    return make.make_edition(9, current=True)


def show(edition: Edition, hs: str, country: str) -> Product:
    """A product of a country under a code."""
    for length in (2, 4, 6):
        titles = {"level": length, "parent_id": hs[: length - 2] or None, "title_en": hs[:length], "section": "I"}
        HSCode.objects.get_or_create(code=hs[:length], defaults=titles)
    own = edition.exhibitors.filter(origin=country).first()
    exhibitor = own or make.make_exhibitor(edition, f"Goods of {country}", country)
    facts = ProductFacts(number=f"{hs}-{Product.objects.count()}", name_en=f"{hs} of {country}", hs=hs)
    return add_product(exhibitor, facts, context=ActionContext(NOW))


def found(edition: Edition, market: str) -> list[str]:
    return [product.name_en for product in queries.search(edition, market=market).products]


def test_each_filter_leaves_its_own(edition: Edition) -> None:
    for hs in (PEAS, HONEY, NOT_IN_THE_EXCERPT):
        for country in ("JP", "BJ", "DE"):
            show(edition, hs, country)
    assert store_eligibility(edition) == date(2026, 11, 5)
    assert found(edition, "rcep") == ["071320 of JP"]
    assert found(edition, "least-developed") == ["071320 of BJ", "040900 of BJ"]
    assert len(found(edition, "answered")) == 6
    assert found(edition, "anything else") == []
    assert queries.market_facet(edition) == {"rcep": 1, "least_developed": 2, "answered": 6}
    assert queries.market_facet(edition, "", queries.Filters(country="JP", market="rcep"))["answered"] == 2


def test_what_is_stored_agrees_with_the_answer_of_every_pair(edition: Edition) -> None:
    show(edition, NOT_IN_THE_EXCERPT, "JP")
    show(edition, PEAS, "JP")
    store_eligibility(edition)
    answers = MarketEligibility.objects.values_list("hs_id", "answered", "free_under_rcep", "free_from_least_developed")
    assert set(answers) == {(NOT_IN_THE_EXCERPT, False, None, False), (PEAS, True, True, False)}


def test_a_product_that_comes_later_is_reckoned_and_the_rest_is_not_again(edition: Edition) -> None:
    show(edition, PEAS, "JP")
    store_eligibility(edition)
    first = MarketEligibility.objects.get()
    show(edition, PEAS, "BJ")
    store_eligibility(edition)
    assert MarketEligibility.objects.count() == 2
    assert MarketEligibility.objects.filter(pk=first.pk).exists()


def test_an_edition_of_another_day_is_answered_for_the_nearest_day_at_hand(edition: Edition) -> None:
    show(edition, PEAS, "JP")
    store_eligibility(edition)
    edition.first_day, edition.last_day = date(2023, 11, 5), date(2023, 11, 10)
    edition.save()
    assert store_eligibility(edition) == date(2026, 1, 1)
    assert MarketEligibility.objects.get().version.endswith("2026-01-01")


def test_a_newer_tariff_takes_the_place_of_what_was_loaded(edition: Edition) -> None:
    show(edition, PEAS, "JP")
    store_eligibility(edition)
    assert found(edition, "rcep") == ["071320 of JP"]
    LoadedSchedule.objects.create(
        importer_id="CN", title="Tariff of June", as_of=date(2026, 6, 1), starts=date(2026, 6, 1),
        ends=date(2027, 1, 1), currency="CNY", complete=True, source="gazette", shape="plain", sha256="0", lines=1,
        content=lzma.compress(b"code,description,unit,starts,ends,note,mfn,JPR\n07132000,peas,kg,,,,5,3\n"),
        loaded_at=NOW,
    )  # fmt: skip
    store_eligibility(edition)
    assert found(edition, "rcep") == []
    assert found(edition, "answered") == ["071320 of JP"]


def test_nothing_is_reported_of_a_product_without_code_or_origin(edition: Edition) -> None:
    make.make_product(make.make_exhibitor(edition, "Aurora", "JP"), "Lamp")
    store_eligibility(edition)
    assert MarketEligibility.objects.count() == 0


def test_a_host_without_a_tariff_is_refused(edition: Edition) -> None:
    elsewhere = make.make_edition(1, fair=make.make_fair("thimphu", host="BT"))
    with pytest.raises(NoSchedule):
        store_eligibility(elsewhere)


def test_keeping_and_narrowing_take_as_many_queries_for_many_as_for_few(
    edition: Edition, django_assert_num_queries: object
) -> None:
    show(edition, PEAS, "JP")
    store_eligibility(edition)
    for country in ("BJ", "DE", "EC"):
        show(edition, HONEY, country)
    with django_assert_num_queries(12):  # type: ignore[operator]
        store_eligibility(edition)
    with django_assert_num_queries(6):  # type: ignore[operator]
        store_eligibility(edition)
    with django_assert_num_queries(2):  # type: ignore[operator]
        queries.search(edition, market="answered")
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.market_facet(edition)
