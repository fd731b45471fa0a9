"""An invoice in the terms of EN 16931: sums that agree, prices above zero, parties as they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from emporion.domain.billing.rules.electronic import (
    ElectronicInvoiceIncomplete,
    Issued,
    category_of,
    semantic,
    vat_identifier,
)
from emporion.domain.billing.rules.instalments import Due
from emporion.domain.billing.rules.parties import Buyer, Seller
from emporion.domain.billing.rules.quotes import EarlyBird, RawSpace, summed, times

SELLER = Seller(
    "Expo Bureau", "", "1 Harbour Road\nPudong\n200120 Shanghai\nBlock B", "DE", "DE 123 456 789",
    account_holder="Expo Bureau", account_number="DE89 3704 0044 0532 0130 00", bic="COBADEFFXXX",
)  # fmt: skip
BUYER = Buyer("Aurora Valves", "", "Kai 3", "FR", "FR12345678901")
LINES = [
    times(RawSpace(36), 36, Decimal("300.50"), 2),
    times(EarlyBird(date(2023, 5, 31), Decimal(5)), 1, Decimal("-540.90"), 2),
]
ISSUED = Issued(
    number="INV-06-00001", day=date(2023, 7, 1), seller=SELLER, buyer=BUYER, quote=summed(LINES, "EUR", Decimal(19)),
    first=date(2023, 11, 5), last=date(2023, 11, 10),
    dues=[Due(date(2023, 7, 15), Decimal("6115.42")), Due(date(2023, 9, 6), Decimal("6115.41"))],
    reference="RF77100600004200", contract="06-00001",
)  # fmt: skip


def said(issued: Issued = ISSUED) -> dict[str, Any]:
    return semantic(issued, lambda why: why.sentence)


def test_its_sums_agree_line_by_line() -> None:
    found = said()
    assert [found[name] for name in ("BT-106", "BT-110", "BT-112", "BT-115")] == [
        "10277.10", "1952.65", "12229.75", "12229.75",
    ]  # fmt: skip
    assert sum(Decimal(line["BT-131"]) for line in found["BG-25"]) == Decimal(found["BT-106"])
    for line in found["BG-25"]:
        assert Decimal(line["BT-129"]) * Decimal(line["BT-146"]) == Decimal(line["BT-131"])
        assert Decimal(line["BT-146"]) >= 0
    assert found["BG-25"][1]["BT-129"] == "-1"
    assert found["BG-23"] == [{"BT-116": "10277.10", "BT-117": "1952.65", "BT-118": "S", "BT-119": "19"}]


def test_it_says_who_by_when_and_to_which_account() -> None:
    found = said()
    assert found["BG-4"] == {
        "name": "Expo Bureau", "country_code": "DE", "addr_l1": "1 Harbour Road", "addr_l2": "Pudong",
        "addr_l3": "200120 Shanghai, Block B", "vat_identifier": "DE123456789",
    }  # fmt: skip
    assert (found["BT-3"], found["BT-9"], found["BT-81"], found["BT-84"]) == (
        "380", date(2023, 9, 6), "30", "DE89370400440532013000",
    )  # fmt: skip
    assert found["BT-20"] == "6115.42 EUR: 2023-07-15; 6115.41 EUR: 2023-09-06"
    assert (found["BT-83"], found["BT-12"], found["BT-73"]) == ("RF77100600004200", "06-00001", date(2023, 11, 5))


def test_a_credit_note_names_the_invoice_that_it_takes_back() -> None:
    found = said(replace(ISSUED, credits=("INV-06-00001", date(2023, 7, 1)), dues=[], reference=""))
    assert found["BT-3"] == "381" and found["BG-3"] == [{"BT-25": "INV-06-00001", "BT-26": date(2023, 7, 1)}]
    assert "BT-81" not in found and "BT-9" not in found


def test_without_tax_it_is_zero_rated_or_not_subject_to_it() -> None:
    untaxed = summed(LINES, "EUR", Decimal(0))
    assert category_of(untaxed, SELLER) == "Z"
    foreign = replace(SELLER, tax_number="91310000132203")
    found = said(replace(ISSUED, quote=untaxed, seller=foreign))
    assert found["BG-23"][0]["BT-118"] == "O" and found["BG-23"][0]["BT-120"] == "Not subject to VAT"
    assert "vat_identifier" not in found["BG-4"] and "vat_identifier" not in found["BG-7"]
    assert all("BT-152" not in line for line in found["BG-25"])


@pytest.mark.parametrize(
    ("number", "identifier"), [("DE 123.456-789", "DE123456789"), ("91310000132203", ""), ("", ""), ("D1", "")]
)
def test_a_vat_identifier_begins_with_its_country(number: str, identifier: str) -> None:
    assert vat_identifier(number) == identifier


@pytest.mark.parametrize(
    "incomplete",
    [replace(ISSUED, seller=replace(SELLER, country="")), replace(ISSUED, seller=replace(SELLER, address="")),
     replace(ISSUED, buyer=replace(BUYER, country=""))],
)  # fmt: skip
def test_what_the_standard_asks_for_must_be_stated(incomplete: Issued) -> None:
    with pytest.raises(ElectronicInvoiceIncomplete):
        said(incomplete)
