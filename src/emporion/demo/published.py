"""The fair that the demonstration plays: the China International Import Expo, its editions and their published figures.

Facts of one fair are no reference data; they come with the demonstration alone.
"""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from emporion.domain.editions.actions import NewSector, set_sectors
from emporion.domain.editions.models import Edition, Fair, PublishedFigure, Venue
from emporion.domain.reference import files

SLUG = "ciie"
NAMES = {
    "name_en": "China International Import Expo",
    "name_zh": "中国国际进口博览会",
    "languages": ["en", "zh-hans"],
    "host_id": "CN",
}
SHOWN_FIRST = 6


@transaction.atomic
def load_editions() -> dict[str, int]:
    """Load the fair, its sectors, venue, editions and published figures from the data files; give the rows of each.

    What the files say of a row is brought up to date; an edition's quota and whether it is the current one stay as
    the organiser set them. Where no edition is current yet, the sixth becomes it. Reference data are loaded before.
    """
    fair, _ = Fair.objects.get_or_create(slug=SLUG, defaults=NAMES)
    venues, editions = _rows("editions/venues.csv"), _rows("editions/editions.csv", fair_id=fair.pk)
    _merge(Venue, ["code"], venues)
    _merge(Edition, ["fair", "number"], editions)
    keys = dict(fair.editions.values_list("number", "pk"))
    figures = _rows("editions/published_figures.csv")
    figures = [{**row, "edition_id": keys[int(row["edition_id"])]} for row in figures]
    _merge(PublishedFigure, ["edition", "figure", "scope"], figures)
    sectors = _sectors()
    set_sectors(fair, sectors)
    if not fair.editions.filter(current=True).exists():
        fair.editions.filter(number=SHOWN_FIRST).update(current=True)
    return {
        "sectors/sectors.csv": len(sectors),
        "editions/venues.csv": len(venues),
        "editions/editions.csv": len(editions),
        "editions/published_figures.csv": len(figures),
    }


def _sectors() -> list[NewSector]:
    """The exhibition areas of the fair and the focus sectors within them."""
    return [
        NewSector(
            row["code"], row["name_en"], row["name_zh"], row["parent"], row["focus"] == "true", int(row["number"])
        )
        for row in files.rows("sectors/sectors.csv")
    ]


def _rows(name: str, **more: Any) -> list[dict[str, Any]]:
    """The rows of a file, its references by the names of their columns in the database."""
    references = {"venue": "venue_id", "currency": "currency_id", "edition": "edition_id"}
    return [{**{references.get(name, name): cell for name, cell in row.items()}, **more} for row in files.rows(name)]


def _merge(model: type[models.Model], key: list[str], rows: list[dict[str, Any]]) -> None:
    model._default_manager.bulk_create(
        [model(**row) for row in rows],
        update_conflicts=True,
        unique_fields=key,
        update_fields=[name.removesuffix("_id") for name in rows[0] if name.removesuffix("_id") not in key],
    )
