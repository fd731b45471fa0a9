"""Asking for countries of a group, rates and the HS tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Round

from emporion.domain.reason import Phrase
from emporion.domain.reference import rules
from emporion.domain.reference.models import Country, Currency, CurrencyPeg, GroupMembership, HSCode, ReferenceRate
from emporion.domain.reference.rules.rates import EURO, USUAL_LIMIT, Conversion, Peg, Published, Rates


def countries_of(codes: Iterable[str]) -> dict[str, Country]:
    """Countries by their ISO 3166 alpha-2 codes; one query."""
    return Country.objects.in_bulk(set(codes))


def memberships_on(group: str, day: date) -> QuerySet[GroupMembership]:
    """The memberships of a group that hold on ``day``; in SQL what ``rules.Span.holds`` says."""
    return GroupMembership.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gt=day), group=group
    )


def members(group: str, day: date) -> set[str]:
    """The ISO 3166 alpha-2 codes of a group's countries on ``day``."""
    return set(memberships_on(group, day).values_list("country_id", flat=True))


def may_be_members(group: str, day: date) -> set[str]:
    """The countries of a group on ``day`` with those of which it is disputed whether they still belong to it."""
    disputed = GroupMembership.objects.filter(group=group, ends__lte=day, deferred__gt=day)
    return members(group, day) | set(disputed.values_list("country_id", flat=True))


def least_developed_countries(day: date) -> set[str]:
    """The ISO 3166 alpha-2 codes of the least developed countries on ``day``."""
    return members(rules.LEAST_DEVELOPED, day)


def graduations_disputed(day: date) -> dict[str, rules.GraduationDisputed]:
    """What is disputed of countries' places among the least developed on ``day``, by ISO 3166 alpha-2 code."""
    rows = GroupMembership.objects.filter(group=rules.LEAST_DEVELOPED, ends__lte=day, deferred__gt=day)
    found = {}
    for row in rows:
        span = rules.Span(row.starts, row.ends, row.deferred, Phrase(row.proposal))
        if disputed := rules.graduation_disputed(row.country_id, [span], day):
            found[row.country_id] = disputed
    return found


def rates_for(currencies: Iterable[tuple[str, date]], days: int = USUAL_LIMIT) -> Rates:
    """The rates at hand for currencies on days, with those of the anchors of fixed ones; in two or three queries.

    ``days``: for how many days a published rate still counts.
    """
    pairs = list(currencies)
    pegs: dict[str, list[Peg]] = defaultdict(list)
    for peg in CurrencyPeg.objects.filter(currency__in={currency for currency, _ in pairs}):
        pegs[peg.currency_id].append(Peg(peg.anchor_id, peg.rate, rules.Span(peg.starts, peg.ends), peg.source))
    needed = {currency for currency, _ in pairs} | {peg.anchor for own in pegs.values() for peg in own}
    published = _published(needed - {EURO}, {day for _, day in pairs}, days)
    missing = needed - {EURO, *published, *pegs}
    known = set(_rates_of(missing).values_list("currency", flat=True).distinct()) if missing else set()
    return Rates(published, pegs, days, missing - known)


def _published(currencies: Collection[str], dates: Collection[date], days: int) -> dict[str, list[Published]]:
    """What was published of currencies from so many days before the first of some dates to the last."""
    found: dict[str, list[Published]] = defaultdict(list)
    if currencies and dates:
        span = (min(dates) - timedelta(days=days), max(dates))
        rows = _rates_of(currencies).filter(day__range=span).order_by("day")
        for currency, day, per_euro, source in rows.values_list("currency", "day", "per_euro", "source"):
            found[currency].append(Published(day, per_euro, source))
    return dict(found)


def _rates_of(currencies: Collection[str]) -> QuerySet[ReferenceRate]:
    return ReferenceRate.objects.filter(currency__in=currencies)


def convert(amount: Decimal, source: str, target: str, day: date, days: int = USUAL_LIMIT) -> Conversion:
    """``amount`` of the currency ``source`` in ``target`` at the reference rates of ``day``, to the cent.

    Raises: RateMissing, CurrencyWithoutRates.
    """
    if source == target:
        return Conversion(amount, target)
    return rates_for([(source, day), (target, day)], days).convert(amount, source, target, day)


def converted(amount: str, currency: str, day: str, target: str, days: int = USUAL_LIMIT) -> Case:
    """The SQL expression for what ``convert`` gives: the field ``amount``, of the currency and day that two more fields
    name, in ``target``. Null where there is no rate.
    """
    given = Case(When(Q(**{currency: EURO}), then=_ONE), default=_rate_of(OuterRef(currency), day, days))
    per_euro = _ONE if target == EURO else _rate_of(Value(target), day, days)
    other = Round(ExpressionWrapper(F(amount) * per_euro / given, output_field=_MONEY), precision=2)
    return Case(When(Q(**{currency: target}), then=F(amount)), default=other, output_field=_MONEY)


_RATE = DecimalField(max_digits=24, decimal_places=6)
_MONEY = DecimalField(max_digits=24, decimal_places=2)
_ONE = Value(Decimal(1), output_field=_RATE)


def _rate_of(currency: OuterRef | Value, day: str, days: int) -> Coalesce:
    """In SQL what ``Rates.on`` says: the last rate published within the limit, else the one fixed by rule."""
    outer = OuterRef(day)
    holds = Q(ends__isnull=True) | Q(ends__gt=outer)
    pegs = CurrencyPeg.objects.filter(holds, currency=currency, starts__lte=outer)
    anchor = Case(When(anchor=EURO, then=_ONE), default=_last_published(OuterRef("anchor"), OuterRef(outer), days))
    fixed = pegs.annotate(per_euro=ExpressionWrapper(F("rate") * anchor, output_field=_RATE)).order_by("starts")
    return Coalesce(_last_published(currency, outer, days), Subquery(fixed.values("per_euro")[:1]), output_field=_RATE)


def _last_published(currency: OuterRef | Value, day: OuterRef, days: int) -> Subquery:
    oldest = ExpressionWrapper(day - timedelta(days=days), output_field=DateTimeField())
    usable = ReferenceRate.objects.filter(currency=currency, day__lte=day, day__gte=oldest)
    return Subquery(usable.order_by("-day").values("per_euro")[:1], output_field=_RATE)


def latest_rate() -> ReferenceRate | None:
    """The newest of all rates."""
    return ReferenceRate.objects.order_by("-day", "currency").first()


def is_rated(currency: str) -> bool:
    """Whether any rate of a currency is at hand or fixed by rule; without one nothing is converted from it or to it."""
    rated = CurrencyPeg.objects.filter(currency=currency).exists() or _rates_of([currency]).exists()
    return currency == EURO or rated


def currencies_with_rates() -> list[Any]:
    """The currencies with a rate, each with its newest one as ``day``, ``per_euro`` and ``source``."""
    newest = ReferenceRate.objects.filter(currency=OuterRef("pk")).order_by("-day")
    columns = {name: Subquery(newest.values(name)[:1]) for name in ("day", "per_euro", "source")}
    return list(Currency.objects.annotate(**columns).filter(Exists(newest)))


def pegs_on(day: date) -> QuerySet[CurrencyPeg]:
    """The currencies that are fixed by rule on a day."""
    holds = Q(ends__isnull=True) | Q(ends__gt=day)
    return CurrencyPeg.objects.filter(holds, starts__lte=day).select_related("currency")


def hs_codes(codes: Iterable[str]) -> dict[str, HSCode]:
    """The codes that the Harmonized System has of these, with their titles."""
    return HSCode.objects.in_bulk(list(codes))


def hs_path(code: str) -> list[HSCode]:
    """A code with its chapter and heading, from the chapter down; empty when the code is unknown."""
    pieces = [code[:length] for length in (2, 4, 6) if length <= len(code)]
    return list(HSCode.objects.filter(code__in=pieces).order_by("level"))
