"""The page of a question about a market whose law is not at hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from emporion.domain.editions.models import Edition
from emporion.domain.marketaccess import queries as marketaccess
from emporion.language import country_name
from emporion.web.shell.respond import page


def no_law(request: HttpRequest, edition: Edition, sentence: str) -> HttpResponse:
    """Say it; ``sentence`` has a place for the market's name. The fair's own law alone is shown, no other market's."""
    return page(
        request, "market/no_law.html", edition, {"sentence": sentence % {"market": country_name(edition.host_id)}}
    )


def no_tariff(request: HttpRequest, edition: Edition) -> HttpResponse | None:
    """The page for a fair whose market has no tariff at hand, none where it has one."""
    if marketaccess.law_of(edition.host_id).tariff:
        return None
    return no_law(request, edition, _("No tariff of %(market)s is available, so no duty is shown."))
