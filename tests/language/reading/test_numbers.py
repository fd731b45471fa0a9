"""Amounts as people write them: read right, decided by their column, or refused; never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.language.reading.columns import ByColumn, ColumnReader
from emporion.language.reading.errors import InputError, TwofoldNumber
from emporion.language.reading.numbers import alone, number, ways_of, with_sign


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("1’234.50", "1234.50"),
        ("12,50", "12.50"),
        ("12,5", "12.5"),
        ("1.250.000", "1250000"),
        ("1.250.000,00", "1250000"),
        ("1 250 000,00", "1250000"),
        ("1\u00a0250\u202f000", None),
        ("1\u202f250\u202f000,5", "1250000.5"),
        ("12,50,000", "1250000"),
        ("1,25,00,000.50", "12500000.50"),
        ("1250000,-", "1250000"),
        ("1,250,000.–", "1250000"),
        ("250,000", "250000"),
        ("0,123", "0.123"),
        ("0.123", "0.123"),
        ("1234.567", "1234.567"),
        ("1234,567", "1234.567"),
        ("1 234,567", "1234.567"),
        ("1,250.500", "1250.5"),
        ("125万", "1250000"),
        ("1,2亿", "120000000"),
        ("-3", "-3"),
    ],
)
def test_an_amount_reads_as_its_writer_meant_it(written: str, value: str | None) -> None:
    if value is None:  # Blanks of two kinds between the thousands of one number.
        value = "1250000"
        written = written.replace("\u202f", "\u00a0")
    assert alone(written) == Decimal(value)


@pytest.mark.parametrize(
    ("written", "one", "other"), [("1.234", "1234", "1.2340"), ("250.000", "250000", "250"), ("2.500", "2500", "2.5")]
)
def test_a_point_with_three_digits_behind_it_is_twofold(written: str, one: str, other: str) -> None:
    with pytest.raises(TwofoldNumber) as refused:
        alone(written)
    assert (refused.value.one, refused.value.other) == (one, other)
    assert str(refused.value) == (
        f"reads {written}, which may be {one} or {other}. Write {one} or {other}, without a thousands separator."
    )
    assert [alone(one), alone(other)] == [Decimal(one), Decimal(other)]


@pytest.mark.parametrize(
    "written", ["12 50", "1,23,4", "1..2", ".5", "5.", "1,25 Mio", "$1250000", "EUR 1,250,000", "1250k", "1.25m", "--1"]
)
def test_what_is_no_plain_number_is_refused(written: str) -> None:
    with pytest.raises(InputError, match="not a number"):
        alone(written)


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (["1.250,00", "2.500"], "2.500", 2500),
        (["12,5", "2.500"], "2.500", 2500),
        (["1.250.000", "2.500"], "2.500", 2500),
        (["12.50", "2.500"], "2.500", Decimal("2.5")),
        (["1,250.00", "2.500"], "2.500", Decimal("2.5")),
        (["12,50", "1,234"], "1,234", Decimal("1.234")),
        (["12.50", "1,234"], "1,234", 1234),
        (["5", "1,234"], "1,234", 1234),
    ],
)
def test_a_column_written_in_one_way_decides_its_twofold_cells(column: list[str], cell: str, value: object) -> None:
    assert ColumnReader(ByColumn(number, ways_of), lambda: column)(cell) == value


@pytest.mark.parametrize(
    ("column", "cell"), [(["5", "2.500"], "2.500"), (["1.250,00", "12.50"], "2.500"), (["12,50", "12.50"], "1,234")]
)
def test_a_column_of_two_ways_or_of_none_does_not(column: list[str], cell: str) -> None:
    with pytest.raises(TwofoldNumber):
        ColumnReader(ByColumn(number, ways_of), lambda: column)(cell)


def test_a_column_is_looked_through_only_for_a_twofold_cell() -> None:
    asked: list[str] = []
    read = ColumnReader(ByColumn(number, ways_of), lambda: asked)
    assert [read("1,234.50"), read("12,5"), asked] == [Decimal("1234.50"), Decimal("12.5"), []]


@given(st.decimals(0, 10**9, places=2))
def test_every_amount_in_cents_comes_back_from_either_way_of_writing_it(value: Decimal) -> None:
    english = f"{value:,.2f}"
    continental = english.translate(str.maketrans(",.", ".,"))
    assert [alone(english), alone(continental), alone(english.replace(",", "'"))] == [value] * 3


@given(st.floats(0.001, 1e12))
def test_a_workbook_s_number_is_never_twofold(value: float) -> None:
    assert float(alone(with_sign(value))) == pytest.approx(value, rel=1e-14)
