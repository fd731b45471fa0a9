"""An exhibitor orders services and equipment of the organiser."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from emporion.domain.billing.queries.ordered import orders_for
from emporion.domain.services.actions import order_services
from emporion.domain.services.models import OrderLine, Service
from emporion.domain.services.queries import invoice_line, lines_of, services_of
from emporion.web.services.forms import CATEGORIES, OrderForm
from emporion.web.shell.access import action_context, contracted
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, form_page


def services(request: HttpRequest, organisation: int) -> HttpResponse:
    """What is offered, with how much is ordered; one button stores the whole order."""
    here, exhibitor = contracted(request, organisation)
    lines = list(lines_of(exhibitor))
    ordered: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        ordered[line.service_id] += line.quantity
    shown = [one for one in services_of(here.edition) if one.offered or one.pk in ordered]
    form = OrderForm(request.POST or None, services=shown, ordered=ordered)
    done = accepted(form, lambda: (order_services(exhibitor, form.quantities(), context=action_context(request)),), {})
    if done is not None:
        messages.success(request, _("Your order is stored.") if done[0] else _("Your order is as it was."))
        return redirect(fair_url(request, "my_services", organisation))
    context = {
        "here": here, "form": form, "groups": _groups(shown, form, lines), "totals": _totals(lines),
        "orders": orders_for(exhibitor),
    }  # fmt: skip
    return form_page(request, "services/exhibitor.html", here.edition, context)


def _groups(services: list[Service], form: OrderForm, lines: list[OrderLine]) -> list[dict[str, Any]]:
    """The services by category, each with its field, what is ordered of it and on which terms it can be changed."""
    now, of_service = timezone.now(), defaultdict(list)
    for line in lines:
        of_service[line.service_id].append(invoice_line(line))
    groups = []
    for category, members in groupby(services, key=lambda one: one.category):
        rows = [
            {
                "service": one,
                "field": form[f"service-{one.pk}"],
                "lines": of_service[one.pk],
                "late": one.deadline <= now < one.closes,
                "closed": now >= one.closes,
            }
            for one in members
        ]
        groups.append({"code": category, "title": CATEGORIES[category], "rows": rows})
    return groups


def _totals(lines: list[OrderLine]) -> list[tuple[str, Decimal]]:
    """What the order comes to, by currency."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        stated = invoice_line(line)
        sums[stated.currency] += stated.amount
    return sorted(sums.items())
