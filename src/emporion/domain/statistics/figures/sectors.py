"""Focus sectors: their share of the enterprise exhibition, and their change on the edition before."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, Q

from emporion.domain.editions.models import Edition, Sector
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.organisations.models import EarlierParticipation, Organisation
from emporion.domain.reason import Name
from emporion.domain.statistics.figures.participation import EXHIBITOR, with_contract
from emporion.domain.statistics.figures.registry import figure
from emporion.domain.statistics.figures.slices import Column, Slice, growth, share


def _focus(edition: Edition) -> list[Sector]:
    return list(Sector.objects.filter(fair=edition.fair_id, focus=True).order_by("number"))


@figure("Focus sectors' share of exhibitors", "重点行业参展商占比", "企业展参展商中属于该重点行业者的百分比。")
def sector_share(edition: Edition) -> list[Slice]:
    """Exhibitors of a focus sector as a percentage of the exhibitors of the enterprise exhibition, by contract.

    Unit: %.
    Scope: enterprise exhibition, by focus sector.
    """
    rows = with_contract(edition).filter(scope="enterprise")
    columns = (*EXHIBITOR, Column("sector__code", Name("Sector", "行业")))
    return [
        Slice("enterprise", rows, columns, share(Q(sector=sector)), by="sector", part=sector.code)
        for sector in _focus(edition)
    ]


@figure("Focus sectors' growth on the edition before", "重点行业增长", "企业展该重点行业参展商数较上一届的增长百分比。")
def sector_growth(edition: Edition) -> list[Slice]:
    """By how many per cent the exhibitors of a focus sector outnumber those of the edition before, by contracts kept
    here or by that edition's list. Unknown where the edition before has no exhibitor in the sector.

    Unit: %.
    Scope: enterprise exhibition, by focus sector.
    """
    return [_growth(edition, sector) for sector in _focus(edition)]


def _growth(edition: Edition, sector: Sector) -> Slice:
    """Organisations that were in the sector now or before, each marked with which."""
    contracts = Exhibitor.objects.filter(main__isnull=True, scope="enterprise", sector=sector)
    last = {"edition__fair": edition.fair_id, "edition__number": edition.number - 1}
    listed = EarlierParticipation.objects.filter(**last, sector=sector)
    now = Q(pk__in=contracts.filter(edition=edition).values("organisation_id"))
    before = Q(pk__in=listed.values("organisation_id")) | Q(pk__in=contracts.filter(**last).values("organisation_id"))
    rows = Organisation.objects.filter(now | before).annotate(
        now=ExpressionWrapper(now, output_field=BooleanField()),
        before=ExpressionWrapper(before, output_field=BooleanField()),
    )
    columns = (
        Column("name", Name("Exhibitor", "参展商")),
        Column("country__name_en", Name("Country or region", "国家或地区")),
        Column("before", Name("In the edition before", "上一届")),
        Column("now", Name("In this edition", "本届")),
    )
    measure = growth(before=Q(before=True), now=Q(now=True))
    return Slice("enterprise", rows, columns, measure, by="sector", part=sector.code)
