"""Run queued and scheduled jobs."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """``emporion worker``: takes jobs from the queue in PostgreSQL; run as many as there are machines."""

    help = "Run queued and scheduled jobs (Procrastinate)."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("procrastinate", "worker")
