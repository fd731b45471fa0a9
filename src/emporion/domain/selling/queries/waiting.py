"""Wishes and waiting lists as people see them, with everybody's turn and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.reason import Reason
from emporion.domain.selling.models import Drawing, DrawnPlace, Wish
from emporion.domain.selling.queries import Merits, merits_of, open_wishes, sale_rules
from emporion.domain.selling.rules.drawing import in_order


@dataclass(frozen=True)
class Waiting:
    """An applicant on a stand's waiting list, with the reason of its turn."""

    application: Application
    why: Reason


def wishes_of(application: Application) -> list[Wish]:
    """An applicant's open wishes, the dearest first."""
    found = Wish.objects.filter(application=application, ended=None)
    return list(found.select_related("stand__hall").order_by("rank"))


def waiting_lists(edition: Edition) -> list[tuple[Stand, list[Waiting]]]:
    """Every stand for which somebody waits who has none, with all who wait in their turn; a few queries."""
    wishes = open_wishes().filter(application__edition=edition)
    by_stand: dict[int, list[Wish]] = {}
    for wish in wishes.select_related("application__organisation", "stand__hall").order_by("stand__number"):
        by_stand.setdefault(wish.stand_id, []).append(wish)
    merits = merits_of(edition, [wish.application for group in by_stand.values() for wish in group])
    until = sale_rules(edition).returning_until
    return [(group[0].stand, _turns(group, merits, until)) for group in by_stand.values()]


def _turns(wishes: list[Wish], merits: Merits, until: date | None) -> list[Waiting]:
    applications = {wish.application_id: wish.application for wish in wishes}
    turns = in_order([merits.entrant([wish]) for wish in wishes], until=until, edition=merits.edition.number)
    return [Waiting(applications[turn.entrant.application], turn.why) for turn in turns]


def drawings_of(edition: Edition) -> list[Drawing]:
    """The drawings of an edition, the latest first."""
    return list(Drawing.objects.filter(edition=edition).select_related("by"))


def drawing_of(edition: Edition, pk: int) -> Drawing | None:
    """A drawing of the edition."""
    return Drawing.objects.filter(edition=edition, pk=pk).select_related("by").first()


def places_of(drawing: Drawing) -> list[DrawnPlace]:
    """Everybody's place in a drawing, in order."""
    found = DrawnPlace.objects.filter(drawing=drawing).select_related("application__organisation")
    return list(found.order_by("position"))
