"""Charts say what their tables say, in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from emporion.domain.reason import Name
from emporion.domain.statistics.figures import FIGURES, Result
from emporion.domain.statistics.queries import Figure, Point
from emporion.web.statistics import charts, drawings

POINTS = [
    Point(4, 2021, None, "", "", computed=False, current=False),
    Point(5, 2022, Decimal(145), "", "the gazette", computed=False, current=False),
    Point(6, 2023, Decimal(154), "", "", computed=True, current=True),
]
BARS = [
    drawings.EditionBar("4 · 2021", None, "–", False),
    drawings.EditionBar("5 · 2022", 145.0, "145", False),
    drawings.EditionBar("6 · 2023", 154.0, "154", True),
]


def part(key: str, code: str, value: Any, name_en: str, name_zh: str) -> Figure:
    return Figure(FIGURES[key], 6, Result(f"all; x={code}", code, value, 1), None, Name(name_en, name_zh))


ORIGINS = [part("exhibitors", "BJ", 2, "Benin", "贝宁"), part("exhibitors", "DE", 120, "Germany", "德国")]
GROWTH = [
    part("sector_growth", "new-materials", Decimal("-4.20"), "New materials", "新材料"),
    part("sector_growth", "crop-seeds", Decimal("30.00"), "Crop seeds", "农作物种业"),
    part("sector_growth", "cosmetics", None, "Cosmetics", "化妆品"),
]


def data_of(spec: drawings.Spec) -> list[dict[str, Any]]:
    (values,) = spec["datasets"].values()
    return values  # type: ignore[no-any-return]


def test_editions_are_bars_of_one_hue_with_the_current_one_full() -> None:
    values = data_of(drawings.over_editions(BARS))

    assert [(row["label"], row["strength"]) for row in values] == [("–", 0.45), ("145", 0.45), ("154", 1.0)]
    assert [row["value"] for row in values] == [None, 145.0, 154.0]


def test_the_table_of_the_editions_says_where_each_value_is_from() -> None:
    chart = charts.editions_chart(FIGURES["participants"], "all", POINTS)

    assert chart.headings == ("Edition", "Value (participants)", "Source")
    assert chart.rows == [
        ("4 · 2021", "–", "not published in this scope"),
        ("5 · 2022", "145", "published: the gazette"),
        ("6 · 2023", "154", "records of this platform"),
    ]
    assert chart.svg.startswith('<svg class="drawing"') and "154" in chart.svg


def test_a_reader_of_chinese_reads_title_caption_headings_and_sources_in_chinese() -> None:
    with override("zh-hans"):
        chart = charts.editions_chart(FIGURES["participants"], "all", POINTS)

    assert (chart.title, chart.caption) == ("国家、地区和国际组织", "个国家、地区和国际组织 · 全部展览")
    assert chart.headings == ("届次", "数值（个国家、地区和国际组织）", "来源")
    assert [row[2] for row in chart.rows] == ["未公布此口径", "公布：the gazette", "本平台记录"]


def test_the_map_has_a_tile_for_each_country_and_its_table_is_ranked() -> None:
    tiles = {tile["code"]: tile["strength"] for tile in data_of(drawings.world({"BJ": 2, "DE": 120}))}
    chart = charts.origins_chart(ORIGINS)

    assert len(tiles) == 244
    assert (tiles["DE"], tiles["BJ"], tiles["EC"]) == (1.0, 0.22, 0.0)
    assert chart.caption == "from light to full: 1–4 · 5–19 · 20–49 · 50–99 · 100+ exhibitors"
    assert chart.rows == [("Germany", "120"), ("Benin", "2")]
    assert "var(--harbour)" in chart.svg


def test_the_table_of_the_map_names_countries_as_the_reader_does() -> None:
    with override("zh-hans"):
        chart = charts.origins_chart(ORIGINS)

    assert (chart.headings, chart.rows) == (("国家或地区", "参展商"), [("德国", "120"), ("贝宁", "2")])


def test_no_two_countries_share_a_tile() -> None:
    places = [(x, y) for _, x, y in drawings.grid()]

    assert len(set(places)) == len(places)


def test_a_sector_that_fell_goes_to_the_left_and_an_unknown_one_stays_in_the_table() -> None:
    chart = charts.changes_chart(GROWTH)

    assert chart.rows == [("New materials", "-4.2 %"), ("Crop seeds", "+30.0 %"), ("Cosmetics", "–")]
    assert "-4.2 %" in chart.svg and "Cosmetics" not in chart.svg


def test_the_strongest_growth_stands_first() -> None:
    bars = [drawings.Bar("New materials", -4.2, "-4.2 %"), drawings.Bar("Crop seeds", 30.0, "+30.0 %")]

    assert [row["sector"] for row in data_of(drawings.changes(bars))] == ["Crop seeds", "New materials"]


def test_a_chart_of_nothing_is_drawn_all_the_same() -> None:
    assert charts.changes_chart([]).svg.startswith("<svg")
    assert charts.origins_chart([]).svg.startswith("<svg")


@pytest.mark.parametrize(
    ("value", "qualifier", "english", "chinese"),
    [
        (Decimal("78410000000"), "", "78.41 bn", "784.1亿"),
        (Decimal(410_000), "about", "≈ 410,000", "≈ 410,000"),
        (Decimal(430_000), "over", "430,000+", "430,000+"),
        (Decimal(95), "under", "< 95", "< 95"),
        (None, "", "–", "–"),
    ],
)
def test_values_are_labelled_as_they_were_published(
    value: Decimal | None, qualifier: str, english: str, chinese: str
) -> None:
    point = Point(5, 2022, value, qualifier, "", computed=False, current=False)

    assert charts.labelled(point) == english
    with override("zh-hans"):
        assert charts.labelled(point) == chinese
