"""The map of the fair: every hall's plan in one page, searched and narrowed in the browser, also without a network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from emporion.domain.accounts.models import User
from emporion.domain.booths import queries as booths
from emporion.domain.booths.models import Stand
from emporion.domain.booths.queries import HallPlan, PlanStand
from emporion.domain.catalogue import queries as catalogue
from emporion.domain.catalogue.queries.exhibitors import exhibitors_named
from emporion.domain.editions.models import Edition, ExhibitionArea
from emporion.domain.editions.queries import areas_by_code, halls_of
from emporion.domain.journal.versions import public_version
from emporion.domain.matching.queries.marks import marks_of
from emporion.domain.matching.queries.suggestions import suggestions_for
from emporion.domain.meetings.queries.timetable import day_of
from emporion.domain.reference.queries import countries_of, least_developed_countries
from emporion.domain.visitors.models import Visitor
from emporion.domain.visitors.queries import visitors_for
from emporion.web.booths import plan
from emporion.web.shell import access
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.page_cache import cached_page
from emporion.web.shell.respond import page
from emporion.web.shell.templatetags.fair import other_words, words

# How many of each kind the words find on the server: a list that is read while walking.
MOST_FOUND = 12
# What the map needs without a network, besides its own addresses.
STYLES = ("tokens.css", "site.css", "pages.css", "map/map.css")
MODULES = ("map/map.js", "map/view.js", "map/find.js", "map/draw.js")


@cached_page()
def fair_map(request: HttpRequest) -> HttpResponse:
    """The page; without a script it leads to each hall's own page."""
    edition = access.public_edition(request)
    return page(request, "booths/map.html", edition, {"halls": booths.halls(edition), "labels": _labels()})


@cached_page()
def fair_map_data(request: HttpRequest) -> HttpResponse:
    """All that is drawn and searched, as ``docs/plans.md`` describes it."""
    edition = access.public_edition(request)
    floors = [booths.hall_plan(hall) for hall in halls_of(edition)]
    areas = areas_by_code(edition)
    holders = _Holders(edition)
    halls = [_hall(floor, areas, holders) for floor in floors]
    return JsonResponse(
        {
            "version": str(public_version(edition.pk)),
            "exhibitor": fair_url(edition, "exhibitor", "NUMBER"),
            "stand": fair_url(edition, "stand", "HALL", "NUMBER"),
            "areas": {area.number: words(area) for area in areas.values()},
            "halls": halls,
            "exhibitors": holders.rows,
            "countries": holders.countries,
        }
    )


def fair_map_mine(request: HttpRequest) -> HttpResponse:
    """With whom a signed-in visitor has to do: meetings in the order of time, favourites, suggestions."""
    edition = access.public_edition(request)
    visitor = _visitor(request, edition)
    response = JsonResponse(_own(visitor) if visitor else {})
    add_never_cache_headers(response)
    return response


@cached_page("q")
def fair_map_find(request: HttpRequest) -> HttpResponse:
    """The exhibitors whom words name, also by pinyin or initials, and those whose products hold the words."""
    edition = access.public_edition(request)
    text = request.GET.get("q", "").strip()[:100]
    if not text:
        return JsonResponse({"exhibitors": [], "products": []})
    goods = catalogue.shown(catalogue.places(edition, text, catalogue.Filters(), limit=MOST_FOUND).products)
    named = booths.numbers_of(exhibitors_named(edition, text, MOST_FOUND))
    products = [{"exhibitor": one.exhibitor.number, "name": words(one)} for one in goods]
    return JsonResponse({"exhibitors": named, "products": products})


@cached_page()
def fair_map_worker(request: HttpRequest) -> HttpResponse:
    """The script with which a browser keeps the map for when there is no network."""
    edition = access.public_edition(request)
    kept = [fair_url(edition, "map"), fair_url(edition, "map_data")]
    context = {"kept": kept, "scripts": [staticfiles_storage.url(f"emporion/{name}") for name in (*STYLES, *MODULES)]}
    return render(request, "booths/map_worker.js", context, content_type="text/javascript")


def _labels() -> dict[str, str]:
    """What the script says; it fills in what stands in braces."""
    return {
        "plan": _("Plan of hall {hall}"),
        "stand": _("Stand {number}"),
        "special": _("special-built"),
        "standard": _("standard"),
        "free": _("free for a least developed country"),
        "nobody": _("Nobody has this stand yet."),
        "meeting": _("your meeting: {at}"),
        "found": _("Found: {n}"),
        "none": _("Nothing on the map has this name. Try fewer letters, or a product."),
        "stands": _("Stands shown: {n}"),
        "nothing": _("No stand is of this kind."),
        "from": _("From here"),
        "to": _("To here"),
        "walk": _("{metres} m · {minutes} min"),
        "from_to": _("From {from} to {to}"),
        "through": _("Through all {n} stands shown, in a good order"),
        "missing": _("Say where from and where to: press a stand, then From here or To here."),
        "away": _("Ways need a network. Try again when there is one."),
        "failed": _("The map could not be loaded. Check your connection and load the page again."),
    }


class _Holders:
    """The exhibitors on stands, each once, by a number of its own in the page's data.

    A row is: number, name, name in the other language, country, and 1 for a least developed one plus 2 for a debut.
    """

    def __init__(self, edition: Edition) -> None:
        self.origins = booths.origins_on_stands(edition)
        self.poorest = least_developed_countries(edition.first_day)
        self.with_debuts = set(catalogue.debuts(edition).values_list("exhibitor__number", flat=True))
        self.rows: list[list[Any]] = []
        self.index: dict[str, int] = {}
        countries = countries_of(self.origins.values())
        self.countries = {code: words(country) for code, country in countries.items()}

    def numbers(self, stand: PlanStand) -> list[int]:
        """The rows of a stand's exhibitors."""
        return [self._number(one) for one in stand.exhibitors]

    def _number(self, one: booths.PlanExhibitor) -> int:
        if one.number not in self.index:
            origin = self.origins.get(one.number) or ""
            marks = (origin in self.poorest) + 2 * (one.number in self.with_debuts)
            self.index[one.number] = len(self.rows)
            self.rows.append([one.number, words(one), other_words(one), origin, marks])
        return self.index[one.number]


def _hall(floor: HallPlan, areas: dict[str, ExhibitionArea], holders: _Holders) -> dict[str, Any]:
    drawn = plan.draw(floor, areas)
    return {
        "code": floor.hall.code, "level": floor.hall.level, "width": floor.width, "depth": floor.depth,
        "outline": drawn.outline, "built": drawn.columns,
        "zones": [[zone.area.number, zone.ground, zone.x, zone.y] for zone in drawn.zones],
        "places": [[place.outline, place.label, place.x, place.y] for place in drawn.places],
        "doors": [[door.x, door.y, door.kind, _door(door)] for door in drawn.doors],
        "stands": [_stand(one, holders) for one in drawn.stands],
    }  # fmt: skip


def _stand(drawn: plan.Drawn, holders: _Holders) -> list[Any]:
    """Number, x, y, width, depth, tint, 1 for special-built plus 2 for free, m², outline, exhibitors."""
    stand = drawn.stand
    marks = (stand.kind == Stand.Kind.SPECIAL) + 2 * stand.free
    box = (stand.x, stand.y, stand.width, stand.depth)
    return [stand.number, *box, stand.tint, marks, stand.area_m2, drawn.outline, holders.numbers(stand)]


def _door(door: plan.Door) -> str:
    return f"{_('Entrance') if door.kind == 'entrance' else _('Emergency exit')} {door.name}".strip()


def _visitor(request: HttpRequest, edition: Edition) -> Visitor | None:
    user = request.user
    return visitors_for(user, edition).filter(user=user).first() if isinstance(user, User) else None


def _own(visitor: Visitor) -> dict[str, Any]:
    zone = visitor.edition.zone
    meetings = [
        {"exhibitor": one.request.exhibitor.number, "at": f"{one.slot.starts.astimezone(zone):%m-%d %H:%M}"}
        for one in day_of(visitor)
    ]
    favourites = [key for key, kind in marks_of(visitor).items() if kind == "favourite"]
    suggested: Iterable[int] = (one.exhibitor.pk for one in suggestions_for(visitor))
    return {
        "meetings": meetings,
        "favourites": booths.numbers_of(favourites),
        "suggestions": booths.numbers_of(list(suggested)),
    }
