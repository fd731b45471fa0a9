"""Lists out: what a filter finds, as CSV, Excel and Parquet, for those who may take it."""

from __future__ import annotations

import csv
import io

import polars
import pytest
from django.test import Client
from openpyxl import load_workbook

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.journal.models import JournalEntry
from emporion.domain.work.models import BackgroundTask
from emporion.web.shell.addresses import fair_url
from tests import fair, make
from tests.web.desk.test_queues import apply, register
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db


def file_of(office: Client, task: BackgroundTask) -> bytes:
    answer = office.get(fair_url(task.edition, "office_task_file", task.pk))
    assert answer.status_code == 200
    return bytes(answer.content)


def test_a_csv_has_what_the_filter_finds_and_no_formula(edition: Edition, office: Client, owner: User) -> None:
    apply(edition, "=HYPERLINK(1)", requests_free_booth=True, contact_email="+1@shea.example")
    apply(edition, "Aurora Valves", country="DE")
    answer = office.get("/expo/office/applications/list/?state=submitted&country=BJ")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["Organisation"] == "'=HYPERLINK(1)" and row["Contact"].startswith("'+1")
    assert (row["Country"], row["Asks for a free booth"], row["Area, m²"]) == ("BJ", "1", "9")
    [entry] = JournalEntry.objects.filter(event="list.downloaded")
    assert (entry.actor, entry.data["filters"]) == (owner, "state=submitted&country=BJ")


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
def test_other_formats_are_written_in_the_background(edition: Edition, office: Client, ending: str) -> None:
    unit = make.make_unit(edition, "Shanghai Foods", delegation="07")
    wang = register(edition, "=Wang", unit=unit, position="Buyer")
    register(edition, "Li Wei", state="approved")
    office.post("/expo/office/visitors/list/", {"query": "state=registered", "format": ending})
    [task] = do_what_waits()
    assert (task.state, task.result["rows"]) == ("done", 1)
    page = fair.page_text(office.get(fair_url(edition, "office_task", task.pk)))
    assert "1 row written." in page and "Download the file" in page
    content = io.BytesIO(file_of(office, task))
    if ending == "parquet":
        table = polars.read_parquet(content)
        assert table.row(0, named=True)["Name"] == "=Wang", "no program reads Parquet as formulas"
        assert str(table.schema["Registered"]).startswith("Datetime")
    else:
        rows = list(load_workbook(content).active.values)
        assert rows[1][:2] == (wang.number, "'=Wang") and rows[1][6] == "07"


def test_a_file_is_for_who_asked_for_it_and_for_owners(edition: Edition, office: Client) -> None:
    desk = fair.make_staff(fair.make_person("reg@expo.example"), "registration")
    colleague = fair.make_staff(fair.make_person("kai@expo.example"), "registration")
    register(edition, "Wang Lan")
    fair.signed_in(desk).post("/expo/office/visitors/list/", {"query": "", "format": "parquet"})
    [task] = do_what_waits()
    assert file_of(fair.signed_in(desk), task) == file_of(office, task)
    address = fair_url(edition, "office_task_file", task.pk)
    assert fair.signed_in(colleague).get(address).status_code == 404
    gate = fair.signed_in(fair.make_staff(fair.make_person("gus@expo.example"), "gate"))
    assert gate.get("/expo/office/visitors/list/").status_code == 403
    assert "as a file" not in fair.page_text(gate.get("/expo/office/visitors/"))


def test_a_reviewer_of_one_area_takes_that_one_alone(edition: Edition) -> None:
    apply(edition, "Own")
    apply(edition, "Other", area=make.make_area(edition, "technical-equipment"))
    reviewer = fair.make_staff(fair.make_person("rita@expo.example"), "reviewer", area="food-agriculture")
    answer = fair.signed_in(reviewer).get("/expo/office/applications/list/")
    text = b"".join(answer.streaming_content).decode()
    assert "Own" in text and "Other" not in text


def test_a_format_that_nobody_knows_starts_nothing(edition: Edition, office: Client) -> None:
    assert office.post("/expo/office/visitors/list/", {"format": "exe"}).status_code == 302
    assert BackgroundTask.objects.count() == 0
