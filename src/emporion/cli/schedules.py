"""Where a command finds tariffs: in the shipped files, and in the database where some were loaded into it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from emporion.domain.marketaccess.without_database import MarketOf, shipped_market

LOADED = "marketaccess_loadedschedule"
MEASURES = "marketaccess_loadedmeasure"


def market_source(*, shipped_only: bool) -> MarketOf:
    """How to find the market of a country for a day.

    Models are loaded only where the database holds schedules or additional duties: loading them takes longer than
    most answers.
    """
    if shipped_only or not (has_database() and _has_loaded()):
        return shipped_market
    import django

    django.setup()
    from emporion.domain.marketaccess.queries import market_of

    return market_of


def embedded_folder() -> str | None:
    """Where the embedded server keeps its files; ``None`` where the database is elsewhere.

    Settings tell it without the driver, which asking the connection would load.
    """
    database: dict[str, Any] = settings.DATABASES["default"]
    folder: str | None = database.get("OPTIONS", {}).get("folder")
    return folder


def has_database() -> bool:
    """Whether this installation has a database with the table of schedules; none is started or made for asking.

    An embedded database counts when its files are there; one that does not answer is told and left aside.
    """
    folder = embedded_folder()
    if folder is not None and not (Path(folder) / "PG_VERSION").exists():
        return False
    try:
        return LOADED in connection.introspection.table_names()
    except DatabaseError as error:
        sys.stderr.write(f"The database does not answer ({error}); the shipped schedules are used.\n")
        return False


def _has_loaded() -> bool:
    """Whether a schedule or an additional duty was loaded; a database not migrated yet has no table of these."""
    tables = [name for name in (LOADED, MEASURES) if name in connection.introspection.table_names()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"(SELECT 1 FROM {name} LIMIT 1)" for name in tables))
        return cursor.fetchone() is not None
