"""The organiser invoices ordered services, and reduces an order on an exhibitor's behalf."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from emporion.domain.billing.actions import invoice_services
from emporion.domain.billing.actions.ordered import Settled
from emporion.domain.billing.queries import accounts_of
from emporion.domain.billing.queries.ordered import invoices_of_services, ordering, orders_for
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.exhibitors.queries import exhibitors_of
from emporion.domain.services.actions import correct_orders
from emporion.domain.services.queries import invoice_line, lines_of
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import FINANCE, may
from emporion.web.services.forms import CorrectionForm
from emporion.web.shell.access import action_context, edition_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import start_tasks
from emporion.web.shell.paging import page_after
from emporion.web.shell.respond import accepted, done, form_page, private_page

KINDS = {"open": gettext_lazy("Not settled"), "all": gettext_lazy("All orders")}


def balances(request: HttpRequest) -> HttpResponse:
    """The exhibitors that have ordered, with what is invoiced of it; POST has a worker invoice all of it."""
    edition = edition_of(request)
    if request.method == "POST":
        start_tasks(request, "services_invoices", [edition])
        return redirect(fair_url(request, "office_balances"))
    kind = request.GET.get("show", "open")
    kind = kind if kind in KINDS else "open"
    lists = {name: ordering(edition, unsettled=name == "open") for name in KINDS}
    kinds = [{"name": name, "title": title, "count": lists[name].count()} for name, title in KINDS.items()]
    found = page_after(lists[kind], request.GET.get("after", ""), "pk")
    shown = {"kinds": kinds, "kind": kind, "rows": found.rows, "after": found.after}
    return private_page(request, "services/balances.html", edition, shown)


def _exhibitor(request: HttpRequest, pk: int) -> Exhibitor:
    edition = edition_of(request)
    found = exhibitors_of(edition).filter(pk=pk).select_related("organisation", "application").first()
    if found is None:
        raise Http404
    found.edition = edition
    return found


def order(request: HttpRequest, pk: int) -> HttpResponse:
    """What an exhibitor has ordered and what is invoiced of it; POST reduces the order."""
    exhibitor = _exhibitor(request, pk)
    lines = list(lines_of(exhibitor))
    form = CorrectionForm(request.POST or None, lines=lines)

    def corrected() -> tuple[int]:
        return (
            correct_orders(exhibitor, form.quantities(), form.cleaned_data["reason"], context=action_context(request)),
        )

    changed = accepted(form, corrected, {"correction_reason_needed": "reason"})
    if changed is not None:
        messages.success(request, _("The order is reduced.") if changed[0] else _("The order is as it was."))
        return redirect(fair_url(request, "office_order", pk))
    shown: dict[str, Any] = {
        "exhibitor": exhibitor, "form": form, "orders": orders_for(exhibitor), 
        "may_invoice": may(held_at(person(request), exhibitor.edition.fair), (FINANCE,)),
        "rows": [{"it": line, "stated": invoice_line(line)} for line in lines],
        "accounts": accounts_of(invoices_of_services(exhibitor)),
    }  # fmt: skip
    return form_page(request, "services/order.html", exhibitor.edition, shown)


@require_POST
def order_invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """Invoice what one exhibitor has ordered, and credit what it has ordered no more."""
    exhibitor = _exhibitor(request, pk)

    def settled() -> Settled:
        own = [exhibitor.application_id]
        return invoice_services(exhibitor.edition, applications=own, context=action_context(request))

    done(request, settled, _("Invoices and order agree now; the exhibitor is told of new papers."))
    return redirect(fair_url(request, "office_order", pk))
