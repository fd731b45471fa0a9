"""Make the database ready for work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from emporion.domain.reference.actions import load_reference

# Any number will do, so long as all who prepare a database name the same.
LOCK = 2018110511


class Command(BaseCommand):
    """``emporion prepare``: bring the tables up to date and load the reference data; doing it again is harmless."""

    help = "Bring the tables up to date and load reference data: countries, groups, HS codes, currencies, rates."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with _alone():
            call_command("migrate", verbosity=0)
            loaded = load_reference()
        for name, rows in loaded.items():
            self.stdout.write(f"{rows:>8,}  {name}")


@contextmanager
def _alone() -> Iterator[None]:
    """Of processes that prepare one database at the same time, the others wait for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
