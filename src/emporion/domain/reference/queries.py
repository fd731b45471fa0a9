"""Asking for countries of a group, rates and the HS tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import (
    Case,
    DateTimeField,
    DecimalField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Round

from emporion.domain.reference import rules
from emporion.domain.reference.models import GroupMembership, HSCode, ReferenceRate


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


def converted(amount: str, currency: str, day: str, target: str) -> Case:
    """The SQL expression for what ``convert`` gives: the field ``amount``, of the currency and day that two more fields
    name, in ``target``. Null where there is no rate.
    """
    rate = _rate_of(OuterRef(currency), day)
    source = Case(When(Q(**{currency: rules.EURO}), then=Value(Decimal(1))), default=rate, output_field=_RATE)
    wanted = Value(Decimal(1), output_field=_RATE) if target == rules.EURO else _rate_of(Value(target), day)
    other = Round(ExpressionWrapper(F(amount) * wanted / source, output_field=_MONEY), precision=2)
    return Case(When(Q(**{currency: target}), then=F(amount)), default=other, output_field=_MONEY)


_RATE = DecimalField(max_digits=18, decimal_places=6)
_MONEY = DecimalField(max_digits=24, decimal_places=2)


def _rate_of(currency: OuterRef | Value, day: str) -> Subquery:
    """The last rate on or before the day of the outer row, at most ``rules.OLDEST_RATE`` before it."""
    oldest = ExpressionWrapper(OuterRef(day) - rules.OLDEST_RATE, output_field=DateTimeField())
    usable = ReferenceRate.objects.filter(currency=currency, day__lte=OuterRef(day), day__gte=oldest)
    return Subquery(usable.order_by("-day").values("per_euro")[:1])


def hs_codes(codes: Iterable[str]) -> dict[str, HSCode]:
    """The codes that the Harmonized System has of these, with their titles."""
    return HSCode.objects.in_bulk(list(codes))


def hs_path(code: str) -> list[HSCode]:
    """A code with its chapter and heading, from the chapter down; empty when the code is unknown."""
    pieces = [code[:length] for length in (2, 4, 6) if length <= len(code)]
    return list(HSCode.objects.filter(code__in=pieces).order_by("level"))
