"""What is shown: products, technologies and services; debuts; the programme."""

from __future__ import annotations

from emporion.domain.catalogue.models import Debut, Product
from emporion.domain.editions.models import Edition
from emporion.domain.programme.models import Session
from emporion.domain.reason import Name
from emporion.domain.statistics.figures.registry import figure
from emporion.domain.statistics.figures.slices import Column, Slice


@figure("Products", "展品", "参展商录入的产品、技术和服务。")
def products(edition: Edition) -> list[Slice]:
    """Products, technologies and services that exhibitors entered in the catalogue.

    Unit: products.
    Scope: all exhibitions; by kind; by exhibition area.
    """
    rows = Product.objects.filter(edition=edition)
    columns = (
        Column("number", Name("Product", "展品号")),
        Column("name_en", Name("Name", "名称（英文）")),
        Column("name_zh", Name("Name in Chinese", "名称")),
        Column("hs_id", Name("HS code", "HS编码")),
        Column("exhibitor__organisation__name", Name("Exhibitor", "参展商")),
    )
    return [
        Slice("all", rows, columns),
        Slice("all", rows, columns, by="kind", grouped="kind"),
        Slice("all", rows, columns, by="area", grouped="exhibitor__area__code"),
    ]


@figure("Debuts", "首发新品", "在全球、亚洲或中国市场首次展示的产品、技术和服务，每件只计一次。")
def debuts(edition: Edition) -> list[Slice]:
    """Products, technologies and services shown for the first time in the world, in Asia or in the host's market, each
    once and under the widest of these.

    Unit: debuts.
    Scope: all exhibitions; by kind; by exhibition area.
    """
    rows = Debut.objects.filter(product__edition=edition)
    columns = (
        Column("kind", Name("Kind", "类型")),
        Column("product__name_en", Name("Product", "展品（英文）")),
        Column("product__name_zh", Name("Name in Chinese", "展品")),
        Column("product__exhibitor__organisation__name", Name("Exhibitor", "参展商")),
        Column("product__exhibitor__area__code", Name("Area", "展区")),
    )
    return [
        Slice("all", rows, columns),
        Slice("all", rows, columns, by="kind", grouped="kind"),
        Slice("all", rows, columns, by="area", grouped="product__exhibitor__area__code"),
    ]


@figure("Programme", "活动", "论坛、配套活动、新品发布和签约仪式；已取消的场次不计。")
def sessions(edition: Edition) -> list[Slice]:
    """Forums, supporting events, launches and signing ceremonies of the programme that are not cancelled.

    Unit: sessions.
    Scope: all exhibitions; by kind.
    """
    rows = Session.objects.filter(edition=edition, is_cancelled=False)
    columns = (
        Column("number", Name("Session", "编号")),
        Column("kind", Name("Kind", "类型")),
        Column("title_en", Name("Title", "标题（英文）")),
        Column("title_zh", Name("Title in Chinese", "标题")),
        Column("starts", Name("Starts", "开始")),
    )
    return [Slice("all", rows, columns), Slice("all", rows, columns, by="kind", grouped="kind")]
