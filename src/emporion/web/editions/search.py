"""One search box for the whole fair: exhibitors, products, stands and sessions."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from emporion.domain.booths.models import Stand
from emporion.domain.catalogue import queries
from emporion.domain.editions.models import Edition
from emporion.domain.programme.models import Session
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
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = everything(request, edition, text) if text else {}
    context = {"q": text, "labels": {"session": SESSIONS}, **found}
    return page(request, "editions/search.html", edition, context)


def everything(request: HttpRequest, edition: Edition, text: str) -> dict[str, object]:
    """What the words name, by kind."""
    named = exhibitors.matching(edition, exhibitors.Filters(q=text)).order_by("organisation__name", "pk")
    goods = queries.places(edition, text, queries.Filters(), limit=MAX_ROWS)
    return {
        "exhibitors": exhibitors.lines.render(request, edition, list(named.values_list("pk", flat=True)[:MAX_ROWS])),
        "products": catalogue.cards.render(request, edition, goods.products),
        "stands": stands(edition, text),
        "sessions": sessions(edition, text),
    }


def stands(edition: Edition, text: str) -> list[Stand]:
    """Stands whose number ends or begins with the words."""
    number = Q(number__iendswith=f"-{text}") | Q(number__istartswith=text)
    found = Stand.objects.filter(number, edition=edition).select_related("hall", "area")
    return list(found.order_by("number")[:MAX_ROWS])


def sessions(edition: Edition, text: str) -> list[Session]:
    """Sessions with the words in their title."""
    titled = Q(title_en__icontains=text) | Q(title_zh__icontains=text)
    return with_days(Session.objects.filter(titled, edition=edition).order_by("starts")[:MAX_ROWS])
