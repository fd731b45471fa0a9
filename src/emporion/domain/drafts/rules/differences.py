"""What a draft changes of the published plan, and when it may be published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from emporion.domain.drafts.rules.things import DraftStand, Thing
from emporion.domain.editions.rules.floors import Element
from emporion.domain.plans.rules.differences import CHANGED, ELEMENT, GONE, NEW, SAME, STAND, Change
from emporion.domain.reason import Reason
from emporion.domain.refusal import Refusal


class NothingToPublish(Refusal):
    """The draft changes nothing of the published plan."""


class DraftWentOn(Refusal):
    """Somebody went on drawing since you looked at the differences; look at them again."""


class PublishedMeanwhile(Refusal):
    """Since they were drafted, these changed in the published plan: {numbers}. Decide which is to stay."""


class StandsUndecided(Refusal):
    """Exhibitors have these stands, and the draft moves or removes them: {numbers}. Decide on each of them first."""


class DraftNotSound(Refusal):
    """With this draft the plan would have {count} faults that the edition refuses. The first: {first}"""


class ExhibitorPlacedMeanwhile(Refusal):
    """The exhibitor with the contract {exhibitor} has come to another stand meanwhile; take it off this one."""


@dataclass(frozen=True)
class Difference:
    """One thing, as it is published and as the draft has it. ``waits``: somebody has the stand, and nobody has decided
    yet that it changes all the same. ``drifted``: the published plan changed after the draft had changed it."""

    key: str
    before: Thing | None
    after: Thing | None
    waits: bool = False
    drifted: bool = False

    @property
    def state(self) -> str:
        """Whether it is new, changed or gone."""
        return NEW if self.before is None else GONE if self.after is None else CHANGED

    @property
    def thing(self) -> Thing:
        """The stand or the element."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def called(self) -> str:
        """The number of a stand, the name of an element."""
        return self.thing.number if isinstance(self.thing, DraftStand) else self.thing.name

    @property
    def change(self) -> Change:
        """The change of shape and number alone, as plans are written by; the same where only something else changed."""
        before, after = self.before, self.after
        what = STAND if isinstance(self.thing, DraftStand) else ELEMENT
        old, new = _called(before), _called(after)
        was, will = before.shape if before else None, after.shape if after else None
        state = SAME if self.state == CHANGED and was == will and old == new else self.state
        kind = self.thing.kind if isinstance(self.thing, Element) else ""
        key = "" if state == NEW else self.key
        return Change(what, state, self.key, was, will, number_before=old, number_after=new, kind=kind, key=key)

    @property
    def moved_m(self) -> float:
        """How far its middle moves, in metres."""
        return round(self.change.moved_m, 2)

    @property
    def grown_m2(self) -> float:
        """By how much its floor grows, in square metres."""
        return round(self.change.grown_m2, 2)


def differences(
    before: Mapping[str, Thing],
    after: Mapping[str, Thing],
    *,
    kept: Collection[str],
    decided: Collection[str],
    drifted: Collection[str],
) -> list[Difference]:
    """What the draft changes: stands by number, then elements. ``kept``: the keys of stands that somebody has."""
    found = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old != new or key in drifted:
            displaced = old is not None and (new is None or new.shape != old.shape)
            found.append(Difference(key, old, new, displaced and key in kept and key not in decided, key in drifted))
    return sorted(found, key=lambda one: (not isinstance(one.thing, DraftStand), one.called))


def require_publishable(
    found: Sequence[Difference], *, sequence: int, seen: int, decided: Collection[str], faults: Sequence[Reason]
) -> None:
    """Refuse a draft that is not ready. ``sequence``: the number of its last command, ``seen``: that of the last one
    whose result somebody looked at; ``faults``: what the edition refuses of it.

    Raises: NothingToPublish, DraftWentOn, PublishedMeanwhile, StandsUndecided, DraftNotSound.
    """
    if not found:
        raise NothingToPublish()
    if sequence != seen:
        raise DraftWentOn()
    drifted = [one.called for one in found if one.drifted]
    if drifted:
        raise PublishedMeanwhile(numbers=", ".join(drifted))
    waiting = [one.called for one in found if one.waits and one.key not in decided]
    if waiting:
        raise StandsUndecided(numbers=", ".join(waiting))
    if faults:
        raise DraftNotSound(count=len(faults), first=faults[0])


def _called(thing: Thing | None) -> str:
    if thing is None:
        return ""
    return thing.number if isinstance(thing, DraftStand) else thing.name
