"""How a fair fills: applications, space, registrations and meetings, beside the edition before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from emporion.domain.editions.models import Edition, ExhibitionArea
from emporion.domain.exhibitors.models import Application
from emporion.domain.visitors.models import Visitor


@dataclass(frozen=True)
class Space:
    """An exhibition area with the square metres that are contracted, approved and under review."""

    area: ExhibitionArea
    contracted: int
    approved: int
    submitted: int

    @property
    def total(self) -> int:
        return self.contracted + self.approved + self.submitted


def edition_before(edition: Edition) -> Edition | None:
    """The edition of the fair that was held last before this one."""
    before = Edition.objects.filter(fair=edition.fair_id, number__lt=edition.number).select_related("venue")
    return before.order_by("-number").first()


def applications_by_day(edition: Edition) -> dict[int, int]:
    """How many applications were handed in on each day, by the days it lies before the first day of the show."""
    handed_in = Application.objects.filter(edition=edition, submitted__isnull=False)
    return _by_day(edition, handed_in, "submitted")


def registrations_by_day(edition: Edition) -> dict[int, int]:
    """How many people registered on each day, by the days it lies before the first day of the show."""
    return _by_day(edition, Visitor.objects.filter(edition=edition), "registered")


def space_by_area(edition: Edition) -> list[Space]:
    """The space that exhibitors take or ask in each exhibition area, by its number."""
    sums = {
        state: Sum("application__area_m2", filter=Q(application__state=state), default=0)
        for state in ("contracted", "approved", "submitted")
    }
    areas = ExhibitionArea.objects.filter(edition=edition).annotate(
        **{f"sum_{name}": one for name, one in sums.items()}
    )
    return [
        Space(area, area.sum_contracted, area.sum_approved, area.sum_submitted)  # type: ignore[attr-defined]
        for area in areas.order_by("number")
    ]


def _by_day(edition: Edition, found: QuerySet[Any], field: str) -> dict[int, int]:
    rows = found.order_by().annotate(day=TruncDate(field, tzinfo=edition.zone)).values("day").annotate(n=Count("pk"))
    counted: Counter[int] = Counter()
    for row in rows:
        counted[_before(edition, row["day"])] += row["n"]
    return dict(counted)


def _before(edition: Edition, day: date) -> int:
    return (edition.first_day - day).days
