"""Make the database ready for work."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from emporion.domain.editions.actions import load_editions
from emporion.domain.reference.actions import load_reference


class Command(BaseCommand):
    """``emporion prepare``: bring the tables up to date and load the reference data; doing it again is harmless."""

    help = "Bring the tables up to date and load countries, HS codes, rates, sectors and published editions."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        loaded = load_reference() | load_editions()
        for name, rows in loaded.items():
            self.stdout.write(f"{rows:>8,}  {name}")
