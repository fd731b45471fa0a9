"""The floor that comes of changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from emporion.domain.editions.rules.floors import Element
from emporion.domain.plans.rules.differences import (
    ELEMENT,
    GONE,
    NEW,
    OUTLINE,
    STAND,
    Change,
    Proposal,
    ProposedStand,
    differences,
    plain,
)
from emporion.domain.plans.rules.floor import Floor, FloorStand


def floor_after(floor: Floor, proposal: Proposal, taken: Sequence[Change]) -> Floor:
    """The floor once the changes that were taken are made; new things are called by the name of their change."""
    outline = next((one.after for one in taken if one.what == OUTLINE and one.after), floor.outline)
    stands = _stands(floor.stands, proposal.stands, [one for one in taken if one.what == STAND])
    elements = _elements(floor, proposal, [one for one in taken if one.what == ELEMENT])
    return Floor(outline, tuple(stands), tuple(elements))


def _stands(before: Iterable[FloorStand], after: Iterable[ProposedStand], taken: list[Change]) -> list[FloorStand]:
    by_key = {one.key: one for one in taken if one.key}
    kept = [stand for stand in before if stand.key not in by_key or by_key[stand.key].state != GONE]
    stands = [_moved(stand, by_key.get(stand.key)) for stand in kept]
    said = {plain(one.number): one for one in after}
    for change in taken:
        if change.state == NEW and change.after:
            one = said[plain(change.number_after)]
            stands.append(FloorStand(change.name, change.number_after, change.after, one.kind, one.area))
    return stands


def _moved(stand: FloorStand, change: Change | None) -> FloorStand:
    if change is None or change.after is None:
        return stand
    return replace(stand, number=change.number_after, shape=change.after)


def _elements(floor: Floor, proposal: Proposal, taken: list[Change]) -> list[Element]:
    """Elements in the order of the floor, then the new ones; what a plan does not say of one stays as it was."""
    proposed = _proposed(floor, proposal)
    elements = []
    changes = {one.name: one for one in taken}
    for element in floor.elements:
        change = changes.pop(element.key, None)
        if change is None:
            elements.append(element)
        elif change.state != GONE:
            elements.append(_merged(element, proposed[change.name]))
    return elements + [replace(proposed[name], key=name) for name, one in changes.items() if one.state == NEW]


def _proposed(floor: Floor, proposal: Proposal) -> dict[str, Element]:
    """What the plan says of each element that it does not take away, by the name of its change."""
    by_place = {(one.kind, one.shape): one for one in proposal.elements}
    found = {}
    for change in differences(Floor(floor.outline, (), floor.elements), replace(proposal, stands=(), outline=None)):
        if change.after is not None:
            found[change.name] = by_place[change.kind, change.after]
    return found


def _merged(before: Element, after: Element) -> Element:
    return Element(
        key=before.key, kind=before.kind, shape=after.shape, name=after.name or before.name,
        width_m=after.width_m or before.width_m, depth_m=after.depth_m or before.depth_m,
        services=after.services or before.services, area=after.area or before.area, main=after.main or before.main,
        step_free=after.step_free and before.step_free,
    )  # fmt: skip
