"""Pavilions are made by the lists that name them."""

from __future__ import annotations

from collections.abc import Iterable

from emporion.domain.editions.models import Edition, ExhibitionArea
from emporion.domain.exhibitors.models import Pavilion
from emporion.domain.exhibitors.rules.rows import ExhibitorRow
from emporion.domain.reference.models import Country, InternationalOrganisation


def pavilions_named(
    edition: Edition, rows: Iterable[ExhibitorRow], areas: dict[str, ExhibitionArea]
) -> dict[str, Pavilion]:
    """The pavilions by code that the rows name; missing ones are made, others take over the name a row states."""
    listed, first = list(rows), dict[str, ExhibitorRow]()
    for row in listed:
        if row.pavilion and row.area and (row.pavilion not in first or row.pavilion_name):
            first[row.pavilion] = row
    known = {
        pavilion.code: pavilion for pavilion in edition.pavilions.filter(code__in={row.pavilion for row in listed})
    }
    _rename(known, first)
    countries = Country.objects.in_bulk({row.country for row in first.values()})
    internationals = InternationalOrganisation.objects.in_bulk({row.international for row in first.values()})
    made = [
        _pavilion(edition, row, areas[row.area], countries.get(row.country), internationals.get(row.international))
        for code, row in first.items()
        if code not in known
    ]
    Pavilion.objects.bulk_create(made)
    return known | {pavilion.code: pavilion for pavilion in made}


def _rename(known: dict[str, Pavilion], first: dict[str, ExhibitorRow]) -> None:
    renamed = []
    for code, row in first.items():
        if not (pavilion := known.get(code)):
            continue
        stated = (row.pavilion_name or pavilion.name_en, row.pavilion_name_zh or pavilion.name_zh)
        if stated != (pavilion.name_en, pavilion.name_zh):
            pavilion.name_en, pavilion.name_zh = stated
            renamed.append(pavilion)
    Pavilion.objects.bulk_update(renamed, ["name_en", "name_zh"])


def _pavilion(
    edition: Edition,
    row: ExhibitorRow,
    area: ExhibitionArea,
    country: Country | None,
    international: InternationalOrganisation | None,
) -> Pavilion:
    """A pavilion as its row names it, else named after its country or organisation and its area."""
    owner = country or international
    owner_en, owner_zh = (owner.name_en, owner.name_zh) if owner else (row.pavilion, row.pavilion)
    return Pavilion(
        edition=edition,
        code=row.pavilion,
        name_en=(row.pavilion_name or f"{owner_en} Pavilion: {area.name_en}")[:150],
        name_zh=(row.pavilion_name_zh or row.pavilion_name or f"{owner_zh}馆：{area.name_zh}")[:150],
        country=country,
        international=None if country else international,
        area=area,
    )
