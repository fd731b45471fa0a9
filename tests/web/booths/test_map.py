"""What the map of the fair is made of, and who learns what from it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions.feedback import mark
from emporion.domain.matching.models import Mark
from tests import make
from tests.fair import make_buyer, signed_in
from tests.web.conftest import exhibitor_named

pytestmark = pytest.mark.django_db


def asked(path: str, client: Client | None = None, **query: str) -> Any:
    return (client or Client()).get(f"/expo/map/{path}", query).json()


def test_every_stand_is_there_once_with_who_shows_on_it(fair: Edition) -> None:
    data = asked("data.json")
    [hall] = data["halls"]
    assert (hall["code"], hall["width"], hall["depth"]) == ("4.1", 120, 120)
    rows = data["exhibitors"]
    shown = [(stand[0], stand[1], stand[6], [rows[row][1:] for row in stand[9]]) for stand in hall["stands"]]
    assert shown == [
        ("4.1-A000", 0, 0, [["Aurora Valves", "Aurora Valves公司", "DE", 0]]),
        # Special-built and free; of a least developed country, with a debut.
        ("4.1-A001", 10, 3, [["Benin Butter", "Benin Butter公司", "BJ", 3]]),
        ("4.1-A002", 20, 1, [["Cacao Fino", "Cacao Fino公司", "EC", 0]]),
    ]
    assert data["countries"]["BJ"] == "Benin"


def test_in_chinese_names_and_countries_are_chinese(fair: Edition) -> None:
    data = Client().get("/zh-hans/expo/map/data.json").json()
    assert [row[1:3] for row in data["exhibitors"]][1] == ["Benin Butter公司", "Benin Butter"]
    assert data["countries"]["BJ"] == "贝宁"


def test_words_find_the_exhibitors_of_products(fair: Edition) -> None:
    butter = exhibitor_named("Benin Butter").number
    assert asked("find.json", q="shea") == {
        "exhibitors": [],
        "products": [{"exhibitor": butter, "name": "Shea butter"}],
    }
    assert asked("find.json", q="benin")["exhibitors"] == [butter]
    assert asked("find.json", q=" ") == {"exhibitors": [], "products": []}


def test_a_visitor_has_favourites_on_the_map_and_a_stranger_nothing(fair: Edition) -> None:
    visitor = make_buyer(fair)[0]
    cocoa = exhibitor_named("Cacao Fino")
    mark(visitor, cocoa, Mark.Kind.FAVOURITE, by_exhibitor=False, context=ActionContext(make.NOON))
    assert visitor.user is not None
    assert asked("mine.json", signed_in(visitor.user))["favourites"] == [cocoa.number]
    assert asked("mine.json") == {}


def test_the_browser_keeps_the_page_and_what_it_draws(fair: Edition) -> None:
    script = Client().get("/expo/map/offline.js")
    assert script["Content-Type"] == "text/javascript"
    kept = script.content.decode()
    for address in ("/expo/map/", "/expo/map/data.json", "/static/emporion/map/draw.js"):
        assert f'"{address}"' in kept
