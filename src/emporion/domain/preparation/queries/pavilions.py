"""How far the exhibitors of a pavilion are, for whoever manages it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from emporion.domain.admission.models import StaffMember
from emporion.domain.booths.models import Stand
from emporion.domain.catalogue.models import Product
from emporion.domain.exhibitors.models import Application, Exhibitor, Pavilion
from emporion.domain.exhibitors.queries import members_of
from emporion.domain.organisations.models import Representative
from emporion.domain.preparation.queries import days_of, tasks_of, with_progress
from emporion.domain.preparation.rules import LATE, Task


@dataclass(frozen=True)
class Member:
    """An applicant or exhibitor of a pavilion. ``may_be_invited``: nobody acts for it yet."""

    application: Application
    exhibitor: Exhibitor | None
    stand: Stand | None
    tasks: list[Task]
    staff: int
    products: int
    may_be_invited: bool

    @property
    def late(self) -> list[Task]:
        """The tasks that are late."""
        return [task for task in self.tasks if task.state == LATE]


def members_with_progress(pavilion: Pavilion, today: date) -> list[Member]:
    """The applicants and exhibitors of a pavilion with how far each is, by name; a few queries however many."""
    applications = list(members_of(pavilion))
    counts = {
        "staff_count": _count(StaffMember.objects.filter(kind=StaffMember.Kind.STAFF)),
        "product_count": _count(Product.objects),
    }
    found = with_progress(Exhibitor.objects.filter(application__in=applications)).annotate(**counts)
    joined = found.select_related(
        "organisation", "application", "occupancy__stand__hall", "main__occupancy__stand__hall"
    )
    exhibitors = {one.application_id: one for one in joined}
    organisations = [one.organisation_id for one in applications]
    acted_for = set(
        Representative.objects.filter(organisation__in=organisations).values_list("organisation", flat=True)
    )
    days = days_of(pavilion.edition)
    return [
        _member(one, exhibitors.get(one.pk), days, today, acted_for=one.organisation_id in acted_for)
        for one in applications
    ]


def _count(records: Any) -> Coalesce:
    own: QuerySet[Any] = records.filter(exhibitor=OuterRef("pk")).order_by().values("exhibitor")
    return Coalesce(Subquery(own.annotate(count=Count("pk")).values("count")), 0)


def _member(
    application: Application, exhibitor: Exhibitor | None, days: dict[str, date], today: date, *, acted_for: bool
) -> Member:
    if exhibitor is None:
        return Member(application, None, None, [], 0, 0, not acted_for)
    place = getattr(exhibitor, "occupancy", None) or getattr(exhibitor.main, "occupancy", None)
    counted: Any = exhibitor
    tasks = tasks_of(exhibitor, days, today)
    return Member(
        application, exhibitor, place and place.stand, tasks, counted.staff_count, counted.product_count, not acted_for
    )
