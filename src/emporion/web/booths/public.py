"""The halls: all of them at one scale, and each with its stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from emporion.domain.booths import queries as booths
from emporion.domain.booths.models import Stand
from emporion.domain.cache import Cache
from emporion.domain.editions.models import Edition, ExhibitionArea, Hall
from emporion.domain.editions.queries import areas_by_code, halls_of
from emporion.domain.journal.versions import public_version
from emporion.web.booths import plan
from emporion.web.shell import access
from emporion.web.shell.labels import OPEN_SIDES, STANDS
from emporion.web.shell.page_cache import cached_page
from emporion.web.shell.respond import is_part, page

_floors: Cache[dict[str, Any]] = Cache("floors of halls")
LABELS = {"stands": STANDS, "open_sides": OPEN_SIDES}


@cached_page()
def halls(request: HttpRequest) -> HttpResponse:
    """All halls, each with the zones its stands make."""
    edition = access.public_edition(request)
    zones = zones_by_hall(edition)
    rows: list[dict[str, Any]] = [
        {"hall": hall, "zones": zones.get(hall.pk, []), **plan.size(hall)}
        for hall in booths.halls(edition).prefetch_related(None)
    ]
    widest = max((row["width"] for row in rows), default=0)
    return page(request, "booths/halls.html", edition, {"halls": rows, "widest": widest})


@cached_page()
def hall(request: HttpRequest, code: str, number: str = "") -> HttpResponse:
    """One hall's plan and list of stands, with one stand selected when its number is given."""
    edition = access.public_edition(request)
    shown = access.public_hall(edition, code)
    context: dict[str, Any] = {"hall": shown, "labels": LABELS}
    if number:
        context["selected"] = access.public_stand(edition, shown, number)
    if is_part(request):
        return page(request, "booths/parts/stand_card.html", edition, context)
    context["others"] = halls_of(edition)
    if number:
        context["floor"] = floor(shown, number)
    else:
        address = (shown.pk, get_language(), request.path)
        context["floor"] = _floors.get(address, public_version(edition.pk), lambda: floor(shown))
    return page(request, "booths/hall.html", edition, context)


def floor(hall: Hall, selected: str = "") -> dict[str, Any]:
    """A hall's drawing and list of stands as they stand in its page, with the totals of its stands."""
    stands = booths.hall_plan(hall)
    drawing = plan.draw(stands, areas_by_code(hall.edition), selected)
    context = {"edition": hall.edition, "hall": hall, "plan": drawing, "labels": LABELS}
    return {
        "totals": stands.totals,
        "drawing": render_to_string("booths/parts/floor_drawing.html", context),
        "listing": render_to_string("booths/parts/floor_listing.html", context),
    }


def zones_by_hall(edition: Edition) -> dict[int, list[plan.Zone]]:
    """What each hall's stands make together, by the hall's key; every stand of the edition in one query."""
    by_hall: dict[int, dict[ExhibitionArea, list[Stand]]] = {}
    areas = {area.pk: area for area in areas_by_code(edition).values()}
    for stand in booths.placed_stands(edition):
        by_hall.setdefault(stand.hall_id, {}).setdefault(areas[stand.area_id], []).append(stand)
    return {hall: plan.zones(stands) for hall, stands in by_hall.items()}
