"""``emporion import``: a list from a spreadsheet into an edition, or the list's template."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from emporion.cli.edition_options import add_edition_options, named_edition
from emporion.domain.editions.rules import NoCurrentEdition, NoFair, WhichFair
from emporion.domain.journal.context import ActionContext
from emporion.domain.refusal import Refusal
from emporion.language import CHINESE, ENGLISH, translate
from emporion.spreadsheets import template
from emporion.spreadsheets.importing import Report, import_file
from emporion.spreadsheets.rejects import row_of, sentence

MAX_REPORTED = 20


class Command(BaseCommand):
    """Import a list (exhibitors, products, visitors, needs, halls, deals …) from CSV or XLSX, or write its template."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="what the list holds: exhibitors, products, visitors, needs, halls, deals …")
        parser.add_argument("file", nargs="?", help="the list, .csv or .xlsx")
        parser.add_argument("--template", metavar="FILE.xlsx", help="write a template with examples and notes instead")
        add_edition_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--partial", action="store_true", help="write the good rows even when others are not")
        parser.add_argument("--rejects", metavar="FILE", help="where rows with problems go; else beside the list")
        parser.add_argument(
            "--language", choices=(ENGLISH, CHINESE), default=ENGLISH, help="in which problems of rows are written"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["template"]:
                self._write_template(options)
            elif options["file"]:
                self._import(options)
            else:
                raise CommandError("Name the list to import, or --template FILE.xlsx to write a template.")
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _write_template(self, options: dict[str, Any]) -> None:
        try:
            edition = named_edition(options)
        except (NoFair, NoCurrentEdition, WhichFair):
            edition = None
        path = template.write(options["kind"], options["template"], edition=edition)
        self.stdout.write(f"{path} written: fill in its first sheet; the second one explains the columns.")

    def _import(self, options: dict[str, Any]) -> None:
        report = import_file(
            options["kind"], Path(options["file"]), edition=named_edition(options),
            context=ActionContext(timezone.now()),
            dry_run=options["dry_run"], partial=options["partial"], rejects=options["rejects"],
            language=options["language"],
            progress=self._progress if sys.stderr.isatty() else None,
        )  # fmt: skip
        self._report(report, options["language"], dry_run=options["dry_run"])
        if report.problems and not (options["partial"] and report.written):
            raise CommandError(f"Nothing was written: {report.bad_rows:,} of {report.rows:,} rows have problems.")

    def _progress(self, rows: int) -> None:
        self.stderr.write(f"\r{rows:,} rows read", ending="")

    def _report(self, report: Report, language: str, *, dry_run: bool) -> None:
        for notice in report.notices:
            self.stdout.write(f"Note: {translate(notice, language)}")
        for problem in report.problems[:MAX_REPORTED]:
            self.stdout.write(f"{row_of(problem, language)}{sentence(problem, language)}")
        if len(report.problems) > MAX_REPORTED:
            self.stdout.write(f"… and {len(report.problems) - MAX_REPORTED:,} more problems.")
        if report.rejects_path:
            self.stdout.write(f"Rows with problems are in {report.rejects_path}: fix them there and import that file.")
        if report.written or dry_run:
            self.stdout.write(_summary(report, dry_run))


def _summary(report: Report, dry_run: bool) -> str:
    done = f"{report.created:,} created, {report.updated:,} updated, {report.unchanged:,} unchanged"
    rate = report.rows / max(report.seconds, 0.001)
    trial = "Dry run, nothing was written. " if dry_run else ""
    return (
        f"{trial}{report.kind}: {report.rows:,} rows ({report.described}): {done}, {report.bad_rows:,} with problems; "
        f"{report.seconds:.1f} s, {rate:,.0f} rows/s."
    )
