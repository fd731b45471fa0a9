"""Commands on a hall's draft, one after the other: applied whole or not at all, and each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from emporion.domain.booths.models import Stand
from emporion.domain.drafts.models import DraftCommand, DraftObject, PlanDraft
from emporion.domain.drafts.queries import DraftFloor, draft_floor, waiting_exhibitors
from emporion.domain.drafts.rules.commands import (
    Asked,
    NobodyToPlace,
    NothingToRedo,
    NothingToUndo,
    Step,
    after,
    blocked,
    conflicts,
    inverse,
    require_areas,
    require_decided,
    require_numbers,
    require_placeable,
    steps,
)
from emporion.domain.drafts.rules.placing import best
from emporion.domain.drafts.rules.things import DraftStand, Thing, as_json, restored
from emporion.domain.editions.models import ExhibitionArea, Hall
from emporion.domain.journal.context import ActionContext

UNDO, REDO, PLACE = "undo", "redo", "place"


@dataclass(frozen=True)
class Applied:
    """A command was done, now or when it was sent before."""

    command: DraftCommand


@dataclass(frozen=True)
class Conflict:
    """A command was not done: somebody else changed these things since its author saw them."""

    keys: tuple[str, ...]


Outcome = Applied | Conflict


@transaction.atomic
def do_command(
    hall: Hall,
    name: str,
    asked: Sequence[Asked],
    *,
    token: UUID,
    decided: Collection[str] = (),
    context: ActionContext,
) -> Outcome:
    """Change a hall's draft, which begins with its first command. The same ``token`` again changes nothing.

    ``decided``: the keys of stands that change though they are taken or locked.
    Raises: what ``rules.commands`` refuses.
    """
    _lock(hall)
    floor = draft_floor(hall)
    known = _sent_before(floor, token)
    if known:
        return Applied(known)
    theirs = conflicts(asked, floor.versions, floor.things)
    if theirs:
        return Conflict(tuple(theirs))
    done = steps(asked, floor.things)
    _require(hall, floor, done, decided)
    if floor.draft:
        _own(floor.draft, DraftCommand.State.UNDONE, context).update(state=DraftCommand.State.DROPPED)
    return Applied(_write(hall, floor, name, done, token=token, decided=decided, context=context))


@transaction.atomic
def place_exhibitor(hall: Hall, exhibitor: str, *, token: UUID, context: ActionContext) -> Outcome:
    """Place an exhibitor who waits, named by its contract, on the free stand that fits it best.

    Raises: NobodyToPlace, NoStandFits.
    """
    _lock(hall)
    floor = draft_floor(hall)
    waiting = {one.number: one for one in waiting_exhibitors(hall.edition, but=floor.draft)}
    if exhibitor not in waiting:
        raise NobodyToPlace(exhibitor=exhibitor)
    key = best(waiting[exhibitor], floor.free_stands()).key
    stand = floor.things[key]
    assert isinstance(stand, DraftStand)
    placed = Asked(key, floor.versions.get(key, 0), replace(stand, placed=(exhibitor,)))
    return do_command(hall, PLACE, [placed], token=token, context=context)


@transaction.atomic
def undo(hall: Hall, *, token: UUID, context: ActionContext) -> Outcome:
    """Take back the last command of this person's that still stands; other people's stay as they are.

    Raises: NothingToUndo.
    """
    return _turn(hall, UNDO, _last_standing, NothingToUndo, token, context)


@transaction.atomic
def redo(hall: Hall, *, token: UUID, context: ActionContext) -> Outcome:
    """Do again what this person took back last, unless they have done something else since. Raises: NothingToRedo."""
    return _turn(hall, REDO, _first_undone, NothingToRedo, token, context)


def _turn(
    hall: Hall,
    name: str,
    find: Callable[[PlanDraft, ActionContext], DraftCommand | None],
    nothing: type[NothingToUndo] | type[NothingToRedo],
    token: UUID,
    context: ActionContext,
) -> Outcome:
    _lock(hall)
    floor = draft_floor(hall)
    known = _sent_before(floor, token)
    if known:
        return Applied(known)
    command = find(floor.draft, context) if floor.draft else None
    if command is None:
        raise nothing()
    done = steps_of(command) if name == REDO else inverse(steps_of(command))
    theirs = blocked(done, floor.things)
    if theirs:
        return Conflict(tuple(theirs))
    _require(hall, floor, done, decided=[step.key for step in done])
    made = _write(hall, floor, name, done, token=token, decided=(), context=context, of=command)
    command.state = DraftCommand.State.UNDONE if name == UNDO else DraftCommand.State.STANDING
    command.save(update_fields=["state"])
    return Applied(made)


def steps_of(command: DraftCommand) -> list[Step]:
    """What a command did."""
    return [
        Step(one["key"], *(data and restored(one["key"], data) for data in (one["before"], one["after"])))
        for one in command.steps
    ]


def _own(draft: PlanDraft, state: str, context: ActionContext) -> QuerySet[DraftCommand]:
    """This person's commands in a state, without those that took others back."""
    return DraftCommand.objects.filter(draft=draft, author=context.actor, state=state, of=None).order_by("number")


def _last_standing(draft: PlanDraft, context: ActionContext) -> DraftCommand | None:
    return _own(draft, DraftCommand.State.STANDING, context).last()


def _first_undone(draft: PlanDraft, context: ActionContext) -> DraftCommand | None:
    return _own(draft, DraftCommand.State.UNDONE, context).first()


def _lock(hall: Hall) -> None:
    """One command on a hall's draft at a time; the plan is not published meanwhile."""
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)


def _sent_before(floor: DraftFloor, token: UUID) -> DraftCommand | None:
    if floor.draft is None:
        return None
    return DraftCommand.objects.filter(draft=floor.draft, token=token).select_related("author").first()


def _require(hall: Hall, floor: DraftFloor, done: Sequence[Step], decided: Collection[str]) -> None:
    agreed = {key for key, one in floor.objects.items() if one.decided} | set(decided)
    require_decided(done, floor.kept, agreed)
    require_areas(done, set(ExhibitionArea.objects.filter(edition=hall.edition_id).values_list("code", flat=True)))
    result = after(floor.things, done)
    numbers = [step.after.number for step in done if isinstance(step.after, DraftStand)]
    elsewhere = Stand.objects.filter(edition=hall.edition_id, number__in=numbers).exclude(hall=hall)
    require_numbers(done, result, set(elsewhere.values_list("number", flat=True)))
    if any(isinstance(step.after, DraftStand) and step.after.placed for step in done):
        waiting = {one.number for one in waiting_exhibitors(hall.edition, but=floor.draft)}
        require_placeable(done, result, floor.taken, waiting)


def _write(
    hall: Hall,
    floor: DraftFloor,
    name: str,
    done: Sequence[Step],
    *,
    token: UUID,
    decided: Collection[str],
    context: ActionContext,
    of: DraftCommand | None = None,
) -> DraftCommand:
    draft = floor.draft or PlanDraft.objects.create(hall=hall, begun=context.at)
    draft.sequence += 1
    draft.save(update_fields=["sequence"])
    kept = [{"key": one.key, "before": _json(one.before), "after": _json(one.after)} for one in done]
    command = DraftCommand.objects.create(
        draft=draft,
        number=draft.sequence,
        token=token,
        author=context.actor,
        at=context.at,
        name=name,
        steps=kept,
        of=of,
    )
    for step in done:
        _keep(draft, floor, step, command.number, step.key in decided and step.key in floor.kept)
    return command


def _keep(draft: PlanDraft, floor: DraftFloor, step: Step, number: int, decided: bool) -> None:
    changed = floor.objects.get(step.key) or DraftObject(draft=draft, key=step.key, base=_json(step.before))
    changed.version, changed.present = number, _json(step.after)
    changed.decided = decided or changed.decided
    changed.save()


def _json(thing: Thing | None) -> dict[str, Any] | None:
    return None if thing is None else as_json(thing)
