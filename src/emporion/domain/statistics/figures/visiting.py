"""Visitors: people registered, people who came, visits; trading groups and what they mean to buy."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from emporion.domain.admission.models import Badge, Entry
from emporion.domain.admission.queries import came, in_hours, visits
from emporion.domain.editions.models import Edition
from emporion.domain.reason import Name
from emporion.domain.statistics.figures.registry import figure
from emporion.domain.statistics.figures.slices import Column, Measure, Slice, stated
from emporion.domain.visitors.models import Delegation, PurchaseNeed, VisitingUnit, Visitor

# More days than there are between two entries, by which badge and day together make one number.
DAYS_OF_A_BADGE = 1_000_000
# Names, addresses and telephone numbers of people are no part of a bulletin.
VISITOR = (
    Column("number", Name("Registration", "登记号")),
    Column("country_id", Name("Country or region", "国家或地区")),
    Column("unit__delegation__path", Name("Trading group", "交易团")),
    Column("registered", Name("Registered", "登记时间")),
)


def trading_group(delegation: str) -> Func:
    """The code of the trading group above a sub-group, from the path of the delegation at ``delegation``."""
    return Func(F(f"{delegation}__path"), Value("."), Value(1), function="split_part", output_field=CharField())


def _registered(edition: Edition) -> QuerySet[Visitor]:
    states = [Visitor.State.REGISTERED, Visitor.State.APPROVED]
    # The state first: of the few others the database looks for an entry.
    return Visitor.objects.filter(Q(state__in=states) | Q(came(edition, "pk")), edition=edition)


def _by_group(rows: QuerySet[Any], columns: tuple[Column, ...], delegation: str) -> list[Slice]:
    grouped = rows.annotate(group_code=trading_group(delegation)).annotate(group=stated("group_code"))
    return [Slice("all", rows, columns), Slice("all", grouped, columns, by="delegation", grouped="group")]


@figure(
    "Visitors registered",
    "登记专业观众",
    "登记有效（未被拒绝或取消）的专业观众人数；到会后才取消或被拒绝者仍计入。不含参展商、媒体、主办方及服务商人员。",
)
def visitors_registered(edition: Edition) -> list[Slice]:
    """People registered as visitors whose registration was neither rejected nor cancelled, or was so only after they
    had come. Staff of exhibitors, of the organiser and of service firms, and the press, are no visitors.

    Unit: people.
    Scope: all exhibitions; by trading group; by country or region.
    """
    rows = _registered(edition)
    by_country = Slice("all", rows, VISITOR, by="country", grouped="country_id")
    return [*_by_group(rows, VISITOR, "unit__delegation"), by_country]


@figure(
    "Visitors who came",
    "到会专业观众",
    "至少入场一次的专业观众人数，多次入场只计一人；到会后取消或被拒绝者仍计入。参展商、媒体、主办方及服务商证件不计。",
)
def visitors_present(edition: Edition) -> list[Slice]:
    """Visitors with at least one entry that counts, each person once however often they entered, also where the
    registration was cancelled or rejected afterwards. Passes of exhibitors, the press, the organiser's staff and
    service firms never count.

    Unit: people.
    Scope: all exhibitions; by trading group.
    """
    # A visitor has one badge, so that badges with an entry are people; and a badge is found faster than its person. An
    # entry of a visitor's badge is a visit if its hour counts: to ask for the badge once more took twice as long.
    entered = Exists(in_hours(Entry.objects.filter(badge=OuterRef("pk")), edition))
    rows = Badge.objects.filter(entered, edition=edition, kind=Badge.Kind.VISITOR)
    columns = tuple(Column(f"visitor__{column.field}", column.heading) for column in VISITOR)
    return _by_group(rows, columns, "visitor__unit__delegation")


@figure(
    "Entries",
    "入场人次",
    "专业观众证件在开放时间内被放行的次数（本届未设每日开放时间的，展期内全天计）；同一人多次入场计多次，开放时间以外的扫描保留而不计，参展商、媒体、主办方及服务商证件不计。",
)
def entries(edition: Edition) -> list[Slice]:
    """Admitted scans of visitors' badges within the show's daily hours, or at any hour of its days where the edition
    has set none. A person who enters twice makes two visits. Scans outside these hours are kept and not counted, and
    passes of exhibitors, the press, the organiser's staff and service firms never count.

    Unit: visits.
    Scope: all exhibitions; by day.
    """
    rows = visits(edition)
    columns = (
        Column("at", Name("Entered", "入场时间")),
        Column("gate", Name("Gate", "入口")),
        Column("badge__number", Name("Badge", "证件号")),
    )
    return [
        Slice("all", rows, columns),
        Slice("all", rows.annotate(day=TruncDate("at", tzinfo=edition.zone)), columns, by="day", grouped="day"),
    ]


@figure(
    "Person-days",
    "入场人天",
    "每位专业观众每天至多计一次：同一天多次入场计一次，不同日期分别计；计入的扫描与入场人次相同。",
)
def person_days(edition: Edition) -> list[Slice]:
    """Visitors by day: each counts once on each day on which they entered, however often. The scans behind it are
    those that entries count.

    Unit: person-days.
    Scope: all exhibitions; by day.
    """
    rows = visits(edition).annotate(day=TruncDate("at", tzinfo=edition.zone))
    columns = (
        Column("day", Name("Day", "日期")),
        Column("gate", Name("Gate", "入口")),
        Column("badge__number", Name("Badge", "证件号")),
    )
    # Badge and day as one number: the database sorts numbers several times faster than rows of two fields.
    number_of_day = Func(F("day"), template="(%(expressions)s - date '2000-01-01')", output_field=BigIntegerField())
    on_a_day = F("badge_id") * DAYS_OF_A_BADGE + number_of_day
    counted = Measure({"days": Count(on_a_day, distinct=True)}, lambda got: got["days"])
    return [Slice("all", rows, columns, counted), Slice("all", rows, columns, counted, by="day", grouped="day")]


@figure(
    "Passes that make no visitor", "非观众证件",
    "参展商、媒体、主办方及服务商人员的证件，每证计一次；持证人从不计为专业观众。",
)  # fmt: skip
def other_passes(edition: Edition) -> list[Slice]:
    """Passes of exhibitors' staff, the press, the organiser's staff and service firms, each once. Their holders never
    count as visitors.

    Unit: people.
    Scope: all exhibitions; by kind.
    """
    rows = Badge.objects.filter(edition=edition).exclude(kind=Badge.Kind.VISITOR)
    columns = (Column("number", Name("Pass", "证件号")), Column("kind", Name("Kind", "类型")))
    return [Slice("all", rows, columns), Slice("all", rows, columns, by="kind", grouped="kind")]


@figure("Visiting units", "观展单位", "已登记且未被拒绝的观展单位；其人员到会后才被拒绝的仍计入。")
def visiting_units(edition: Edition) -> list[Slice]:
    """Organisations that registered to send visitors and were not rejected, or only after one of theirs had come.

    Unit: units.
    Scope: all exhibitions; by buyers' ownership.
    """
    states = [VisitingUnit.State.REGISTERED, VisitingUnit.State.APPROVED]
    sent = Exists(visits(edition).filter(badge__visitor__unit=OuterRef("pk")))
    rows = VisitingUnit.objects.filter(Q(state__in=states) | Q(sent), edition=edition)
    columns = (
        Column("organisation__name", Name("Unit", "单位")),
        Column("organisation__country_id", Name("Country or region", "国家或地区")),
        Column("organisation__ownership", Name("Ownership", "所有制")),
        Column("delegation__path", Name("Trading group", "交易团")),
    )
    owned = rows.annotate(owner=stated("organisation__ownership"))
    return [Slice("all", rows, columns), Slice("all", owned, columns, by="ownership", grouped="owner")]


@figure("Trading groups", "交易团", "本届的交易团；分团不另计。")
def trading_groups(edition: Edition) -> list[Slice]:
    """Trading groups of the edition; their sub-groups are not counted.

    Unit: trading groups.
    Scope: all exhibitions.
    """
    columns = (
        Column("path", Name("Code", "代码")),
        Column("name_en", Name("Trading group", "交易团（英文）")),
        Column("name_zh", Name("Name in Chinese", "交易团")),
    )
    return [Slice("all", Delegation.objects.filter(edition=edition, parent__isnull=True), columns)]


@figure("Purchase needs", "采购需求", "观展单位发布的采购需求。")
def purchase_needs(edition: Edition) -> list[Slice]:
    """What visiting units published that they mean to buy.

    Unit: needs.
    Scope: all exhibitions; by sector.
    """
    rows = PurchaseNeed.objects.filter(unit__edition=edition)
    columns = (
        Column("number", Name("Need", "需求号")),
        Column("text", Name("Text", "内容")),
        Column("sector__code", Name("Sector", "行业")),
        Column("hs_id", Name("HS code", "HS编码")),
    )
    classified = rows.annotate(stated_sector=stated("sector__code"))
    return [Slice("all", rows, columns), Slice("all", classified, columns, by="sector", grouped="stated_sector")]
