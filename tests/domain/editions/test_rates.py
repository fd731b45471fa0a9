"""Lists of reference rates: the Bank's own and others', whole or not at all, with their problems by row."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from emporion.domain.editions.actions import load_rates
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.reference.models import CurrencyPeg, ReferenceRate
from emporion.domain.reference.queries import convert
from emporion.domain.reference.rules.rate_rows import RatesFileEmpty, RatesFileUnreadable
from tests import make

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
HISTORY = "Date,USD,JPY,CNY,CYP,\n2026-11-10,1.0825,165.20,7.8100,N/A,\n2026-11-09,1.0800,165.00,7.8000,N/A,\n"


@pytest.fixture(autouse=True)
def currencies():
    for code in ("EUR", "USD", "JPY", "CNY", "CYP", "GHS", "AED"):
        make.make_currency(code)


def load(text: str | bytes, file: str = "rates.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return load_rates(content, file=file, context=ActionContext(AT))


def counts(outcome) -> tuple[int, int, int]:
    return outcome.created, outcome.updated, outcome.unchanged


def problems_of(outcome) -> list[str]:
    return [f"{one.row} {one.column}: {one.wrong}; {one.fix}" for one in outcome.problems]


def zipped(name: str, text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(name, text)
    return file.getvalue()


def in_dollars(amount: int, currency: str) -> Decimal:
    return convert(Decimal(amount), currency, "USD", date(2026, 11, 10)).amount


def test_the_banks_zip_and_csv_are_read_alike_and_loaded_twice_change_nothing():
    assert counts(load(zipped("eurofxref-hist.csv", HISTORY), "eurofxref-hist.zip")) == (6, 0, 0)
    assert counts(load(HISTORY)) == (0, 0, 6)

    assert in_dollars(100, "EUR") == Decimal("108.25")
    assert in_dollars(7810, "CNY") == Decimal("1082.50")
    assert in_dollars(16520, "JPY") == Decimal("108.25")
    [entry] = JournalEntry.objects.filter(event="rates.loaded")
    assert entry.data == {"file": "eurofxref-hist.zip", "created": 6, "updated": 0, "unchanged": 0}
    assert entry.public


def test_the_banks_file_of_one_day_is_read_too():
    assert counts(load("Date, USD, JPY, \n10 November 2026, 1.0825, 165.20, \n")) == (2, 0, 0)
    assert ReferenceRate.objects.get(currency="USD").day == date(2026, 11, 10)


def test_the_banks_correction_replaces_what_it_published():
    load(HISTORY)
    assert counts(load(HISTORY.replace("1.0825", "1.0826"))) == (0, 1, 5)
    assert in_dollars(100, "EUR") == Decimal("108.26")


def test_rates_of_others_say_of_what_they_are_and_who_published_them():
    load(HISTORY)
    load("day,currency,rate,per,source\n2026-11-10,GHS,11.50,USD,Bank of Ghana\n")

    found = convert(Decimal("1150.00"), "GHS", "USD", date(2026, 11, 10))
    assert found.amount == Decimal("100.00")
    assert str(found.basis[0]) == "1 EUR = 12.44875 GHS on 2026-11-10 (Bank of Ghana)"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("10.11.2026,GHS,11.5,USD,BoG", "2 day: “10.11.2026” is not a date; write it as 2026-11-10"),
        ("2026-11-31,GHS,11.5,USD,BoG", "2 day: “2026-11-31” is not a date; write it as 2026-11-10"),
        (
            "2026-12-01,GHS,11.5,,BoG",
            "2 day: 2026-12-01 is in the future; leave it out, or correct the day",
        ),
        (
            "2026-11-10,GHS,0,,BoG",
            "2 rate: “0” is not a rate above zero; write it in digits with a point, as in 7.7812",
        ),
        (
            '2026-11-10,GHS,"11,5",,BoG',
            "2 rate: “11,5” is not a rate above zero; write it in digits with a point, as in 7.7812",
        ),
        (
            "2026-11-10,GHS,NaN,,BoG",
            "2 rate: “NaN” is not a rate above zero; write it in digits with a point, as in 7.7812",
        ),
        (
            "2026-11-10,XXQ,11.5,,BoG",
            "2 currency: “XXQ” is not a known currency; "
            "correct its three letters, or add the currency in the office first",
        ),
        (
            "2026-11-10,EUR,1.1,USD,BoG",
            "2 currency: EUR is what rates are counted in: it has none of its own; "
            "name the currency that the rate is of",
        ),
        (
            "2026-11-10,GHS,11.5,AED,BoG",
            "2 per: no rate of AED is available for 2026-11-10; load its rates first, or give the rate per euro",
        ),
        (
            "2026-11-10,USD,1.2,,BoG",
            "2 rate: the European Central Bank published 1.0825 for that day; "
            "leave the row out: others do not replace the Bank's rates",
        ),
        ("2026-11-10,GHS,11.5,,", "2 source: the source is missing; name who published the rate"),
        (
            "2026-11-10,GHS",
            "2 : the row has 2 cells, the header 5; "
            "give each column a cell; a rate that is not known stays empty or reads N/A",
        ),
    ],
)
def test_a_row_with_a_problem_keeps_the_whole_list_out(row, problem):
    load(HISTORY)
    outcome = load(f"day,currency,rate,per,source\n{row}\n2026-11-09,GHS,12,,BoG\n")

    assert problems_of(outcome) == [problem] and counts(outcome) == (0, 0, 0)
    assert not ReferenceRate.objects.filter(currency="GHS").exists()


def test_a_rate_given_twice_is_a_problem():
    outcome = load("day,currency,rate,source\n2026-11-10,GHS,12,BoG\n2026-11-10,GHS,13,BoG\n")

    assert problems_of(outcome) == ["3 day: row 2 has another rate of GHS on 2026-11-10; keep one of them"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n\n", b"%PDF-1.7", b"PK\x03\x04 broken", "日期,汇率\n".encode("gb18030"), b"name,amount\nx,1\n",
        b"Date,\n2026-11-10,\n", zipped("a.txt", HISTORY), HISTORY.encode("utf-16"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_rates_is_refused_with_what_to_load(content):
    with pytest.raises(RatesFileUnreadable, match=r"eurofxref file.*day,currency,rate,per,source"):
        load(content)


def test_a_list_without_rows_is_refused():
    with pytest.raises(RatesFileEmpty):
        load("day,currency,rate,source\n")


def test_the_command_loads_lists_and_says_what_is_wrong(tmp_path, capsys):
    good, bad = tmp_path / "eurofxref.csv", tmp_path / "bad.csv"
    good.write_text(HISTORY)
    bad.write_text("day;currency;rate;source\n2026-11-10;GHS;;BoG\n")
    aed = {"currency_id": "AED", "anchor_id": "USD", "rate": "3.6725", "starts": date(1997, 11, 1), "source": "CBUAE"}
    CurrencyPeg.objects.create(**aed)

    call_command("rates", "load", str(good))
    call_command("rates", "list")
    out = capsys.readouterr().out
    assert "eurofxref.csv: 6 new, 0 corrected, 0 known already." in out
    assert "CNY  1 EUR = 7.81  2026-11-10  European Central Bank" in out
    assert "AED  1 USD = 3.6725  fixed  CBUAE" in out

    with pytest.raises(CommandError, match="Nothing was loaded: 1 rows have problems"):
        call_command("rates", "load", str(bad))
    assert "Row 2, rate: “” is not a rate above zero" in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no file"):
        call_command("rates", "load", str(tmp_path / "none.zip"))
