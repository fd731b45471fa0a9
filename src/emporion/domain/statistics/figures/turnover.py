"""Intended turnover on a one-year basis, and investments of exhibitors, in the edition's currency at dated rates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from emporion.domain.deals.models import Deal, Investment
from emporion.domain.deals.queries import convertible, counted_deals
from emporion.domain.editions.models import Edition, PublishedFigure
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.reason import Name, Phrase
from emporion.domain.reference.queries import converted
from emporion.domain.refusal import Refusal
from emporion.domain.statistics.figures.registry import figure
from emporion.domain.statistics.figures.slices import Column, Measure, Slice, each_exhibition, stated, total
from emporion.domain.statistics.figures.visiting import trading_group
from emporion.domain.statistics.recorded import has_records
from emporion.domain.statistics.rules import AddedAsPublished

DEAL = (
    Column("number", Name("Deal", "交易号")),
    # Rows are public: a deal is traced by its number, and only its sides are told who they are.
    Column("origin_id", Name("Origin", "原产地")),
    Column("exhibitor__area__code", Name("Area", "展区")),
    Column("signed", Name("Signed", "签约日")),
    Column("amount", Name("Amount", "金额")),
    Column("currency_id", Name("Currency", "币种")),
)


def converted_deals(edition: Edition, currency: str) -> QuerySet[Deal, Any]:
    """The edition's deals that count, each with its amount ``in_currency`` at the rate of the day it was signed.

    Null where there is no rate: a sum with such a deal is unknown, since one without it would be wrong in silence.
    """
    value = converted("amount", "currency_id", "signed", currency, edition.rate_days)
    return counted_deals(edition).annotate(in_currency=value)


def _in_currency(edition: Edition) -> Column:
    """The column of amounts in the edition's currency, headed by its code."""
    return Column("in_currency", Name(edition.currency_id, edition.currency_id))


def _gap(edition: Edition, rows: QuerySet[Any, Any], day: str) -> Refusal | None:
    """What keeps the rows from being added up in the edition's currency: the first amount without a rate."""
    unrated = rows.filter(in_currency__isnull=True).order_by(day).values_list("currency_id", day).first()
    return convertible(edition)(*unrated) if unrated else None


@figure(
    "Intended turnover", "意向成交额", "买卖双方均已确认且未撤回的意向成交，按一年计，按签约日参考汇率折算为本届货币。"
)
def intended_turnover(edition: Edition) -> list[Slice]:
    """The amounts of deals that both sides confirmed and neither withdrew, each once, to be fulfilled within one year,
    in the edition's currency at the European Central Bank's reference rate of the day of signing.

    Unit: the edition's currency, one-year basis.
    Scope: all exhibitions; country exhibition; enterprise exhibition; by exhibition area; by origin; by buyers'
    ownership; by buyers' trading group; by kind.
    """
    rows = converted_deals(edition, edition.currency_id).annotate(
        from_where=Coalesce("origin_id", "exhibitor__origin_id", Value("not-stated")),
        owner=stated("buyer__organisation__ownership"),
        own_group=trading_group("delegation"),
        units_group=trading_group("buyer__delegation"),
    ).annotate(group=Coalesce("own_group", "units_group", Value("not-stated")))  # fmt: skip
    columns, gap = (*DEAL, _in_currency(edition)), _gap(edition, rows, "signed")
    fields = {
        "area": "exhibitor__area__code", "origin": "from_where", "ownership": "owner", "delegation": "group",
        "kind": "kind",
    }  # fmt: skip
    return [
        *each_exhibition("exhibitor__scope", rows, columns, measure=total("in_currency"), gap=gap),
        *(
            Slice("all", rows, columns, total("in_currency"), by=by, grouped=field, gap=gap)
            for by, field in fields.items()
        ),
    ]


@figure("Deals", "意向成交笔数", "买卖双方均已确认且未撤回的意向成交，每笔只计一次。")
def deals(edition: Edition) -> list[Slice]:
    """Deals that both sides confirmed and neither withdrew, each once.

    Unit: deals.
    Scope: all exhibitions; country exhibition; enterprise exhibition.
    """
    rows = converted_deals(edition, edition.currency_id)
    return each_exhibition("exhibitor__scope", rows, (*DEAL, _in_currency(edition)))


@figure(
    "Intended turnover since the first edition",
    "历届累计意向成交额",
    "第一届至本届意向成交额之和：本届按记录计，本平台未保存本届记录时按公布数字计；往届按公布数字计，未公布的按记录计。",
)
def intended_turnover_cumulated(edition: Edition) -> list[Slice]:
    """Intended turnover of the first edition to this one added up: this one's by its records, or as published where no
    records of it are kept here; each earlier one's as it was published, or by its records where nothing was published.
    Unknown while an edition has neither in this one's currency.

    Unit: the edition's currency, one-year basis.
    Scope: all exhibitions.
    """
    rows = Edition.objects.filter(fair=edition.fair_id, number__lte=edition.number).annotate(
        published=_published("value", edition)
    )
    own = [edition] if has_records(edition) else []
    recorded = [*own, *rows.filter(published__isnull=True).exclude(pk=edition.pk).filter(Exists(_deals_of_outer()))]
    by_records = Q(number__in=[each.number for each in recorded])
    rows = rows.annotate(
        in_currency=Case(
            *(When(number=each.number, then=_sum_of(each, edition.currency_id)) for each in recorded),
            default=F("published"),
        ),
        how=Case(
            When(by_records, then=Value("its records")),
            When(published__isnull=False, then=Concat(Value("published, "), _published("source", edition))),
            default=Value("unknown"),
        ),
    )
    columns = (Column("number", Name("Edition", "届")), _in_currency(edition), Column("how", Name("By", "依据")))
    basis = None if own else _as_published(rows, edition)
    return [Slice("all", rows, columns, _total_of_all(edition.number), order="number", basis=basis)]


def _as_published(rows: QuerySet[Edition, Any], edition: Edition) -> AddedAsPublished | None:
    """What tells that this edition is added as it was published; none where it was not."""
    source = rows.filter(pk=edition.pk).values_list(_published("source", edition), flat=True).first()
    return AddedAsPublished(Phrase(source)) if source else None


def _total_of_all(editions: int) -> Measure:
    """The sum, unknown unless each of so many editions is there with a value."""
    aggregates = {"added": Sum("in_currency"), "known": Count("in_currency")}
    return Measure(aggregates, lambda got: got["added"] if got["known"] == editions else None)


def _published(column: str, edition: Edition) -> Subquery:
    figures = PublishedFigure.objects.filter(edition=OuterRef("pk"), figure="intended_turnover", scope="all")
    figures = figures.filter(unit__startswith=edition.currency_id)
    return Subquery(figures.values(column)[:1])


def _deals_of_outer() -> QuerySet[Deal, Any]:
    return Deal.objects.filter(edition=OuterRef("pk"))


def _sum_of(edition: Edition, currency: str) -> Coalesce:
    deals = (
        converted_deals(edition, currency)
        .order_by()
        .values("edition")
        .annotate(added=Sum("in_currency"))
        .values("added")
    )
    return Coalesce(Subquery(deals), Value(Decimal(0)))


@figure(
    "Investments by exhibitors", "参展商投资", "本届参展商在东道国市场已确认的投资，按公布日参考汇率折算为本届货币。"
)
def investments(edition: Edition) -> list[Slice]:
    """Confirmed investments in the host's market, announced until the last day of the show, by organisations that
    exhibit in this edition, in the edition's currency at the reference rate of the day of announcement.

    Unit: the edition's currency.
    Scope: all exhibitions; by origin; by the years over which it was made.
    """
    exhibiting = Exhibitor.objects.filter(edition=edition).values("organisation_id")
    rows = Investment.objects.filter(
        organisation__in=exhibiting, confirmed__isnull=False, announced__lte=edition.last_day
    ).annotate(
        in_currency=converted("amount", "currency_id", "announced", edition.currency_id, edition.rate_days),
        origin=stated("organisation__country_id"),
        years=Concat(Cast("first_year", CharField()), Value("-"), Cast("last_year", CharField())),
    )
    columns = (
        Column("number", Name("Investment", "投资编号")),
        Column("organisation__name", Name("Exhibitor", "参展商")),
        Column("years", Name("Years", "年份")),
        Column("amount", Name("Amount", "金额")),
        Column("currency_id", Name("Currency", "币种")),
        _in_currency(edition),
    )
    measure, gap = total("in_currency"), _gap(edition, rows, "announced")
    return [Slice("all", rows, columns, measure, by=field, grouped=field, gap=gap) for field in ("", "origin", "years")]
