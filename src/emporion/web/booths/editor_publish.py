"""What the draft of a plan changes, its publication, and the versions that were published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.drafts.actions import discard_draft, publish_draft, take_published
from emporion.domain.drafts.actions.publishing import differences_of
from emporion.domain.drafts.models import PlanVersion
from emporion.domain.drafts.queries import DraftFloor, draft_floor, version_of, versions_of
from emporion.domain.drafts.rules.differences import Difference
from emporion.domain.editions.models import Hall
from emporion.domain.editions.rules.floors import Shape, shape_of
from emporion.web.booths.editor_words import KINDS
from emporion.web.booths.plan import shape_path
from emporion.web.shell import access
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import done, private_page

EDGE_M = 2.0


def editor_differences(request: HttpRequest, code: str) -> HttpResponse:
    """What the draft changes; from here it is published or given up."""
    edition = access.edition_of(request)
    hall = access.public_hall(edition, code)
    if request.method == "POST":
        return _act(request, hall)
    floor = draft_floor(hall)
    found = differences_of(floor)
    occupied = {key: one.exhibitors for key, one in floor.occupied.items()}
    rows = [{"one": one, "word": _word(one), "exhibitors": occupied.get(one.key, ())} for one in found]
    context = {
        "hall": hall, "rows": rows, "sequence": floor.draft.sequence if floor.draft else 0, "floor": floor,
        "drifted": any(one.drifted for one in found), "picture": _compared(floor, found),
        "findings": [one for one in floor.findings() if one.severity == "refuse"], "versions": versions_of(hall)[:20],
    }  # fmt: skip
    return private_page(request, "booths/office/editor_differences.html", edition, context)


def _act(request: HttpRequest, hall: Hall) -> HttpResponse:
    context, sent = access.action_context(request), request.POST
    seen = int(sent["seen"]) if sent.get("seen", "").isdigit() else -1
    actions: dict[str, tuple[Callable[[], object], str]] = {
        "publish": (
            lambda: publish_draft(hall, seen=seen, decided=sent.getlist("decided"), context=context),
            _("The plan is published. Everybody sees it from now on."),
        ),
        "discard": (lambda: discard_draft(hall, context=context), _("The draft is given up; the plan is as it was.")),
        "settle": (
            lambda: take_published(hall, _settled(request), context=context),
            _("Settled: the draft is compared with the plan as it is published now."),
        ),
    }
    if sent.get("do") not in actions:
        raise Http404
    action, message = actions[sent["do"]]
    went = done(request, action, message)
    name = "office_editor" if went and sent["do"] == "publish" else "office_editor_differences"
    return redirect(fair_url(request, name, hall.code))


def _settled(request: HttpRequest) -> dict[str, bool]:
    """Which of what changed meanwhile stays as it is published: the fields ``settle-KEY`` say so."""
    fields = {name: value for name, value in request.POST.items() if name.startswith("settle-")}
    return {name.removeprefix("settle-"): value == "published" for name, value in fields.items()}


def _word(one: Difference) -> str:
    kind = getattr(one.thing, "kind", "")
    return str(KINDS.get(kind, "")) or _("Stand")


def _compared(floor: DraftFloor, found: list[Difference]) -> dict[str, Any]:
    """The floor with what changes: each thing as it was and as it will be, with its look."""
    changed = {one.key: one for one in found}
    parts = [("outline", floor.plan.outline, "")]
    parts += [
        (_look(thing, changed[key].state if key in changed else ""), thing.shape, getattr(thing, "number", ""))
        for key, thing in floor.things.items()
    ]
    parts += [("before", one.before.shape, "") for one in found if one.before]
    return _picture(floor.plan.outline, parts)


def editor_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The plan as it was published once."""
    edition = access.edition_of(request)
    hall = access.public_hall(edition, code)
    version = version_of(hall, number)
    if version is None:
        raise Http404(_("This hall has no version of this number."))
    others = versions_of(hall)
    context = {"hall": hall, "version": version, "picture": _published(version), "versions": others}
    return private_page(request, "booths/office/editor_version.html", edition, context)


def _published(version: PlanVersion) -> dict[str, Any]:
    features = version.plan["features"]
    shapes = [(one["properties"], shape_of(one["geometry"])) for one in features]
    outline = next(shape for said, shape in shapes if said["kind"] == "outline")
    parts = [(said["kind"], shape, said.get("number", said.get("name", ""))) for said, shape in shapes]
    return _picture(outline, parts)


def _look(thing: Any, state: str) -> str:
    kind = thing.kind if thing.kind in KINDS else "stand"
    return f"{kind} {state}".strip()


def _picture(outline: Shape, parts: list[tuple[str, Shape, str]]) -> dict[str, Any]:
    x, y, width, depth = outline.box
    drawn = []
    for look, shape, label in parts:
        across, down = shape.middle
        short = label.rpartition("-")[2]
        size = min(1.4, shape.box[2] / max(len(short) * 0.65, 1), shape.box[3] * 0.6)
        drawn.append({"look": look, "path": shape_path(shape), "label": short, "x": across, "y": down, "size": size})
    return {"box": (x - EDGE_M, y - EDGE_M, width + 2 * EDGE_M, depth + 2 * EDGE_M), "parts": drawn}
