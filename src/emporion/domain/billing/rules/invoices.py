"""What is allowed of invoices and credit notes."""

from __future__ import annotations

from emporion.domain.refusal import Refusal

INVOICE, CREDIT_NOTE = "invoice", "credit_note"
PREFIXES = {INVOICE: "INV", CREDIT_NOTE: "CRN"}


class AlreadyCredited(Refusal):
    """{number} has been credited already."""


class CreditNoteCredited(Refusal):
    """{number} is a credit note; only invoices are credited."""


class CreditReasonNeeded(Refusal):
    """A credit note needs a reason; it stands on the document."""


class NothingToInvoice(Refusal):
    """There is nothing to invoice: no line, or the lines come to nothing."""


class AlreadyInvoiced(Refusal):
    """This contract has been invoiced: {number}."""


class FreeBoothFirst(Refusal):
    """Decide on the free booth that was asked for first; the invoice follows from it."""


class OrderInOtherCurrency(Refusal):
    """“{item}” was ordered in {ordered}, and invoices of this edition are in {currency}."""


class NothingChanged(Refusal):
    """The price is what {number} says; there is nothing to correct."""


def invoice_number(edition: int, kind: str, serial: int) -> str:
    """The number of an edition's document with that serial, as ``INV-06-00001`` or ``CRN-06-00001``."""
    return f"{PREFIXES[kind]}-{edition:02}-{serial:05}"
