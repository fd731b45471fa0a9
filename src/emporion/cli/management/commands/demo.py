"""Run a whole edition from its applications to its bulletin, and serve it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from emporion.domain.editions.models import Edition

REPLAN = (
    "\nReplan on the second day at noon: {buyers_who_cancelled:,} buyers cancelled {meetings_cancelled:,} meetings, "
    "{late_arrivals:,} came late, hall {closed_hall} closed for an hour. {kept:,} published meetings kept their times, "
    "{moved:,} moved, {lost:,} lost theirs, {placed:,} that had none took free ones; "
    "{notified:,} messages tell both sides."
)


def _edition() -> Edition:
    from emporion.demo.calendar import EDITION
    from emporion.demo.published import SLUG
    from emporion.domain.editions.queries import edition_numbered, fair_by_slug

    return edition_numbered(fair_by_slug(SLUG), EDITION)


@contextmanager
def _worker(letters: Path) -> Iterator[None]:
    """A worker beside the site for as long as that is served; what it prints, messages above all, goes to a file."""
    letters.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", "from emporion.site.commandline import main; main()", "worker"]
    with letters.open("a", encoding="utf-8") as file:
        worker = subprocess.Popen(command, stdout=file, stderr=file)
        try:
            yield
        finally:
            worker.terminate()
            worker.wait()


class Command(BaseCommand):
    """``emporion demo``: the main job of the platform on invented people and real countries, goods, rates and dates."""

    help = "Make a demonstration fair through the importers and actions an organiser uses, and serve it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        from emporion.demo.sizes import SIZES

        parser.add_argument("--size", choices=sorted(SIZES), default="small")
        parser.add_argument("--no-serve", action="store_true", help="stop after the bulletin")
        parser.add_argument("--fresh", action="store_true", help="clear an earlier demonstration away first")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the times and the bulletin to a file")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        from rich.console import Console

        from emporion.demo import running
        from emporion.demo.published import SLUG
        from emporion.demo.sizes import SIZES
        from emporion.demo.steps.exhibition import PASSWORD, PEOPLE

        began, size = time.perf_counter(), SIZES[options["size"]]
        try:
            timed = running.run(
                size, settings.HOME / "demo" / size.name, Console(file=sys.stderr), fresh=options["fresh"]
            )
        except running.NotADemonstration as error:
            raise CommandError(
                "This database holds an edition that the demonstration did not make, and it is left as it is. "
                "Give the demonstration a database of its own: EMPORION_DATABASE=demo emporion demo"
            ) from error
        call_command("bulletin", edition=6, fair=SLUG, stdout=self.stdout)
        self._replan()
        self._report(options["json"], size.name, timed, time.perf_counter() - began)
        people = ", ".join(email for email, _, _ in PEOPLE)
        self.stdout.write(f"\nSign in as {people}; the password is {PASSWORD}.")
        if options["no_serve"]:
            self.stdout.write("`emporion serve` shows it, `emporion worker` makes drafts and sends messages beside it.")
        else:
            self.stdout.write(f"The organiser's door is http://localhost:{options['port']}/admin/")
            letters = settings.HOME / "demo" / "letters.txt"
            self.stdout.write(f"A worker makes drafts and sends messages; what it sends lies in {letters}.")
            self.stdout.write("The doors of 2023 are closed: `emporion rehearse` shows a fair that is on today.")
            self.stdout.flush()
            with _worker(letters):
                call_command("serve", port=options["port"])

    def _replan(self) -> None:
        from emporion.demo.steps import second_day

        replan_summary = second_day.replan_summary(_edition())
        self.stdout.write(REPLAN.format(**replan_summary))

    def _report(self, file: Path | None, size: str, timed: list[Any], seconds: float) -> None:
        from emporion.cli.figure_json import figure_json
        from emporion.demo import running
        from emporion.demo.steps import second_day
        from emporion.domain.statistics.queries import bulletin

        peak = running.peak_memory_mib()
        self.stdout.write(f"\nThe {size} fair was ready after {seconds:.0f} s, with at most {peak} MiB of memory.")
        if file is None:
            return
        report = {
            "size": size,
            "seconds": round(seconds, 1),
            "peak_memory_mib": peak,
            "steps": [{"name": step.name, "seconds": round(step.seconds, 2)} for step in timed],
            "replan": second_day.replan_summary(_edition()),
            "bulletin": [figure_json(figure) for figure in bulletin(_edition())],
        }
        file.write_text(json.dumps(report, ensure_ascii=False, indent=2, default=str), encoding="utf-8")
