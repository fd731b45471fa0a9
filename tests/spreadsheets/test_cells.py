"""What a cell may say and how it is read; no database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.language.reading.days import day, moment
from emporion.language.reading.numbers import alone
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import (
    Corrected,
    InputError,
    amount,
    choice,
    clean,
    clean_lines,
    email,
    identifier,
    several,
    text,
    website,
    whole,
    yes_no,
)
from emporion.spreadsheets.kinds.deals import confirmed
from emporion.spreadsheets.notices import ZeroPutBack
from tests.spreadsheets.world import SHANGHAI, small_reference

REFERENCE = small_reference()


def problem_of(read, cell):
    with pytest.raises(InputError) as caught:
        read(cell)
    return str(caught.value.wrong), str(caught.value.fix)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2023-11-05", date(2023, 11, 5)),
        ("2023/11/5", date(2023, 11, 5)),
        ("2023.11.5", date(2023, 11, 5)),
        ("2023年11月5日", date(2023, 11, 5)),
        ("2023年 11月 5日", date(2023, 11, 5)),
        ("2023-11-05", date(2023, 11, 5)),
        ("20231105", date(2023, 11, 5)),
        ("２０２３／１１／０５", date(2023, 11, 5)),
        ("45235", date(2023, 11, 5)),
        ("45235.75", date(2023, 11, 5)),
        ("2023-11-05 23:59:59", date(2023, 11, 5)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_days_are_read_in_the_forms_that_people_write(cell, value):
    assert day(cell) == value


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("05/11/2023", "reads 05/11/2023, where day and month cannot be told apart"),
        ("5.11.23", "reads 5.11.23, where day and month cannot be told apart"),
        ("2023-02-29", "reads 2023-02-29, and there is no such day or time"),
        ("2023-13-01", "reads 2023-13-01, and there is no such day or time"),
        ("soon", "reads soon, which is not a date"),
        ("99999", "reads 99999, which is not a date"),
        ("2023-11-05 noon", "reads 2023-11-05 noon, whose time cannot be read"),
    ],
)
def test_a_date_that_could_mean_two_days_or_none_is_not_guessed(cell, wrong):
    assert problem_of(day, cell)[0] == wrong


@given(st.dates(date(1955, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back_from_every_form(value):
    serial = (value - date(1899, 12, 30)).days
    forms = [f"{value:%Y-%m-%d}", f"{value.year}/{value.month}/{value.day}",
             f"{value.year}年{value.month}月{value.day}日", f"{value:%Y%m%d}", str(serial)]  # fmt: skip
    assert [day(form) for form in forms] == [value] * 5


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2023-11-05 14:30", datetime(2023, 11, 5, 14, 30, tzinfo=SHANGHAI)),
        ("2023年11月5日 14:30", datetime(2023, 11, 5, 14, 30, tzinfo=SHANGHAI)),
        ("2023年11月5日14时30分", datetime(2023, 11, 5, 14, 30, tzinfo=SHANGHAI)),
        ("2023-11-05T06:30:00Z", datetime(2023, 11, 5, 6, 30, tzinfo=UTC)),
        ("2023-11-05T14:30:00+08:00", datetime(2023, 11, 5, 6, 30, tzinfo=UTC)),
        ("2023-11-05", datetime(2023, 11, 5, tzinfo=SHANGHAI)),
        ("45235.5", datetime(2023, 11, 5, 12, tzinfo=SHANGHAI)),
    ],
)
def test_moments_are_in_the_fair_s_zone_unless_they_name_their_own(cell, value):
    assert moment(SHANGHAI)(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1250000", "1250000"),
        ("1,250,000", "1250000"),
        ("1,250,000.50", "1250000.50"),
        ("1 250 000", "1250000"),
        ("1'250'000", "1250000"),
        ("1.250.000,50", "1250000.50"),
        ("1250000.5", "1250000.5"),
        ("120万", "1200000"),
        ("１，２５０，０００．５", "1250000.5"),
        ("1.7亿", "170000000"),
        ("1.25E+6", "1250000"),
    ],
)
def test_numbers_are_read_with_their_separators(cell, value):
    assert alone(cell) == Decimal(value)


def test_a_currency_beside_the_number_is_reported():
    wrong = "reads USD 100, which is not a number"
    assert problem_of(amount(), "USD 100") == (wrong, "Write digits only, as 1250000 or 1,250,000")


def test_amounts_are_above_zero_and_in_cents():
    assert amount()("1,000") == Decimal("1000.00")
    assert problem_of(amount(), "0") == ("reads 0", "Write an amount above zero")
    assert problem_of(amount(), "0.005") == ("reads 0.005", "Write at most 2 decimals")


def test_whole_numbers_have_bounds_and_may_carry_their_unit():
    area = whole(0, 1000, ("m2", "平方米"))
    assert [area("36"), area("36 m²"), area("36平方米"), area("36㎡")] == [36, 36, 36, 36]
    assert problem_of(area, "1001") == ("reads 1001", "Write a number from 0 to 1000")
    assert problem_of(area, "1.5") == ("reads 1.5", "Write a whole number")


@pytest.mark.parametrize("cell", ["yes", "Y", "TRUE", "1", "是", "有", "✓"])
def test_yes_in_both_languages(cell):
    assert yes_no(cell) is True


@pytest.mark.parametrize("cell", ["no", "N", "false", "0", "否", "无"])
def test_no_in_both_languages(cell):
    assert yes_no(cell) is False


def test_maybe_is_neither():
    assert problem_of(yes_no, "maybe") == ("reads maybe", "Write yes or no (是 or 否)")


def test_a_confirmation_may_be_its_day():
    assert [confirmed("2023-11-09"), confirmed("是"), confirmed("no")] == [True, True, False]


def test_choices_are_read_in_both_languages_and_listed_when_unknown():
    read = choice({"state": ("state", "国有"), "private": ("private", "民营")})
    assert [read("State"), read("国有"), read("PRIVATE")] == ["state", "state", "private"]
    assert problem_of(read, "stat") == ("reads stat", "Write one of: state, private")


def test_invisible_signs_and_line_ends_are_tidied():
    assert clean("\ufeff Benin\u00a0\u3000 Trade\u200b\n") == "Benin Trade"
    assert clean_lines(" one \r\n two\n") == "one\ntwo"


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("=A1+B1", "contains the formula =A1+B1"),
        ("#N/A", "contains the Excel error #N/A"),
        ("Caf\ufffd", "contains characters lost in an earlier conversion (\ufffd)"),
        ("a\x00b", "contains a control character (code 0)"),
    ],
)
def test_formulas_errors_and_damage_are_reported(cell, wrong):
    assert problem_of(clean, cell)[0] == wrong


def test_excel_s_trick_to_keep_zeros_is_understood():
    assert clean('="080510"') == "080510"


def test_a_number_that_excel_shortened_is_not_taken():
    wrong, fix = problem_of(identifier(40), "9.1310E+17")
    assert (wrong, fix) == ("was shortened to 9.1310E+17", "Format the column as text and type the whole number again")
    assert identifier(40)("V06-001") == "V06-001"


def test_texts_have_a_longest():
    assert problem_of(text(5), "sixsix") == ("has 6 characters", "Shorten it to at most 5")


def test_addresses_in_their_usual_shape():
    assert email("a@b.org") == "a@b.org"
    assert problem_of(email, "a@b")[1] == "Write one e-mail address, as name@example.org"
    assert website("example.org/x") == "https://example.org/x"
    assert problem_of(website, "nowhere")[0] == "reads nowhere"


@pytest.mark.parametrize("cell", ["BJ", "ben", "Benin", "贝宁", " BENIN "])
def test_countries_by_code_and_by_name(cell):
    assert named.country(REFERENCE)(cell) == "BJ"


def test_a_country_s_misspelling_is_hinted_at_and_a_shared_name_not_guessed():
    read = named.country(REFERENCE)
    assert problem_of(read, "Bennin") == (
        "names no country: Bennin",
        "Write its ISO code or its English or Chinese name; perhaps benin is meant",
    )
    assert problem_of(read, "Korea") == ("names more than one country: Korea", "Write South Korea or North Korea")


def test_only_the_first_unknown_names_are_hinted_at():
    read = named.country(REFERENCE)
    fixes = [problem_of(read, f"Bennin{'n' * number}")[1] for number in range(101)]
    assert fixes[0].endswith("; perhaps benin is meant")
    assert fixes[100] == "Write its ISO code or its English or Chinese name"


@pytest.mark.parametrize("cell", ["080510", "0805.10", "0805 10", "08051000", "0805.10.00", "0805-10"])
def test_hs_codes_with_dots_blanks_and_national_digits(cell):
    assert named.hs_code(6)(REFERENCE)(cell) == "080510"


@pytest.mark.parametrize(("cell", "code"), [("80510", "080510"), ("805.1", "080510"), ("8419.5", "841950")])
def test_a_zero_that_a_number_format_took_is_put_back_with_a_notice(cell, code):
    read = named.hs_code(6)(REFERENCE)(cell)
    assert read == Corrected(code, ZeroPutBack(cell, code))


def test_an_hs_code_that_does_not_exist_or_has_another_length_is_reported():
    read = named.hs_code(4, 6)(REFERENCE)
    assert problem_of(read, "999999")[0] == "names no code of the Harmonized System 2022: 999999"
    assert problem_of(read, "08") == ("has 2 digits: 08", "Write the 4 or 6 digits of the HS code")
    assert problem_of(read, "fruit")[0] == "reads fruit"


def test_several_values_in_one_cell_lose_their_repetitions():
    assert several(named.hs_heading(REFERENCE))("0805; 0805.10;1207、8419") == ("0805", "1207", "8419")
    assert several(named.sector_number(REFERENCE))("crop-seeds;1;Food, agriculture") == (12, 1)


def test_halls_are_found_with_and_without_the_word():
    read = named.hall(REFERENCE)
    assert [read("4.1"), read("Hall 4.1"), read("4.1号馆")] == ["4.1"] * 3


@given(st.integers(0, 10**12), st.sampled_from(["{:,}", "{}", "{:_}"]))
def test_every_whole_number_comes_back(value, form):
    assert alone(form.format(value).replace("_", " ")) == value


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_moments_in_seconds_survive_excel_s_day_numbers(seconds):
    whole_seconds = int(abs(seconds)) % 86_400
    value = datetime(2023, 11, 5, tzinfo=SHANGHAI) + timedelta(seconds=whole_seconds)
    assert moment(SHANGHAI)(str(45235 + whole_seconds / 86_400)) == value
