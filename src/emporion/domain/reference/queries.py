"""Asking for countries of a group, rates and the HS tree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from emporion.domain.reference import rules
from emporion.domain.reference.models import Country, GroupMembership, HSCode, ReferenceRate, Sector


def memberships_on(group: str, day: date) -> QuerySet[GroupMembership]:
    """The memberships of a group that hold on ``day``; in SQL what ``rules.Span.holds`` says."""
    return GroupMembership.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gt=day), group=group
    )


def members(group: str, day: date) -> set[str]:
    """The ISO 3166 alpha-2 codes of a group's countries on ``day``."""
    return set(memberships_on(group, day).values_list("country_id", flat=True))


def least_developed_countries(day: date) -> set[str]:
    """The ISO 3166 alpha-2 codes of the least developed countries on ``day``."""
    return members(rules.LEAST_DEVELOPED, day)


def rate_on(currency: str, day: date) -> Decimal:
    """Units of ``currency`` per euro by the last rate published on ``day`` or at most ten days before.

    Raises ``rules.RateMissing`` when there is none.
    """
    if currency == rules.EURO:
        return Decimal(1)
    rate = ReferenceRate.objects.filter(currency=currency, day__lte=day).order_by("-day").first()
    if rate is None or not rules.is_usable(rate.day, day):
        raise rules.RateMissing(currency=currency, day=day)
    return rate.per_euro


def convert(amount: Decimal, source: str, target: str, day: date) -> Decimal:
    """``amount`` of the currency ``source`` in ``target`` at the reference rates of ``day``, to the cent."""
    if source == target:
        return amount
    return rules.convert(amount, rate_on(source, day), rate_on(target, day))


def countries_by_code() -> dict[str, Country]:
    """Every country by its alpha-2 code, in one query."""
    return Country.objects.in_bulk()


def sectors_by_code() -> dict[str, Sector]:
    """Every sector by its code, in one query."""
    return Sector.objects.in_bulk()


def hs_path(code: str) -> list[HSCode]:
    """A code with its chapter and heading, from the chapter down; empty when the code is unknown."""
    pieces = [code[:length] for length in (2, 4, 6) if length <= len(code)]
    return list(HSCode.objects.filter(code__in=pieces).order_by("level"))
