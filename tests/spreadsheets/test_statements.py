"""Credits are read from camt.053 and CSV; what is no statement, or reaches beyond itself, is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from emporion.domain.billing.rules.payments import BankFileTooLarge, BankFileUnreadable, BankFileUnsafe, Entry, keys_of
from emporion.spreadsheets import statements
from emporion.spreadsheets.statements import credits_of
from tests.spreadsheets.camt import entry, statement, transaction

DAY = date(2023, 7, 20)


def test_each_transaction_of_a_camt_statement_is_a_payment() -> None:
    content = statement(
        entry("7155.00", transaction("7155.00", "Invoice INV-06-00001", reference="RF771006000042"), key="B1"),
        entry("30.00", transaction("10.00", "one", key="T1"), transaction("20.00", "two"), key="B2"),
        entry("5.00", key="B3"),
        entry("99.00", side="DBIT"),
        entry("98.00", status="PDNG"),
        entry("97.00", more="<RvslInd>true</RvslInd>"),
    )
    assert credits_of(content, "USD") == [
        Entry(DAY, Decimal("7155.00"), "USD", "Aurora AG", "RF771006000042\nInvoice INV-06-00001", "B1/0"),
        Entry(DAY, Decimal("10.00"), "USD", "Aurora AG", "one", "T1"),
        Entry(DAY, Decimal("20.00"), "USD", "Aurora AG", "two", "B2/1"),
        Entry(DAY, Decimal("5.00"), "USD", "", "", "B3/0"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "Booking Date;Amount;Currency;Counterparty;Description\n20.07.2023;1.250,50;USD;Aurora AG;RF771006000042\n"
        "31.07.2023;-3,00;USD;Bank;Charges\n",
        "日期,金额,币种,对方户名,摘要\n2023-07-20,\"1,250.50\",USD,Aurora AG,RF771006000042\n",
        "Date\tAmount\tText\tName\n2023-07-20\t1250.50\tRF771006000042\tAurora AG\n",
    ],
)  # fmt: skip
def test_a_csv_is_read_as_banks_write_it(content: str) -> None:
    assert credits_of(content.encode(), "usd") == [Entry(DAY, Decimal("1250.50"), "USD", "Aurora AG", "RF771006000042")]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><x>&b;</x></Document>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]><Document>&out;</Document>"""


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
def test_a_file_that_reaches_beyond_itself_is_not_read(content: bytes) -> None:
    with pytest.raises(BankFileUnsafe):
        credits_of(content, "USD")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00\xff\xfe", b"<html>", b"<Document/>", b"date,amount\n2023-07-20,5\n", b"a,b,c\n1,2,3\n",
        b"date,amount,text\nsoon,5,x\n", b"date,amount,text\n2023-07-20,much,x\n", statement(entry("much")),
        statement(entry("5").replace("2023-07-20", "soon")), "\ud800".encode("utf-8", "surrogatepass"),
    ],
)  # fmt: skip
def test_what_is_no_statement_is_refused(content: bytes) -> None:
    with pytest.raises(BankFileUnreadable):
        credits_of(content, "USD")


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MAX_FILE", 10)
    with pytest.raises(BankFileTooLarge):
        credits_of(statement(), "USD")


def test_alike_entries_keep_names_of_their_own() -> None:
    alike = Entry(DAY, Decimal(5), "USD", "Aurora AG", "coffee")
    assert len(set(keys_of([alike, alike]))) == 2
    assert keys_of([alike, alike]) == keys_of([alike, alike])
    named, corrected = Entry(DAY, Decimal(5), "USD", "A", "x", "B1"), Entry(DAY, Decimal(6), "EUR", "", "", "B1")
    assert keys_of([named]) == keys_of([corrected])
