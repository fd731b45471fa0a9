"""How far exhibitors are with what they have to do: computed from their records, for one or for all in one query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from emporion.domain.admission.models import StaffMember
from emporion.domain.catalogue.models import Product
from emporion.domain.designs.models import StandDesign
from emporion.domain.designs.queries import SPECIAL
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, ApplicationPaper, Exhibitor
from emporion.domain.exhibitors.rules.papers import LICENCE
from emporion.domain.preparation.models import TaskDay
from emporion.domain.preparation.rules import (
    CONTRACT,
    DAYS,
    DESIGN,
    PAPERS,
    SERVICES,
    TASKS,
    Task,
    in_order,
    state_of,
    usual_due,
)
from emporion.domain.services.models import OrderLine


def days_of(edition: Edition) -> dict[str, date]:
    """When each task is due in an edition; without those for which it sets no day."""
    own = dict(TaskDay.objects.filter(edition=edition).values_list("kind", "due"))
    usual = {kind: usual_due(kind, edition.first_day) for kind in TASKS}
    return {kind: {**usual, **own}[kind] for kind in DAYS if kind in own or kind in usual}


def of_exhibitors(days: Mapping[str, date]) -> dict[str, date]:
    """Of these days those of tasks that signed exhibitors have."""
    return {kind: day for kind, day in days.items() if kind != CONTRACT}


def with_progress(exhibitors: QuerySet[Exhibitor]) -> QuerySet[Exhibitor]:
    """The exhibitors with what each has done: ``did_profile``, …; ``builds`` its stand, ``design_waits``."""
    designs = StandDesign.objects.filter(exhibitor=OuterRef("pk"))
    licences = ApplicationPaper.objects.filter(
        edition=OuterRef("edition"), organisation=OuterRef("organisation"), kind=LICENCE
    )
    return exhibitors.annotate(
        did_papers=Exists(licences),
        builds=_is(SPECIAL & Q(main=None)),
        did_profile=_is(~Q(organisation__about_en="") | ~Q(organisation__about_zh="")),
        did_buyers=_is(~Q(application__buyers_wanted="")),
        did_products=Exists(Product.objects.filter(exhibitor=OuterRef("pk"))),
        did_design=Exists(designs.filter(state=StandDesign.State.APPROVED)),
        design_waits=Exists(designs.filter(state=StandDesign.State.SUBMITTED)),
        did_services=Exists(OrderLine.objects.filter(exhibitor=OuterRef("pk"))),
        did_staff=Exists(StaffMember.objects.filter(exhibitor=OuterRef("pk"), kind=StaffMember.Kind.STAFF)),
    )


def tasks_of(exhibitor: Exhibitor, days: dict[str, date], today: date) -> list[Task]:
    """The tasks of an exhibitor that ``with_progress`` gave, what is late first.

    Whoever builds no stand hands in no design and need order nothing: a standard booth has a socket.
    """
    own = of_exhibitors(days)
    kinds = [kind for kind in own if exhibitor.builds or kind not in (DESIGN, SERVICES)]  # type: ignore[attr-defined]
    return in_order(
        Task(
            kind,
            days[kind],
            state_of(
                done=getattr(exhibitor, f"did_{kind}"),
                with_organiser=kind == DESIGN and exhibitor.design_waits,  # type: ignore[attr-defined]
                due=days[kind],
                today=today,
            ),
        )
        for kind in kinds
    )


def own_tasks(exhibitor: Exhibitor, today: date) -> list[Task]:
    """The tasks of one exhibitor, what is late first; two queries."""
    found = with_progress(Exhibitor.objects.filter(pk=exhibitor.pk)).get()
    return tasks_of(found, days_of(exhibitor.edition), today)


def paper_task(application: Application, days: Mapping[str, date], today: date) -> list[Task]:
    """That an applicant brings its business licence, where the organiser has set a day for it."""
    if PAPERS not in days:
        return []
    there = ApplicationPaper.objects.filter(
        edition=application.edition_id, organisation=application.organisation_id, kind=LICENCE
    ).exists()
    return [Task(PAPERS, days[PAPERS], state_of(done=there, with_organiser=False, due=days[PAPERS], today=today))]


def late_exhibitors(edition: Edition, today: date, kind: str = "") -> QuerySet[Exhibitor]:
    """The exhibitors of an edition that are late with one kind of task, or with any, with their progress."""
    days = of_exhibitors(days_of(edition))
    overdue = Q(pk=None)
    for one, day in days.items():
        if day < today and kind in ("", one):
            overdue |= _undone(one)
    exhibitors = Exhibitor.objects.filter(edition=edition).select_related("organisation", "application")
    return with_progress(exhibitors).filter(overdue)


def _undone(kind: str) -> Q:
    undone = Q(**{f"did_{kind}": False})
    if kind == DESIGN:
        return undone & Q(builds=True, design_waits=False)
    return undone & Q(builds=True) if kind == SERVICES else undone


def _is(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
