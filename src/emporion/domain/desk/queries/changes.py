"""What a change of an edition's dates or rules would do, told before it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from emporion.domain.booths.models import FreeBoothGrant
from emporion.domain.desk.rules import (
    DraftsLeft,
    MoreGranted,
    PhaseClosesNow,
    PhaseOpensNow,
    PhaseOutlasts,
    QuotaRises,
    RegistrationsLeft,
)
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import phase_words, phases_by_kind
from emporion.domain.editions.rules import Window
from emporion.domain.exhibitors.models import Application
from emporion.domain.reason import Reason
from emporion.domain.visitors.models import Visitor

# Each should not end after the one that follows it: who still applies then cannot be decided about.
ONE_AFTER_ANOTHER = ("application", "review", "contract", "show")


def effect_of_dates(edition: Edition, windows: Mapping[str, Window], at: datetime) -> list[Reason]:
    """What opens or closes at once, who is cut off by it, and phases that would outlast the one after them."""
    before = {kind: phase.window for kind, phase in phases_by_kind(edition).items()}
    found: list[Reason] = []
    for kind, window in windows.items():
        if before.get(kind) != window:
            found += _turns(edition, kind, before.get(kind), window, at)
    after = {**before, **windows}
    changed = {kind for kind, window in windows.items() if before.get(kind) != window}
    for first, second in pairwise(ONE_AFTER_ANOTHER):
        if (
            {first, second} & changed
            and first in after
            and second in after
            and after[first].closes > after[second].closes
        ):
            found.append(PhaseOutlasts(phase=phase_words(first), following=phase_words(second)))
    return found


def _turns(edition: Edition, kind: str, before: Window | None, after: Window, at: datetime) -> Iterator[Reason]:
    was, will = before is not None and before.holds(at), after.holds(at)
    if will and not was:
        yield PhaseOpensNow(phase=phase_words(kind))
    if was and not will:
        yield PhaseClosesNow(phase=phase_words(kind))
        yield from _cut_off(edition, kind)


def _cut_off(edition: Edition, kind: str) -> Iterator[Reason]:
    if kind == "application":
        if count := Application.objects.filter(edition=edition, state=Application.State.DRAFT).count():
            yield DraftsLeft(count=count)
    elif kind == "registration" and (
        count := Visitor.objects.filter(edition=edition, state=Visitor.State.REGISTERED).count()
    ):
        yield RegistrationsLeft(count=count)


def effect_of_rules(edition: Edition, values: Mapping[str, Any]) -> list[Reason]:
    """How a new quota of free booths stands to those that were granted."""
    quota = values.get("free_booth_quota", edition.free_booth_quota)
    if quota == edition.free_booth_quota:
        return []
    granted = FreeBoothGrant.objects.filter(exhibitor__edition=edition).count()
    if granted > quota:
        return [MoreGranted(granted=granted, quota=quota)]
    return [QuotaRises(left=quota - granted)]
