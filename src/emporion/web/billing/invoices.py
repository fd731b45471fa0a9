"""The office's pages of invoices."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.billing.actions import credit_invoice
from emporion.domain.billing.models import Invoice
from emporion.domain.billing.queries import account_of
from emporion.domain.billing.queries.lists import invoice_of
from emporion.web.billing.forms import ReasonForm
from emporion.web.billing.papers import as_file, invoice_pdf
from emporion.web.shell.access import action_context, office
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, form_page


def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """One invoice with what was paid of it; POST takes it back by a credit note."""
    edition, found = office(request), _invoice(request, pk)
    form = ReasonForm(request.POST or None)
    if (
        request.method == "POST"
        and accepted(
            form,
            lambda: credit_invoice(found, form.cleaned_data["reason"], context=action_context(request)),
            {"credit_reason_needed": "reason"},
        )
        is not None
    ):
        messages.success(request, _("The invoice is taken back and the exhibitor is told."))
        return redirect(fair_url(request, "office_invoice", pk))
    shown = {"invoice": found, "account": account_of(found), "quote": found.quote, "form": form}
    return form_page(request, "billing/invoice_office.html", edition, shown)


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """An invoice or credit note as PDF."""
    found = _invoice(request, pk)
    return as_file(f"{found.number}.pdf", invoice_pdf(found))


def _invoice(request: HttpRequest, pk: int) -> Invoice:
    found = invoice_of(office(request), pk)
    if found is None:
        raise Http404(_("There is no invoice at this address."))
    return found
