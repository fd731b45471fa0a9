"""How payments find their invoices, and what a person may do with those that find none."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from emporion.domain.billing.rules.money import places_of, rounded
from emporion.domain.reason import Reason
from emporion.domain.refusal import Refusal


class BankFileUnreadable(Refusal):
    """The file is neither a camt.053 statement nor a CSV with the columns date, amount and text."""


class BankFileTooLarge(Refusal):
    """The file has more than {most} MB; bring the statements of fewer days."""


class BankFileUnsafe(Refusal):
    """The file declares entities, which no bank's statement does; it is not read."""


class PaymentOfNothing(Refusal):
    """A payment has an amount, not 0."""


class AllocationTooLarge(Refusal):
    """{amount} is more than the {left} {currency} that are left of the payment."""


class InvoiceUnknown(Refusal):
    """No invoice of this edition has the number or the reference “{text}”."""


class OtherCurrency(Refusal):
    """The payment is in {paid}, the invoice in {invoiced}; settle it with the exhibitor."""


class NothingOverdue(Refusal):
    """Nothing of {number} is overdue; there is nothing to remind of."""


class RemindedToday(Refusal):
    """The exhibitor was reminded of {number} today already."""


class NoteNeeded(Refusal):
    """Say how the payment was dealt with."""


class NoReference(Reason):
    """No reference of an invoice was found in its text."""


class MorePaidThanOpen(Reason):
    """{number} had {open} {currency} open; the rest was paid too much."""

    number: str
    open: Decimal
    currency: str


class PaidInOtherCurrency(Reason):
    """{number} is in {currency}."""

    number: str
    currency: str


class InvoiceTakenBack(Reason):
    """{number} was taken back by a credit note."""

    number: str


@dataclass(frozen=True)
class Entry:
    """A credit of a bank's statement. ``bank_key`` is the bank's own name of the entry, empty where it gives none."""

    day: date
    amount: Decimal
    currency: str
    payer: str
    text: str
    bank_key: str = ""


def keys_of(entries: Sequence[Entry]) -> list[str]:
    """A name for each entry of a statement, the same in every statement that has it.

    Without a name by the bank, entries that are alike in all are told apart by their order.
    """
    seen: Counter[str] = Counter()
    keys = []
    for one in entries:
        said = one.bank_key or f"{one.day}|{one.amount}|{one.currency}|{one.payer}|{one.text}"
        seen[said] += 1
        keys.append(hashlib.sha256(f"{said}#{seen[said]}".encode()).hexdigest())
    return keys


@dataclass(frozen=True)
class OpenInvoice:
    """An invoice as a payment sees it: what is open of it, and whether it was taken back."""

    pk: int
    number: str
    currency: str
    open: Decimal
    taken_back: bool = False


@dataclass(frozen=True)
class Match:
    """How much of a payment is for which invoice, and why the rest waits; no invoice where all of it does."""

    invoice: int | None
    amount: Decimal
    why: Reason | None


def match(entry: Entry, invoices: Iterable[OpenInvoice]) -> Match:
    """The invoice, among those whose reference stands in an entry's text, that its amount is for.

    An amount up to what is open is for the invoice; of more, what is open, and the rest waits for a person.
    """
    found = list(invoices)
    if not found:
        return Match(None, Decimal(0), NoReference())
    one = next((each for each in found if each.open >= entry.amount and not each.taken_back), found[0])
    if one.currency != entry.currency:
        return Match(None, Decimal(0), PaidInOtherCurrency(one.number, one.currency))
    if one.taken_back:
        return Match(None, Decimal(0), InvoiceTakenBack(one.number))
    if entry.amount <= one.open:
        return Match(one.pk, entry.amount, None)
    covered = max(one.open, Decimal(0))
    shown = rounded(covered, places_of(one.currency))
    return Match(one.pk if covered else None, covered, MorePaidThanOpen(one.number, shown, one.currency))
