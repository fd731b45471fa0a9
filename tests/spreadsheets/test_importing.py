"""From a file into the edition: all or nothing, part of it, what is wrong and the file of rejects."""

from __future__ import annotations

import csv

import pytest
from openpyxl import load_workbook

from emporion.domain.editions.models import Edition
from emporion.domain.journal.models import JournalEntry
from emporion.domain.organisations.models import Organisation
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.models import VisitingUnit, Visitor
from emporion.spreadsheets import importing, reading
from tests.make import make_exhibitor
from tests.spreadsheets.world import AT, VISITORS, problems_of, take, texts, write_csv, write_xlsx

pytestmark = pytest.mark.usefixtures("fair")
ANN, BOB, CEM = ("V06-1", "Ann", "DE"), ("V06-2", "Bob", "Benin"), ("V06-3", "Cem", "厄瓜多尔")
NOWHERE = ("V06-4", "Dan", "Nowhere")


def names():
    return list(Visitor.objects.order_by("number").values_list("name", flat=True))


def counts(report):
    return report.rows, report.created, report.updated, report.unchanged, report.written


def read_back(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_good_list_is_written_and_again_changes_nothing(tmp_path):
    path = write_csv(tmp_path / "v.csv", VISITORS, ANN, BOB, CEM)
    assert counts(take("visitors", path)) == (3, 3, 0, 0, True)
    assert counts(take("visitors", path)) == (3, 0, 0, 3, True)
    assert names() == ["Ann", "Bob", "Cem"]


def test_a_name_in_latin_letters_is_stored_until_the_name_changes(tmp_path):
    head = (*VISITORS, "Name in Latin letters")
    report = take("visitors", write_csv(tmp_path / "v.csv", head, ("V06-1", "王兰", "CN", "王兰")))
    wrong, fix = "has Chinese characters: 王兰", "Write the name in Latin letters, as in the passport"
    assert problems_of(report) == [(2, "Name in Latin letters", wrong, fix)]
    latin = []
    for row in (("王兰", "Lan Wang"), ("王兰", ""), ("王小兰", ""), ("王小兰", "Xiaolan Wang")):
        take("visitors", write_csv(tmp_path / "v.csv", head, ("V06-1", row[0], "CN", row[1])))
        latin.append(Visitor.objects.get().name_latin)
    assert latin == ["Lan Wang", "Lan Wang", "", "Xiaolan Wang"]


def test_a_changed_row_updates_and_a_new_one_is_added(tmp_path):
    take("visitors", write_csv(tmp_path / "v.csv", VISITORS, ANN, BOB))
    again = write_csv(tmp_path / "v.csv", VISITORS, ("V06-1", "Anna", "DE"), BOB, CEM)
    assert counts(take("visitors", again)) == (3, 1, 1, 1, True)
    assert names() == ["Anna", "Bob", "Cem"]


def test_one_bad_row_keeps_all_out(tmp_path):
    report = take("visitors", write_csv(tmp_path / "v.csv", VISITORS, ANN, NOWHERE, BOB))
    assert counts(report) == (3, 2, 0, 0, False)
    assert problems_of(report) == [
        (3, "Country", "names no country: Nowhere", "Write its ISO code or its English or Chinese name")
    ]
    assert names() == [] and not JournalEntry.objects.exists()


def test_a_problem_names_the_column_as_the_file_does(tmp_path):
    report = take("visitors", write_csv(tmp_path / "v.csv", ("登记号", "姓名", "国别"), NOWHERE))
    assert problems_of(report)[0][1] == "国别"


def test_partial_takes_the_good_rows(tmp_path):
    report = take("visitors", write_csv(tmp_path / "v.csv", VISITORS, ANN, NOWHERE, BOB), partial=True)
    assert (counts(report), report.bad_rows) == ((3, 2, 0, 0, True), 1)
    assert names() == ["Ann", "Bob"]


def test_a_dry_run_tells_everything_and_writes_nothing(tmp_path):
    report = take("visitors", write_csv(tmp_path / "v.csv", VISITORS, ANN, BOB), dry_run=True)
    assert counts(report) == (2, 2, 0, 0, False)
    assert names() == [] and Organisation.objects.count() == 0


def test_rejects_hold_the_rows_as_they_were_and_come_in_when_mended(tmp_path):
    path = write_csv(tmp_path / "v.csv", (*VISITORS, "Fax"), (*ANN, "1"), (*NOWHERE, "2"), ("", "Eve", "DE", "3"))
    rejects = take("visitors", path, partial=True).rejects_path
    assert rejects == tmp_path / "v.rejects.csv"
    rows = read_back(rejects)
    assert rows == [
        ["Registration number", "Name", "Country", "Fax", "What is wrong | 问题"],
        ["V06-4", "Dan", "Nowhere", "2",
         "Country: names no country: Nowhere. Write its ISO code or its English or Chinese name."],
        ["", "Eve", "DE", "3", "Registration number: is empty. Fill it in."],
    ]  # fmt: skip
    rows[1][2], rows[2][0] = "Bhutan", "V06-5"
    report = take("visitors", write_csv(rejects, *map(tuple, rows)))
    assert counts(report) == (2, 2, 0, 0, True)
    assert texts(report.notices) == ["Column D, Fax, is not known and was not read"]
    assert names() == ["Ann", "Dan", "Eve"]


def test_rejects_of_rejects_have_one_column_of_problems(tmp_path):
    first = take("visitors", write_csv(tmp_path / "v.csv", VISITORS, NOWHERE)).rejects_path
    second = take("visitors", first).rejects_path
    assert second.name == "v.rejects.rejects.csv"
    assert read_back(second)[0] == ["Registration number", "Name", "Country", "What is wrong | 问题"]


def test_rejects_of_a_workbook_are_a_workbook_whose_cells_are_text(tmp_path):
    path = write_xlsx(tmp_path / "v.xlsx", VISITORS, ("007", "Dan", "Nowhere"))
    rejects = take("visitors", path).rejects_path
    sheet = load_workbook(rejects).active
    assert [cell.value for cell in sheet[2]][:3] == ["007", "Dan", "Nowhere"]
    assert {cell.number_format for cell in sheet[2]} == {"@"}


def test_rejects_go_where_they_are_asked_and_in_that_form(tmp_path):
    path = write_csv(tmp_path / "v.csv", VISITORS, NOWHERE)
    assert take("visitors", path, rejects=tmp_path / "bad.xlsx").rejects_path == tmp_path / "bad.xlsx"
    with pytest.raises(Refusal) as caught:
        take("visitors", path, rejects=tmp_path / "bad.pdf")
    assert caught.value.sentence == "bad.pdf should end in .xlsx or .csv, so that it is clear what to write."


def test_rejects_never_go_over_the_list_itself(tmp_path):
    path = write_csv(tmp_path / "v.csv", VISITORS, ANN, NOWHERE)
    with pytest.raises(Refusal) as caught:
        take("visitors", path, partial=True, rejects=tmp_path / "x" / ".." / "v.csv")
    assert caught.value.sentence == (
        "The rows with problems cannot go into v.csv, from which the list is read: name another file."
    )
    assert names() == []


def test_a_folder_that_takes_no_rejects_is_reported(tmp_path):
    path = write_csv(tmp_path / "v.csv", VISITORS, ANN, NOWHERE)
    report = take("visitors", path, partial=True, rejects=tmp_path / "none" / "bad.csv")
    where = tmp_path / "none" / "bad.csv"
    assert (report.written, report.rejects_path) == (True, None)
    assert texts(report.notices) == [
        f"The rows with problems could not be written to {where} (No such file or directory): "
        "name another place for them"
    ]


def test_a_file_that_breaks_off_in_the_middle_leaves_nothing(tmp_path):
    path = write_csv(tmp_path / "v.csv", VISITORS, *[(f"V{number}", "Ann", "DE") for number in range(20_000)])
    path.write_bytes(path.read_bytes() + b'V06-9,"Bob,DE\r\n')
    with pytest.raises(Refusal) as caught:
        take("visitors", path, partial=True)
    assert caught.value.sentence.startswith("v.csv cannot be split into cells after row 20001: a quotation mark")
    assert names() == [] and not JournalEntry.objects.exists()


def test_no_rows(tmp_path):
    with pytest.raises(Refusal) as caught:
        take("visitors", write_csv(tmp_path / "v.csv", VISITORS, ("", " ", "")))
    assert caught.value.sentence == "v.csv has its row of column names but no rows below it: nothing to import."
    assert not JournalEntry.objects.exists()


def test_a_list_that_is_all_wrong_is_read_only_so_far(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "BATCH", 2)
    monkeypatch.setattr(reading, "MAX_BAD_ROWS", 3)
    monkeypatch.setattr(importing, "MAX_BAD_ROWS", 3)
    rows = [(f"V06-{number}", "Dan", "Nowhere") for number in range(9)]
    report = take("visitors", write_csv(tmp_path / "v.csv", VISITORS, *rows, ANN), partial=True)
    assert (report.rows, report.written) == (4, False)
    assert texts(report.notices) == ["Reading stopped after 3 rows with problems: check that it is the right list"]


def test_progress_hears_the_rows_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "BATCH", 2)
    counts = []
    take("visitors", write_csv(tmp_path / "v.csv", VISITORS, ANN, BOB, CEM), progress=counts.append)
    assert counts == [2, 3]


def test_rows_are_counted_as_excel_counts_them(tmp_path):
    path = write_csv(tmp_path / "v.csv", VISITORS, ANN, ("", "", ""), NOWHERE)
    assert problems_of(take("visitors", path))[0][0] == 4


def test_an_import_writes_one_entry_in_the_journal(tmp_path):
    take("visitors", write_csv(tmp_path / "v.csv", VISITORS, ANN, BOB))
    (entry,) = JournalEntry.objects.all()
    assert (entry.event, entry.edition, entry.at) == ("visitors.imported", Edition.objects.get(number=6).pk, AT)
    assert entry.data == {"created": 2, "updated": 0, "unchanged": 0}


def test_every_column_of_a_visitor_arrives(tmp_path):
    header = ("登记号", "姓名", "国家", "邮箱", "手机号", "职务", "单位名称", "统一社会信用代码", "单位性质",
              "交易团路径", "行业", "HS品目", "采购规模", "登记日期")  # fmt: skip
    row = ("V06-1", "陈思远", "中国", "chen@example.cn", "13900000000", "采购经理", "上海示例进出口有限公司",
           "91310000000000001Y", "国有", "07.031", "行业1;crop seeds", "805;1207", "1000万至1亿美元",
           "2023年9月1日")  # fmt: skip
    take("visitors", write_csv(tmp_path / "v.csv", header, row, encoding="gb18030"))
    visitor = Visitor.objects.select_related("unit__organisation", "unit__delegation").get()
    unit = visitor.unit
    assert (visitor.country_id, visitor.email, visitor.phone) == ("CN", "chen@example.cn", "13900000000")
    assert (visitor.sectors, visitor.hs_headings, visitor.state) == ([1, 12], ["0805", "1207"], "registered")
    assert visitor.registered.isoformat() == "2023-08-31T16:00:00+00:00"
    assert (unit.organisation.registered_number, unit.organisation.ownership) == ("91310000000000001Y", "state")
    assert (unit.delegation.path, unit.purchasing_size, unit.state) == ("07.031", 3, "registered")


def test_an_empty_cell_leaves_what_is_recorded(tmp_path):
    header = (*VISITORS, "E-mail", "Organisation", "Sectors", "Purchasing size")
    take("visitors", write_csv(tmp_path / "v.csv", header, (*ANN, "ann@example.org", "Ann's Works", "1", "4")))
    assert counts(take("visitors", write_csv(tmp_path / "v.csv", VISITORS, ANN))) == (1, 0, 0, 1, True)
    visitor = Visitor.objects.select_related("unit__organisation").get()
    assert (visitor.email, visitor.sectors, visitor.unit.purchasing_size) == ("ann@example.org", [1], 4)


def test_halls_arrive_with_their_floors_and_again_unchanged(tmp_path, fair):
    header = ("展馆", "宽度", "进深", "毛面积", "室内", "展区", "障碍物", "出口")
    row = ("1.1", "90", "36", "28,230 平方米", "是", "food-agriculture", "30,18,1,1;60,18,1,1", "0,18;89,18")
    path = write_csv(tmp_path / "h.csv", header, row)
    assert counts(take("halls", path)) == (1, 1, 0, 0, True)
    assert counts(take("halls", path)) == (1, 0, 0, 1, True)
    (hall,) = fair.halls.all()
    assert (hall.width_modules, hall.depth_modules, hall.gross_area_m2, hall.indoor) == (90, 36, 28230, True)
    assert (hall.obstacles, hall.exits) == ([[30, 18, 1, 1], [60, 18, 1, 1]], [[0, 18], [89, 18]])
    assert [area.code for area in hall.areas.all()] == ["food-agriculture"]


def test_a_hall_s_obstacles_stay_on_its_floor_and_exits_at_its_walls(tmp_path):
    header = ("Hall", "Width", "Depth", "Obstacles", "Exits")
    rows = [("1.1", "90", "36", "89,0,2,1", ""), ("2.1", "90", "36", "", "5,5"), ("2.1", "9", "9", "1,2", "")]
    assert problems_of(take("halls", write_csv(tmp_path / "h.csv", header, *rows))) == [
        (2, "Obstacles", "has an obstacle that leaves the floor: 89,0,2,1",
         "Give x, y, width and depth in modules of 3 m"),
        (3, "Exits", "has an exit that is not at a wall: 5,5",
         "Give x and y in modules of 3 m, along the edge of the floor"),
        (4, "Obstacles", "reads 1,2", "Write x, y, width and depth in modules of 3 m"),
    ]  # fmt: skip


def test_delegations_arrive_in_any_order_with_their_groups(tmp_path, fair):
    header = ("Path", "English name", "Chinese name", "Remit", "Quota")
    rows = [("09.001", "Sub", "分团", "crop-seeds;1", ""), ("09", "North", "北方", "", "500")]
    assert counts(take("delegations", write_csv(tmp_path / "d.csv", header, *rows))) == (2, 2, 0, 0, True)
    sub = fair.delegations.get(path="09.001")
    assert (sub.parent.path, sub.remit, sub.parent.quota) == ("09", ["crop-seeds", "food-agriculture"], 500)


def test_a_delegation_without_its_group_is_reported(tmp_path):
    header = ("Path", "English name", "Chinese name")
    rows = [("10.001", "Sub", "分团"), ("07", "Harbour", "港口"), ("07", "Port", "港"), ("a b", "x", "y")]
    assert problems_of(take("delegations", write_csv(tmp_path / "d.csv", header, *rows))) == [
        (2, "Path", "has no group 10 above it", "Add 10 to the list, or fix the path"),
        (4, "Path", "repeats 07 of row 3", "Give each delegation a path of its own"),
        (5, "Path", "reads a b, which is not a path", "Write the codes from the group downwards, as 07 or 07.031"),
    ]


def test_needs_find_their_unit_by_number_or_name(tmp_path):
    header = (*VISITORS, "Organisation", "Credit code")
    people = [(*ANN, "Ann's Works GmbH", ""), ("V06-2", "陈", "CN", "上海示例有限公司", "91310000000000001Y")]
    take("visitors", write_csv(tmp_path / "v.csv", header, *people))
    header = ("Organisation", "统一社会信用代码", "编号", "采购需求", "HS code", "金额", "币种")
    rows = [("", "91310000000000001Y", "N1", "求购腰果", "801.32", "120万", "CNY"),
            ("Ann's Works", "", "N1", "Pumps", "", "", ""), ("Nobody", "", "N2", "x", "", "1", "")]  # fmt: skip
    report = take("needs", write_csv(tmp_path / "n.csv", header, *rows), partial=True)
    assert problems_of(report) == [
        (4, "Organisation", "names no visiting unit of this edition: Nobody",
         "Import the visitors first, or fix the name"),
    ]  # fmt: skip
    assert texts(report.notices) == ["HS code: 801.32 was read as 080132: its lost zero was put back"]
    need = VisitingUnit.objects.get(organisation__registered_number="91310000000000001Y").needs.get()
    assert (need.text, need.hs_id, need.amount, need.currency_id) == ("求购腰果", "080132", 1_200_000, "CNY")


def test_products_find_their_exhibitor_and_debuts_are_marked(tmp_path, fair):
    benin = make_exhibitor(fair, "Zou Cashew Cooperative", "BJ", area="food-agriculture")
    header = ("参展商", "产品编号", "英文名称", "中文名称", "HS编码", "首发")
    rows = [(benin.number, "P1", "Roasted cashews", "烤腰果", "0801.32", "全球首发"),
            ("zou cashew cooperative", "P2", "Raw cashews", "", "", ""), ("Nobody", "P1", "x", "", "", ""),
            ("Zou Cashew Cooperative", "P3", "", "", "", "")]  # fmt: skip
    path = write_csv(tmp_path / "p.csv", header, *rows)
    report = take("products", path, partial=True)
    assert problems_of(report) == [
        (4, "参展商", "names no exhibitor of this edition: Nobody",
         "Give the contract number, or sign the exhibitor's contract first"),
        (5, "英文名称", "A product needs a name in English or in Chinese.", "Fill in one of the names"),
    ]  # fmt: skip
    assert counts(report) == (4, 2, 0, 0, True)
    assert counts(take("products", path, partial=True)) == (4, 0, 0, 2, True)
    first, second = benin.products.order_by("number")
    assert (first.hs_id, first.origin_id, first.debut.kind, first.kind) == ("080132", "BJ", "world", "product")
    assert "'cashew':2A" in first.words and "'腰果'" in first.words
    assert not hasattr(second, "debut")


def test_a_product_is_updated_and_found_by_its_new_words(tmp_path, fair):
    benin = make_exhibitor(fair, "Zou Cashew Cooperative", "BJ", area="food-agriculture")
    header = ("Exhibitor", "Product number", "English name", "Debut")
    take("products", write_csv(tmp_path / "p.csv", header, (benin.number, "P1", "Cashews", "host")))
    report = take("products", write_csv(tmp_path / "p.csv", header, (benin.number, "P1", "Almonds", "")))
    product = benin.products.get()
    assert counts(report) == (1, 0, 1, 0, True)
    assert (product.name_en, product.words, product.debut.kind) == ("Almonds", "'almond':1A", "host")


def test_a_list_with_a_strange_ending_is_named_itself(tmp_path, fair):
    path = tmp_path / "list.docx"
    path.write_text("name\nZou\n")
    with pytest.raises(Refusal) as caught:
        take("exhibitors", path)
    assert caught.value.sentence == "list.docx should end in .xlsx or .csv, so that it is clear what to write."
