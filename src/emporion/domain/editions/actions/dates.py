"""The dates and the rules of an edition changed later, each change told to the journal with what was before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction

from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.rules import Window, require_hours, require_window
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext

RULES = ("opens_daily", "closes_daily", "free_booth_quota", "rate_days", "review_new_unit", "visitors_reapply")


@transaction.atomic
def set_phases(edition: Edition, windows: Mapping[str, Window], *, context: ActionContext) -> list[str]:
    """Set from when to when phases are; the kinds that changed. Raises: PhaseEndsFirst, YearNotLikely."""
    known = {phase.kind: phase for phase in Phase.objects.select_for_update().filter(edition=edition)}
    changed = {}
    for kind, window in windows.items():
        before = known[kind].window if kind in known else None
        if before == window:
            continue
        require_window(window)
        Phase.objects.update_or_create(
            edition=edition, kind=kind, defaults={"opens": window.opens, "closes": window.closes}
        )
        changed[kind] = {"before": _told(before), "after": _told(window)}
    if changed:
        record("edition.dates_changed", edition, context=context, edition=edition.pk, phases=changed)
    return list(changed)


@transaction.atomic
def set_rules(edition: Edition, values: Mapping[str, Any], *, context: ActionContext) -> list[str]:
    """Set the hours of the show, free booths, how long rates count and what visitors may; the names of what changed.

    Raises: HoursNotInOrder.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    changed = {name: values[name] for name in RULES if name in values and getattr(locked, name) != values[name]}
    if not changed:
        return []
    told = {name: {"before": _plain(getattr(locked, name)), "after": _plain(value)} for name, value in changed.items()}
    for name, value in changed.items():
        setattr(locked, name, value)
    require_hours(locked.opens_daily, locked.closes_daily)
    locked.save(update_fields=list(changed))
    record("edition.rules_changed", edition, context=context, edition=edition.pk, rules=told)
    return list(changed)


def _told(window: Window | None) -> list[str]:
    return [_moment(window.opens), _moment(window.closes)] if window else []


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _plain(value: Any) -> Any:
    return f"{value:%H:%M}" if isinstance(value, time) else value
