"""The office's page of an edition's price list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.billing.actions import set_prices
from emporion.domain.billing.models import PriceList
from emporion.domain.billing.queries import price_list_of
from emporion.domain.billing.rules.instalments import USUAL, Instalment
from emporion.domain.billing.rules.locations import LOCATION_CODES, Location
from emporion.domain.billing.rules.prices import PRICE_FIELDS
from emporion.web.billing.forms import MOST_INSTALMENTS, PRICES_FIELDS, PriceForm
from emporion.web.shell.access import action_context, office
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, form_page


def prices(request: HttpRequest) -> HttpResponse:
    """The price list: what stands and fees cost, which discounts are given, when instalments are due."""
    edition = office(request)
    found = price_list_of(edition)
    form = PriceForm(
        request.POST or None, currency=edition.currency_id, chinese=edition.fair.speaks_chinese, initial=_first(found)
    )

    def saved() -> PriceList:
        return set_prices(edition, form.prices(), form.instalments(), context=action_context(request))

    if request.method == "POST" and accepted(form, saved, PRICES_FIELDS) is not None:
        messages.success(request, _("The prices are saved. Contracts that are accepted keep theirs."))
        return redirect(fair_url(request, "office_prices"))
    rows = [[form[f"{name}_{row}"] for name in ("percent", "basis", "days")] for row in range(1, MOST_INSTALMENTS + 1)]
    parts = ("en", "zh", "percent") if edition.fair.speaks_chinese else ("en", "percent")
    classes = [[form[f"location_{part}_{code}"] for part in parts] for code in LOCATION_CODES]
    shown = {"form": form, "rows": rows, "classes": classes, "found": found}
    return form_page(request, "billing/prices.html", edition, shown)


def _first(found: PriceList | None) -> dict[str, Any]:
    """What the form begins with: the price list, else what is usual."""
    known = {name: getattr(found, name) for name in PRICE_FIELDS} if found else {}
    for row, one in enumerate(found.when_due if found else USUAL, start=1):
        known |= _row(row, one)
    for place in found.prices.locations if found else ():
        known |= _class(place)
    return known


def _row(row: int, one: Instalment) -> dict[str, Any]:
    return {f"percent_{row}": one.percent, f"basis_{row}": one.basis, f"days_{row}": one.days}


def _class(one: Location) -> dict[str, Any]:
    percent = f"{one.percent:f}"
    return {
        f"location_en_{one.code}": one.name.en,
        f"location_zh_{one.code}": one.name.zh,
        f"location_percent_{one.code}": percent,
    }
