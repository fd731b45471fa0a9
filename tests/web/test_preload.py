"""A server that has preloaded is ready for its first pages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError
from django.template import engines
from django.test import Client

from emporion.domain.journal.context import ActionContext
from emporion.domain.marketaccess import files
from emporion.domain.matching.actions import run_matching
from emporion.domain.matching.models import MatchingRun, VisitorSuggestions
from emporion.domain.matching.queries import prices, suggestions_for
from emporion.web import preload as preloading
from emporion.web.market import entering
from emporion.web.preload import TEMPLATES, preload, preload_markets
from emporion.web.shell.templatetags.fair import _drawn_icon
from tests import fair, make

pytestmark = pytest.mark.django_db


def test_preloading_asks_the_database_nothing_and_leaves_no_icon_to_draw(
    django_assert_num_queries: Any,
) -> None:
    visitor, user = fair.make_buyer(fair.open_fair())
    seller, _user = fair.make_seller(visitor.edition)
    fair.suggest(visitor, seller)
    fair.make_request(visitor, seller)
    _drawn_icon.cache_clear()
    with django_assert_num_queries(0):
        preload()
    drawn = _drawn_icon.cache_info().misses
    client: Client = fair.signed_in(user)
    for path in (
        "/expo/my/visit/",
        "/expo/my/visit/suggestions/",
        "/expo/my/visit/marks/",
        f"/expo/exhibitors/{seller.number}/",
        "/expo/halls/",
    ):
        assert client.get(path).status_code == 200
    assert _drawn_icon.cache_info().misses == drawn > 30


@pytest.mark.django_db(transaction=True)
def test_the_first_newcomer_finds_the_exhibitors_read(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor, _user = fair.make_buyer(fair.open_fair())
    seller, _user = fair.make_seller(visitor.edition)
    run_matching(visitor.edition, context=ActionContext(datetime(2023, 10, 1, tzinfo=UTC)))
    VisitorSuggestions.objects.all().delete()
    preloading.preload_suggestions()
    monkeypatch.setattr(prices, "read_sellers", lambda *given: pytest.fail("read again"))
    assert [one.exhibitor for one in suggestions_for(visitor)] == [seller]


def test_a_site_without_suggestions_or_without_its_database_starts_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    preloading.preload_suggestions()

    def gone(*given: Any) -> None:
        raise OperationalError("the connection is lost")

    edition = fair.open_fair()
    MatchingRun.objects.create(
        edition=edition,
        finished=datetime(2023, 10, 1, tzinfo=UTC),
        seed=0,
        objective=0,
        bound=0,
        stopped="",
        current=True,
    )
    monkeypatch.setattr(preloading, "priced_exhibitors", gone)
    monkeypatch.setattr(preloading.connection, "close", lambda: None)
    preloading.preload_suggestions()


def test_every_template_is_compiled() -> None:
    preload()
    [loader] = engines["django"].engine.template_loaders  # type: ignore[attr-defined]
    files = {file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*.html")}
    assert files <= set(loader.get_template_cache)


def test_the_first_question_about_a_tariff_reads_no_schedule() -> None:
    fair.open_fair()
    make.make_country("JP")
    preload_markets()
    read = files.shipped.cache_info().misses, files.shipped_lines.cache_info().misses
    for asked in ("q=84195000&origin=JP&to=CN&on=2026-11-05", "q=84&origin=JP&to=US&on=2025-11-05"):
        assert Client().get(f"/expo/market/?{asked}").status_code == 200
    assert (files.shipped.cache_info().misses, files.shipped_lines.cache_info().misses) == read
    assert read >= (3, 3)


def test_the_finder_is_loaded_once_with_its_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    entering._loaded.cache_clear()
    preload_markets()
    monkeypatch.setattr(entering.classification, "finder", lambda: pytest.fail("loaded again"))
    with ThreadPoolExecutor(2) as people:
        first, second = people.map(lambda _person: entering.finder(), range(2))
    assert first is second
    assert first.encoder is None or "_model" in vars(first.encoder)
