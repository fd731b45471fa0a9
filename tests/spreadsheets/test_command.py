"""``emporion import`` as it is typed, and a whole fair out of Chinese lists."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from emporion.domain.admission.models import Badge
from emporion.domain.deals.models import Deal, Investment
from emporion.domain.exhibitors.actions import contracts
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import EarlierParticipation
from emporion.domain.programme.models import Session
from emporion.domain.visitors.models import Visitor
from tests.make import make_edition, make_rate
from tests.spreadsheets.world import AT, VISITORS, problems_of, take, write_csv

ANN, NOWHERE = ("V06-1", "Ann", "DE"), ("V06-2", "Dan", "Nowhere")


def typed(capsys, *words, **options):
    """What the command says, and how it fails."""
    try:
        call_command("import", *words, **options)
        failure = ""
    except CommandError as error:
        failure = str(error)
    return capsys.readouterr().out, failure


@pytest.mark.usefixtures("fair")
def test_a_good_list_is_reported_in_one_line(tmp_path, capsys):
    path = write_csv(tmp_path / "v.csv", VISITORS, ANN)
    out, failure = typed(capsys, "visitors", str(path))
    assert failure == ""
    assert out.startswith(
        "visitors: 1 rows (UTF-8, separated by commas): 1 created, 0 updated, 0 unchanged, 0 with problems; "
    )


@pytest.mark.usefixtures("fair")
def test_a_bad_list_is_reported_row_by_row_and_fails(tmp_path, capsys):
    path = write_csv(tmp_path / "v.csv", (*VISITORS, "Fax"), (*ANN, ""), (*NOWHERE, ""))
    out, failure = typed(capsys, "visitors", str(path))
    assert out.splitlines() == [
        "Note: Column D, Fax, is not known and was not read",
        "Row 3, Country: names no country: Nowhere. Write its ISO code or its English or Chinese name.",
        f"Rows with problems are in {tmp_path / 'v.rejects.csv'}: fix them there and import that file.",
    ]
    assert failure == "Nothing was written: 1 of 2 rows have problems."
    assert not Visitor.objects.exists()


@pytest.mark.usefixtures("fair")
def test_a_chinese_reader_reads_the_problems_of_rows_in_chinese(tmp_path, capsys):
    path = write_csv(
        tmp_path / "v.csv", ("登记号", "姓名", "国家"), ANN, ("V06-1", "Bea", "DE"), ("V06-2", "", "Germny")
    )
    out, _ = typed(capsys, "visitors", str(path), language="zh-hans")
    problems = [
        "姓名：为空。请填写。",
        "国家：不是国家名称：Germny。请填写其ISO代码或中英文名称；可能是指germany。",
    ]
    assert out.splitlines()[:3] == [
        "第3行，登记号：与第2行的V06-1重复。每人须有各自的登记号。",
        *(f"第4行，{problem}" for problem in problems),
    ]
    rejects = (tmp_path / "v.rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rejects[2] == f"V06-2,,Germny,{' '.join(problems)}"


@pytest.mark.usefixtures("fair")
def test_partial_and_a_place_for_rejects(tmp_path, capsys):
    path = write_csv(tmp_path / "v.csv", VISITORS, ANN, NOWHERE)
    out, failure = typed(capsys, "visitors", str(path), partial=True, rejects=str(tmp_path / "bad.csv"))
    assert failure == "" and "1 created, 0 updated, 0 unchanged, 1 with problems" in out
    assert (tmp_path / "bad.csv").exists() and Visitor.objects.get().name == "Ann"


@pytest.mark.usefixtures("fair")
def test_a_dry_run_says_that_nothing_was_written(tmp_path, capsys):
    out, _ = typed(capsys, "visitors", str(write_csv(tmp_path / "v.csv", VISITORS, ANN)), dry_run=True)
    assert out.startswith("Dry run, nothing was written. visitors: 1 rows")
    assert not Visitor.objects.exists()


@pytest.mark.usefixtures("fair")
@pytest.mark.parametrize(
    ("words", "options", "failure"),
    [
        (["visitors", "none.csv"], {}, "There is no file none.csv: check its name and folder."),
        (["visitors"], {}, "Name the list to import, or --template FILE.xlsx to write a template."),
        (["visitors", "none.csv"], {"edition": 99}, "There is no edition 99 of expo."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(capsys, words, options, failure):
    assert typed(capsys, *words, **options) == ("", failure)


@pytest.mark.usefixtures("fair")
def test_a_template_is_written(tmp_path, capsys):
    path = tmp_path / "t.xlsx"
    out, failure = typed(capsys, "halls", template=str(path))
    assert (failure, out) == ("", f"{path} written: fill in its first sheet; the second one explains the columns.\n")
    assert load_workbook(path).active["A1"].value == "Hall | 展馆"


@pytest.fixture
def exhibitors(tmp_path, fair):
    """Two exhibitors and a co-exhibitor with contracts, out of a Chinese list."""
    header = (
        "参展商名称",
        "国家",
        "展区",
        "行业",
        "展位类型",
        "申请面积(平方米)",
        "主参展商",
        "联系邮箱",
        "注册号",
    )
    rows = [
        ("Zou Cashew Cooperative", "贝宁", "food-agriculture", "行业1", "标摊", "18", "", "zou@example.org", "RB1"),
        ("Glas AG", "德国", "food-agriculture", "", "特装", "72㎡", "", "glas@example.org", ""),
        ("Borgou Shea", "BEN", "", "", "", "0", "Zou Cashew Cooperative", "", ""),
    ]
    report = take("exhibitors", write_csv(tmp_path / "e.csv", header, *rows, encoding="gb18030"))
    assert (problems_of(report), report.created) == ([], 3)
    contracts.approve_all(fair, context=ActionContext(AT))
    contracts.sign_contracts(fair, day=date(2023, 7, 1), context=ActionContext(AT))
    return fair


def test_exhibitors_arrive_with_their_co_exhibitors(exhibitors):
    application = Application.objects.get(organisation__name="Glas AG")
    assert (application.stand, application.area_m2, application.origin_id) == ("raw", 72, "DE")
    assert Exhibitor.objects.get(organisation__name="Borgou Shea").main.organisation.name == "Zou Cashew Cooperative"


def test_an_exhibitor_s_bad_row_names_its_column_in_the_file_s_words(tmp_path, fair):
    header = ("参展商名称", "国家", "展区", "展位类型", "申请面积")
    path = write_csv(tmp_path / "e.csv", header, ("Tiny", "DE", "food-agriculture", "特装", "9"))
    (problem,) = take("exhibitors", path).problems
    assert (problem.row, problem.column) == (2, "申请面积")


def test_a_whole_fair_out_of_chinese_lists(tmp_path, exhibitors):
    make_rate("USD", date(2023, 11, 6), "1.07")
    make_rate("CNY", date(2023, 11, 6), "7.8")
    make_edition(5)
    lists = {
        "visitors": [("登记号", "姓名", "国家", "单位名称", "统一社会信用代码"),
                     ("V06-1", "陈思远", "中国", "上海示例进出口有限公司", "91330100799655058B")],
        "products": [("参展商", "编号", "中文名称", "首发"), ("Zou Cashew Cooperative", "P1", "腰果", "中国首发")],
        "deals": [("编号", "参展商", "买方", "成交金额", "币种", "签约日期", "卖方确认", "买方确认"),
                  ("D1", "Zou Cashew Cooperative", "91330100799655058B", "120万", "CNY", "2023年11月8日", "是", "是")],
        "investments": [("编号", "企业名称", "起始年份", "截止年份", "投资额", "币种", "公布日期", "是否确认"),
                        ("I1", "Glas AG", "2018", "2023", "1.7亿", "EUR", "45236", "是")],
        "sessions": [("编号", "类别", "中文标题", "开始", "结束", "嘉宾"),
                     ("L1", "新品发布", "腰果首发", "2023-11-06 10:00", "2023年11月6日 10:25", "陈思远(采购经理)")],
    }  # fmt: skip
    for kind, rows in lists.items():
        report = take(kind, write_csv(tmp_path / f"{kind}.csv", *rows, encoding="gb18030"))
        assert (kind, problems_of(report), report.created) == (kind, [], 1)
        again = take(kind, tmp_path / f"{kind}.csv")
        assert (kind, again.created, again.updated, again.unchanged) == (kind, 0, 0, 1)
    deal = Deal.objects.get()
    assert (deal.amount, deal.currency_id, deal.signed, deal.origin_id) == (1_200_000, "CNY", date(2023, 11, 8), "BJ")
    assert deal.exhibitor_confirmed and deal.buyer_confirmed
    assert (Investment.objects.get().amount, Investment.objects.get().announced) == (170_000_000, date(2023, 11, 6))
    session = Session.objects.get()
    assert (session.kind, session.title_zh, session.speakers.get().position) == ("launch", "腰果首发", "采购经理")


def test_press_staff_and_service_firms_get_passes_and_are_no_visitors(tmp_path, fair, capsys):
    rows = [
        ("类型", "姓名", "单位"),
        ("媒体", "李雷", "人民日报"),
        ("主办方", "王兰", ""),
        ("搭建商", "Ben", "Booth Builders"),
    ]
    path = write_csv(tmp_path / "p.csv", *rows)
    out, failure = typed(capsys, "passes", str(path))
    assert failure == "" and "3 created" in out
    out, failure = typed(capsys, "passes", str(path))
    assert failure == "" and "3 unchanged" in out
    assert sorted(Badge.objects.values_list("kind", flat=True)) == ["contractor", "organiser", "press"]
    assert Visitor.objects.count() == 0
    bad = write_csv(tmp_path / "bad.csv", rows[0], ("观众", "Ann", ""))
    out, failure = typed(capsys, "passes", str(bad))
    assert "press, organiser, contractor" in out + failure


def test_participations_go_into_the_edition_that_is_named(tmp_path, exhibitors, capsys):
    make_edition(5)
    path = write_csv(tmp_path / "p.csv", ("企业名称", "国家", "净面积"), ("Glas AG", "DE", "54"), ("Old AG", "DE", ""))
    out, failure = typed(capsys, "participations", str(path), edition=5)
    assert failure == "" and "2 created" in out
    rows = EarlierParticipation.objects.order_by("organisation__name").values_list("organisation__name", "area_m2")
    assert list(rows) == [("Glas AG", 54), ("Old AG", None)]
