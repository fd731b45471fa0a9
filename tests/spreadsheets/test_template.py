"""Templates: what they hold, and that whatever is filled in comes back."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from emporion.domain.refusal import Refusal
from emporion.domain.visitors.models import Visitor
from emporion.spreadsheets import template
from emporion.spreadsheets.columns import fields_of
from emporion.spreadsheets.kinds import KINDS
from emporion.spreadsheets.kinds.products import DEBUTS
from emporion.spreadsheets.kinds.products import KINDS as PRODUCT_KINDS
from emporion.spreadsheets.kinds.shared import OWNERSHIP
from emporion.spreadsheets.reading import Reading, open_list
from tests.make import make_member
from tests.spreadsheets.world import AT, HS, SECTORS, SHANGHAI, small_reference, take, write_csv, write_xlsx


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_names_every_column_and_explains_it_in_both_languages(tmp_path, kind, fair):
    book = load_workbook(template.write(kind, tmp_path / "t.xlsx", edition=fair))
    page, notes, lists = book.worksheets
    assert [cell.value for cell in page[1]] == [column.title for column in KINDS[kind].columns]
    explained = {row[0].value: row[1].value for row in notes.iter_rows()}
    assert {column.name.en: column.name.zh for column in KINDS[kind].columns}.items() <= explained.items()
    assert lists.sheet_state == "hidden"


@pytest.mark.django_db
def test_cells_offer_their_values(tmp_path, fair):
    book = load_workbook(template.write("exhibitors", tmp_path / "t.xlsx", edition=fair))
    offers = {str(offer.sqref): offer.formula1 for offer in book.worksheets[0].data_validations.dataValidation}
    place = next(place for place, column in enumerate(KINDS["exhibitors"].columns) if column.key == "area")
    letter = get_column_letter(place + 1)
    cells = offers[f"{letter}2:{letter}10000"].removeprefix("Lists!").replace("$", "")
    assert [row[0].value for row in book["Lists"][cells]] == ["food-agriculture"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_a_template_can_be_read(tmp_path, kind, fair):
    reading = Reading(KINDS[kind], open_list(KINDS[kind], template.write(kind, tmp_path / "t.xlsx")), small_reference())
    rows = list(reading.rows())
    unknown = [problem for problem in reading.problems if "names no" not in str(problem.wrong)]
    assert unknown == [] and reading.notices == [] and reading.count == len(template.example_rows(KINDS[kind]))
    assert len(rows) <= reading.count


def test_the_template_of_visitors_can_be_imported_as_it_is(tmp_path, fair):
    report = take("visitors", template.write("visitors", tmp_path / "t.xlsx"))
    assert (report.created, report.problems) == (2, [])
    assert set(Visitor.objects.values_list("name", flat=True)) == {"陈思远", "Amina Adjovi"}


@pytest.mark.django_db
def test_the_example_of_exhibitors_names_an_area_and_a_sector_of_the_fair(tmp_path, fair):
    make_member("ldc", "BJ")
    fair.areas.update(code="seeds")
    path = template.write("exhibitors", tmp_path / "t.xlsx", edition=fair)
    assert take("exhibitors", path, dry_run=True).problems == []
    fair.fair.sectors.all().delete()
    places = [place for place, column in enumerate(KINDS["exhibitors"].columns) if column.key in ("area", "sector")]
    [example] = template.example_rows(KINDS["exhibitors"], fair)
    assert [example[place] for place in places] == ["seeds", ""]


def test_a_template_is_a_workbook(tmp_path):
    with pytest.raises(Refusal) as caught:
        template.write("visitors", tmp_path / "t.csv")
    assert caught.value.sentence == "t.csv should end in .xlsx: a template is an Excel workbook."


# What a person might type: any printable text that neither begins like a formula nor has blanks at its ends.
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30).filter(
    lambda text: text[0] not in "=#" and "\ufffd" not in text
)
CODES = st.from_regex(r"[A-Z][0-9]{1,8}", fullmatch=True)
COUNTRY = st.sampled_from(["BJ", "CN", "DE", "EC", "JP"])
MOMENT = st.datetimes(AT.replace(tzinfo=None), AT.replace(tzinfo=None) + timedelta(days=90)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=SHANGHAI)
)
BY_KEY = {
    "visitors": {
        "number": CODES, "name": WORDS, "country": COUNTRY, "organisation": WORDS, "phone": CODES,
        "ownership": st.sampled_from(list(OWNERSHIP)), "purchasing_size": st.integers(0, 5),
        "sectors": st.lists(st.sampled_from(list(SECTORS.values())), unique=True).map(tuple),
        "hs_headings": st.lists(st.sampled_from(["0805", "0801", "8419"]), unique=True).map(tuple),
        "registered": MOMENT,
    },
    "products": {
        "exhibitor": WORDS, "number": CODES, "name_en": WORDS, "about_zh": WORDS, "origin": COUNTRY,
        "kind": st.sampled_from(list(PRODUCT_KINDS)), "debut": st.sampled_from(list(DEBUTS)),
        "hs": st.sampled_from(HS), "sector": st.sampled_from(["food-agriculture", "crop-seeds"]),
    },
}  # fmt: skip
HEADERS = [attrgetter(name) for name in ("name.en", "name.zh", "title", "key")]
WRITTEN = {"sectors": {1: "food-agriculture", 12: "crop-seeds"}}


def as_cell(key, value):
    """A value as a person writes it into the template."""
    if isinstance(value, tuple):
        names = WRITTEN.get(key, {})
        return ";".join(str(names.get(one, one)) for one in value)
    return value.isoformat(" ") if hasattr(value, "isoformat") else str(value)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", BY_KEY)
@given(data=st.data())
@settings(max_examples=40)
def test_what_is_filled_in_comes_back(kind, ending, data):
    definition, strategies = KINDS[kind], BY_KEY[kind]
    if "sectors" in strategies:
        strategies = strategies | {"sectors": st.lists(st.sampled_from([1, 12]), unique=True).map(tuple)}
    filled = data.draw(st.lists(st.fixed_dictionaries(strategies), min_size=1, max_size=4))
    order = data.draw(st.permutations(list(strategies)))
    header_of = data.draw(st.sampled_from(HEADERS))
    header = tuple(header_of(definition.column(key)) for key in order)
    rows = [tuple(as_cell(key, row[key]) for key in order) for row in filled]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{ending}"
        (write_xlsx if ending == "xlsx" else write_csv)(path, header, *rows)
        reading = Reading(definition, open_list(definition, path), small_reference())
        read = [{key: getattr(row, key) for key in order} for row in reading.rows()]
    assert reading.problems == []
    assert read == [{key: row[key] for key in order} for row in filled]
    assert set(fields_of(definition.row)) >= set(order)


def test_a_row_typed_into_the_template_comes_back(tmp_path, fair):
    path = template.write("products", tmp_path / "t.xlsx")
    book = load_workbook(path)
    book.worksheets[0]["A2"] = "Another Cooperative"
    book.save(path)
    (row,) = Reading(KINDS["products"], open_list(KINDS["products"], path), small_reference()).rows()
    assert (row.exhibitor, row.hs, row.debut) == ("Another Cooperative", "080132", "host")
