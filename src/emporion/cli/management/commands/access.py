"""``emporion access``: what it takes for a product, from there, to enter here, on that day."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from emporion.cli.language import speaking
from emporion.language import CHINESE, ENGLISH


class Command(BaseCommand):
    """Every rate that could apply to goods entering a country on a day, which one applies and why, with sources."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="tariff code: 8 to 12 digits for a line, 2, 4 or 6 for the range under it")
        parser.add_argument("--origin", required=True, metavar="JP", help="country of origin, two letters")
        parser.add_argument("--to", required=True, metavar="CN", help="importing country, two letters")
        parser.add_argument("--on", metavar="2026-11-05", help="day of import; else today")
        parser.add_argument("--value", metavar="AMOUNT", help="customs value in the importing country's currency")
        parser.add_argument(
            "--quantity", action="append", default=[], metavar="UNIT=N", help="for specific rates: kg=500"
        )
        parser.add_argument("--in-quota", action="store_true", help="a certificate of the tariff quota is held")
        parser.add_argument(
            "--making", "--inputs", type=Path, metavar="FILE.json", help="how the goods were made, to judge origin"
        )
        parser.add_argument("--language", choices=(ENGLISH, CHINESE), default=ENGLISH, help="that of problems")
        parser.add_argument("--shipped", action="store_true", help="use the shipped schedules only, never the database")
        parser.add_argument("--json", action="store_true", help="the answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        from emporion.cli.market_access import Report

        with speaking(options["language"]):
            Report(self.stdout).write(options)
