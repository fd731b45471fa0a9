"""The office's pages of payments: a bank's file, what waits for a person, and reminders."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from emporion.domain.billing.actions import allocate_payment, remind, settle_payment, take_bank_file
from emporion.domain.billing.models import BankFile, Payment
from emporion.domain.billing.queries.lists import invoice_of
from emporion.domain.billing.queries.payments import bank_files_of, likely_invoices, payment_of, payments_waiting
from emporion.spreadsheets.statements import credits_of
from emporion.web.billing.forms import BankFileForm
from emporion.web.shell.access import action_context, office
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, done, form_page

SHOWN = 20


def payments(request: HttpRequest) -> HttpResponse:
    """Bring a bank's statement; the payments that wait for a person, each with invoices that it may be for."""
    edition = office(request)
    form = BankFileForm(request.POST, request.FILES) if request.method == "POST" else BankFileForm()
    if request.method == "POST" and (file := _taken(request, form)):
        messages.success(request, _told(file))
        return redirect(fair_url(request, "office_payments"))
    waiting = payments_waiting(edition)
    shown = {
        "form": form, "waiting": [_row(one) for one in waiting[:SHOWN]], "count": waiting.count(),
        "files": bank_files_of(edition)[:10],
    }  # fmt: skip
    return form_page(request, "billing/payments.html", edition, shown)


def _taken(request: HttpRequest, form: BankFileForm) -> BankFile | None:
    edition = office(request)

    def take() -> BankFile:
        file = form.cleaned_data["statement"]
        content = file.read()
        entries = credits_of(content, edition.currency_id)
        return take_bank_file(edition, file.name, content, entries, context=action_context(request))

    refused = ("bank_file_unreadable", "bank_file_unsafe", "bank_file_too_large")
    return accepted(form, take, dict.fromkeys(refused, "statement"))


def _told(file: BankFile) -> str:
    new = ngettext("%(new)s new payment was taken", "%(new)s new payments were taken", file.new) % {"new": file.new}
    known = ngettext("%(known)s was known already", "%(known)s were known already", file.known) % {"known": file.known}
    return _("%(file)s: %(new)s, %(known)s.") % {"file": file.name, "new": new, "known": known}


def _row(payment: Any) -> dict[str, Any]:
    return {"it": payment, "left": payment.left, "likely": likely_invoices(payment, payment.left)}


@require_POST
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Allocate what is left of a payment to an invoice, or note how it was dealt with."""
    found, context = _payment(request, pk), action_context(request)
    if request.POST.get("action") == "settle":
        note = request.POST.get("note", "")
        done(request, lambda: settle_payment(found, note, context=context), _("Noted."))
    else:
        number = request.POST.get("invoice", "")
        done(request, lambda: allocate_payment(found, number, context=context), _("The payment is allocated."))
    return redirect(fair_url(request, "office_payments"))


def _payment(request: HttpRequest, pk: int) -> Payment:
    found = payment_of(office(request), pk)
    if found is None:
        raise Http404(_("There is no payment at this address."))
    return found


@require_POST
def reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind an exhibitor of what is overdue of an invoice."""
    found = invoice_of(office(request), pk)
    if found is None:
        raise Http404(_("There is no invoice at this address."))
    done(request, lambda: remind(found, context=action_context(request)), _("The exhibitor is reminded."))
    return redirect(fair_url(request, "office_invoice", pk))
