"""``emporion timetable-files``: the timetable of any event from two lists into a workbook; no database is needed."""

from __future__ import annotations

import re
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from emporion.cli.language import speaking
from emporion.cli.timetable_files.columns import AVAILABILITY, REQUESTS, WISH_WORDS
from emporion.domain.meetings.rules import DAILY_MEETINGS, HOURS, SLOT_MINUTES
from emporion.domain.refusal import Refusal
from emporion.language import CHINESE, ENGLISH, translate
from emporion.spreadsheets.files import WORKBOOK_ENDINGS

if TYPE_CHECKING:
    from emporion.cli.progress import ReportProgress
    from emporion.cli.timetable_files.lists import Event
    from emporion.cli.timetable_files.plan import Plan

COLUMNS = "\n".join(
    f"  {column:10} or {', '.join(one for one in names if one != column)}"
    for column, names in (*REQUESTS.items(), *AVAILABILITY.items())
)
EPILOG = f"""\
requests has a row for each pair: buyer, exhibitor, and the wish (empty: like).
Wishes: {WISH_WORDS}.
availability has a row for each time somebody is there: name, day (2026-11-05), from, to (09:30; empty: the whole day),
how many hosts meet side by side, and the hall of the stand. Who has no day in it is there always.
Both may be .csv or .xlsx. Columns may be called:
{COLUMNS}

  emporion timetable-files --template FOLDER     writes two example lists to start from
"""


class Command(BaseCommand):
    """Make a timetable from two lists and write a workbook: a sheet for the organiser, one for requests without a slot
    with the reason of each, an index of the people, and a sheet for every person."""

    help = "The timetable of any event from two lists into a workbook; no database is needed."
    requires_system_checks: list[str] = []

    def create_parser(self, *args: Any, **options: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, epilog=EPILOG, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("requests", type=Path, nargs="?", help=".csv or .xlsx: buyer, exhibitor, wish")
        parser.add_argument(
            "availability", type=Path, nargs="?", help=".csv or .xlsx: name, day, from, to, hosts, hall"
        )
        parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="the workbook to write")
        parser.add_argument("--template", type=Path, metavar="FOLDER", help="write two example lists there and stop")
        parser.add_argument("--minutes", type=int, default=SLOT_MINUTES, help="length of a slot (default %(default)s)")
        plain = ",".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in HOURS)
        parser.add_argument("--hours", default=plain, help="hours of meetings of every day (default %(default)s)")
        parser.add_argument("--daily-limit", type=int, default=DAILY_MEETINGS, help="meetings of a buyer in a day")
        parser.add_argument("--tables", type=int, help="tables shared by all; without it each stand is its own place")
        parser.add_argument("--seconds", type=float, help="search so long (default: a fixed number of rounds)")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--language", choices=(ENGLISH, CHINESE), default=ENGLISH, help="of notices and problems")

    def handle(self, *args: Any, **options: Any) -> None:
        with speaking(options["language"]):
            self._make(options)

    def _make(self, options: dict[str, Any]) -> None:
        if options["template"]:
            self._template(options["template"])
            return
        _require(options)
        from emporion.cli.progress import progress_bars
        from emporion.cli.timetable_files import workbook

        out: Path = options["out"]
        with progress_bars() as report:
            event, made = _made(options, report)
            report(0, 0, "workbook")
            try:
                workbook.write(out, made)
            except OSError as error:
                raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        for notice in event.notices:
            self.stdout.write(translate(notice))
        placed, requested = len(made.held), len(made.held) + len(made.left)
        self.stdout.write(
            f"{out}: {placed:,} of {requested:,} meetings have a slot; no timetable has more than {made.bound:,}. "
            f"{len(made.left):,} without, each with its reason; {event.declined:,} refused by a wish of no. "
            f"Method: {made.method}."
        )

    def _template(self, folder: Path) -> None:
        from emporion.cli.timetable_files import template

        try:
            requests, availability = template.write(folder)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{requests} and {availability} are written. Fill them in, then:")
        self.stdout.write(f"emporion timetable-files {requests} {availability} --out timetable.xlsx")


def _require(options: dict[str, Any]) -> None:
    """Refuse what cannot be meant before any list is read."""
    if None in (options["requests"], options["availability"], options["out"]):
        raise CommandError(
            "Name the two lists and the workbook: emporion timetable-files requests.csv availability.csv "
            "--out timetable.xlsx (--template FOLDER writes two example lists)."
        )
    out: Path = options["out"]
    if out.suffix.lower() not in WORKBOOK_ENDINGS:
        raise CommandError(f"{out.name} does not end in .xlsx: name the workbook so.")
    if out.resolve() in (options["requests"].resolve(), options["availability"].resolve()):
        raise CommandError(f"{out.name} is one of the lists itself: write the timetable to another file.")
    for name in ("minutes", "daily_limit", "tables", "seconds"):
        if options[name] is not None and options[name] <= 0:
            raise CommandError(f"--{name.replace('_', '-')} must be more than 0, got {options[name]:g}.")


def _made(options: dict[str, Any], report: ReportProgress) -> tuple[Event, Plan]:
    from emporion.cli.timetable_files.lists import read_event
    from emporion.cli.timetable_files.plan import plan, times_of, too_short

    try:
        event = read_event(options["requests"], options["availability"])
        times = times_of(event, _hours(options["hours"]), options["minutes"])
    except Refusal as refusal:
        raise CommandError(translate(refusal)) from refusal
    event.notices += too_short(event, times, options["availability"].name)
    try:
        return event, plan(event, times, options, report)
    except ValueError as error:
        raise CommandError(f"There is no such timetable: {error}.") from error


def _hours(text: str) -> list[tuple[time, time]]:
    found = [re.fullmatch(r"\s*(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)\s*", part) for part in text.split(",")]
    if not all(found):
        raise CommandError(f"--hours must be as 09:30-12:00,13:00-17:00, got {text}.")
    try:
        times = [[time.fromisoformat(one.zfill(5)) for one in part.groups()] for part in found if part]
    except ValueError as error:
        raise CommandError(f"--hours must lie within one day, from 00:00 to 23:59, got {text}.") from error
    return [(opens, closes) for opens, closes in times]
