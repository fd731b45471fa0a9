"""Plans of halls before the organiser: all of them, one with what is wrong with it, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _

from emporion.domain.booths.queries import HallPlan, hall_plan, halls
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.plans.actions.drawings import bring_drawing, propose_plan
from emporion.domain.plans.actions.settings import set_plan_rules
from emporion.domain.plans.models import PlanDrawing
from emporion.domain.plans.queries import drawings_of, findings_in, floor_of, plan_rule, rules_of
from emporion.domain.plans.rules.checks import REFUSE, check
from emporion.domain.plans.rules.drawings import LISTS, MOST_BYTES, kind_of_drawing
from emporion.drawings.reading import read_drawing
from emporion.drawings.stand_list import read_stand_list, stand_list
from emporion.drawings.svg_plan import as_svg
from emporion.drawings.writing import as_dxf, as_geojson
from emporion.web.plans.drawn import picture
from emporion.web.plans.forms import BringForm, RulesForm
from emporion.web.plans.paper import as_pdf
from emporion.web.shell.access import action_context, edition_of, public_hall
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.files import content_of
from emporion.web.shell.labels import FLOOR_PLACES
from emporion.web.shell.respond import accepted, form_page, private_page

FILE_FIELDS = dict.fromkeys(
    (
        "file_empty",
        "file_too_large",
        "file_of_other_kind",
        "d_w_g_not_read",
        "stand_list_faulty",
        "drawing_not_read",
        "drawing_too_complex",
        "drawing_too_slow",
        "drawing_empty",
    ),
    "file",
)
TYPES = {
    "geojson": "application/geo+json", "svg": "image/svg+xml", "dxf": "image/vnd.dxf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a3": "application/pdf",
    "a0": "application/pdf",
}  # fmt: skip


def plans(request: HttpRequest) -> HttpResponse:
    """Every hall with how many stands and faults its plan has."""
    edition = edition_of(request)
    faults = findings_in(edition)
    rows = []
    for hall in halls(edition):
        found = faults[hall.pk]
        refused = sum(one.severity == REFUSE for one in found)
        rows.append({"hall": hall, "refused": refused, "warned": len(found) - refused})
    return private_page(request, "plans/plans.html", edition, {"rows": rows})


def plan(request: HttpRequest, code: str) -> HttpResponse:
    """One hall's plan with what is wrong with it, the drawings brought of it, and the form that brings one."""
    edition = edition_of(request)
    hall = public_hall(edition, code)
    form = BringForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    brought = accepted(form, lambda: _brought(request, hall, form), FILE_FIELDS)
    if brought:
        return redirect(fair_url(request, "office_plan_drawing", brought.pk))
    shown = hall_plan(hall)
    floor = floor_of(shown)
    findings = check(floor, rules_of(edition))
    context = {
        "hall": hall, "plan": shown, "picture": picture(floor, findings), "findings": findings, "form": form,
        "drawings": drawings_of(hall)[:20], "formats": list(TYPES),
    }  # fmt: skip
    return form_page(request, "plans/plan.html", edition, context)


def _brought(request: HttpRequest, hall: Hall, form: BringForm) -> PlanDrawing:
    file = form.cleaned_data["file"]
    name, content = file.name or "", content_of(file, most_bytes=MOST_BYTES)
    kind = kind_of_drawing(name, content)
    # What cannot be read is refused before it is kept.
    listed = read_stand_list(name, content, hall.edition) if kind in LISTS else None
    if listed is None:
        read_drawing(name, content)
    drawing = bring_drawing(hall, name, content, context=action_context(request))
    if listed:
        propose_plan(drawing, listed, {})
    return drawing


def plan_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A hall's plan as a file."""
    edition = edition_of(request)
    hall = public_hall(edition, code)
    if kind not in TYPES:
        raise Http404
    content = _content(hall_plan(hall), edition, kind)
    suffix = "pdf" if kind in ("a3", "a0") else kind
    name = f"{slugify(edition.fair.slug)}-hall-{slugify(hall.code.replace('.', '-'))}-{kind}.{suffix}"
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=TYPES[kind], headers={"Content-Disposition": disposition})


def _content(shown: HallPlan, edition: Edition, kind: str) -> str | bytes:
    if kind in ("a3", "a0"):
        return as_pdf(shown, edition, kind)
    if kind == "xlsx":
        return stand_list(shown)
    if kind == "svg":
        return as_svg(shown, {one: str(label) for one, label in FLOOR_PLACES.items()})
    return as_dxf(shown) if kind == "dxf" else as_geojson(shown)


def plan_rules(request: HttpRequest) -> HttpResponse:
    """What the edition asks of its plans."""
    edition = edition_of(request)
    form = RulesForm(request.POST or None, instance=plan_rule(edition))
    if accepted(form, lambda: _set(request, edition, form), {}):
        messages.success(request, _("The rules are in force. Plans are checked by them from now on."))
        return redirect(fair_url(request, "office_plans"))
    return form_page(request, "plans/rules.html", edition, {"form": form})


def _set(request: HttpRequest, edition: Edition, form: RulesForm) -> bool:
    typed: dict[str, Any] = form.cleaned_data
    set_plan_rules(
        edition, least_aisle_m=typed["least_aisle_m"], exit_depth_m=typed["exit_depth_m"], source=typed["source"],
        severities=form.severities, context=action_context(request),
    )  # fmt: skip
    return True
