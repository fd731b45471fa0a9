"""What it takes for an exhibitor's whole range to enter a market, as a table and as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from emporion.domain.catalogue import queries as catalogue
from emporion.domain.catalogue.models import Product
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.marketaccess import queries as marketaccess
from emporion.domain.marketaccess.queries import Query
from emporion.domain.marketaccess.rules.eligibility import nearest_day
from emporion.language import country_name
from emporion.web.market.entering import address
from emporion.web.market.no_law import no_tariff
from emporion.web.market.presenters import DISCLAIMER, TARIFF_ALONE, AnswerView, present_answer
from emporion.web.shell import access
from emporion.web.shell.respond import page
from emporion.web.shell.templatetags.fair import words

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def whole_range(request: HttpRequest, number: str) -> HttpResponse:
    """Each product of an exhibitor with what it pays to enter a country on a day."""
    edition = access.public_edition(request)
    if (answer := no_tariff(request, edition)) is not None:
        return answer
    exhibitor = access.public_exhibitor(edition, number)
    to, requested_day, on = _query(request, edition)
    rows = answered(exhibitor, to, on) if to else []
    if request.GET.get("form") == "csv":
        return _file(number, to, on, rows)
    choices = sorted(((code, country_name(code)) for code in marketaccess.markets()), key=lambda one: one[1])
    context: dict[str, Any] = {
        "exhibitor": exhibitor, "rows": rows, "choices": choices, "to": to, "to_name": country_name(to), "on": on,
        "requested_day": requested_day, "known": sum(bool(row["found"] and row["found"].known) for row in rows),
        "file": "?" + urlencode({"to": to, "on": on.isoformat(), "form": "csv"}),
    }  # fmt: skip
    return page(request, "market/whole_range.html", edition, context)


def _query(request: HttpRequest, edition: Edition) -> tuple[str, date, date]:
    """The market (empty: none is at hand), the day asked for, and the nearest to it for which the tariff answers."""
    markets = marketaccess.markets()
    to = request.GET.get("to") or (edition.host_id if edition.host_id in markets else "")
    if to and to not in markets:
        raise Http404(_("No tariff of this country is available; choose one from the list."))
    try:
        requested_day = parse_date(request.GET.get("on", "")) or edition.first_day
    except ValueError:
        raise Http404(_("There is no such day; write it as 2026-11-05.")) from None
    return (
        to,
        requested_day,
        nearest_day(marketaccess.market_of(to, requested_day), requested_day) if to else requested_day,
    )


def answered(exhibitor: Exhibitor, to: str, on: date) -> list[dict[str, Any]]:
    """Every product with its answer; none where its code or origin is missing."""
    products = list(catalogue.products_of(exhibitor))
    pairs = sorted({(one.hs_id, one.origin_id) for one in products if one.hs_id and one.origin_id})
    answers = marketaccess.answers_for([Query(hs, origin) for hs, origin in pairs], to, on)
    presented = {pair: present_answer(one) for pair, one in zip(pairs, answers, strict=True)}
    return [
        _row(exhibitor.edition, one, presented.get((one.hs_id or "", one.origin_id or "")), to, on) for one in products
    ]


def _row(edition: Edition, product: Product, found: AnswerView | None, to: str, on: date) -> dict[str, Any]:
    there = address(edition, product.hs_id or "", product.origin_id or "", to, on) if found else ""
    return {"product": product, "found": found, "address": there}


def _file(number: str, to: str, on: date, rows: list[dict[str, Any]]) -> HttpResponse:
    """The table as CSV in the reader's language, marked as UTF-8 for spreadsheets."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="market-{number}-{to}-{on}.csv"'
    writer = csv.writer(answer)
    for line in _lines(to, on, rows):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in line])
    return answer


def _answer(found: AnswerView) -> list[str]:
    missing = "; ".join(found.missing)
    return [found.rate, found.basis, found.duties, found.total, "; ".join(found.lacks), missing, found.schedule]


def _lines(to: str, on: date, rows: list[dict[str, Any]]) -> Iterator[list[str]]:
    yield [
        _("Number"), _("Product"), _("HS code"), _("Origin"), _("Importing country"), _("Day of import"),
        _("Base duty"), _("Rate"), _("Duties together"), _("All together"), _("What the total lacks"),
        _("What is missing"), _("Source"),
    ]  # fmt: skip
    missing_query = ["", "", "", "", "", _("the product's HS code or origin"), ""]
    for row in rows:
        product, found = row["product"], row["found"]
        answer = _answer(found) if found else missing_query
        goods = [product.number, words(product), product.hs_id or "", product.origin_id or ""]
        yield [*goods, to, on.isoformat(), *answer]
    yield [f"{DISCLAIMER} {TARIFF_ALONE}"]
