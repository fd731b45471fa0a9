"""What the parts of a breakdown are called where records name them; states and kinds are told by their keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from emporion.domain.editions.models import Edition
from emporion.domain.reason import Name, Phrase
from emporion.domain.reference.models import Country
from emporion.domain.statistics.figures.slices import NOT_STATED

Names = dict[tuple[str, str | None], Name | Phrase]


def names_of(edition: Edition) -> Names:
    """The names of every part of the edition's breakdowns by (dimension, key), in four queries."""
    countries = list(Country.objects.values_list("iso2", "name_en", "name_zh"))
    return {
        **_named("country", countries),
        **_named("origin", countries),
        **_named("sector", edition.fair.sectors.values_list("code", "name_en", "name_zh")),
        **_named("area", edition.areas.values_list("code", "name_en", "name_zh")),
        **_named("delegation", edition.delegations.filter(parent=None).values_list("path", "name_en", "name_zh")),
        **{(by, NOT_STATED): Phrase("not stated") for by in ("ownership", "origin", "country", "delegation", "sector")},
    }


def _named(by: str, rows: Iterable[tuple[Any, ...]]) -> Names:
    return {(by, code): Name(name_en, name_zh) for code, name_en, name_zh in rows}
