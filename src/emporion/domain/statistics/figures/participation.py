"""Who takes part: countries, regions and organisations, exhibitors; those of them who always came or need help."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat

from emporion.domain.booths.models import FreeBoothGrant
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.organisations.models import EarlierParticipation
from emporion.domain.reason import Country, Name
from emporion.domain.reference.queries import graduations_disputed, least_developed_countries, members
from emporion.domain.statistics.figures.registry import figure
from emporion.domain.statistics.figures.slices import Column, Slice, each_exhibition, stated
from emporion.domain.statistics.rules import LeftOutAsDisputed

EXHIBITOR = (
    Column("number", Name("Contract", "合同号")),
    Column("organisation__name", Name("Exhibitor", "参展商")),
    Column("origin__name_en", Name("Country or region", "国家或地区")),
    Column("area__code", Name("Area", "展区")),
    Column("signed", Name("Signed", "签约日")),
)
PARTICIPANT = (
    Column("participant", Name("Code", "代码")),
    Column("name_en", Name("Participant", "参展方")),
    Column("name_zh", Name("Name in Chinese", "中文名称")),
    Column("exhibitors", Name("Exhibitors and co-exhibitors", "参展商及联合参展商")),
)


def with_contract(edition: Edition) -> QuerySet[Exhibitor]:
    """The exhibitors that are counted: by contract, without co-exhibitors."""
    return Exhibitor.objects.filter(edition=edition, main__isnull=True)


@figure(
    "Countries, regions and international organisations", "国家、地区和国际组织",
    "至少有一家参展商或联合参展商来自该国家或地区、或以国际组织身份参展的参展方，每个只计一次。",
)  # fmt: skip
def participants(edition: Edition) -> list[Slice]:
    """Countries, regions and international organisations of which at least one exhibitor or co-exhibitor takes part,
    each once. An international organisation counts as itself, every other exhibitor for its origin.

    Unit: participants.
    Scope: all exhibitions; country exhibition; enterprise exhibition.
    """
    code = Case(
        When(organisation__international__isnull=False, then=Concat(Value("org-"), "organisation__international_id")),
        default=F("origin_id"),
    )
    rows = Exhibitor.objects.filter(edition=edition).annotate(participant=code).exclude(participant=None)
    return [
        Slice(part.cover, _grouped(part.rows), PARTICIPANT, order="participant")
        for part in each_exhibition("scope", rows, PARTICIPANT)
    ]


def _grouped(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    grouped: QuerySet[Any, Any] = (
        rows.order_by()
        .values("participant")
        .annotate(
            name_en=Coalesce("organisation__international__name_en", "origin__name_en"),
            name_zh=Coalesce("organisation__international__name_zh", "origin__name_zh"),
            exhibitors=Count("pk"),
        )
    )
    return grouped


@figure(
    "Exhibitors", "参展商",
    "签有本届参展合同的单位，每家只计一次；不含联合参展商（UFI规则将主参展商与联合参展商一并计算，另列一项）。国家展的参展方与企业展的参展商分别统计，不相加。",
)  # fmt: skip
def exhibitors(edition: Edition) -> list[Slice]:
    """Organisations with a signed contract for the edition, each once, without co-exhibitors. The rule of UFI, which
    counts main and co-exhibitors alike, has a figure of its own. Enterprises, and those who show a national image in
    the country exhibition, are never added up: what expos publish as their exhibitors are enterprises.

    Unit: exhibitors.
    Scope: enterprise exhibition, also by exhibition area and by country or region; country exhibition.
    """
    _, national, enterprise = each_exhibition("scope", with_contract(edition), EXHIBITOR)
    rows = enterprise.rows
    origin = rows.annotate(from_where=stated("origin_id"))
    return [
        enterprise,
        national,
        Slice("enterprise", rows, EXHIBITOR, by="area", grouped="area__code"),
        Slice("enterprise", origin, EXHIBITOR, by="country", grouped="from_where"),
    ]


@figure(
    "Exhibitors and co-exhibitors (rule of UFI)", "参展商及联合参展商（UFI规则）",
    "签约参展商与登记在其表格上的联合参展商，每家各计一次（UFI审计规则）；仅被代理而未到场的企业不计。",
)  # fmt: skip
def exhibitors_ufi(edition: Edition) -> list[Slice]:
    """Main exhibitors, by contract, and co-exhibitors, by the main exhibitor's form, each once and alike: the rule of
    UFI's audited statistics. Firms that are only represented are not counted.

    Unit: exhibitors.
    Scope: enterprise exhibition; country exhibition.
    """
    _, national, enterprise = each_exhibition("scope", Exhibitor.objects.filter(edition=edition), EXHIBITOR)
    return [enterprise, national]


@figure(
    "Co-exhibitors",
    "联合参展商",
    "登记在主参展商表格上、与其共用展位的单位；不计入按合同统计的参展商，计入按UFI规则统计的参展商。",
)
def co_exhibitors(edition: Edition) -> list[Slice]:
    """Organisations that show on a main exhibitor's stand, by the main exhibitor's form. They are no exhibitors by
    contract; the rule of UFI counts them as exhibitors.

    Unit: co-exhibitors.
    Scope: all exhibitions; country exhibition; enterprise exhibition.
    """
    columns = (*EXHIBITOR, Column("main__number", Name("Main exhibitor's contract", "主参展商合同号")))
    return each_exhibition("scope", Exhibitor.objects.filter(edition=edition, main__isnull=False), columns)


@figure("Exhibitors in every edition so far", "历届全勤参展商", "参加了第一届至本届全部各届的参展商。")
def editions_in_a_row(edition: Edition) -> list[Slice]:
    """Exhibitors of this edition that took part in every edition from the first to this one, by contracts kept here or
    by the list of an earlier edition.

    Unit: exhibitors.
    Scope: all exhibitions; country exhibition; enterprise exhibition.
    """
    rows = with_contract(edition)
    for number in range(1, edition.number):
        held = {"edition__fair": edition.fair_id, "edition__number": number}
        listed = EarlierParticipation.objects.filter(**held).values("organisation_id")
        contracts = Exhibitor.objects.filter(**held).values("organisation_id")
        rows = rows.filter(Q(organisation_id__in=listed) | Q(organisation_id__in=contracts))
    return each_exhibition("scope", rows, EXHIBITOR)


@figure(
    "Exhibitors from least developed countries",
    "最不发达国家参展商",
    "在展会首日属于最不发达国家的参展商；是否已毕业尚有争议的国家不计入并予以说明。",
)
def ldc_exhibitors(edition: Edition) -> list[Slice]:
    """Exhibitors whose country is a least developed country on the first day of the show. Those of countries of which
    this is disputed are left out and told.

    Unit: exhibitors.
    Scope: all exhibitions; country exhibition; enterprise exhibition; by country.
    """
    rows = with_contract(edition).filter(origin_id__in=least_developed_countries(edition.first_day))
    basis = _disputed(edition)
    return [
        *each_exhibition("scope", rows, EXHIBITOR, basis=basis),
        Slice("all", rows, EXHIBITOR, by="country", grouped="origin_id"),
    ]


@figure(
    "Least developed countries that exhibit",
    "参展的最不发达国家",
    "展会首日属于最不发达国家且至少有一家参展商的国家；是否已毕业尚有争议的不计入并予以说明。",
)
def ldc_countries(edition: Edition) -> list[Slice]:
    """Countries with at least one exhibitor that are least developed countries on the first day of the show. Those of
    which this is disputed are left out and told.

    Unit: countries.
    Scope: all exhibitions; country exhibition; enterprise exhibition.
    """
    rows = with_contract(edition).filter(origin_id__in=least_developed_countries(edition.first_day))
    columns = (
        Column("origin_id", Name("Code", "代码")),
        Column("origin__name_en", Name("Country", "国家")),
        Column("origin__name_zh", Name("Name in Chinese", "中文名称")),
        Column("exhibitors", Name("Exhibitors", "参展商")),
    )
    return [
        Slice(
            part.cover,
            part.rows.order_by()
            .values("origin_id", "origin__name_en", "origin__name_zh")
            .annotate(exhibitors=Count("pk")),
            columns,
            order="origin_id",
            basis=part.basis,
        )
        for part in each_exhibition("scope", rows, columns, basis=_disputed(edition))
    ]


def _disputed(edition: Edition) -> LeftOutAsDisputed | None:
    """What tells that a country is left out of which it is disputed whether it is least developed; of several the first
    by code. None where none of them exhibits.
    """
    disputed = graduations_disputed(edition.first_day)
    rows = with_contract(edition).filter(origin_id__in=disputed).values_list("origin_id")
    counted = rows.annotate(exhibitors=Count("pk")).order_by("origin_id").first()
    return LeftOutAsDisputed(counted[1], Country(counted[0]), disputed[counted[0]]) if counted else None


@figure(
    "Free booths for least developed countries",
    "最不发达国家免费展位",
    "授予最不发达国家参展商的免费展位，每家至多一个。",
)
def ldc_free_booths(edition: Edition) -> list[Slice]:
    """Free booths granted to exhibitors from countries that were least developed on the day of the grant, at most one
    each.

    Unit: booths.
    Scope: all exhibitions; by country.
    """
    rows = FreeBoothGrant.objects.filter(exhibitor__edition=edition)
    columns = (
        Column("exhibitor__number", Name("Contract", "合同号")),
        Column("exhibitor__organisation__name", Name("Exhibitor", "参展商")),
        Column("country__name_en", Name("Country", "国家")),
        Column("granted", Name("Granted", "授予日")),
        Column("area_m2", Name("m²", "平方米")),
    )
    return [Slice("all", rows, columns), Slice("all", rows, columns, by="country", grouped="country_id")]


@figure("Exhibitors from parties of RCEP", "RCEP成员国参展商", "展会首日RCEP已对其生效的国家的参展商。")
def rcep_exhibitors(edition: Edition) -> list[Slice]:
    """Exhibitors from countries for which the Regional Comprehensive Economic Partnership is in force on the first day
    of the show.

    Unit: exhibitors.
    Scope: all exhibitions; country exhibition; enterprise exhibition.
    """
    rows = with_contract(edition).filter(origin_id__in=members("rcep", edition.first_day))
    return each_exhibition("scope", rows, EXHIBITOR)
