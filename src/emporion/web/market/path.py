"""The way of goods into a market: steps in order with how long each takes, as a page and as a PDF."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.marketaccess import queries as marketaccess
from emporion.domain.marketaccess import without_database
from emporion.domain.marketaccess.rules.path import path_of
from emporion.domain.work.rules import PDFLibraryMissing
from emporion.language import translate
from emporion.paper import laid_out, written
from emporion.web.market.entering import address, scope
from emporion.web.market.forms import MarketForm
from emporion.web.market.no_law import no_tariff
from emporion.web.market.presenters import present_answer, present_entry, present_path
from emporion.web.shell import access
from emporion.web.shell.page_cache import cached_page
from emporion.web.shell.respond import UNPROCESSABLE, page


@cached_page("q", "origin", "to", "on", "value", "form")
def path(request: HttpRequest) -> HttpResponse:
    """What to do for goods of a code and origin, step by step; without goods, the question for them."""
    edition = access.public_edition(request)
    if (answer := no_tariff(request, edition)) is not None:
        return answer
    submitted = "q" in request.GET
    form = MarketForm(request.GET.dict() if submitted else None, edition=edition, today=timezone.localdate())
    context: dict[str, Any] = {"form": form}
    if submitted and form.is_valid() and not form.in_words:
        context |= _shown(edition, form.cleaned_data)
        if request.GET.get("form") == "pdf":
            return _document(context)
    return page(request, "market/path.html", edition, context, status=UNPROCESSABLE if form.errors else 200)


def _shown(edition: Edition, query: dict[str, Any]) -> dict[str, Any]:
    code, origin, to, on, value = query["q"], query["origin"].pk, query["to"], query["on"], query["value"]
    found = marketaccess.answer(code, origin, to, on, value)
    entry = without_database.entry_of(code, origin, to, on)
    steps = path_of(without_database.papers_for(code, to, on), entry, found.proof)
    return {
        "found": present_answer(found), "entry": present_entry(entry), "steps": present_path(steps), "edition": edition,
        "address": address(edition, code, origin, to, on, value),
        "document": f"?q={code}&{scope(origin, to, on, value)}&form=pdf",
    }  # fmt: skip


def _document(context: dict[str, Any]) -> HttpResponse:
    """The path as a PDF; a machine that cannot make one says so."""
    try:
        made = written(laid_out(render_to_string("market/path_paper.html", context)))
    except PDFLibraryMissing as refusal:
        return HttpResponse(translate(refusal), status=503, content_type="text/plain; charset=utf-8")
    found = context["found"].found
    answer = HttpResponse(made, content_type="application/pdf")
    name = f"path-{context['found'].code}-{found.origin}-{found.to}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
