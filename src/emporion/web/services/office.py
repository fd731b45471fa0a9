"""The organiser's services: what is offered, what is ordered by hall, and orders as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.queries import exhibitors_of
from emporion.domain.services.actions import ServiceFacts, change_service, offer_service
from emporion.domain.services.models import Service
from emporion.domain.services.queries import order_lines, services_of, totals_by_hall
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import FINANCE, may
from emporion.spreadsheets.rejects import inert
from emporion.web.services.forms import CATEGORIES, SERVICE_FIELDS, ServiceForm
from emporion.web.shell.access import action_context, edition_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, form_page, private_page

# With its mark, Excel opens the file as UTF-8.
MARK = "\ufeff"


class _Line:
    """A file that gives back what is written, for the writer of lines."""

    def write(self, text: str) -> str:
        return text


def services(request: HttpRequest) -> HttpResponse:
    """What is offered, and how much of it is ordered in each hall."""
    edition = edition_of(request)
    totals = [
        {"hall": hall, "rows": list(rows)} for hall, rows in groupby(totals_by_hall(edition), key=lambda row: row.hall)
    ]
    may_invoice = may(held_at(person(request), edition.fair), (FINANCE,))
    context = {
        "services": services_of(edition), "categories": CATEGORIES, "totals": totals, "may_invoice": may_invoice,
    }  # fmt: skip
    return private_page(request, "services/office.html", edition, context)


def new_service(request: HttpRequest) -> HttpResponse:
    """Offer one more service."""
    return _form(request, edition_of(request), None)


def service(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a service."""
    edition = edition_of(request)
    found = services_of(edition).filter(pk=pk).first()
    if found is None:
        raise Http404
    return _form(request, edition, found)


def _form(request: HttpRequest, edition: Edition, found: Service | None) -> HttpResponse:
    stated = {name: getattr(found, name) for name in ServiceFacts.__dataclass_fields__} if found else {}
    form = ServiceForm(request.POST or None, chinese=edition.fair.speaks_chinese, initial=stated)

    def save() -> Service:
        facts = form.facts()
        context = action_context(request)
        return (
            change_service(found, facts, context=context) if found else offer_service(edition, facts, context=context)
        )

    if accepted(form, save, SERVICE_FIELDS):
        messages.success(request, _("Saved."))
        return redirect(fair_url(request, "office_services"))
    context = {"form": form, "service": found, "currency": found.currency_id if found else edition.currency_id}
    return form_page(request, "services/service.html", edition, context)


@require_safe
def orders(request: HttpRequest) -> StreamingHttpResponse:
    """Every ordered line of the edition as a CSV, with its exhibitor and stand."""
    edition = edition_of(request)
    response = StreamingHttpResponse(_csv(edition), content_type="text/csv; charset=utf-8")
    name = f"orders-{edition.fair.slug}-{edition.number}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _csv(edition: Edition) -> Iterator[str]:
    writer = csv.writer(_Line())
    found = exhibitors_of(edition).select_related("organisation", "occupancy__stand__hall").in_bulk()
    first: list[Any] = ["exhibitor", "organisation", "hall", "stand"]
    columns = ["code", "name_en", "name_zh", "unit_en", "late", "quantity", "unit_price", "surcharge_percent", "amount"]
    yield MARK + str(writer.writerow([*first, *columns, "currency"]))
    for line in order_lines(edition):
        exhibitor = found[line.exhibitor]
        occupancy = getattr(exhibitor, "occupancy", None)
        place = [occupancy.stand.hall.code, occupancy.stand.number] if occupancy else ["", ""]
        stated = asdict(line)
        cells = [exhibitor.number, exhibitor.organisation.name, *place, *(stated[name] for name in columns)]
        yield str(writer.writerow([inert(str(cell)) for cell in [*cells, line.currency]]))
