"""The floor: stands, net and gross area, special-built booths by area and by count."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import Edition, ExhibitionArea, Hall
from emporion.domain.reason import Name
from emporion.domain.statistics.figures.registry import figure
from emporion.domain.statistics.figures.slices import Column, Measure, Slice, each_exhibition, share, total

STAND = (
    Column("number", Name("Stand", "展位号")),
    Column("hall__code", Name("Hall", "展馆")),
    Column("area__code", Name("Area", "展区")),
    Column("kind", Name("Kind", "类型")),
    Column("area_m2", Name("m²", "平方米")),
)
SPECIAL = Q(kind=Stand.Kind.SPECIAL)


def _stands(edition: Edition, measure: Measure) -> list[Slice]:
    rows = Stand.objects.filter(edition=edition)
    return [
        *each_exhibition("area__scope", rows, STAND, measure=measure),
        Slice("all", rows, STAND, measure=measure, by="area", grouped="area__code"),
    ]


@figure("Stands", "展位", "各展馆平面图上的展位；多家参展商共用的展位只计一个。")
def stands(edition: Edition) -> list[Slice]:
    """Stands on the floor of the halls. A stand that several exhibitors share is one stand.

    Unit: stands.
    Scope: all exhibitions; country exhibition; enterprise exhibition; by exhibition area; by hall.
    """
    rows = Stand.objects.filter(edition=edition)
    return [
        *each_exhibition("area__scope", rows, STAND),
        Slice("all", rows, STAND, by="area", grouped="area__code"),
        Slice("all", rows, STAND, by="hall", grouped="hall__code"),
    ]


@figure("Net area", "净展览面积", "展位面积之和，不含通道和公共区域。")
def area_net_m2(edition: Edition) -> list[Slice]:
    """The sum of the stands' areas, without aisles and common space.

    Unit: m².
    Scope: all exhibitions; country exhibition; enterprise exhibition; by exhibition area.
    """
    return _stands(edition, total("area_m2"))


@figure("Gross area", "总展览面积", "已划入展区或已有展位的展馆的合同总面积，含通道。")
def area_gross_m2(edition: Edition) -> list[Slice]:
    """The contracted area, aisles included, of the halls in use: those given to an exhibition area or with a stand.

    Unit: m².
    Scope: halls indoors; grounds outdoors.
    """
    columns = (
        Column("code", Name("Hall", "展馆")),
        Column("gross_area_m2", Name("m²", "平方米")),
        Column("indoor", Name("Indoors", "室内")),
    )
    halls = _in_use(edition)
    covers = [("indoor", True), ("outdoor", False)]
    return [Slice(cover, halls.filter(indoor=inside), columns, total("gross_area_m2")) for cover, inside in covers]


def _in_use(edition: Edition) -> QuerySet[Hall]:
    given = ExhibitionArea.halls.through.objects.filter(hall=OuterRef("pk"))
    return Hall.objects.filter(Exists(given) | Exists(Stand.objects.filter(hall=OuterRef("pk"))), edition=edition)


@figure("Special-built booths, share of the area", "特装展位面积占比", "特装展位面积占全部展位净面积的百分比。")
def special_built_share_by_area(edition: Edition) -> list[Slice]:
    """The area of special-built stands as a percentage of the net area of all stands. It is not the share by count.

    Unit: %.
    Scope: all exhibitions; country exhibition; enterprise exhibition; by exhibition area.
    """
    return _stands(edition, share(SPECIAL, "area_m2"))


@figure("Special-built booths, share of the stands", "特装展位数量占比", "特装展位数占全部展位数的百分比。")
def special_built_share_by_count(edition: Edition) -> list[Slice]:
    """The number of special-built stands as a percentage of the number of all stands. It is not the share by area.

    Unit: %.
    Scope: all exhibitions; country exhibition; enterprise exhibition; by exhibition area.
    """
    return _stands(edition, share(SPECIAL))
