"""The office's pages of invoices: what is open, one with its payments, its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from emporion.domain.billing.actions import credit_invoice, enter_payment
from emporion.domain.billing.models import Invoice, Payment
from emporion.domain.billing.queries import account_of, accounts_among
from emporion.domain.billing.queries.fapiaos import wants_fapiaos
from emporion.domain.billing.queries.lists import invoice_of
from emporion.domain.billing.queries.payments import invoices_listed, payments_of
from emporion.domain.editions.queries import local_day
from emporion.web.billing.forms import PaymentForm, ReasonForm
from emporion.web.billing.papers import invoice_pdf
from emporion.web.shell.access import action_context, office
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.files import pdf_to_keep
from emporion.web.shell.paging import page_after
from emporion.web.shell.respond import accepted, form_page, private_page

KINDS = {
    "all": gettext_lazy("All"),
    "open": gettext_lazy("Open"),
    "overdue": gettext_lazy("Overdue"),
    "paid": gettext_lazy("Paid"),
    "to_return": gettext_lazy("To be returned"),
    "taken_back": gettext_lazy("Taken back"),
}


def invoices(request: HttpRequest) -> HttpResponse:
    """The invoices of the edition by what is open of them."""
    edition, kind = office(request), request.GET.get("show", "all")
    kind, today = kind if kind in KINDS else "all", local_day(edition, timezone.now())
    counts = {name: invoices_listed(edition, name, today).count() for name in KINDS}
    found = page_after(invoices_listed(edition, kind, today), request.GET.get("after", ""), "pk")
    page = {one.invoice.pk: one for one in accounts_among(found.rows)}
    rows = [{"it": page[row.pk], "overdue": page[row.pk].overdue(today)} for row in found.rows]
    kinds = [{"name": name, "title": title, "count": counts[name]} for name, title in KINDS.items()]
    shown = {"kinds": kinds, "kind": kind, "rows": rows, "after": found.after, "fapiaos": wants_fapiaos(edition)}
    return private_page(request, "billing/invoices.html", edition, shown)


def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """One invoice with what was paid of it; POST takes it back by a credit note."""
    found = _invoice(request, pk)
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
    return _invoice_page(request, found, form, PaymentForm(auto_id="paid_%s"))


def _invoice_page(request: HttpRequest, found: Invoice, form: ReasonForm, paying: PaymentForm) -> HttpResponse:
    edition, account = office(request), account_of(found)
    today = local_day(edition, timezone.now())
    paying.initial.setdefault("day", today)
    shown = {
        "invoice": found, "account": account, "quote": found.quote, "form": form, "paying": paying,
        "payments": payments_of(found), "overdue": account.overdue(today), "reminders": found.reminders.all(),
    }  # fmt: skip
    return form_page(request, "billing/invoice_office.html", edition, shown)


@require_POST
def payment_entered(request: HttpRequest, pk: int) -> HttpResponse:
    """Type in a payment of an invoice."""
    edition, found = office(request), _invoice(request, pk)
    form = PaymentForm(request.POST, auto_id="paid_%s")

    def entered() -> Payment:
        return enter_payment(edition, found, **form.cleaned_data, context=action_context(request))

    if accepted(form, entered, {"payment_of_nothing": "amount"}) is None:
        return _invoice_page(request, found, ReasonForm(), form)
    messages.success(request, _("The payment is entered."))
    return redirect(fair_url(request, "office_invoice", pk))


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """An invoice or credit note as PDF."""
    found = _invoice(request, pk)
    return pdf_to_keep(f"{found.number}.pdf", invoice_pdf(found))


def _invoice(request: HttpRequest, pk: int) -> Invoice:
    found = invoice_of(office(request), pk)
    if found is None:
        raise Http404(_("There is no invoice at this address."))
    return found
