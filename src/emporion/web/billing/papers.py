"""Contracts and invoices as PDF, in the languages of the fair one after the other."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from emporion.domain.billing.models import Contract, Document, Invoice
from emporion.domain.editions.models import Edition
from emporion.domain.editions.rules import CHINESE
from emporion.domain.reason import Name
from emporion.paper import laid_out, written
from emporion.web.shell.files import pdf_to_keep
from emporion.web.shell.states import STANDS

STYLE = "emporion/papers.css"


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
    """The invoice or credit note as it was issued. Raises: PDFLibraryMissing."""
    known = {"invoice": invoice, "quote": invoice.quote, "seller": invoice.seller, "buyer": invoice.buyer}
    return _pdf("billing/invoice_paper.html", invoice.edition, known)


def _pdf(template: str, edition: Edition, known: dict[str, Any]) -> bytes:
    parts = []
    for language in edition.fair.languages:
        with translation.override(language):
            mark = "zh-Hans" if language == CHINESE else language
            parts.append(render_to_string(template, {**known, "edition": edition, "fair": edition.fair, "mark": mark}))
    html = f"<!doctype html><html><body>{''.join(parts)}</body></html>"
    return written(laid_out(html, STYLE))


def kept(document: Document) -> HttpResponse:
    """A document as it is kept."""
    return pdf_to_keep(document.name, bytes(document.content))
