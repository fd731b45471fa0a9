"""Bank statements: the credits of a camt.053 file of ISO 20022, and of a CSV as banks let one download it.

XML is read by a parser that refuses document types and entities, so that no file reaches beyond itself.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from emporion.domain.billing.rules.payments import BankFileTooLarge, BankFileUnreadable, BankFileUnsafe, Entry
from emporion.language.reading import numbers
from emporion.language.reading.days import day
from emporion.language.reading.errors import InputError

MEGABYTE = 1024 * 1024
MAX_FILE = 20 * MEGABYTE
# What banks call the columns, in English, Chinese and German.
COLUMNS = {
    "day": {"date", "booking date", "value date", "transaction date", "日期", "交易日期", "入账日期", "buchungstag"},
    "amount": {"amount", "credit", "credit amount", "金额", "贷方金额", "收入金额", "betrag"},
    "currency": {"currency", "币种", "währung"},
    "payer": {"payer", "name", "counterparty", "对方户名", "付款人", "auftraggeber"},
    "text": {"text", "description", "remittance information", "reference", "details", "摘要", "附言", "用途",
             "verwendungszweck"},
    "bank_key": {"bank reference", "transaction id", "transaction reference", "流水号", "交易流水号"},
}  # fmt: skip


def credits_of(content: bytes, currency: str) -> list[Entry]:
    """The credits of a statement. ``currency``: of a CSV that names none.

    Raises: BankFileTooLarge, BankFileUnsafe, BankFileUnreadable.
    """
    if len(content) > MAX_FILE:
        raise BankFileTooLarge(most=MAX_FILE // MEGABYTE)
    beginning = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return _camt(content) if beginning == b"<" else _csv(content, currency)


def _camt(content: bytes) -> list[Entry]:
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise BankFileUnsafe() from None
    except (ParseError, ValueError, LookupError):
        raise BankFileUnreadable() from None
    if not root.tag.rpartition("}")[0].startswith("{urn:iso:std:iso:20022:tech:xsd:camt.053"):
        raise BankFileUnreadable()
    try:
        return [entry for one in _all(root, "Ntry") if _is_credit(one) for entry in _entries(one)]
    except (InvalidOperation, ValueError):
        raise BankFileUnreadable() from None


def _is_credit(entry: Element) -> bool:
    """Whether an entry is booked and came in; one that takes an earlier credit back did not."""
    if _text(entry, "RvslInd") == "true" or _text(entry, "CdtDbtInd") != "CRDT":
        return False
    return (_text(entry, "Sts/Cd") or _text(entry, "Sts") or "BOOK") == "BOOK"


def _entries(entry: Element) -> Iterator[Entry]:
    """An entry, or each transaction of one that the bank has booked together."""
    booked = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm") or _text(entry, "ValDt/Dt")
    booked_on = date.fromisoformat(booked[:10])
    details = list(_all(entry, "TxDtls"))
    bank_key = _text(entry, "AcctSvcrRef")
    for index, one in enumerate(details or [entry]):
        amount = _first(one, "Amt") if one is entry else _first(one, "Amt", "AmtDtls/TxAmt/Amt")
        if amount is None:
            # The bank gives the sum alone where the entry has one transaction.
            amount = _first(entry, "Amt")
        if amount is None or not amount.text:
            raise ValueError("an entry without an amount")
        own = _text(one, "Refs/AcctSvcrRef") or (f"{bank_key}/{index}" if bank_key else "")
        yield Entry(booked_on, Decimal(amount.text), amount.get("Ccy", ""), _payer(one), _written(one), own)


def _payer(details: Element) -> str:
    return _text(details, "RltdPties/Dbtr/Nm") or _text(details, "RltdPties/Dbtr/Pty/Nm")


def _written(details: Element) -> str:
    """What the payer wrote: the structured reference and the lines of free text."""
    references = [one.text or "" for one in _all(details, "CdtrRefInf/Ref")]
    lines = [one.text or "" for one in _all(details, "Ustrd")]
    end_to_end = _text(details, "Refs/EndToEndId")
    return "\n".join([*references, *lines, *([end_to_end] if end_to_end not in ("", "NOTPROVIDED") else [])]).strip()


def _all(element: Element, path: str) -> list[Element]:
    return element.findall(".//" + "/".join(f"{{*}}{name}" for name in path.split("/")))


def _first(element: Element, *paths: str) -> Element | None:
    found = (element.find("/".join(f"{{*}}{name}" for name in path.split("/"))) for path in paths)
    return next((one for one in found if one is not None), None)


def _text(element: Element, path: str) -> str:
    found = _first(element, path)
    return (found.text or "").strip() if found is not None else ""


def _csv(content: bytes, currency: str) -> list[Entry]:
    rows = list(_rows(content))
    columns = _columns(rows[0]) if rows else {}
    if not {"day", "amount", "text"} <= columns.keys():
        raise BankFileUnreadable()
    cells = [{name: _cell(row, index) for name, index in columns.items()} for row in rows[1:]]
    paid = [one for one in cells if one["amount"]]
    # One cell may be 3 April or 4 March, 1.234 a thousand or one and a bit: the column tells.
    amounts, read_day = numbers.ways_of(one["amount"] for one in paid), day.decided(one["day"] for one in paid)
    entries = [_entry(one, currency, amounts, read_day) for one in paid]
    return [one for one in entries if one.amount > 0]


def _cell(row: list[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _entry(cells: dict[str, str], currency: str, amounts: frozenset[str], read_day: Callable[[str], date]) -> Entry:
    try:
        amount, booked = numbers.number(cells["amount"], amounts), read_day(cells["day"])
    except InputError:
        raise BankFileUnreadable() from None
    told = {name: cells.get(name, "") for name in ("payer", "text", "bank_key")}
    return Entry(booked, amount, (cells.get("currency") or currency).upper(), **told)


def _rows(content: bytes) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        yield from (row for row in csv.reader(StringIO(text), delimiter=delimiter) if any(row))
        return
    raise BankFileUnreadable()


def _columns(header: list[str]) -> dict[str, Any]:
    names = [cell.strip().casefold() for cell in header]
    return {
        field: index
        for field, known in COLUMNS.items()
        if (index := next((place for place, name in enumerate(names) if name in known), None)) is not None
    }
