"""A drawing on its way into a plan: its layers, then what it changes, then the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from emporion.domain.booths.queries import hall_plan
from emporion.domain.editions.queries import areas_by_code
from emporion.domain.plans.actions.drawings import apply_drawing, discard_drawing, faults_added, propose_plan
from emporion.domain.plans.models import PlanDrawing
from emporion.domain.plans.queries import choices_before, drawing_of, fingerprint, floor_of, proposal_of
from emporion.domain.plans.rules.differences import KEEP, OUTLINE, SAME, STAND, STATES, TAKE, Change, differences
from emporion.domain.plans.rules.drawings import UNITS
from emporion.domain.plans.rules.floor import WORDS
from emporion.domain.plans.rules.results import floor_after
from emporion.domain.reason import restored
from emporion.domain.refusal import Refusal
from emporion.drawings.drawing import Drawing
from emporion.drawings.proposal import Placing, origin_of, proposal_from
from emporion.drawings.reading import read_drawing
from emporion.language import in_language
from emporion.web.plans.drawn import picture
from emporion.web.plans.forms import OTHER, LayersForm
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import accepted, form_page, private_page

STATE_WORDS = {
    "new": gettext_lazy("new"), "changed": gettext_lazy("changed"), "gone": gettext_lazy("gone"),
    "same": gettext_lazy("the same"),
}  # fmt: skip
MOST_NOTICES = 50


def drawing(request: HttpRequest, pk: int) -> HttpResponse:
    """The layers of a drawing and what each of them is; a list of stands has none."""
    found = _found(request, pk)
    if found.state not in (PlanDrawing.State.BROUGHT, PlanDrawing.State.PROPOSED):
        return redirect(fair_url(request, "office_plan", found.hall.code))
    if found.is_list:
        return redirect(fair_url(request, "office_plan_changes", pk))
    try:
        held = read_drawing(found.name, _content(found))
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return redirect(fair_url(request, "office_plan", found.hall.code))
    return _layers(request, found, held)


def _layers(request: HttpRequest, found: PlanDrawing, held: Drawing) -> HttpResponse:
    edition = found.hall.edition
    areas = [(area.code, in_language(area.name_en, area.name_zh)) for area in areas_by_code(edition).values()]
    form = LayersForm(request.POST or None, layers=held.layers, areas=areas, initial=_initial(found, held))
    if accepted(form, lambda: _proposed(found, held, form), {}):
        return redirect(fair_url(request, "office_plan_changes", found.pk))
    context = {"drawing": found, "hall": found.hall, "form": form, "held": held}
    return form_page(request, "plans/layers.html", edition, context)


def _initial(found: PlanDrawing, held: Drawing) -> dict[str, Any]:
    """What was chosen for the hall's last drawing, as far as this one has the same layers."""
    before = found.choices or choices_before(found.hall)
    roles = before.get("roles", {})
    initial = {f"layer_{number}": roles[layer] for number, layer in enumerate(held.layers) if layer in roles}
    metres = held.metres or before.get("metres") or held.likely_metres
    unit = next((name for name, one in UNITS.items() if metres and abs(one - metres) < 1e-9), OTHER if metres else "")
    initial |= {"unit": unit, "area": before.get("area", ""), "margin": before.get("margin")}
    if unit == OTHER:
        initial["metres"] = round(float(metres or 0), 6)
    return initial


def _proposed(found: PlanDrawing, held: Drawing, form: LayersForm) -> bool:
    """Keep what the drawing proposes; it lies where the hall's last one lay."""
    roles, metres = form.roles, form.metres_of_one
    before = choices_before(found.hall)
    origin = before.get("origin") if before.get("metres") == metres else None
    if not isinstance(origin, list) or "outline" not in roles.values():
        origin = list(origin_of(held, roles))
    margin = form.cleaned_data["margin"]
    if margin is not None and "outline" not in roles.values():
        origin = [at - margin / metres for at in origin_of(held, roles)]
    proposal = proposal_from(held, roles, Placing(metres, *origin), margin=margin)
    choices = {"roles": roles, "metres": metres, "origin": origin, "area": form.cleaned_data["area"], "margin": margin}
    propose_plan(found, proposal, choices)
    return True


def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What a drawing changes, decided thing by thing or together, then applied."""
    found = _found(request, pk)
    proposal = proposal_of(found)
    if proposal is None and not found.is_list:
        return redirect(fair_url(request, "office_plan_drawing", pk))
    if proposal is None:
        return redirect(fair_url(request, "office_plan", found.hall.code))
    floor = floor_of(hall_plan(found.hall))
    differing = differences(floor, proposal)
    if request.method == "POST" and (answer := _decide(request, found, differing)):
        return answer
    after = floor_after(floor, proposal, [one for one in differing if one.state != SAME])
    faults = faults_added(found.hall, floor, after)
    rows = [_row(one, request.POST.get(f"d:{one.name}", "")) for one in differing if one.state != SAME]
    context = {
        "drawing": found, "hall": found.hall, "rows": rows, "seen": fingerprint(floor), "faults": faults,
        "counts": [(STATE_WORDS[state], sum(one.state == state for one in differing)) for state in STATES],
        "waiting": sum(one.waits for one in differing), "picture": picture(after, faults, differing),
        "notices": [restored(reason) for reason, _at in found.notices[:MOST_NOTICES]],
    }  # fmt: skip
    return private_page(request, "plans/changes.html", found.hall.edition, context)


def _decide(request: HttpRequest, found: PlanDrawing, differing: Sequence[Change]) -> HttpResponse | None:
    """Apply or discard; nothing where the decisions are refused, which the page then says."""
    back = fair_url(request, "office_plan", found.hall.code)
    try:
        if "discard" in request.POST:
            discard_drawing(found, context=action_context(request))
            messages.success(request, _("The drawing is discarded; the plan stays as it was."))
            return redirect(back)
        rest = request.POST.get("rest", "")
        decisions = {one.name: request.POST.get(f"d:{one.name}") or (rest if one.waits else "") for one in differing}
        taken = {name: choice for name, choice in decisions.items() if choice in (TAKE, KEEP)}
        made = apply_drawing(
            found, taken, seen=request.POST.get("seen", ""), area=str(found.choices.get("area", "")),
            context=action_context(request),
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return None
    done = ngettext("%(n)d change was made to the plan.", "%(n)d changes were made to the plan.", len(made))
    messages.success(request, done % {"n": len(made)})
    return redirect(back)


def _row(change: Change, chosen: str) -> dict[str, Any]:
    number = change.number_before or change.number_after
    called = _("outline of the hall") if change.what == OUTLINE else number
    kind = _("stand") if change.what == STAND else WORDS.get(change.kind, "")
    renumbered = change.number_after if change.number_before and change.number_after != number else ""
    return {
        "change": change, "called": called, "kind": kind, "renumbered": renumbered, "chosen": chosen,
        "state": STATE_WORDS[change.state], "field": f"d:{change.name}",
    }  # fmt: skip


def _content(found: PlanDrawing) -> bytes:
    with found.file.open("rb") as file:
        return bytes(file.read())


def _found(request: HttpRequest, pk: int) -> PlanDrawing:
    found = drawing_of(edition_of(request), pk)
    if found is None:
        raise Http404
    return found
