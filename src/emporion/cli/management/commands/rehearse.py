"""``emporion rehearse``: a small fair that is on today, in which everything can be tried."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Beside the demonstration, whose doors closed in 2023: people ask, accept, decline and move meetings today."""

    help = "Show a small invented fair that is on today, with every door open (--end shows the demonstration again)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--end", action="store_true", help="show the demonstration again")

    def handle(self, *args: Any, **options: Any) -> None:
        from django.utils import timezone

        from emporion.demo import rehearsal
        from emporion.demo.running import SEED
        from emporion.demo.sizes import SIZES
        from emporion.demo.steps.exhibition import PASSWORD, PEOPLE
        from emporion.domain.journal.models import JournalEntry

        made = JournalEntry.objects.filter(event="demo.step").values_list("data__size", flat=True).first()
        if made not in SIZES:
            raise CommandError("There is no demonstration in this database yet: run `emporion demo` first.")
        if options["end"]:
            self.stdout.write(f"The site shows the {rehearsal.end()} again.")
            return
        edition = rehearsal.rehearse(SIZES[made], SEED, settings.HOME / "demo" / "rehearsal", at=timezone.now())
        self.stdout.write(
            f"The site shows the {edition}, {edition.first_day:%Y-%m-%d} to {edition.last_day:%Y-%m-%d}. "
            f"Sign in as {', '.join(email for email, _, _ in PEOPLE)}; the password is {PASSWORD}. "
            "`emporion serve` shows it, `emporion worker` makes drafts and sends messages, "
            "`emporion rehearse --end` ends it."
        )
