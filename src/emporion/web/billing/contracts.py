"""The office's pages of contracts: who has accepted which, its invoice, its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from emporion.domain.billing.actions import (
    cancel_contract,
    correct_invoice,
    invoice_contract,
    set_terms,
)
from emporion.domain.billing.models import Contract, Invoice
from emporion.domain.billing.queries import (
    Account,
    contract_of,
    invoices_for,
    quote_for,
    seller_of,
    terms_of,
)
from emporion.domain.billing.queries.lists import (
    application_of,
    contract_counts,
    contracts_of,
    invoice_of,
    unrecorded_count,
)
from emporion.domain.exhibitors.models import Application
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import FINANCE, may
from emporion.web.billing.forms import TERMS, TERMS_FIELDS, ReasonForm, TermsForm
from emporion.web.billing.papers import kept
from emporion.web.shell.access import action_context, office, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import start_tasks
from emporion.web.shell.paging import page_after
from emporion.web.shell.respond import accepted, done, form_page, private_page
from emporion.web.shell.states import APPLICATION

KINDS = {
    "all": gettext_lazy("All"),
    "waiting": gettext_lazy("Not accepted yet"),
    "signed": gettext_lazy("Signed"),
    "to_invoice": gettext_lazy("To be invoiced"),
    "cancelled": gettext_lazy("Cancelled"),
}


def contracts(request: HttpRequest) -> HttpResponse:
    """The contracts of the edition, by what is to be done with them."""
    edition, kind = office(request), request.GET.get("show", "all")
    kind = kind if kind in KINDS else "all"
    counts = contract_counts(edition)
    found = page_after(contracts_of(edition, kind), request.GET.get("after", ""), "pk")
    kinds = [{"name": name, "title": title, "count": counts[name]} for name, title in KINDS.items()]
    rows = [_row(application) for application in found.rows]
    shown = {
        "kinds": kinds, "kind": kind, "rows": rows, "after": found.after,
        "may_bill": may(held_at(person(request), edition.fair), (FINANCE,)),
        "unrecorded": unrecorded_count(edition), "to_invoice": counts["to_invoice"],
    }  # fmt: skip
    return private_page(request, "billing/contracts.html", edition, shown)


def _row(application: Application) -> dict[str, Any]:
    latest = next(iter(application.contracts.all()), None)
    number = exhibitor.number if (exhibitor := getattr(application, "exhibitor", None)) else ""
    return {
        "it": application, "state": APPLICATION[application.state], "contract": latest,
        "quote": latest.quote if latest else None, "number": number or application.released_number,
    }  # fmt: skip


@require_POST
def billing(request: HttpRequest) -> HttpResponse:
    """Have a worker record the contracts signed elsewhere and issue the invoices of all that wait for theirs."""
    start_tasks(request, "billing", [office(request)])
    return redirect(fair_url(request, "office_contracts"))


def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract with its papers and invoices."""
    return _contract_page(request, pk, ReasonForm(), ReasonForm(auto_id="correct_%s"))


def _contract_page(request: HttpRequest, pk: int, cancellation: ReasonForm, correction: ReasonForm) -> HttpResponse:
    edition = office(request)
    application = _application(request, pk)
    agreed, accounts = contract_of(application), invoices_for(application)
    current = quote_for(application, edition, timezone.now())
    standing = _standing(accounts)
    lives = agreed is not None and agreed.state == Contract.State.ACCEPTED
    shown = {
        "application": application, "state": APPLICATION[application.state], "contract": agreed, "accounts": accounts,
        "quote": agreed.quote if agreed else current, "may_invoice": lives and standing is None,
        "differs": standing if standing and current and current.lines != standing.quote.lines else None,
        "cancellation": cancellation, "correction": correction,
    }  # fmt: skip
    return form_page(request, "billing/contract_office.html", edition, shown)


def _standing(accounts: list[Account]) -> Invoice | None:
    """The contract's own invoice that is not taken back."""
    return next((one.invoice for one in accounts if one.invoice.contract_number and not one.credit_note), None)


def _application(request: HttpRequest, pk: int) -> Application:
    found = application_of(office(request), pk)
    if found is None:
        raise Http404(_("There is no contract at this address."))
    return found


@require_POST
def contract_cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a contract with all that hangs on it."""
    application, form = _application(request, pk), ReasonForm(request.POST)

    def cancelled() -> Application:
        return cancel_contract(application, reason=form.cleaned_data["reason"], context=action_context(request))

    if accepted(form, cancelled, {"cancellation_reason_needed": "reason"}) is None:
        return _contract_page(request, pk, form, ReasonForm(auto_id="correct_%s"))
    messages.success(request, _("The contract is cancelled and the exhibitor is told."))
    return redirect(fair_url(request, "office_contract", pk))


@require_POST
def contract_invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the invoice of a contract, or credit it and issue one by today's price."""
    application, context = _application(request, pk), action_context(request)
    if number := request.POST.get("correct", ""):
        form = ReasonForm(request.POST, auto_id="correct_%s")
        standing = invoice_of(office(request), int(number)) if number.isdecimal() else None
        if standing is None or standing.application_id != application.pk:
            raise Http404
        reason = str(form.data.get("reason", ""))
        done(
            request,
            lambda: correct_invoice(standing, reason=reason, context=context),
            _("The invoice is taken back and another is issued."),
        )
    elif agreed := contract_of(application):
        done(request, lambda: invoice_contract(agreed, context=context), _("The invoice is issued."))
    return redirect(fair_url(request, "office_contract", pk))


def contract_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract as it was accepted or is offered, as PDF."""
    found = contract_of(_application(request, pk))
    if found is None or found.document is None:
        raise Http404(_("There is no contract at this address."))
    return kept(found.document)


def signed_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract as it was signed on paper."""
    found = contract_of(_application(request, pk))
    if found is None or found.signed_paper is None:
        raise Http404(_("There is no contract at this address."))
    return kept(found.signed_paper)


def terms(request: HttpRequest) -> HttpResponse:
    """Who issues contracts and invoices, to which account, and the terms of contracts."""
    edition = office(request)
    known = terms_of(edition)
    first = {**seller_of(known).stored(), **{name: getattr(known, name) for name in TERMS}}
    form = TermsForm(request.POST or None, initial=first, chinese=edition.fair.speaks_chinese)
    if (
        request.method == "POST"
        and accepted(
            form, lambda: set_terms(edition, form.seller(), form.terms(), context=action_context(request)), TERMS_FIELDS
        )
        is not None
    ):
        messages.success(request, _("Saved. The next papers say so."))
        return redirect(fair_url(request, "office_terms"))
    return form_page(request, "billing/terms.html", edition, {"form": form})
