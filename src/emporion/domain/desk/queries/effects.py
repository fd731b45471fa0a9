"""What a decision about many records would do, before anybody takes it: to how many, and why not to the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from emporion.domain.admission.models import Badge
from emporion.domain.desk import rules
from emporion.domain.exhibitors.models import Application
from emporion.domain.exhibitors.rules.applications import (
    ACTIONS,
    IN_WORDS,
    MainWithoutContract,
    StateForbids,
    require_may,
    require_reviewable,
)
from emporion.domain.reason import Phrase
from emporion.domain.refusal import Refusal, refusal_of


@dataclass
class Effect:
    """To how many records a decision would be done, how many are so already, and why it is refused to others."""

    done: int = 0
    already: int = 0
    refusals: dict[Refusal, int] = field(default_factory=dict)

    def refuse(self, refusal: Refusal, count: int = 1) -> None:
        """Count records that are refused for a reason; the same words are one reason."""
        same = next((one for one in self.refusals if str(one) == str(refusal)), refusal)
        self.refusals[same] = self.refusals.get(same, 0) + count

    @property
    def refused(self) -> int:
        return sum(self.refusals.values())

    @property
    def total(self) -> int:
        return self.done + self.already + self.refused


Foreseen = Callable[[QuerySet[Any]], Effect]


def approval_of_applications(chosen: QuerySet[Application]) -> Effect:
    """Main exhibitors first, as the work does it: a co-exhibitor may be approved together with its main one."""
    effect, accepted = Effect(), set[int]()
    facts = chosen.order_by("pk").values_list("pk", "state", "contact_email", "main", "main__state")
    for pk, state, contact, main, main_state in sorted(facts, key=lambda row: row[3] is not None):
        if state == "approved":
            effect.already += 1
            continue
        known = "approved" if main in accepted else main_state
        if refusal := refusal_of(lambda: _require_approvable(state, contact, known)):  # noqa: B023
            effect.refuse(refusal)
        else:
            effect.done += 1
            accepted.add(pk)
    return effect


def _require_approvable(state: str, contact: str, main_state: str | None) -> None:
    require_may(state, "approved")
    require_reviewable(contact_email=contact, main_state=main_state)


def contracts_of_applications(chosen: QuerySet[Application]) -> Effect:
    """Contracts are signed with approved applicants; co-exhibitors after their main exhibitor."""
    effect = Effect()
    signing = set(chosen.filter(state="approved", main=None).values_list("pk", flat=True))
    rows = chosen.order_by().values("state", "main", "main__state").annotate(count=Count("pk"))
    for row in rows:
        has_main = row["main"] is None or row["main__state"] == "contracted" or row["main"] in signing
        if row["state"] == "contracted":
            effect.already += row["count"]
        elif row["state"] != "approved":
            effect.refuse(_not_in(row["state"], "contracted"), row["count"])
        elif not has_main:
            effect.refuse(MainWithoutContract(), row["count"])
        else:
            effect.done += row["count"]
    return effect


def move_of_applications(action: str, target: str) -> Foreseen:
    """What a decision by state alone would do to applications; ``action`` by its participle, ``target`` its state."""

    def foreseen(chosen: QuerySet[Application]) -> Effect:
        return _by_state(chosen, target, ACTIONS[action], lambda state: _not_in(state, action))

    return foreseen


def move(target: str, *states: str) -> Foreseen:
    """What a decision by state alone would do to units or visitors: from these states to the target."""

    def foreseen(chosen: QuerySet[Any]) -> Effect:
        return _by_state(chosen, target, states, lambda state: rules.NothingToDecide(state=Phrase(state)))

    return foreseen


def approval_of_visitors(chosen: QuerySet[Any]) -> Effect:
    """People are approved when they wait and their unit is approved, or when they come alone."""
    effect = Effect()
    for row in (
        chosen.order_by()
        .values("state", "unit", "unit__state")
        .values("state", "unit__state")
        .annotate(count=Count("pk"))
    ):
        if row["state"] == "approved":
            effect.already += row["count"]
        elif row["state"] != "registered":
            effect.refuse(rules.NothingToDecide(state=Phrase(row["state"])), row["count"])
        elif row["unit__state"] not in (None, "approved"):
            effect.refuse(rules.UnitsNotDecided(), row["count"])
        else:
            effect.done += row["count"]
    return effect


def badges_of_visitors(chosen: QuerySet[Any]) -> Effect:
    """Badges are made for people who are approved and have none."""
    effect = Effect()
    for state, badge, count in _with_badges(chosen):
        if badge:
            effect.already += count
        elif state != "approved":
            effect.refuse(rules.NotApproved(state=Phrase(state)), count)
        else:
            effect.done += count
    return effect


def review_again_of_visitors(chosen: QuerySet[Any]) -> Effect:
    """Decisions are taken back as long as no badge was made."""
    effect = Effect()
    for state, badge, count in _with_badges(chosen):
        if state == "registered":
            effect.already += count
        elif state not in rules.DECIDED:
            effect.refuse(rules.NothingToDecide(state=Phrase(state)), count)
        elif badge:
            effect.refuse(rules.BadgesMade(), count)
        else:
            effect.done += count
    return effect


def invitation_of_visitors(chosen: QuerySet[Any]) -> Effect:
    """People are invited who have an address and no account."""
    counted = chosen.order_by().aggregate(
        account=Count("pk", filter=Q(user__isnull=False)),
        no_address=Count("pk", filter=Q(user=None, email="")),
        done=Count("pk", filter=Q(user=None) & ~Q(email="")),
    )
    effect = Effect(done=counted["done"])
    for refusal, count in ((rules.AccountHeld(), counted["account"]), (rules.WithoutAddress(), counted["no_address"])):
        if count:
            effect.refuse(refusal, count)
    return effect


def locking_of_stands(locked: bool) -> Foreseen:
    """Stands are locked in their place, or unlocked."""

    def foreseen(chosen: QuerySet[Any]) -> Effect:
        counted = chosen.order_by().aggregate(
            already=Count("pk", filter=Q(locked=locked)), done=Count("pk", filter=Q(locked=not locked))
        )
        return Effect(done=counted["done"], already=counted["already"])

    return foreseen


def _with_badges(chosen: QuerySet[Any]) -> Iterable[tuple[str, bool, int]]:
    held = Badge.objects.filter(visitor=OuterRef("pk"))
    rows = chosen.order_by().annotate(held=Exists(held)).values("state", "held").annotate(count=Count("pk"))
    return ((row["state"], row["held"], row["count"]) for row in rows)


def _by_state(chosen: QuerySet[Any], target: str, states: Collection[str], refusal: Callable[[str], Refusal]) -> Effect:
    effect = Effect()
    counted: Mapping[str, int] = Counter(
        {row["state"]: row["count"] for row in chosen.order_by().values("state").annotate(count=Count("pk"))}
    )
    for state, count in counted.items():
        if state == target:
            effect.already += count
        elif state in states:
            effect.done += count
        else:
            effect.refuse(refusal(state), count)
    return effect


def _not_in(state: str, action: str) -> StateForbids:
    return StateForbids(state=IN_WORDS.get(state, Phrase(state)), action=IN_WORDS.get(action, Phrase(action)))
