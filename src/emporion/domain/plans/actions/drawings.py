"""Drawings of halls: brought, read into a proposal, applied by decisions, discarded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from emporion.domain.booths.queries import hall_plan
from emporion.domain.editions.models import Hall
from emporion.domain.editions.rules import MODULE_M, MOST_MODULES
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.plans.actions.floors import write_changes
from emporion.domain.plans.models import PlanDrawing
from emporion.domain.plans.queries import fingerprint, floor_of, proposal_of, rules_of
from emporion.domain.plans.rules.checks import REFUSE, Finding, check
from emporion.domain.plans.rules.differences import (
    Change,
    PlanChangedMeanwhile,
    Proposal,
    decided,
    differences,
    proposal_as_json,
)
from emporion.domain.plans.rules.drawings import DrawingDone, OutlineTooLarge, PlanNotSound, kind_of_drawing
from emporion.domain.plans.rules.floor import Floor
from emporion.domain.plans.rules.results import floor_after
from emporion.domain.reason import stored
from emporion.domain.stored_files import fill

OPEN = (PlanDrawing.State.BROUGHT, PlanDrawing.State.PROPOSED)


@transaction.atomic
def bring_drawing(hall: Hall, name: str, content: bytes, *, context: ActionContext) -> PlanDrawing:
    """Keep a drawing of a hall; nothing of the plan changes yet.

    Raises: FileEmpty, FileTooLarge, FileOfOtherKind, DWGNotRead.
    """
    kind = kind_of_drawing(name, content)
    drawing = PlanDrawing(hall=hall)
    fill(drawing, name, content, kind, at=context.at, by=context.actor)
    drawing.save()
    record("plan.brought", hall, context=context, edition=hall.edition_id, drawing=drawing.pk, file=drawing.name)
    return drawing


@transaction.atomic
def propose_plan(drawing: PlanDrawing, proposal: Proposal, choices: Mapping[str, Any]) -> None:
    """Keep what a drawing proposes with the choices by which it was read; doing so again replaces it.

    Raises: DrawingDone, OutlineTooLarge.
    """
    locked = _locked(drawing)
    if proposal.outline:
        _x, _y, width, depth = proposal.outline.box
        if max(width, depth) > MOST_MODULES * MODULE_M:
            raise OutlineTooLarge(width=round(width), depth=round(depth), most=MOST_MODULES * MODULE_M)
    locked.proposal, locked.choices = proposal_as_json(proposal), dict(choices)
    locked.notices = [[stored(reason), list(at)] for reason, at in proposal.notices]
    locked.state = PlanDrawing.State.PROPOSED
    locked.save()


@transaction.atomic
def discard_drawing(drawing: PlanDrawing, *, context: ActionContext) -> None:
    """Leave the plan as it is. Raises: DrawingDone."""
    locked = _locked(drawing)
    locked.state, locked.proposal = PlanDrawing.State.DISCARDED, None
    locked.save()
    record("plan.discarded", drawing.hall, context=context, edition=drawing.hall.edition_id, drawing=drawing.pk)


@transaction.atomic
def apply_drawing(
    drawing: PlanDrawing, decisions: Mapping[str, str], *, seen: str, area: str = "", context: ActionContext
) -> list[Change]:
    """Change a hall's plan by what was decided of a drawing; the changes that were made.

    ``decisions``: ``take`` or ``keep`` by the name of a change; what waits for nobody is taken unless said otherwise.
    ``seen``: the fingerprint of the floor that was looked at. ``area``: the code of the exhibition area of new stands
    that lie in no zone. What an exhibitor stood on that goes, it leaves.

    Raises: DrawingDone, PlanChangedMeanwhile, DecisionsMissing, PlanNotSound, NoAreaForStands, NumbersElsewhere,
    NumbersTooLong.
    """
    locked = _locked(drawing)
    hall = Hall.objects.select_for_update(no_key=True).get(pk=drawing.hall_id)
    floor, proposal = floor_of(hall_plan(hall)), proposal_of(locked)
    if proposal is None or fingerprint(floor) != seen:
        raise PlanChangedMeanwhile()
    changes = decided(differences(floor, proposal), decisions)
    after = floor_after(floor, proposal, changes)
    _require_sound(hall, floor, after)
    write_changes(hall, after, changes, area=area, context=context)
    locked.state, locked.applied, locked.proposal = PlanDrawing.State.APPLIED, context.at, None
    locked.save()
    counts = {state: sum(one.state == state for one in changes) for state in ("new", "changed", "gone")}
    record("plan.applied", hall, context=context, edition=hall.edition_id, drawing=drawing.pk, **counts)
    return changes


def faults_added(hall: Hall, before: Floor, after: Floor) -> list[Finding]:
    """What a plan would have of faults that the edition refuses and that were not there before."""
    rules = rules_of(hall.edition)
    known = {(one.reason.code, one.keys) for one in check(before, rules)}
    return [one for one in check(after, rules) if one.severity == REFUSE and (one.reason.code, one.keys) not in known]


def _require_sound(hall: Hall, before: Floor, after: Floor) -> None:
    faults: Sequence[Finding] = faults_added(hall, before, after)
    if faults:
        raise PlanNotSound(count=len(faults), first=faults[0].reason)


def _locked(drawing: PlanDrawing) -> PlanDrawing:
    locked = PlanDrawing.objects.select_for_update(of=("self",)).select_related("hall__edition").get(pk=drawing.pk)
    if locked.state not in OPEN:
        raise DrawingDone()
    return locked
