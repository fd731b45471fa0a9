"""``emporion bulletin``: every figure of an edition, computed from its records, beside the published ones."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from emporion.cli.edition_options import add_edition_options, named_edition
from emporion.cli.figure_json import figure_json
from emporion.domain.refusal import Refusal
from emporion.domain.statistics.queries import Figure, bulletin

WIDTH = 132
BILLION = 1_000_000_000


class Command(BaseCommand):
    help = "The bulletin of an edition: every figure with its scope and unit, beside what was published."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_edition_options(parser)
        parser.add_argument("--json", action="store_true", help="every figure and part as a JSON list")
        parser.add_argument("--parts", action="store_true", help="in the table, show the breakdowns too")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = named_edition(options)
            figures = bulletin(edition, parts=options["json"] or options["parts"])
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        if options["json"]:
            listed = [figure_json(figure) for figure in figures]
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1))
        else:
            self._show(str(edition), figures)

    def _show(self, title: str, figures: list[Figure]) -> None:
        from rich import box
        from rich.console import Console
        from rich.table import Table

        table = Table(title=title, box=box.SIMPLE_HEAD)
        table.add_column("Figure")
        table.add_column("Scope")
        for heading in ("Value", "Published", "Records"):
            table.add_column(heading, justify="right", no_wrap=True)
        table.add_column("Unit", no_wrap=True)
        last = ""
        for figure in figures:
            name, last = figure.definition.title.en if figure.key != last else "", figure.key
            scope = "; ".join(filter(None, [figure.scope.split(";")[0], str(figure.part or figure.result.part or "")]))
            table.add_row(
                name, scope, number(figure.value), published(figure), f"{figure.result.records:,}",
                figure.definition.unit.en,
            )  # fmt: skip
        console = Console(file=cast(IO[str], self.stdout))
        # Narrower than this the names of figures fall into pieces.
        console.width = max(console.width, WIDTH)
        console.print(table)


def number(value: int | Decimal | None) -> str:
    """A value as people read it: thousands apart, billions as such, a dash where it is unknown."""
    if value is None:
        return "–"
    if not -BILLION < value < BILLION:
        return f"{value / BILLION:,.2f} bn"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def published(figure: Figure) -> str:
    """The published value with how it was told, empty where none of this scope was published."""
    return f"{figure.published.qualifier} {number(figure.published.value)}".strip() if figure.published else ""
