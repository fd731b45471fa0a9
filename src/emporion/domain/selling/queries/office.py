"""What the office sees of the sale: who has which stand, what happened to one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.models import JournalEntry
from emporion.domain.selling.models import Priority, StandSale
from emporion.domain.selling.queries import is_free
from emporion.domain.selling.rules.holds import BUYERS, CONFIRMED, FREE, HELD, OFFERED, REQUESTED


def sales_in(edition: Edition, states: tuple[str, ...], at: datetime) -> QuerySet[StandSale]:
    """The stands on sale in these states, without what has lapsed, the longest there first."""
    found = StandSale.objects.filter(stand__edition=edition, state__in=states).exclude(until__lte=at)
    joined = found.select_related("stand__hall", "application__organisation", "application__exhibitor")
    return joined.order_by("since", "pk")


def sale_counts(edition: Edition, at: datetime) -> Mapping[str, int]:
    """How many stands are free, held, offered, requested and confirmed at a moment; one query."""
    live = ~is_free(at)
    counts = {state: Count("pk", filter=live & Q(state=state)) for state in (HELD, OFFERED, REQUESTED, CONFIRMED)}
    found = StandSale.objects.filter(stand__edition=edition)
    return found.aggregate(**{FREE: Count("pk", filter=is_free(at)), **counts})


def stands_chosen(edition: Edition, *, hall: str, numbers: list[str]) -> list[Stand]:
    """The stands with these numbers, or all of a hall, or of the edition where neither is said."""
    found = Stand.objects.filter(edition=edition)
    if numbers:
        found = found.filter(number__in=numbers)
    elif hall:
        found = found.filter(hall__code=hall)
    return list(found.order_by("pk"))


def halls_with_stands(edition: Edition) -> list[str]:
    """The codes of the halls that have stands."""
    return list(edition.halls.filter(stands__isnull=False).distinct().order_by("code").values_list("code", flat=True))


def history_of(stand: Stand) -> list[JournalEntry]:
    """What happened to a stand, the latest first."""
    found = JournalEntry.objects.filter(subject_kind="stand", subject_id=str(stand.pk))
    return list(found.select_related("actor").order_by("-pk")[:100])


def named_in(entries: list[JournalEntry]) -> dict[int, Any]:
    """The names of the organisations whose applications the entries name."""
    keys = {entry.data.get("application") for entry in entries} - {None}
    found = Application.objects.filter(pk__in=keys).select_related("organisation")
    return {one.pk: one.organisation.proper_name for one in found}


def applicant(edition: Edition, pk: int) -> Application | None:
    """An application that may lead to a stand."""
    return Application.objects.filter(edition=edition, pk=pk, main=None, state__in=BUYERS).first()


def points_of(edition: Edition) -> dict[int, int]:
    """The points that the office gave applicants of the edition."""
    return dict(Priority.objects.filter(application__edition=edition).values_list("application", "points"))
