"""Commands on a draft: what each asks, when it is refused, when it meets another's work, how it is taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from emporion.domain.drafts.rules.things import DraftStand, Thing
from emporion.domain.refusal import Refusal

MOST_CHANGES = 2_000


class NothingAsked(Refusal):
    """The command changes nothing."""


class TooMuchAtOnce(Refusal):
    """A command changes at most {most} things; choose fewer."""


class NumberAgain(Refusal):
    """The number {number} is another stand's; each stand needs one of its own."""


class AreaNotHere(Refusal):
    """The edition has no exhibition area “{area}”; choose one of its own."""


class PlacedTwice(Refusal):
    """The exhibitor with the contract {exhibitor} is on a stand already."""


class StandHasExhibitor(Refusal):
    """Somebody stands on {number} already; choose a stand that nobody has."""


class NobodyToPlace(Refusal):
    """There is no exhibitor with the contract {exhibitor} who waits for a stand."""


class NothingToUndo(Refusal):
    """There is nothing of yours to undo."""


class NothingToRedo(Refusal):
    """There is nothing of yours to redo."""


class DecisionNeeded(Refusal):
    """These stands are taken or locked: {numbers}. Say whether to change them all the same."""


@dataclass(frozen=True)
class Asked:
    """What a command asks of one thing: the version that its author saw, and what it becomes; None takes it away."""

    key: str
    version: int
    after: Thing | None


@dataclass(frozen=True)
class Step:
    """What a command did to one thing."""

    key: str
    before: Thing | None
    after: Thing | None


def conflicts(asked: Iterable[Asked], versions: Mapping[str, int], there: Collection[str]) -> list[str]:
    """The keys of things that somebody else changed since the author saw them, or took away.

    ``versions``: by key, of what the draft has changed so far; what it has not is at version 0. ``there``: the keys of
    all that is on the floor now.
    """
    return [
        one.key
        for one in asked
        if versions.get(one.key, 0) != one.version or (one.after is None and one.key not in there)
    ]


def steps(asked: Sequence[Asked], floor: Mapping[str, Thing]) -> list[Step]:
    """What a command does to the floor. Raises: NothingAsked, TooMuchAtOnce."""
    if len(asked) > MOST_CHANGES:
        raise TooMuchAtOnce(most=MOST_CHANGES)
    done = [Step(one.key, floor.get(one.key), one.after) for one in asked]
    found = [step for step in done if step.before != step.after]
    if not found:
        raise NothingAsked()
    return found


def inverse(done: Iterable[Step]) -> list[Step]:
    """The steps that take steps back."""
    return [Step(step.key, step.after, step.before) for step in done]


def blocked(wanted: Iterable[Step], floor: Mapping[str, Thing]) -> list[str]:
    """The keys of what no longer is as the steps expect to find it: somebody else went on with it."""
    return [step.key for step in wanted if floor.get(step.key) != step.before]


def after(floor: Mapping[str, Thing], done: Iterable[Step]) -> dict[str, Thing]:
    """The floor once the steps are made."""
    result = dict(floor)
    for step in done:
        if step.after is None:
            result.pop(step.key, None)
        else:
            result[step.key] = step.after
    return result


def require_decided(done: Iterable[Step], kept: Mapping[str, str], decided: Collection[str]) -> None:
    """Refuse to move, reshape or take away a stand that is taken or locked unless somebody decided so.

    ``kept``: the numbers of such stands by key. Raises: DecisionNeeded.
    """
    touched = [step.key for step in done if step.key in kept and step.key not in decided and _displaces(step)]
    if touched:
        raise DecisionNeeded(numbers=", ".join(kept[key] for key in touched), keys=touched)


def _displaces(step: Step) -> bool:
    return step.after is None or step.before is None or step.before.shape != step.after.shape


def require_numbers(done: Iterable[Step], floor: Mapping[str, Thing], elsewhere: Collection[str]) -> None:
    """Refuse a number that two stands would have; ``elsewhere``: the numbers in other halls. Raises: NumberAgain."""
    counts = Counter(one.number for one in floor.values() if isinstance(one, DraftStand))
    for step in done:
        new = step.after
        if isinstance(new, DraftStand) and (counts[new.number] > 1 or new.number in elsewhere):
            raise NumberAgain(number=new.number)


def require_areas(done: Iterable[Step], areas: Collection[str]) -> None:
    """Refuse an exhibition area that is not the edition's; a stand needs one. Raises: AreaNotHere."""
    for step in done:
        if step.after and step.after.area not in areas and (step.after.area or isinstance(step.after, DraftStand)):
            raise AreaNotHere(area=step.after.area)


def require_placeable(
    done: Iterable[Step], floor: Mapping[str, Thing], occupied: Collection[str], waiting: Collection[str]
) -> None:
    """Refuse to place who has a stand, or on a stand that somebody has.

    ``occupied``: the keys of stands with exhibitors; ``waiting``: the contracts of exhibitors without a stand.
    Raises: StandHasExhibitor, NobodyToPlace, PlacedTwice.
    """
    everywhere = Counter(one for thing in floor.values() if isinstance(thing, DraftStand) for one in thing.placed)
    for step in done:
        new = step.after
        had = step.before.placed if isinstance(step.before, DraftStand) else ()
        if not isinstance(new, DraftStand) or not set(new.placed) - set(had):
            continue
        if new.key in occupied or had:
            raise StandHasExhibitor(number=new.number)
        for one in new.placed:
            if one not in waiting:
                raise NobodyToPlace(exhibitor=one)
            if everywhere[one] > 1:
                raise PlacedTwice(exhibitor=one)
