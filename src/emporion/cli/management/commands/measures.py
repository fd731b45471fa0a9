"""``emporion measures``: load additional duties, list them, take them out."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from emporion.cli.schedules import has_database
from emporion.domain.journal.context import ActionContext
from emporion.domain.marketaccess.actions import load_measures, unload_measures
from emporion.domain.marketaccess.importers import measures as lists
from emporion.domain.marketaccess.importers import shapes
from emporion.domain.marketaccess.models import LoadedMeasure
from emporion.domain.refusal import BulkOutcome, Refusal

MAX_REPORTED = 20
NO_DATABASE = "There is no database yet, so no additional duty was loaded: emporion measures load FILE loads some."


class Command(BaseCommand):
    """Load anti-dumping and other additional duties, all of a list or none; list what is loaded; take it out."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        load = actions.add_parser("load", help="load a list; a row with a problem keeps all of it out")
        load.add_argument("file", type=Path, help=f"CSV with {','.join(lists.COLUMNS)}")
        load.add_argument(
            "--replace", action="store_true", help="in place of all measures of the importers in the list"
        )
        actions.add_parser("list", help="the additional duties that are loaded")
        unload = actions.add_parser("unload", help="take out every additional duty of an importer")
        unload.add_argument("importer", metavar="US", help="whose")
        form = actions.add_parser("template", help="write an example of the list")
        form.add_argument("--out", type=Path, required=True, metavar="FILE.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['action']}")(options)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _load(self, options: dict[str, Any]) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}: check its name and folder.")
        if not has_database():
            # What cannot be read is told before a database is made for it.
            self._report(BulkOutcome(problems=lists.read(shapes.text_of_file(path)).problems))
            self.stdout.write("There is no database yet: it is prepared first.")
            call_command("prepare", stdout=self.stdout)
        done = load_measures(path, context=ActionContext(timezone.now()), replace=options["replace"])
        self._report(done)
        gone = f", in place of {done.updated:,}" if done.updated else ""
        self.stdout.write(f"{path.name}: {done.created:,} additional duties loaded{gone}.")

    def _report(self, done: BulkOutcome) -> None:
        """Tell every problem by row. Raises ``CommandError`` where there is one."""
        for one in done.problems[:MAX_REPORTED]:
            self.stderr.write(f"Row {one.row}, {one.column}: {one.wrong.sentence} Fix: {one.fix.sentence}.")
        if len(done.problems) > MAX_REPORTED:
            self.stderr.write(f"… and {len(done.problems) - MAX_REPORTED:,} more.")
        if done.problems:
            raise CommandError(f"{len(done.problems):,} problems: nothing was loaded.")

    def _list(self, options: dict[str, Any]) -> None:
        if not has_database():
            raise CommandError(NO_DATABASE)
        for one in LoadedMeasure.objects.all():
            origins = one.origins or "any origin"
            until = f" to before {one.ends}" if one.ends else ""
            exporter = f", {one.exporter}" if one.exporter else ""
            where = f"{one.importer_id} {one.kind} {one.goods or 'all goods'} {origins}"
            days = f"from {one.starts}{until}"
            self.stdout.write(f"{where}: {one.rate} {days}{exporter} ({one.title}; {one.citation})")
        self.stdout.write(f"{LoadedMeasure.objects.count():,} additional duties.")

    def _unload(self, options: dict[str, Any]) -> None:
        if not has_database():
            raise CommandError(NO_DATABASE)
        gone = unload_measures(options["importer"], context=ActionContext(timezone.now()))
        self.stdout.write(f"{gone:,} additional duties taken out.")

    def _template(self, options: dict[str, Any]) -> None:
        out: Path = options["out"]
        out.write_text(lists.EXAMPLE, "utf-8")
        self.stdout.write(f"{out} written: keep its header; docs/marketaccess.md tells what its cells mean.")
