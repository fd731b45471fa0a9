"""Contracts and invoices as PDF, in the languages of the fair one after the other."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from emporion.domain.billing.models import Contract, Document, Invoice
from emporion.domain.billing.queries import terms_of
from emporion.domain.billing.rules.electronic import ElectronicInvoiceIncomplete, require_complete
from emporion.domain.editions.models import Edition
from emporion.domain.editions.rules import CHINESE
from emporion.domain.reason import Name
from emporion.paper import ARCHIVED, laid_out, once, written
from emporion.web.billing.electronic import with_data
from emporion.web.shell.files import pdf_to_keep
from emporion.web.shell.states import STANDS

STYLE = "emporion/papers.css"
# Counted on when the style or what is embedded changes, so that papers are made anew.
FORMAT = 1


def contract_pdf(contract: Contract) -> bytes:
    """The contract as it is offered. Raises: PDFLibraryMissing."""
    said = contract.content
    known = {
        "contract": contract, "quote": contract.quote, "seller": contract.seller, "buyer": contract.buyer,
        "area": Name(said["area"]["en"], said["area"]["zh"]), "stand": STANDS[said["stand"]],
        "terms": Name(said["terms"]["en"], said["terms"]["zh"]),
    }  # fmt: skip
    return _pdf("billing/contract_paper.html", contract.edition, known)


def invoice_pdf(invoice: Invoice) -> bytes:
    """The invoice or credit note as it was issued, made once. Raises: PDFLibraryMissing."""
    known = {"invoice": invoice, "quote": invoice.quote, "seller": invoice.seller, "buyer": invoice.buyer}
    html, data = _html("billing/invoice_paper.html", invoice.edition, known), _carries_data(invoice)

    def made() -> bytes:
        paper = laid_out(html, STYLE)
        return with_data(written(paper, ARCHIVED), invoice) if data else written(paper)

    return once(f"{FORMAT}:{invoice.pk}:{data}:{html}", made)


def _carries_data(invoice: Invoice) -> bool:
    """Whether programs read it; what an exhibitor has not stated yet makes no invoice wait."""
    with suppress(ElectronicInvoiceIncomplete):
        require_complete(invoice.seller, invoice.buyer)
        return terms_of(invoice.edition).electronic
    return False


def _pdf(template: str, edition: Edition, known: dict[str, Any]) -> bytes:
    return written(laid_out(_html(template, edition, known), STYLE))


def _html(template: str, edition: Edition, known: dict[str, Any]) -> str:
    """A paper in the languages of the fair one after the other."""
    parts = []
    for language in edition.fair.languages:
        with translation.override(language):
            mark = "zh-Hans" if language == CHINESE else language
            parts.append(render_to_string(template, {**known, "edition": edition, "fair": edition.fair, "mark": mark}))
    first = str(edition.fair.languages[0])
    return f'<!doctype html><html lang="{first}"><body>{"".join(parts)}</body></html>'


def kept(document: Document) -> HttpResponse:
    """A document as it is kept."""
    return pdf_to_keep(document.name, bytes(document.content))
