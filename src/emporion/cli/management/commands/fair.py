"""``emporion fair``: set up a fair, or list those there are."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from emporion.domain.editions.models import Edition


class Command(BaseCommand):
    """``emporion fair create`` asks for what its options leave out; ``--file`` reads everything from a TOML file."""

    help = "Set up a fair with its first edition, so that exhibitors can apply; or list the fairs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        from emporion.cli.fair_settings import add_options

        actions = parser.add_subparsers(dest="action", required=True)
        add_options(actions.add_parser("create", help="set up a fair with its first edition"))
        actions.add_parser("list", help="the fairs and their current editions")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "list":
            self._list()
        else:
            self._create(options)

    def _create(self, options: dict[str, Any]) -> None:
        from emporion.cli.fair_settings import Unusable, from_file, from_options, prompt_for_missing
        from emporion.domain.refusal import Refusal

        try:
            given = from_file(Path(options["file"])) if options["file"] else from_options(options)
            if not options["file"] and sys.stdin.isatty():
                given = prompt_for_missing(given, input)
            edition = self._set_up(given)
        except EOFError:
            raise CommandError("The answers ended before all was told. Nothing was set up.") from None
        except (Refusal, Unusable) as problem:
            raise CommandError(f"{problem} Nothing was set up.") from problem
        self._report(edition)

    def _set_up(self, given: dict[str, Any]) -> Edition:
        from django.db import transaction
        from django.utils import timezone

        from emporion.cli.fair_settings import described
        from emporion.domain.editions.actions import create_edition, create_fair
        from emporion.domain.journal.context import ActionContext

        context = ActionContext(timezone.now())
        fair, edition, venue = described(given)
        with transaction.atomic():
            return create_edition(create_fair(fair, context=context), edition, venue, context=context)

    def _report(self, edition: Edition) -> None:
        from emporion.domain.editions.queries import window_of

        self.stdout.write(f"{edition.fair} is set up: edition {edition.number} in {edition.venue.city_en}.")
        if window := window_of(edition, "application"):
            when = f"from {window.opens:%Y-%m-%d %H:%M} to {window.closes:%Y-%m-%d %H:%M}"
            self.stdout.write(f"Exhibitors apply {when}, {edition.venue.time_zone} time, at /{edition.fair.slug}/.")
        self.stdout.write(
            "Change sectors, phases, areas and halls in the office; `emporion createsuperuser` makes its first user."
        )

    def _list(self) -> None:
        from emporion.domain.editions.queries import current_editions, fairs

        current = {edition.fair_id: edition for edition in current_editions()}
        for fair in fairs():
            edition = current.get(fair.pk)
            now = (
                f"edition {edition.number}, {edition.first_day} to {edition.last_day}"
                if edition
                else "no current edition"
            )
            self.stdout.write(f"{fair.slug:20} {fair.name_en} ({', '.join(fair.languages)}): {now}")
