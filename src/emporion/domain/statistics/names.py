"""What the parts of a breakdown are called, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from emporion.domain.editions.models import Edition
from emporion.domain.reference.models import Country

Names = dict[tuple[str, str | None], tuple[str, str]]

FIXED: Names = {
    ("ownership", "state"): ("state-owned", "国有"),
    ("ownership", "private"): ("private", "民营"),
    ("ownership", "foreign"): ("foreign-invested", "外资"),
    ("ownership", "institution"): ("public institution", "事业单位"),
    ("kind", "world"): ("world debut", "全球首发"),
    ("kind", "asia"): ("Asian debut", "亚洲首发"),
    ("kind", "host"): ("debut in the host's market", "中国首展"),
    ("kind", "product"): ("products", "产品"),
    ("kind", "technology"): ("technology", "技术"),
    ("kind", "service"): ("services", "服务"),
    ("kind", "goods"): ("goods", "货物"),
    ("kind", "services"): ("services", "服务"),
    ("kind", "forum"): ("forums", "论坛"),
    ("kind", "supporting"): ("supporting events", "配套活动"),
    ("kind", "launch"): ("product launches", "新品发布"),
    ("kind", "signing"): ("signing ceremonies", "签约仪式"),
    ("state", "pending"): ("awaiting an answer", "待答复"),
    ("state", "accepted"): ("accepted", "已接受"),
    ("state", "declined"): ("declined", "已婉拒"),
    ("state", "cancelled"): ("cancelled", "已取消"),
}


def names_of(edition: Edition) -> Names:
    """The names of every part of the edition's breakdowns by (dimension, key), in four queries."""
    countries = list(Country.objects.values_list("iso2", "name_en", "name_zh"))
    return {
        **FIXED,
        **_named("country", countries),
        **_named("origin", countries),
        **_named("sector", edition.fair.sectors.values_list("code", "name_en", "name_zh")),
        **_named("area", edition.areas.values_list("code", "name_en", "name_zh")),
        **_named("delegation", edition.delegations.filter(parent=None).values_list("path", "name_en", "name_zh")),
        **{
            (by, "not-stated"): ("not stated", "未说明")
            for by in ("ownership", "origin", "country", "delegation", "sector")
        },
    }


def _named(by: str, rows: Iterable[tuple[Any, ...]]) -> Names:
    return {(by, code): (name_en, name_zh) for code, name_en, name_zh in rows}
