"""``emporion timetable``: give the accepted meetings of an edition their times, and say why some get none."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from emporion.cli.edition_options import add_edition_options, named_edition
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions import make_timetable, open_slots, publish_timetable
from emporion.domain.meetings.models import MeetingSlot, TimetableRun
from emporion.domain.meetings.queries import counts_of, unplaced, why_unplaced
from emporion.domain.refusal import Refusal
from emporion.language import translated

MAX_REPORTED = 20


class Command(BaseCommand):
    help = "The timetable of an edition's accepted meetings: made as a draft, shown, published when asked."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_edition_options(parser)
        parser.add_argument("--seed", type=int, default=0, help="another seed, another of the equally good timetables")
        parser.add_argument("--publish", action="store_true", help="publish it and tell everybody in it")
        parser.add_argument("--json", action="store_true", help="the figures as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        try:
            edition = named_edition(options)
            if not MeetingSlot.objects.filter(edition=edition).exists():
                open_slots(edition, context=ActionContext(at))
            run = make_timetable(edition, context=ActionContext(at), seed=options["seed"], progress=None)
            published = publish_timetable(edition, context=ActionContext(at)) if options["publish"] else 0
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(_figures(run, published)))
        else:
            self._show(edition, run, published)

    def _show(self, edition: Edition, run: TimetableRun, published: int) -> None:
        figures = _figures(run, published)
        self.stdout.write(
            f"{edition}: {run.placed:,} of {run.accepted:,} accepted meetings have a slot; no timetable has more than "
            f"{int(run.bound):,} ({figures['share']:.1%} of that bound). Method: {run.method}; {run.stopped}."
        )
        left = unplaced(edition)
        for request in left[:MAX_REPORTED]:
            why = translated(why_unplaced(request))
            self.stdout.write(f"  {request.visitor} × {request.exhibitor.organisation}: {why}")
        if (more := left.count() - MAX_REPORTED) > 0:
            self.stdout.write(f"  … and {more:,} more without a slot.")
        draft = counts_of(edition)["draft"]
        note = f"{draft:,} are a draft: --publish shows them to the people." if draft else "All are published."
        self.stdout.write(f"{published:,} published." if published else note)


def _figures(run: TimetableRun, published: int) -> dict[str, Any]:
    return {
        "accepted": run.accepted, "placed": run.placed, "bound": int(run.bound),
        "share": run.placed / run.bound if run.bound else 1.0, "method": run.method, "stopped": run.stopped,
        "seed": run.seed, "published": published,
    }  # fmt: skip
