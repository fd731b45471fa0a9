"""A hall with stands, and what people ask of its draft."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from emporion.domain.drafts.actions import do_command
from emporion.domain.drafts.queries import draft_floor
from emporion.domain.drafts.rules.commands import Asked
from emporion.domain.drafts.rules.things import DraftStand
from emporion.domain.editions.models import Hall
from emporion.domain.editions.rules.floors import rectangle
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from tests import make


def stand_at(hall: Hall, x: float, y: float, number: str, *exhibitors: Exhibitor, **fields: Any) -> str:
    """The key of a published stand of 3 by 3 m."""
    stand = make.make_stand(hall, 9, "standard", *exhibitors)
    for name, value in {"x": x, "y": y, "number": number, **fields}.items():
        setattr(stand, name, value)
    stand.save()
    return str(stand.key)


def moved(hall: Hall, key: str, x: float, y: float) -> Asked:
    """What it asks to move a stand, as somebody sees it now."""
    thing = draft_floor(hall).things[key]
    _x, _y, width, depth = thing.shape.box
    return changed(hall, key, shape=rectangle(x, y, width, depth))


def changed(hall: Hall, key: str, **fields: Any) -> Asked:
    """What it asks to give a stand other properties."""
    floor = draft_floor(hall)
    return Asked(key, floor.versions.get(key, 0), replace(floor.things[key], **fields))


def drawn(x: float, y: float, number: str, width: float = 3.0, **fields: Any) -> Asked:
    """What it asks to draw a stand 3 m deep."""
    key = str(uuid4())
    stand = DraftStand(key, rectangle(x, y, width, 3), number, "standard", "technical-equipment")
    return Asked(key, 0, replace(stand, **fields))


def do(hall: Hall, context: ActionContext, *asked: Asked, name: str = "move", **more: Any) -> Any:
    return do_command(hall, name, asked, token=uuid4(), context=context, **more)


def places(hall: Hall) -> dict[str, tuple[float, float]]:
    """Where the draft has each stand, by number."""
    things = draft_floor(hall).things.values()
    return {one.number: one.shape.box[:2] for one in things if isinstance(one, DraftStand)}
