"""What a plan that is brought in changes: what is new, the same, changed or gone, and what waits for a decision."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from emporion.domain.editions.rules.floors import Element, Shape, shape_of
from emporion.domain.plans.rules.floor import TINY_M2, Floor, FloorStand, area_of
from emporion.domain.reason import Reason
from emporion.domain.refusal import Refusal

NEW, SAME, CHANGED, GONE = "new", "same", "changed", "gone"
STATES = (NEW, CHANGED, GONE, SAME)
TAKE, KEEP = "take", "keep"
STAND, ELEMENT, OUTLINE = "stand", "element", "outline"
# Shapes that cover each other to this part are one thing that moved a little or was renumbered.
ALIKE = 0.6


class DecisionsMissing(Refusal):
    """{count} changes touch stands that are occupied or locked: decide on each of them first."""


class PlanChangedMeanwhile(Refusal):
    """The plan has changed since you looked at the differences; look at them again and decide anew."""


class NumberTwice(Reason):
    """The number {number} is there twice; each stand needs a number of its own."""

    number: str


class StandWithoutNumber(Reason):
    """No number lies inside this stand; it is called {number} until you change that."""

    number: str


class NumberOutside(Reason):
    """The number {number} lies inside no stand."""

    number: str


class SeveralNumbers(Reason):
    """Several numbers lie inside one stand: {numbers}. The first counts."""

    numbers: str


class DrawnTwice(Reason):
    """The stands {numbers} lie on one another with one outline; only the first is taken."""

    numbers: str


class NotClosed(Reason):
    """{count} lines on the layers of stands are not closed, so they are no stands; close them in the drawing."""

    count: int


@dataclass(frozen=True)
class ProposedStand:
    """A stand of a plan that is brought in; ``kind`` and ``area`` are empty where the plan does not say them."""

    number: str
    shape: Shape
    kind: str = ""
    area: str = ""
    key: str = ""


@dataclass(frozen=True)
class Proposal:
    """A plan that is brought in. Without an outline the hall keeps its own; ``elements`` are told by kind.

    ``kinds``: which kinds of elements the plan speaks of; elements of others stay as they are. ``notices`` say what was
    odd in the drawing, with places.
    """

    outline: Shape | None
    stands: tuple[ProposedStand, ...]
    elements: tuple[Element, ...]
    kinds: tuple[str, ...]
    notices: tuple[tuple[Reason, tuple[float, float]], ...] = ()


@dataclass(frozen=True)
class Change:
    """One thing and what becomes of it. ``name`` tells it from all others of the plan, before and after.

    ``waits``: somebody must decide, because the stand is occupied, reserved or locked.
    """

    what: str
    state: str
    name: str
    before: Shape | None
    after: Shape | None
    number_before: str = ""
    number_after: str = ""
    kind: str = ""
    waits: bool = False
    key: str = ""

    @property
    def moved_m(self) -> float:
        """How far its middle moves."""
        if self.before is None or self.after is None:
            return 0.0
        (x, y), (u, v) = self.before.middle, self.after.middle
        return float(((x - u) ** 2 + (y - v) ** 2) ** 0.5)

    @property
    def grown_m2(self) -> float:
        """By how much its floor grows."""
        return (self.after.area_m2 if self.after else 0.0) - (self.before.area_m2 if self.before else 0.0)


def differences(floor: Floor, proposal: Proposal) -> list[Change]:
    """What a plan changes on a floor: outline, stands by number, then elements."""
    outline = [_outline(floor.outline, proposal.outline)] if proposal.outline else []
    return [*outline, *_stands(floor.stands, proposal.stands), *_elements(floor, proposal)]


def decided(changes: Sequence[Change], decisions: Mapping[str, str]) -> list[Change]:
    """The changes to be made: those taken; what waits for nobody is taken unless somebody said otherwise.

    Raises: DecisionsMissing.
    """
    missing = [one for one in changes if one.waits and decisions.get(one.name) not in (TAKE, KEEP)]
    if missing:
        raise DecisionsMissing(count=len(missing))
    return [one for one in changes if one.state != SAME and decisions.get(one.name, TAKE) == TAKE]


def same_shape(a: Shape, b: Shape) -> bool:
    """Whether two shapes are one, whatever corner they begin at, to a centimetre along their edges."""
    if a.kind != b.kind:
        return False
    if a.kind == "Polygon":
        apart = area_of(a).symmetric_difference(area_of(b))
        return bool(apart.area <= TINY_M2 or apart.buffer(-0.005).is_empty)
    mine, theirs = a.corners, b.corners
    return len(mine) == len(theirs) and any(
        all(abs(x - u) <= 0.01 and abs(y - v) <= 0.01 for (x, y), (u, v) in zip(mine, order, strict=True))
        for order in (theirs, theirs[::-1])
    )


def plain(number: str) -> str:
    """A stand's number as it is compared: without spaces, in capitals, full-width characters as usual ones."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def _outline(before: Shape, after: Shape) -> Change:
    state = SAME if same_shape(before, after) else CHANGED
    return Change(OUTLINE, state, "outline", before, after)


def _stands(before: Sequence[FloorStand], after: Sequence[ProposedStand]) -> list[Change]:
    numbered = {plain(stand.number): stand for stand in before}
    by_key = {stand.key: stand for stand in before}
    pairs: list[tuple[FloorStand | None, ProposedStand | None]] = []
    left = dict(by_key)
    unmatched = []
    for stand in after:
        known = by_key.get(stand.key) or numbered.get(plain(stand.number))
        if known and left.pop(known.key, None):
            pairs.append((known, stand))
        else:
            unmatched.append(stand)
    for stand in unmatched:
        likely = _likeliest(stand, left.values())
        pairs.append((left.pop(likely.key) if likely else None, stand))
    pairs += [(stand, None) for stand in left.values()]
    return sorted((_stand(*pair) for pair in pairs), key=lambda one: one.number_after or one.number_before)


def _likeliest(stand: ProposedStand, left: Iterable[FloorStand]) -> FloorStand | None:
    """The stand on nearly the same floor, which was given another number."""
    area = area_of(stand.shape)
    shares = [(area.intersection(area_of(one.shape)).area / max(area.union(area_of(one.shape)).area, TINY_M2), one)
              for one in left if _near(stand.shape, one.shape)]  # fmt: skip
    share, found = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return found if share >= ALIKE else None


def _near(a: Shape, b: Shape) -> bool:
    (x, y, w, d), (u, v, p, q) = a.box, b.box
    return x < u + p and u < x + w and y < v + q and v < y + d


def _stand(before: FloorStand | None, after: ProposedStand | None) -> Change:
    if before is None and after is not None:
        return Change(STAND, NEW, f"new {plain(after.number)}", None, after.shape, number_after=after.number)
    assert before is not None
    common: dict[str, Any] = {"name": before.key, "key": before.key, "number_before": before.number}
    if after is None:
        return Change(STAND, GONE, before=before.shape, after=None, waits=before.protected, **common)
    moved = not same_shape(before.shape, after.shape)
    renumbered = plain(before.number) != plain(after.number)
    state = CHANGED if moved or renumbered else SAME
    waits = before.protected and state == CHANGED
    return Change(
        STAND, state, before=before.shape, after=after.shape, number_after=after.number, waits=waits, **common
    )


def _elements(floor: Floor, proposal: Proposal) -> list[Change]:
    left = {one.key: one for one in floor.of_kind(*proposal.kinds) if not one.is_allocated}
    changes, unmatched = [], []
    for element in proposal.elements:
        known = left.get(element.key) or next((one for one in left.values() if _is_same(one, element)), None)
        if known is None:
            unmatched.append(element)
            continue
        del left[known.key]
        state = SAME if _is_same(known, element) else CHANGED
        changes.append(_element(state, known, element))
    for number, element in enumerate(unmatched, start=1):
        known = next((one for one in left.values() if one.name and _called(one) == _called(element)), None)
        if known:
            del left[known.key]
            changes.append(_element(CHANGED, known, element))
        else:
            changes.append(replace(_element(NEW, None, element), name=f"new {element.kind} {number}"))
    return changes + [_element(GONE, one, None) for one in left.values()]


def _called(element: Element) -> tuple[str, str]:
    return element.kind, plain(element.name)


def _is_same(a: Element, b: Element) -> bool:
    """Whether two elements are alike in all that a plan says of the second."""
    said = (
        b.width_m or a.width_m,
        b.depth_m or a.depth_m,
        b.services or a.services,
        b.name or a.name,
        b.area or a.area,
    )
    mine = (a.width_m, a.depth_m, a.services, a.name, a.area)
    return a.kind == b.kind and said == mine and same_shape(a.shape, b.shape)


def _element(state: str, before: Element | None, after: Element | None) -> Change:
    one = before or after
    assert one is not None
    return Change(
        ELEMENT, state, name=one.key, before=before.shape if before else None,
        after=after.shape if after else None, kind=one.kind,
        number_before=before.name if before else "", number_after=after.name if after else "",
        key=before.key if before else "",
    )  # fmt: skip


def proposal_as_json(proposal: Proposal) -> dict[str, Any]:
    """The proposal as it is kept until somebody has decided."""
    return {
        "outline": proposal.outline and proposal.outline.geojson,
        "stands": [{**vars(one), "shape": one.shape.geojson} for one in proposal.stands],
        "elements": [{**vars(one), "shape": one.shape.geojson} for one in proposal.elements],
        "kinds": list(proposal.kinds),
    }


def proposal_from_json(kept: Mapping[str, Any]) -> Proposal:
    """The proposal that :func:`proposal_as_json` kept."""
    return Proposal(
        outline=shape_of(kept["outline"]) if kept["outline"] else None,
        stands=tuple(ProposedStand(**{**one, "shape": shape_of(one["shape"])}) for one in kept["stands"]),
        elements=tuple(
            Element(**{**one, "shape": shape_of(one["shape"]), "services": tuple(one["services"])})
            for one in kept["elements"]
        ),
        kinds=tuple(kept["kinds"]),
    )
