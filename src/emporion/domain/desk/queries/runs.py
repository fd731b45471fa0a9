"""The runs of the machine over an edition, the latest first, to be compared: allocation, suggestions, timetable."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from emporion.domain.booths.models import AllocationRun
from emporion.domain.editions.models import Edition
from emporion.domain.matching.models import MatchingRun
from emporion.domain.meetings.models import TimetableRun

MOST = 10


def allocation_runs(edition: Edition) -> QuerySet[AllocationRun]:
    """The last allocations, each with the number of exhibitors that it left without a stand."""
    return AllocationRun.objects.filter(edition=edition).annotate(left=Count("unplaced")).order_by("-id")[:MOST]


def matching_runs(edition: Edition) -> QuerySet[MatchingRun]:
    """The last runs that made suggestions."""
    return MatchingRun.objects.filter(edition=edition).order_by("-id")[:MOST]


def timetable_runs(edition: Edition) -> QuerySet[TimetableRun]:
    """The last timetables."""
    return TimetableRun.objects.filter(edition=edition).order_by("-id")[:MOST]
