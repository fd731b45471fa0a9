"""Loading the editions of the past and what was published of them."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from emporion.domain.editions.models import Edition, PublishedFigure, Venue
from emporion.domain.reference import files

SHOWN_FIRST = 6


@transaction.atomic
def load_editions() -> dict[str, int]:
    """Load venues, editions and published figures from the data files; give how many rows each file has.

    What the files say of a row is brought up to date; an edition's quota and whether it is the current one stay as
    the organiser set them. Where no edition is current yet, the sixth becomes it. Reference data are loaded before.
    """
    loaded = {
        "editions/venues.csv": _merge(Venue, ["code"], _rows("editions/venues.csv")),
        "editions/editions.csv": _merge(Edition, ["number"], _rows("editions/editions.csv")),
        "editions/published_figures.csv": _merge(
            PublishedFigure, ["edition", "figure", "scope"], _rows("editions/published_figures.csv")
        ),
    }
    if not Edition.objects.filter(current=True).exists():
        Edition.objects.filter(number=SHOWN_FIRST).update(current=True)
    return loaded


def _rows(name: str) -> list[dict[str, Any]]:
    """The rows of a file, its references by the names of their columns in the database."""
    references = {"venue": "venue_id", "host": "host_id", "currency": "currency_id", "edition": "edition_id"}
    return [{references.get(name, name): cell for name, cell in row.items()} for row in files.rows(name)]


def _merge(model: type[models.Model], key: list[str], rows: list[dict[str, Any]]) -> int:
    model._default_manager.bulk_create(
        [model(**row) for row in rows],
        update_conflicts=True,
        unique_fields=key,
        update_fields=[name.removesuffix("_id") for name in rows[0] if name.removesuffix("_id") not in key],
    )
    return len(rows)
