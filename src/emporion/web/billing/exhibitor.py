"""What an organisation pays for taking part: quote, contract, invoices, and what is due."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from emporion.domain.billing.actions import (
    add_signed_paper,
    keep_document,
    offer_contract,
    set_invoice_address,
)
from emporion.domain.billing.models import Contract
from emporion.domain.billing.queries import (
    Account,
    buyer_of,
    contract_of,
    invoices_for,
    quote_for,
    seller_of,
    terms_of,
)
from emporion.domain.billing.queries.lists import invoice_of
from emporion.domain.billing.queries.ordered import orders_for
from emporion.domain.billing.rules.instalments import Due
from emporion.domain.billing.rules.parties import MARKET_OF_FAPIAOS
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.models import Application
from emporion.domain.reason import Name
from emporion.domain.refusal import Refusal
from emporion.domain.selling.actions import accept_with_stand
from emporion.language import written
from emporion.web.billing.forms import ADDRESS_FIELDS, AcceptanceForm, InvoiceAddressForm, PaperForm
from emporion.web.billing.papers import contract_pdf, invoice_pdf, kept
from emporion.web.shell.access import Place, action_context, place
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.files import pdf_to_keep
from emporion.web.shell.respond import accepted, done, form_page, private_page, refused_in


class ToPay(NamedTuple):
    """An amount that is due: of which invoice, with its reference, and whether its day is over."""

    due: Due
    number: str
    reference: str
    currency: str
    late: bool


def costs(request: HttpRequest, organisation: int) -> HttpResponse:
    """The quote of the organisation's application or what was agreed, its contract, its invoices, and what is due."""
    here, now = place(request, organisation), timezone.now()
    shown: dict[str, Any] = {"here": here, "paper_form": PaperForm()}
    if own := here.application:
        agreed, accounts = contract_of(own), invoices_for(own)
        offer = agreed.quote if agreed and agreed.state == Contract.State.ACCEPTED else None
        shown |= {
            "agreed": agreed, "accounts": accounts, "quote": offer or quote_for(own, here.edition, now),
            "to_pay": _to_pay(accounts, local_day(here.edition, now)), "seller": seller_of(terms_of(here.edition)),
        }  # fmt: skip
    if here.exhibitor:
        shown["orders"] = orders_for(here.exhibitor)
    return private_page(request, "billing/costs.html", here.edition, shown)


def _to_pay(accounts: list[Account], today: date) -> list[ToPay]:
    """What is to be paid of all invoices, the earliest first."""
    found = [
        ToPay(due, one.invoice.number, one.invoice.reference, one.invoice.currency, due.day < today)
        for one in accounts
        for due in one.dues
    ]
    return sorted(found, key=lambda one: one.due.day)


def contract(request: HttpRequest, organisation: int) -> HttpResponse:
    """Read the contract that is offered, and accept it."""
    here = place(request, organisation)
    try:
        offer = _offered(request, _applied(here))
    except Refusal as refusal:
        messages.error(request, written(refusal))
        return redirect(fair_url(request, "my_costs", organisation))
    if offer.state == Contract.State.ACCEPTED:
        return redirect(fair_url(request, "my_costs", organisation))
    assert offer.document is not None
    form = AcceptanceForm(request.POST or None)
    if request.method == "POST" and _agreed(request, here, form):
        messages.success(request, _("You have accepted the contract. Your invoice is below."))
        return redirect(fair_url(request, "my_costs", organisation))
    # Who read an earlier contract reads this one before the next click.
    form.data = {**form.data, "sha256": offer.document.sha256} if form.is_bound else form.data
    form.initial["sha256"] = offer.document.sha256
    terms = Name(offer.content["terms"]["en"], offer.content["terms"]["zh"])
    shown = {"here": here, "contract": offer, "quote": offer.quote, "terms": str(written(terms)), "form": form}
    return form_page(request, "billing/contract.html", here.edition, shown)


def _applied(here: Place) -> Application:
    if here.application is None:
        raise Http404(_("This page opens when you have applied."))
    return here.application


def _offered(request: HttpRequest, application: Application) -> Contract:
    """The contract as it is offered now, with its document."""
    context = action_context(request)
    offer = offer_contract(application, at=context.at)
    if offer.document is None and offer.state == Contract.State.OFFERED:
        name = f"contract-{offer.edition.fair.slug}-{offer.edition.number}-{application.pk}.pdf"
        offer.document = keep_document(offer, name, contract_pdf(offer), context=context)
    return offer


def _agreed(request: HttpRequest, here: Place, form: AcceptanceForm) -> bool:
    """Accept what was read; what is refused stands in the form."""
    if not form.is_valid():
        return False
    try:
        accept_with_stand(_applied(here), form.cleaned_data["sha256"], context=action_context(request))
    except Refusal as refusal:
        refused_in(form, refusal, {})
        return False
    return True


def contract_document(request: HttpRequest, organisation: int) -> HttpResponse:
    """The contract as PDF: the one that was accepted, else the one that is offered now."""
    here = place(request, organisation)
    try:
        offer = _offered(request, _applied(here))
    except Refusal:
        offer = contract_of(_applied(here))  # type: ignore[assignment]
    if offer is None or offer.document is None:
        raise Http404(_("There is no contract yet."))
    return kept(offer.document)


def signed_paper(request: HttpRequest, organisation: int) -> HttpResponse:
    """The contract signed on paper: POST brings it, GET gives it back."""
    own = contract_of(_applied(place(request, organisation)))
    if own is None:
        raise Http404(_("There is no contract yet."))
    if request.method != "POST":
        if own.signed_paper is None:
            raise Http404(_("There is no contract yet."))
        return kept(own.signed_paper)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["paper"]
        context = action_context(request)
        done(request, lambda: add_signed_paper(own, file.name, file.read(), context=context), _("Your paper is here."))
    else:
        messages.error(request, _("Choose the signed contract as a PDF first."))
    return redirect(fair_url(request, "my_costs", organisation))


def invoice_address(request: HttpRequest, organisation: int) -> HttpResponse:
    """Say to whom contract and invoices are made out."""
    here = place(request, organisation)
    own = _applied(here)
    known = buyer_of(own)
    fapiaos = here.edition.host_id == MARKET_OF_FAPIAOS
    form = InvoiceAddressForm(request.POST or None, initial=known.stored(), fapiaos=fapiaos)
    if (
        request.method == "POST"
        and accepted(
            form, lambda: set_invoice_address(own, form.buyer(), context=action_context(request)), ADDRESS_FIELDS
        )
        is not None
    ):
        messages.success(request, _("Saved. The next papers name it."))
        return redirect(fair_url(request, "my_costs", organisation))
    return form_page(request, "billing/invoice_address.html", here.edition, {"here": here, "form": form})


def invoice(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """An invoice or credit note of the organisation as PDF."""
    here = place(request, organisation)
    own = invoice_of(here.edition, pk)
    if own is None or own.application_id != _applied(here).pk:
        raise Http404(_("You have no invoice at this address."))
    return pdf_to_keep(f"{own.number}.pdf", invoice_pdf(own))
