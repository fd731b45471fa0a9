"""By what the desk's lists may be narrowed."""

from __future__ import annotations

from django.db.models import QuerySet

from emporion.domain.editions.models import Edition
from emporion.domain.reference.models import Country
from emporion.domain.visitors.models import Delegation


def countries() -> QuerySet[Country]:
    """All countries and regions."""
    return Country.objects.all()


def delegations(edition: Edition) -> QuerySet[Delegation]:
    """The trading groups of an edition, without their sub-groups, by path."""
    return Delegation.objects.filter(edition=edition, parent=None).order_by("path")
