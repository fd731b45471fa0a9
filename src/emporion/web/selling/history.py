"""What happened to a stand, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from emporion.domain.accounts.models import User
from emporion.domain.booths.models import Stand
from emporion.domain.selling.queries.office import history_of, named_in

EVENTS: dict[str, Promise] = {
    "stand.held": _("Held"),
    "stand.renewed": _("The hold was renewed"),
    "stand.given_back": _("Given back"),
    "stand.lapsed": _("The time was over"),
    "stand.offered": _("Offered"),
    "stand.declined": _("Declined"),
    "stand.requested": _("Requested"),
    "stand.confirmed": _("Confirmed"),
    "stand.waited_for": _("Joined the waiting list"),
    "stand.abandoned": _("The application ended; the stand is free"),
    "stand.taken_back": _("Taken back by the organiser"),
    "stand.split": _("Cut in two"),
    "stand.merged": _("Joined with others"),
    "stand.swapped": _("Exchanged"),
    "stand.moved": _("An exhibitor moved here"),
    "stand.released": _("An exhibitor was taken off"),
    "stand.locked": _("Locked"),
    "stand.unlocked": _("Unlocked"),
}
# Where an entry's data name stands.
NUMBERS = ("into", "of", "between", "from", "to")


@dataclass(frozen=True)
class Happened:
    """An event of a stand: what, to whom, which stands it names, the reason, when and by whom."""

    what: str | Promise
    name: Any
    numbers: str
    reason: str
    at: datetime
    by: User | None


def history(stand: Stand) -> list[Happened]:
    """What happened to a stand, the latest first."""
    entries = history_of(stand)
    names = named_in(entries)
    return [
        Happened(
            EVENTS.get(one.event, one.event), names.get(one.data.get("application")), _numbers(one.data),
            str(one.data.get("reason", "")), one.at, one.actor,
        )
        for one in entries
    ]  # fmt: skip


def _numbers(data: dict[str, Any]) -> str:
    found = [data[name] for name in NUMBERS if name in data]
    return " → ".join(", ".join(one) if isinstance(one, list) else str(one) for one in found)
