"""Run queued and scheduled jobs."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from emporion.domain.editions.models import Edition


class Command(BaseCommand):
    """``emporion worker``: takes jobs from the queue in PostgreSQL; run as many as there are machines."""

    help = "Run queued and scheduled jobs (Procrastinate)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--jobs", type=int, default=4, help="jobs at a time, so that a slow mail server holds up none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # A database that is missing or unprepared is told here, by the command line.
        Edition.objects.exists()
        call_command("procrastinate", "worker", concurrency=options["jobs"])
