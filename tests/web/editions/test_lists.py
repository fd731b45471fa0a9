"""A spreadsheet is brought in the browser, checked, mended and imported; each list by those whose work it is."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from emporion.domain.editions.models import Edition, Hall
from emporion.domain.work.actions import purge
from emporion.domain.work.models import BackgroundTask, UploadedList
from emporion.domain.work.rules import KEEP_FAILED, MAX_LIST_MB
from tests import fair
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db
PAGE = "/expo/office/lists/"
GOOD = "code,width,depth\nA,20,15\nB,10,10\n"
PARTLY = "code,width,depth\nA,20,15\nB,wide,10\n"


def bring(person: Client, text: str, kind: str = "halls", name: str = "halls.csv") -> str:
    """Bring a list and let a worker check it; the address of its page."""
    answer = person.post(PAGE, {"kind": kind, "file": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 302, fair.page_text(answer)
    do_what_waits()
    return str(answer.headers["Location"])


def halls() -> list[str]:
    return list(Hall.objects.values_list("code", flat=True))


def test_a_list_is_checked_first_and_written_when_one_says_so(office: Client, edition: Edition) -> None:
    page = bring(office, GOOD)
    text = fair.page_text(office.get(page))
    assert "<dt>Would be new</dt><dd>2</dd>" in text and "Import this list" in text and halls() == []
    office.post(page)
    office.post(page)
    do_what_waits()
    text = fair.page_text(office.get(page))
    assert "The list is imported." in text and "<dt>New</dt><dd>2</dd>" in text and "Import this list" not in text
    assert halls() == ["A", "B"]


def test_rows_with_problems_are_listed_with_their_mending_and_can_be_left_out(office: Client) -> None:
    page = bring(office, PARTLY)
    text = fair.page_text(office.get(page))
    assert "<dt>Rows with problems</dt><dd>1</dd>" in text and ">3</th>" in text and "Import this list" not in text
    mend = office.get(f"{page}rows/")
    assert (
        "B,wide,10" in mend.content.decode("utf-8-sig") and "halls.rejects.csv" in mend.headers["Content-Disposition"]
    )
    office.post(page, {"partial": ""})
    do_what_waits()
    assert halls() == ["A"]


def test_an_import_without_consent_to_leave_rows_out_writes_nothing(office: Client) -> None:
    page = bring(office, PARTLY)
    office.post(page)
    do_what_waits()
    assert halls() == [] and "Nothing was written, because rows have problems." in fair.page_text(office.get(page))


def test_a_file_that_is_no_list_is_told_with_its_cause(office: Client) -> None:
    text = fair.page_text(office.get(bring(office, "<html><table></table></html>")))
    assert "a web page or XML" in text and "Import" not in text.split("Bring another list")[0].split('id="list"')[1]


def test_a_list_that_is_too_large_is_refused_beside_its_field(office: Client) -> None:
    large = SimpleUploadedFile("halls.csv", b"x" * (MAX_LIST_MB * 2**20 + 1))
    answer = office.post(PAGE, {"kind": "halls", "file": large})
    assert answer.status_code == 422 and "33 MB; pages take 32 at most" in fair.page_text(answer)
    assert not UploadedList.objects.exists()


def test_each_role_brings_the_lists_of_its_work_alone(edition: Edition, office: Client) -> None:
    desk = fair.signed_in(fair.make_staff(fair.make_person("desk@expo.example"), "registration"))
    limited = fair.signed_in(fair.make_staff(fair.make_person("food@expo.example"), "reviewer", area="food"))
    text = fair.page_text(desk.get(PAGE))
    assert "visitors.xlsx" in text and "halls.xlsx" not in text
    assert desk.post(PAGE, {"kind": "halls", "file": SimpleUploadedFile("a.csv", b"code\n")}).status_code == 422
    assert desk.get(bring(office, GOOD)).status_code == 404
    assert desk.get(f"{PAGE}halls.xlsx").status_code == 404
    assert "Your roles bring no lists." in fair.page_text(limited.get(PAGE))


def test_a_template_in_the_browser_has_the_columns_of_the_list(office: Client) -> None:
    book = load_workbook(BytesIO(office.get(f"{PAGE}visitors.xlsx").content))
    assert any("Name" in str(cell.value) for cell in book.worksheets[0][1])


def test_lists_go_when_the_records_of_their_work_go(office: Client) -> None:
    bring(office, GOOD)
    purge(at=timezone.now() + KEEP_FAILED * 2)
    assert not UploadedList.objects.exists() and not BackgroundTask.objects.exists()


def test_a_cell_with_a_control_character_is_a_row_to_mend_and_stays_one_in_its_file(office: Client) -> None:
    book = Workbook()
    for row in (("code", "width", "depth"), ("A_x0000__x0007_", "20", "15"), ("B", "1_x0000_0", "10")):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    answer = office.post(PAGE, {"kind": "halls", "file": SimpleUploadedFile("halls.xlsm", file.getvalue())})
    do_what_waits()
    page = str(answer.headers["Location"])
    assert "<dt>Rows with problems</dt><dd>2</dd>" in fair.page_text(office.get(page))
    mend = office.get(f"{page}rows/")
    assert "halls.rejects.xlsx" in mend.headers["Content-Disposition"]
    sheet = load_workbook(BytesIO(mend.content)).active
    assert sheet["A2"].value == "A_x0000__x0007_"


FOREIGN = "Hallencode,Breite,Tiefe,Bemerkung\nA,20,15,neu\nB,10,10,\n"


def columns(office: Client, page: str, **chosen: str) -> str:
    """The page of a list's columns, after what was chosen there by place and checked anew."""
    answer = office.post(f"{page}columns/", {one.removeprefix("at"): key for one, key in chosen.items()}, follow=True)
    do_what_waits()
    return fair.page_text(answer if answer.status_code == 422 else office.get(page))


def test_columns_that_nobody_knows_are_said_by_hand_and_remembered(office: Client, edition: Edition) -> None:
    page = bring(office, FOREIGN)
    text = fair.page_text(office.get(page))
    assert "Look at the columns and correct them" in text and "Import this list" not in text
    text = fair.page_text(office.get(f"{page}columns/"))
    assert "B · Breite" in text and "As in: 20, 10" in text
    assert "Say which column is: " in columns(office, page, at0="code", at1="width_modules")
    twice = columns(office, page, at0="code", at1="width_modules", at2="width_modules")
    assert "Another column is this one already" in twice
    text = columns(office, page, at0="code", at1="width_modules", at2="depth_modules", at3="")
    assert "<dt>Would be new</dt><dd>2</dd>" in text and "Import this list" in text
    office.post(page)
    do_what_waits()
    assert halls() == ["A", "B"]
    text = fair.page_text(office.get(bring(office, FOREIGN.replace("A,20", "C,20"))))
    assert "<dt>Would be new</dt><dd>1</dd>" in text, "the next list with these headings is read the same way"
    text = fair.page_text(office.get(bring(office, FOREIGN.replace("Tiefe", "Länge"))))
    assert "Import this list" not in text, "one with others is not"


def test_a_column_that_is_known_can_be_left_out_or_taken_for_another(office: Client, edition: Edition) -> None:
    page = bring(office, "code,width,depth\nA,20,15\nB,10,12\n")
    text = columns(office, page, at0="code", at1="depth_modules", at2="width_modules")
    assert "Import this list" in text
    office.post(page)
    do_what_waits()
    assert list(Hall.objects.values_list("width_modules", "depth_modules")) == [(15, 20), (12, 10)]


def test_a_cell_is_mended_on_the_page_and_the_list_checked_again(office: Client, edition: Edition) -> None:
    page = bring(office, PARTLY)
    text = fair.page_text(office.get(page))
    assert 'name="cell-3:1" value="wide"' in text and "Check again with these cells" in text
    office.post(f"{page}cells/", {"cell-3:1": "broad", "cell-x:1": "?", "other": "1"})
    do_what_waits()
    text = fair.page_text(office.get(page))
    assert 'name="cell-3:1" value="broad"' in text, "what was typed stays"
    office.post(f"{page}cells/", {"cell-3:1": "10"})
    do_what_waits()
    assert "Import this list" in fair.page_text(office.get(page))
    office.post(page)
    do_what_waits()
    assert halls() == ["A", "B"]
    brought = UploadedList.objects.get()
    assert bytes(brought.content).decode() == PARTLY and brought.cells == {"3:1": "10"}


def test_the_columns_of_a_file_that_cannot_be_opened_are_refused_in_words(office: Client, edition: Edition) -> None:
    page = bring(office, "no workbook", name="halls.xlsx")
    text = fair.page_text(office.get(f"{page}columns/", follow=True))
    assert 'class="error"' in text


def test_lists_of_other_kinds_of_work_are_not_mended(office: Client, edition: Edition) -> None:
    page = bring(office, PARTLY)
    gate = fair.signed_in(fair.make_staff(fair.make_person("gus@expo.example"), "gate"))
    assert gate.get(f"{page}columns/").status_code == gate.post(f"{page}cells/").status_code == 404
