"""A server that is warm has loaded what its first pages need."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.template import engines
from django.test import Client

from emporion.domain.marketaccess import files
from emporion.web.market import entering
from emporion.web.templatetags.fair import _drawn_icon
from emporion.web.warm import TEMPLATES, warm, warm_behind
from tests import make
from tests.web import fair

pytestmark = pytest.mark.django_db


def test_warming_asks_the_database_nothing_and_leaves_no_icon_to_draw(
    django_assert_num_queries: Any,
) -> None:
    visitor, user = fair.make_buyer(fair.open_fair())
    seller, _user = fair.make_seller(visitor.edition)
    fair.suggest(visitor, seller)
    fair.ask(visitor, seller)
    _drawn_icon.cache_clear()
    with django_assert_num_queries(0):
        warm()
    drawn = _drawn_icon.cache_info().misses
    client: Client = fair.signed_in(user)
    for path in (
        "/my/visit/",
        "/my/visit/suggestions/",
        "/my/visit/marks/",
        f"/exhibitors/{seller.number}/",
        "/halls/",
    ):
        assert client.get(path).status_code == 200
    assert _drawn_icon.cache_info().misses == drawn > 30


def test_every_template_is_compiled() -> None:
    warm()
    [loader] = engines["django"].engine.template_loaders  # type: ignore[attr-defined]
    files = {file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*.html")}
    assert files <= set(loader.get_template_cache)


def test_the_first_question_about_a_tariff_reads_no_schedule() -> None:
    fair.open_fair()
    make.make_country("JP")
    warm_behind().join()
    read = files.shipped.cache_info().misses, files.shipped_lines.cache_info().misses
    for asked in ("q=84195000&origin=JP&to=CN&on=2026-11-05", "q=84&origin=JP&to=US&on=2025-11-05"):
        assert Client().get(f"/market/?{asked}").status_code == 200
    assert (files.shipped.cache_info().misses, files.shipped_lines.cache_info().misses) == read
    assert read >= (3, 3)


def test_the_finder_is_loaded_behind_and_once_for_who_asks_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    entering._loaded.cache_clear()
    loads: list[int] = []
    shipped = entering.shipped

    def slow() -> Any:
        loads.append(1)
        time.sleep(0.2)
        return shipped()

    monkeypatch.setattr(entering, "shipped", slow)
    behind = warm_behind()
    found = entering.finder()
    behind.join()
    assert found is entering.finder()
    assert len(loads) == 1
    assert found.encoder is None or "_model" in vars(found.encoder)
