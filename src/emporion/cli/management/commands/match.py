"""``emporion match``: suggest exhibitors to an edition's approved visitors and visitors to its exhibitors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from emporion.cli.edition_options import add_edition_options, named_edition
from emporion.cli.progress import progress_bars
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions import run_matching
from emporion.domain.refusal import Refusal


class Command(BaseCommand):
    help = "Make the suggestions of an edition; the old ones are shown until the new are complete."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_edition_options(parser)
        parser.add_argument("--workers", type=int, default=1, help="threads; any number gives the same lists")
        parser.add_argument("--seed", type=int, default=0, help="another seed spreads alike visitors another way")

    def handle(self, *args: Any, **options: Any) -> None:
        workers = options["workers"]
        if workers < 1:
            raise CommandError(f"--workers is {workers}: give 1 or more.")
        try:
            edition = named_edition(options)
            with progress_bars() as report, ThreadPoolExecutor(workers) if workers > 1 else nullcontext() as pool:
                run = run_matching(
                    edition, context=ActionContext(timezone.now()), seed=options["seed"], executor=pool, progress=report
                )
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        share = run.objective / run.bound if run.bound else 1.0
        self.stdout.write(
            f"{edition}: suggestions for {run.visitor_suggestions.count():,} visitors and "
            f"{run.exhibitor_suggestions.count():,} exhibitors; the plan behind them is worth {run.objective:,.0f}, "
            f"{share:.1%} of what no plan can pass. {run.stopped.capitalize()}."
        )
