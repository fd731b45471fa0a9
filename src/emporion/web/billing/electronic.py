"""An invoice that programs read: a PDF/A-3 with its data by EN 16931 within (Factur-X, ZUGFeRD)."""

from __future__ import annotations

from emporion.domain.billing.models import Invoice
from emporion.domain.billing.rules.electronic import PROFILE, Issued, semantic
from emporion.domain.reason import Reason
from emporion.language import translate


def issued(invoice: Invoice) -> Issued:
    """An invoice or credit note with what its data say."""
    edition, credited = invoice.edition, invoice.credits
    return Issued(
        number=invoice.number, day=invoice.day, seller=invoice.seller, buyer=invoice.buyer, quote=invoice.quote,
        first=edition.first_day, last=edition.last_day, dues=[one.due for one in invoice.dues.all()],
        reference=invoice.reference, contract=invoice.contract_number,
        credits=(credited.number, credited.day) if credited else None,
    )  # fmt: skip


def data_of(invoice: Invoice) -> bytes:
    """The data of an invoice as XML by the profile EN 16931, checked by its schema.

    Raises: ElectronicInvoiceIncomplete.
    """
    # Loads lxml and a schema of the whole standard, which pages without an invoice do not need.
    from facturx import generate_cii_xml  # noqa: PLC0415

    def called(why: Reason) -> str:
        return translate(why, "en")

    xml: bytes = generate_cii_xml(semantic(issued(invoice), called), level=PROFILE, check_schematron=False)
    return xml


def with_data(paper: bytes, invoice: Invoice) -> bytes:
    """The invoice's PDF/A-3 with its data within. Raises: ElectronicInvoiceIncomplete."""
    from facturx import generate_from_binary  # noqa: PLC0415

    seller = invoice.seller
    described = {
        "author": seller.name_en or seller.name_zh, "keywords": "Factur-X, EN 16931", "title": invoice.number,
        "subject": f"{invoice.get_kind_display()} {invoice.number}",
    }  # fmt: skip
    made: bytes = generate_from_binary(
        paper, data_of(invoice), flavor="factur-x", level=PROFILE, check_xsd=False, pdf_metadata=described, lang="en"
    )
    return made
