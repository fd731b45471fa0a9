"""The way as a page and as the map asks for it."""

from __future__ import annotations

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from tests.web.conftest import exhibitor_named

pytestmark = pytest.mark.django_db


def test_a_way_is_told_in_words_and_drawn(fair: Edition) -> None:
    page = Client().get("/expo/map/way/", {"from": "4.1-A000", "to": "4.1-A002"}).content.decode()
    # Round the stand of three metres that lies between them: 2 × √(6.2² + 1.8²) + 3.6 m.
    assert "From 4.1-A000, go 16 m to the east of the plan." in page
    assert "17 m · 1 minute" in " ".join(page.split())
    assert page.count('class="way"') == 1


def test_the_map_is_given_points_in_metres(fair: Edition) -> None:
    found = Client().get("/expo/map/way.json", {"from": "4.1-A000", "to": ["4.1-A002", "4.1-A001"], "order": "good"})
    ways = found.json()["ways"]
    assert [(way["from"], way["to"]) for way in ways] == [("4.1-A000", "4.1-A001"), ("4.1-A001", "4.1-A002")]
    assert ways[0]["legs"] == [{"hall": "4.1", "points": [[3.5, 1.5], [9.5, 1.5]]}]


def test_an_unknown_place_is_told_where_it_was_typed_and_nothing_typed_is_lost(fair: Edition) -> None:
    asked = {"from": "4.1-A000", "to": "5.1-Z9", "step_free": "1"}
    page = Client().get("/expo/map/way/", asked)
    text = page.content.decode()
    assert page.status_code == 422
    assert "There is no stand or entrance 5.1-Z9 in this edition." in text
    assert 'value="5.1-Z9"' in text
    assert "checked" in text
    assert Client().get("/expo/map/way.json", asked).json()["error"].startswith("There is no stand or entrance")


def test_nothing_asked_is_an_empty_form_and_in_chinese_the_words_are_chinese(fair: Edition) -> None:
    assert Client().get("/expo/map/way/").status_code == 200
    asked = {"from": "4.1-A000", "to": "4.1-A002"}
    steps = Client().get("/zh-hans/expo/map/way.json", asked).json()["ways"][0]["steps"]
    assert steps == ["从 4.1-A000 出发，朝平面图东侧走 16 米。", "您已到达 4.1-A002。"]


def test_an_exhibitors_page_leads_to_the_map(fair: Edition) -> None:
    stand = exhibitor_named("Benin Butter").occupancy.stand
    page = Client().get(f"/expo/halls/4.1/{stand.number}/").content.decode()
    assert "/expo/map/#4.1-A001" in page
