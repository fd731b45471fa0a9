"""The lists of the desk in which is decided: applications, visiting units, visitors."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from emporion.domain.admission.models import Badge
from emporion.domain.desk.queries.queues import NOTHING, Order, Queue, equal, is_moment, one_of
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, ApplicationQuestion
from emporion.domain.name_terms import found_by
from emporion.domain.visitors.models import RegistrationQuestion, VisitingUnit, Visitor
from emporion.domain.visitors.queries import visitors_sought


def _applications(edition: Edition) -> QuerySet[Application]:
    joined = Application.objects.select_related("edition__fair", "edition__venue", "organisation", "origin", "area")
    return joined.select_related("main__organisation").filter(edition=edition)


def _units(edition: Edition) -> QuerySet[VisitingUnit]:
    found = VisitingUnit.objects.select_related("organisation__country", "delegation", "edition")
    return found.filter(edition=edition)


def _visitors(edition: Edition) -> QuerySet[Visitor]:
    found = Visitor.objects.select_related("country", "unit__organisation", "edition__fair")
    return found.filter(edition=edition)


def _applications_found(text: str) -> QuerySet[Application, Any]:
    """By the organisation's name or its registered number, each by its own index."""
    number = Application.objects.filter(organisation__registered_number=text.strip())
    named = Application.objects.filter(found_by("organisation__found_by", text))
    return named.order_by().values("pk").union(number.order_by().values("pk"))


def _in_branch(_edition: Edition, path: str) -> Q:
    return Q(delegation__path=path) | Q(delegation__path__startswith=f"{path}.")


def _visitors_in_branch(_edition: Edition, path: str) -> Q:
    return Q(unit__delegation__path=path) | Q(unit__delegation__path__startswith=f"{path}.")


# Asked of one visitor after another as a page lists them; joined, hundreds of thousands would be sorted first.
HAS_BADGE = Exists(Badge.objects.filter(visitor=OuterRef("pk")))
QUESTIONS = {
    "question": Q(pk__in=ApplicationQuestion.objects.filter(answered=None).values("application")),
    "answered": Q(pk__in=ApplicationQuestion.objects.filter(answered__isnull=False).values("application")),
}
_OPEN, _ANSWERED = Q(answered=None), Q(answered__isnull=False)
UNIT_QUESTIONS = {
    "question": Q(pk__in=RegistrationQuestion.objects.filter(_OPEN).exclude(unit=None).values("unit")),
    "answered": Q(pk__in=RegistrationQuestion.objects.filter(_ANSWERED).exclude(unit=None).values("unit")),
}
VISITOR_QUESTIONS = {
    "question": Q(pk__in=RegistrationQuestion.objects.filter(_OPEN).exclude(visitor=None).values("visitor")),
    "answered": Q(pk__in=RegistrationQuestion.objects.filter(_ANSWERED).exclude(visitor=None).values("visitor")),
}
APPLICATIONS = Queue(
    "applications",
    _applications,
    {
        "q": lambda _edition, text: Q(pk__in=_applications_found(text)),
        "area": equal("area__code"),
        # The areas to which a reviewer is limited.
        "areas": lambda _edition, codes: Q(area__code__in=codes.split(",")),
        "country": equal("origin"),
        "stand": equal("stand"),
        "asks": one_of(
            {"free": Q(requests_free_booth=True), "main": Q(main=None), "co": Q(main__isnull=False), **QUESTIONS}
        ),
        "decided": is_moment("reviewed"),
    },
    {
        "waiting": Order("submitted", nullable=True),
        "latest": Order("submitted", descending=True, nullable=True),
        "name": Order("organisation__name"),
        "area": Order("area_m2", descending=True),
    },
)
UNITS = Queue(
    "units",
    _units,
    {
        "q": lambda _edition, text: found_by("organisation__found_by", text),
        "delegation": _in_branch,
        "size": lambda _edition, size: Q(purchasing_size=size) if size in tuple("012345") else NOTHING,
        "asks": one_of(UNIT_QUESTIONS),
        "decided": is_moment("decided"),
    },
    {
        "waiting": Order("pk"),
        "latest": Order("pk", descending=True),
        "name": Order("organisation__name"),
    },
)
VISITORS = Queue(
    "visitors",
    _visitors,
    {
        "q": visitors_sought,
        "country": equal("country"),
        "delegation": _visitors_in_branch,
        "unit": one_of({
            "approved": Q(unit__state="approved"), "waiting": Q(unit__state="registered"), "none": Q(unit=None),
        }),
        "asks": one_of(VISITOR_QUESTIONS),
        "badge": one_of({"yes": Q(HAS_BADGE), "no": ~Q(HAS_BADGE)}),
        "decided": is_moment("decided"),
    },
    {
        "waiting": Order("number"),
        "latest": Order("number", descending=True),
        "name": Order("name"),
    },
    large=True,
)  # fmt: skip
