"""What the desk looks at beside a record before it decides."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from emporion.domain.catalogue.models import Product
from emporion.domain.deals.models import Deal, Evidence
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.organisations.models import LikelyDuplicate, Organisation, Representative
from emporion.domain.visitors.models import LikelyVisitorDuplicate, VisitingUnit, Visitor


def people_acting(organisation: Organisation) -> QuerySet[Representative]:
    """Who acts for an organisation."""
    return Representative.objects.filter(organisation=organisation).select_related("user").order_by("user__email")


def contract_of(application: Application) -> Exhibitor | None:
    """The contract that came of an application."""
    return Exhibitor.objects.filter(application=application).first()


def co_applications(application: Application) -> QuerySet[Application]:
    """The applications on a main exhibitor's form."""
    return Application.objects.filter(main=application).select_related("organisation").order_by("pk")


def alike_organisations(organisation: Organisation) -> QuerySet[LikelyDuplicate]:
    """The undecided pairs that an organisation is in."""
    pairs = LikelyDuplicate.objects.filter(decision=LikelyDuplicate.Decision.OPEN).select_related("first", "second")
    return pairs.filter(Q(first=organisation) | Q(second=organisation)).order_by("pk")


def alike_visitors(visitor: Visitor) -> QuerySet[LikelyVisitorDuplicate]:
    """The undecided pairs that a registration is in."""
    pairs = LikelyVisitorDuplicate.objects.filter(decision=LikelyVisitorDuplicate.Decision.OPEN)
    return pairs.filter(Q(first=visitor) | Q(second=visitor)).select_related("first", "second").order_by("pk")


def people_in(unit: VisitingUnit) -> QuerySet[Visitor]:
    """The people of a unit, by number."""
    return Visitor.objects.filter(unit=unit).order_by("number")


def co_exhibitors(exhibitor: Exhibitor) -> QuerySet[Exhibitor]:
    """Who exhibits on a main exhibitor's contract, by number."""
    return Exhibitor.objects.filter(main=exhibitor).select_related("organisation").order_by("number")


def products_of(exhibitor: Exhibitor) -> QuerySet[Product]:
    """What an exhibitor shows, in the order of the catalogue."""
    return Product.objects.filter(exhibitor=exhibitor).defer("words").order_by("pk")


def evidence_of(deal: Deal) -> QuerySet[Evidence]:
    """The papers that back a deal, the oldest first."""
    return Evidence.objects.filter(deal=deal).order_by("pk")
