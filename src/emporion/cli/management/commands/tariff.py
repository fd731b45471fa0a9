"""``emporion tariff``: load a country's tariff schedule, convert one to the plain form, list what is at hand."""

from __future__ import annotations

import lzma
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from emporion.cli.arguments import day
from emporion.cli.schedules import has_database
from emporion.domain.journal.context import ActionContext
from emporion.domain.marketaccess import actions, files, queries
from emporion.domain.marketaccess.importers import plain, shapes
from emporion.domain.marketaccess.models import LoadedSchedule
from emporion.domain.marketaccess.rules.schedule import Line, unread_rates
from emporion.domain.refusal import Refusal

MAX_REPORTED = 12
NO_DATABASE = "There is no database yet, so nothing was loaded: emporion tariff list shows what is at hand."


class Command(BaseCommand):
    """Load a tariff schedule as a new version, whole or not at all, or take it out; convert one; list those at hand."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        load = actions.add_parser("load", help="load a schedule into the database and say what it changed")
        load.add_argument("file", type=Path, help="CSV (also .gz, .xz) or Australia's folder of two JSON files")
        load.add_argument("--as-of", required=True, metavar="DATE", help="the first day of the law it states")
        load.add_argument("--until", metavar="DATE", help="the first day it no longer answers for; else next New Year")
        load.add_argument("--importer", default="", metavar="CN", help="whose tariff; needed for the plain form")
        load.add_argument("--title", default="", help="its title, as cited in answers")
        load.add_argument("--source", default="", help="who published it, as cited in answers")
        load.add_argument("--licence", default="", help="its licence")
        load.add_argument("--currency", default="", help="of specific rates and customs values")
        load.add_argument("--excerpt", action="store_true", help="lines that are not in it may exist")
        load.add_argument("--agreements", type=Path, metavar="FILE.csv", help="its agreements, with --parties")
        load.add_argument("--parties", type=Path, metavar="FILE.csv", help="the parties of its agreements, by date")
        load.add_argument("--replace", action="store_true", help="in place of the one loaded of the same day")
        unload = actions.add_parser("unload", help="take a loaded schedule out again; the one before it then answers")
        unload.add_argument("importer", metavar="CN", help="whose tariff")
        unload.add_argument("--as-of", required=True, metavar="DATE", help="the day it was loaded of, as listed")
        convert = actions.add_parser("convert", help="write a schedule in the plain form; no database is needed")
        convert.add_argument("file", type=Path)
        convert.add_argument("--as-of", required=True, metavar="DATE", help="the day whose stage of each rate is kept")
        convert.add_argument("--out", type=Path, required=True, metavar="FILE.csv", help="ends in .xz: compressed")
        convert.add_argument("--refused", action="store_true", help="list every rate that cannot be read whole")
        form = actions.add_parser("template", help="write an example of the plain form, with every kind of rate")
        form.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
        actions.add_parser("list", help="the schedules at hand")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['action']}")(options)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _load(self, options: dict[str, Any]) -> None:
        for path in (options["file"], options["agreements"], options["parties"]):
            _require_there(path)
        wanted = actions.ScheduleFile(
            options["file"], day(options["as_of"]), options["importer"], options["title"], options["source"],
            options["licence"], options["currency"], day(options["until"]) if options["until"] else None,
            options["excerpt"], options["agreements"], options["parties"],
        )  # fmt: skip
        if not has_database():
            # What cannot be read is told before a database is made for it.
            shapes.open_schedule(wanted.path, wanted.as_of)
            self.stdout.write("There is no database yet: it is prepared first.")
            call_command("prepare", stdout=self.stdout)
        loaded, change = actions.load_schedule(
            wanted, context=ActionContext(timezone.now()), replace=options["replace"]
        )
        self.stdout.write(
            f"{loaded}: {loaded.lines:,} lines loaded, answering from {loaded.starts} to before {loaded.ends}."
        )
        self._report(change)
        self._report_refused(line for lines in queries.lines_of(loaded).values() for line in lines)

    def _unload(self, options: dict[str, Any]) -> None:
        if not has_database():
            raise CommandError(NO_DATABASE)
        gone = actions.unload_schedule(
            options["importer"], day(options["as_of"]), context=ActionContext(timezone.now())
        )
        self.stdout.write(f"{gone}: taken out, {gone.lines:,} lines. {self._left(gone.importer_id)}")

    def _left(self, importer: str) -> str:
        left = queries.versions(importer)
        if left:
            return f"Of loaded ones {left[0]} is now the latest."
        if importer in files.importers():
            return f"The shipped {files.shipped(importer).schedule.title} answers again."
        return f"No tariff of {files.name_of(importer)} is at hand now."

    def _report_refused(self, lines: Iterable[Line]) -> None:
        """List the rates that could not be read whole; their answers say so."""
        refused = unread_rates(lines)
        if refused:
            self.stdout.write(f"{len(refused):,} rates cannot be read whole and answer as not known:")
        for code, column, text in refused[:MAX_REPORTED]:
            self.stdout.write(f"  {code} {column}: {text}")
        if len(refused) > MAX_REPORTED:
            self.stdout.write(
                f"  … and {len(refused) - MAX_REPORTED:,} more; emporion tariff convert --refused lists all."
            )

    def _report(self, change: actions.Difference) -> None:
        self.stdout.write(
            f"Against {change.against}: {len(change.added):,} lines added, {len(change.dropped):,} dropped, "
            f"{len(change.changed):,} rates changed."
        )
        for code, column, before, after in change.changed[:MAX_REPORTED]:
            self.stdout.write(f"  {code} {column}: {before or 'none'} → {after or 'none'}")
        for word, codes in (("added", change.added), ("dropped", change.dropped)):
            if codes:
                more = f" … and {len(codes) - MAX_REPORTED:,} more" if len(codes) > MAX_REPORTED else ""
                self.stdout.write(f"  {word}: {', '.join(codes[:MAX_REPORTED])}{more}")

    def _convert(self, options: dict[str, Any]) -> None:
        as_of = day(options["as_of"])
        _require_there(options["file"])
        found = shapes.open_schedule(options["file"], as_of)
        lines = plain.lines_of(found.rows)
        content = plain.write(found.rows).encode()
        out: Path = options["out"]
        packed = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME) if out.suffix == ".xz" else content
        out.write_bytes(packed)
        self.stdout.write(f"{out}: {len(found.rows):,} lines of shape {found.shape}, {len(packed):,} bytes.")
        every = [line for own in lines.values() for line in own]
        if options["refused"]:
            for code, column, text in unread_rates(every):
                self.stdout.write(f"  {code} {column}: {text}")
        else:
            self._report_refused(every)

    def _template(self, options: dict[str, Any]) -> None:
        out: Path = options["out"]
        out.write_text(plain.EXAMPLE, "utf-8")
        self.stdout.write(f"{out} written: keep its header; docs/marketaccess.md tells what its cells mean.")

    def _list(self, options: dict[str, Any]) -> None:
        for importer in files.importers():
            own = files.shipped(importer).schedule
            whole = "" if own.complete else ", an excerpt"
            self.stdout.write(f"{importer}  {own.title}, as of {own.as_of}: {len(own.codes):,} lines, shipped{whole}")
        if has_database():
            for one in LoadedSchedule.objects.defer("content").order_by("importer", "-as_of"):
                self.stdout.write(f"{one.importer_id}  {one}: {one.lines:,} lines, loaded {one.loaded_at:%Y-%m-%d}")


def _require_there(path: Path | None) -> None:
    if path is not None and not path.exists():
        raise CommandError(f"There is no file {path}: check its name and folder.")
