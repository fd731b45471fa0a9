"""What waits for the organiser today, each with how much there is of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.exhibitors.queries import waiting
from emporion.domain.organisations.queries import likely_duplicates
from emporion.domain.visitors.queries import likely_visitors, waiting_units, waiting_visitors
from emporion.domain.work.models import BackgroundTask

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Ages:
    """How many applications wait, how many of them for more than a week, and for more than two."""

    waiting: int
    week: int
    fortnight: int


def applications_by_age(edition: Edition, areas: Collection[str] | None, at: datetime) -> Ages:
    """The applications under review, of these areas or of all."""
    found = waiting(edition).select_related(None).order_by()
    if areas is not None:
        found = found.filter(area__code__in=areas)
    week, fortnight = (Count("pk", filter=Q(submitted__lt=at - weeks * WEEK)) for weeks in (1, 2))
    return Ages(**found.aggregate(waiting=Count("pk"), week=week, fortnight=fortnight))


def free_booths_to_grant(edition: Edition) -> int:
    """How many exhibitors ask for a free booth and have none."""
    asking = Exhibitor.objects.filter(edition=edition, application__requests_free_booth=True)
    return asking.filter(free_booth=None).count()


def registrations_waiting(edition: Edition) -> tuple[int, int]:
    """How many visiting units and how many people wait for a decision."""
    return waiting_units(edition).count(), waiting_visitors(edition).count()


def pairs_waiting(edition: Edition) -> tuple[int, int]:
    """How many pairs of organisations, and of registrations, may be one."""
    return likely_duplicates().count(), likely_visitors(edition).count()


def failed_work(edition: Edition) -> int:
    """How much background work of the edition has failed."""
    return BackgroundTask.objects.filter(edition=edition, state=BackgroundTask.State.FAILED).count()
