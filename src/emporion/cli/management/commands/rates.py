"""``emporion rates``: load reference rates from a file, or list those at hand."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from emporion.domain.editions.actions import load_rates
from emporion.domain.journal.context import ActionContext
from emporion.domain.reference.queries import currencies_with_rates, pegs_on
from emporion.domain.reference.rules.rates import plain
from emporion.domain.refusal import Refusal

MAX_REPORTED = 20


class Command(BaseCommand):
    """Load the European Central Bank's eurofxref file (zip or CSV) or a plain CSV of rates; list the rates at hand."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        load = actions.add_parser("load", help="load a file of rates, whole or not at all")
        load.add_argument("file", type=Path, help="the Bank's zip or CSV, or a CSV: day,currency,rate,per,source")
        actions.add_parser("list", help="the newest rate of each currency, and the currencies that are fixed by rule")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "load":
            self._load(options["file"])
        else:
            self._list()

    def _load(self, path: Path) -> None:
        if not path.is_file():
            raise CommandError(f"There is no file {path}: check its name and folder.")
        try:
            outcome = load_rates(path.read_bytes(), file=path.name, context=ActionContext(timezone.now()))
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        for problem in outcome.problems[:MAX_REPORTED]:
            column = f"{problem.column}: " if problem.column else ""
            self.stdout.write(f"Row {problem.row}, {column}{problem.wrong}: {problem.fix}.")
        if outcome.problems:
            bad = len({problem.row for problem in outcome.problems})
            raise CommandError(f"Nothing was loaded: {bad:,} rows have problems.")
        done = f"{outcome.created:,} new, {outcome.updated:,} corrected, {outcome.unchanged:,} known already"
        self.stdout.write(f"{path.name}: {done}.")

    def _list(self) -> None:
        for currency in currencies_with_rates():
            self.stdout.write(f"{currency}  1 EUR = {plain(currency.per_euro)}  {currency.day}  {currency.source}")
        for peg in pegs_on(timezone.now().date()):
            self.stdout.write(f"{peg.currency_id}  1 {peg.anchor_id} = {plain(peg.rate)}  fixed  {peg.source}")
