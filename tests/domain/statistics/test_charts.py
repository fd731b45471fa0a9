"""Charts say what their tables say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emporion.domain.statistics import charts
from emporion.domain.statistics.figures import FIGURES, Result
from emporion.domain.statistics.queries import Figure, Point

POINTS = [
    Point(4, 2021, None, "", "", computed=False, current=False),
    Point(5, 2022, Decimal(145), "", "the gazette", computed=False, current=False),
    Point(6, 2023, Decimal(154), "", "", computed=True, current=True),
]


def part(key, code, value, name_en, name_zh):
    return Figure(FIGURES[key], 6, Result(f"all; x={code}", code, value, 1), None, name_en, name_zh)


def data_of(chart):
    (values,) = chart.spec["datasets"].values()
    return values


def test_editions_are_bars_of_one_hue_with_the_current_one_full():
    chart = charts.editions(POINTS, "participants", "all", palette=charts.PAPER)
    values = data_of(chart)

    assert [(row["label"], row["strength"]) for row in values] == [("–", 0.45), ("145", 0.45), ("154", 1.0)]
    assert chart.rows == [
        ("4 · 2021", "–", "nothing published of this scope"),
        ("5 · 2022", "145", "published, the gazette"),
        ("6 · 2023", "154", "these records"),
    ]
    drawn = charts.svg(chart.spec)
    assert drawn.startswith("<svg") and "participants; all exhibitions together" in drawn and "#0B6E6E" in drawn


def test_the_map_has_a_tile_for_each_country_and_its_table_is_ranked():
    parts = [part("exhibitors", "BJ", 2, "Benin", "贝宁"), part("exhibitors", "DE", 120, "Germany", "德国")]
    chart = charts.origins(parts, zh=True)
    tiles = {tile["code"]: tile["strength"] for tile in data_of(chart)}

    assert len(tiles) == 243
    assert (tiles["DE"], tiles["BJ"], tiles["EC"]) == (1.0, 0.22, 0.0)
    assert chart.rows == [("德国", "120"), ("贝宁", "2")]
    assert "var(--harbour)" in charts.svg(chart.spec)


def test_no_two_countries_share_a_tile():
    places = [(x, y) for _, x, y in charts._grid()]

    assert len(set(places)) == len(places)


def test_a_sector_that_fell_goes_to_the_left_and_an_unknown_one_stays_in_the_table():
    parts = [
        part("sector_growth", "new-materials", Decimal("-4.20"), "New materials", "新材料"),
        part("sector_growth", "crop-seeds", Decimal("30.00"), "Crop seeds", "农作物种业"),
        part("sector_growth", "cosmetics", None, "Cosmetics", "化妆品"),
    ]
    chart = charts.changes(parts)

    assert chart.rows == [("New materials", "-4.2 %"), ("Crop seeds", "+30.0 %"), ("Cosmetics", "–")]
    assert [row["sector"] for row in data_of(chart)] == ["Crop seeds", "New materials"]
    assert "-4.2 %" in charts.svg(chart.spec)


def test_a_chart_of_nothing_is_drawn_all_the_same():
    assert charts.svg(charts.changes([]).spec).startswith("<svg")
    assert charts.svg(charts.origins([]).spec).startswith("<svg")


@pytest.mark.parametrize(
    ("value", "qualifier", "english", "chinese"),
    [
        (Decimal("78410000000"), "", "78.41 bn", "784.1 亿"),
        (Decimal(410_000), "about", "≈ 410,000", "≈ 410,000"),
        (Decimal(430_000), "over", "430,000+", "430,000+"),
        (Decimal(95), "under", "< 95", "< 95"),
        (None, "", "–", "–"),
    ],
)
def test_values_are_told_as_they_were_published(value, qualifier, english, chinese):
    assert charts.format_value(value, qualifier) == english
    assert charts.format_value(value, qualifier, zh=True) == chinese
