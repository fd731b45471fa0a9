"""One search box for the whole fair: exhibitors, products, stands and sessions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from emporion.domain.booths.queries import stands_numbered
from emporion.domain.catalogue import queries
from emporion.domain.catalogue.queries.exhibitors import exhibitors_named
from emporion.domain.editions.models import Edition
from emporion.domain.programme.queries import sessions_titled
from emporion.web.catalogue import public as catalogue
from emporion.web.exhibitors import public as exhibitors
from emporion.web.programme.public import with_days
from emporion.web.shell import access
from emporion.web.shell.labels import SESSIONS
from emporion.web.shell.respond import page

MAX_ROWS = 6


def search(request: HttpRequest) -> HttpResponse:
    """The first few of each kind that the words name, with the way to the rest."""
    edition = access.public_edition(request)
    text = request.GET.get("q", "").strip()[:100]
    found = everything(request, edition, text) if text else {}
    context = {"q": text, "labels": {"session": SESSIONS}, **found}
    return page(request, "editions/search.html", edition, context)


def everything(request: HttpRequest, edition: Edition, text: str) -> dict[str, object]:
    """What the words name, by kind."""
    goods = queries.places(edition, text, queries.Filters(), limit=MAX_ROWS)
    return {
        "exhibitors": exhibitors.lines.render(request, edition, exhibitors_named(edition, text, MAX_ROWS)),
        "products": catalogue.cards.render(request, edition, goods.products),
        "stands": stands_numbered(edition, text, MAX_ROWS),
        "sessions": with_days(sessions_titled(edition, text, MAX_ROWS)),
    }
