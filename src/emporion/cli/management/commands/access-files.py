"""``emporion access-files``: market access for a whole list of products, into a workbook; no database is needed."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from emporion.cli.language import speaking
from emporion.language import CHINESE, ENGLISH


class Command(BaseCommand):
    """Answer for every product of a list (columns code and origin, value if known) and write the list with answers."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the products, .csv or .xlsx, with columns code and origin")
        parser.add_argument("--to", required=True, metavar="AU", help="importing country, two letters")
        parser.add_argument(
            "--out", required=True, type=Path, metavar="FILE.xlsx", help="where to write; .xlsx or .csv"
        )
        parser.add_argument("--origin", metavar="JP", help="origin of rows that name none")
        parser.add_argument("--on", metavar="2026-11-05", help="day of import; else today")
        parser.add_argument("--partial", action="store_true", help="rows with problems are no failure: exit with 0")
        parser.add_argument("--language", choices=(ENGLISH, CHINESE), default=ENGLISH, help="that of problems")
        parser.add_argument("--shipped", action="store_true", help="use the shipped schedules only, never the database")

    def handle(self, *args: Any, **options: Any) -> None:
        from emporion.cli.market_access_lists import answer_list

        with speaking(options["language"]):
            answer_list(options, self.stdout.write)
