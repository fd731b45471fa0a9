"""What an organisation pays for taking part: the quote of its application."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from emporion.domain.billing.queries import quote_for
from emporion.web.shell.access import place
from emporion.web.shell.respond import private_page


def costs(request: HttpRequest, organisation: int) -> HttpResponse:
    """The quote of the organisation's application, line by line."""
    here = place(request, organisation)
    offer = quote_for(here.application, here.edition, timezone.now()) if here.application else None
    return private_page(request, "billing/costs.html", here.edition, {"here": here, "quote": offer})
