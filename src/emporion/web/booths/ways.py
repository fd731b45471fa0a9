"""The way between stands: as a page with words and drawings, and for the map."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from emporion.domain.booths.queries import boxes_in
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.editions.queries import halls_of
from emporion.domain.refusal import Refusal
from emporion.domain.wayfinding import queries
from emporion.domain.wayfinding.queries import Way
from emporion.domain.wayfinding.rules import whole_minutes
from emporion.language import translate
from emporion.language.translation import translated
from emporion.web.booths import plan
from emporion.web.shell import access
from emporion.web.shell.respond import page

UNPROCESSABLE = 422


def way(request: HttpRequest) -> HttpResponse:
    """A form for where from and where to, and the way in words with a drawing of each hall."""
    edition = access.public_edition(request)
    asked = _asked(request)
    context: dict[str, Any] = {"asked": asked, "entrances": queries.entrances(edition)}
    try:
        found = _found(edition, asked)
    except Refusal as refusal:
        return page(request, "booths/way.html", edition, {**context, "refusal": refusal}, status=UNPROCESSABLE)
    drawings = _drawings(edition, found)
    return page(request, "booths/way.html", edition, {**context, **_totals(found), "drawings": drawings})


def map_way(request: HttpRequest) -> HttpResponse:
    """The same for the map's script, each part with the points it goes through in metres of its hall's plan."""
    edition = access.public_edition(request)
    try:
        found = _found(edition, _asked(request))
    except Refusal as refusal:
        return JsonResponse({"error": translate(refusal)}, status=UNPROCESSABLE)
    return JsonResponse(_totals(found))


def _asked(request: HttpRequest) -> dict[str, Any]:
    through = [one.strip()[:40] for one in request.GET.getlist("to") if one.strip()]
    return {
        "from": request.GET.get("from", "").strip()[:40],
        "to": through[0] if through else "",
        "through": through,
        "step_free": request.GET.get("step_free") == "1",
        "ordered": request.GET.get("order") == "good",
    }


def _found(edition: Edition, asked: dict[str, Any]) -> list[Way]:
    """The ways asked for; none while something is missing. Raises: UnknownPlace, TooManyPlaces."""
    if not asked["from"] or not asked["through"]:
        return []
    places = [asked["from"], *asked["through"]]
    return queries.round_trip(edition, places, step_free=asked["step_free"], ordered=asked["ordered"])


def _totals(found: list[Way]) -> dict[str, Any]:
    known = [one for one in found if one.problem is None]
    return {
        "ways": [_way(one) for one in found],
        "metres": round(sum(one.metres for one in known)),
        "minutes": whole_minutes(sum(one.minutes for one in known)) if known else 0,
    }


def _way(one: Way) -> dict[str, Any]:
    return {
        "from": one.start,
        "to": one.goal,
        "metres": round(one.metres),
        "minutes": whole_minutes(one.minutes) if one.problem is None else 0,
        "steps": [translate(step) for step in one.steps],
        "problem": translated(one.problem),
        "legs": [{"hall": leg.hall, "points": [[round(x, 1), round(y, 1)] for x, y in leg.points]} for leg in one.legs],
    }


def _drawings(edition: Edition, found: list[Way]) -> list[dict[str, Any]]:
    """The halls that the ways touch, in the order in which one comes to them, each with its parts as SVG paths."""
    halls = {hall.code: hall for hall in halls_of(edition)}
    lines: dict[str, list[str]] = {}
    for leg in (leg for one in found for leg in one.legs):
        lines.setdefault(leg.hall, []).append("M" + "L".join(f"{x:g} {y:g}" for x, y in leg.points))
    return [_drawing(halls[code], parts) for code, parts in lines.items()]


def _drawing(hall: Hall, parts: list[str]) -> dict[str, Any]:
    return {"hall": hall, "stands": plan.path(boxes_in(hall)), "ways": parts, **plan.size(hall)}
