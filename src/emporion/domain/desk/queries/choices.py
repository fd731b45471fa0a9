"""By what the desk's lists may be narrowed."""

from __future__ import annotations

from django.db.models import QuerySet

from emporion.domain.deals.models import Deal
from emporion.domain.editions.models import Edition
from emporion.domain.reference.models import Country
from emporion.domain.visitors.models import Delegation


def countries() -> QuerySet[Country]:
    """All countries and regions."""
    return Country.objects.all()


def currencies_of_deals(edition: Edition) -> list[str]:
    """The currencies in which deals of an edition are."""
    codes = Deal.objects.filter(edition=edition).order_by("currency").values_list("currency", flat=True)
    return list(codes.distinct())


def delegations(edition: Edition) -> QuerySet[Delegation]:
    """The trading groups of an edition, without their sub-groups, by path."""
    return Delegation.objects.filter(edition=edition, parent=None).order_by("path")
