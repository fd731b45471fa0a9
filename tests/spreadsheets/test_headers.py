"""Column names in either language, in any order; no database."""

from __future__ import annotations

from itertools import permutations

import pytest

from emporion.domain.reference.names import key_of
from emporion.domain.refusal import Refusal
from emporion.spreadsheets.headers import WRONG, read_header
from emporion.spreadsheets.kinds import KINDS, kind_named
from emporion.spreadsheets.refusals import UnknownKind
from emporion.spreadsheets.table import Table
from tests.spreadsheets.world import texts

VISITORS = KINDS["visitors"]


def header_of(path, *cells, kind=VISITORS):
    return read_header(kind, Table(path / "v.csv", list(cells), lambda: iter(()), ""))


def sentence(path, *cells):
    with pytest.raises(Refusal) as caught:
        header_of(path, *cells)
    return caught.value.sentence


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize(
    "names",
    [
        ("Registration number", "Name", "Country"),
        ("登记号", "姓名", "国家"),
        ("REGISTRATION  NUMBER*", "full name", "Country / 国家"),
        ("Registration number | 登记号", "Name | 姓名", "国家/地区"),
        ("number", "name", "Country (国家)"),
    ],
)
def test_names_are_known_in_both_languages_and_any_order(tmp_path, order, names):
    header = header_of(tmp_path, *(names[place] for place in order))
    assert header.places == {key: order.index(place) for place, key in enumerate(("number", "name", "country"))}


def test_a_missing_column_is_named_as_the_template_names_it(tmp_path):
    assert sentence(tmp_path, "Name", "Fax") == (
        "v.csv lacks columns (Registration number | 登记号, Country | 国家): add what is missing, or begin "
        "with emporion import visitors --template visitors.xlsx. Its first row reads: Name, Fax."
    )


def test_an_unknown_column_is_reported_with_its_letter_and_a_hint(tmp_path):
    header = header_of(tmp_path, "number", "name", "country", "Fax", "Purchasing sise")
    assert texts(header.notices) == [
        "Column D, Fax, is not known and was not read",
        "Column E, Purchasing sise, is not known and was not read; perhaps Purchasing size is meant",
    ]


def test_two_columns_of_one_meaning_are_refused(tmp_path):
    assert sentence(tmp_path, "number", "name", "country", "国别") == (
        "v.csv has country and 国别, and both are Country | 国家: keep one of them."
    )


def test_the_column_of_an_earlier_import_s_problems_is_passed_over(tmp_path):
    header = header_of(tmp_path, "number", "name", "country", "What is wrong | 问题")
    assert (header.wrong, header.notices) == (3, [])


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_name_means_two_columns(kind):
    columns = (*kind.columns, WRONG)
    names = [
        {key_of(name) for name in (*one.synonyms, one.key, one.name.en, one.name.zh, one.title)} for one in columns
    ]
    assert sum(map(len, names)) == len(set().union(*names))


def test_kinds_are_named_in_both_languages():
    assert kind_named("观众") is VISITORS
    with pytest.raises(UnknownKind) as caught:
        kind_named("vistors")
    assert caught.value.sentence == (
        "There is no list called vistors; choose among exhibitors, products, visitors, needs, halls, deals, "
        "delegations, participations, investments, sessions, passes, fapiaos."
    )
