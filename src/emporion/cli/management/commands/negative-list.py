"""``emporion negative-list``: what China's negative list of a day says of an activity; no database is needed."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emporion.domain.marketaccess.rules.negative_lists import INVESTMENT, LISTED, SCOPES, SERVICES, UNKNOWN, Finding
from emporion.domain.refusal import Refusal


class Command(BaseCommand):
    """Whether an activity is listed for foreign investment or for services across the border, by day and scope."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("activity", help="the activity in a few words, in English or Chinese: rare earth mining")
        parser.add_argument("--kind", default=INVESTMENT, help=f"{INVESTMENT} (the default) or {SERVICES}")
        parser.add_argument("--scope", default=SCOPES[0], help=f"{', '.join(SCOPES)}; the first is the default")
        parser.add_argument("--sector", default="", help="only items of this sector, as the list names it: 采矿业")
        parser.add_argument("--on", metavar="2026-11-05", help="the day; else today")
        parser.add_argument("--json", action="store_true", help="the finding as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        from emporion.cli.arguments import day
        from emporion.cli.market_access_json import finding_json
        from emporion.domain.marketaccess.rules.answer import DISCLAIMER
        from emporion.domain.marketaccess.without_database import negative_list

        query = {name: options[name].strip() for name in ("activity", "kind", "scope", "sector")}
        query["scope"] = query["scope"].replace("-", "_")
        try:
            on = day(options["on"])
            found = negative_list(query["kind"], query["scope"], query["activity"], on, query["sector"])
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        if options["json"]:
            whole = {**query, "on": on.isoformat(), **finding_json(found), "disclaimer": DISCLAIMER}
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1))
        else:
            self._report(found)
            self.stdout.write(DISCLAIMER)

    def _report(self, found: Finding) -> None:
        self.stdout.write(f"{'Unknown: ' if found.status == UNKNOWN else ''}{found.reason}.")
        for one in found.measures:
            self.stdout.write(f"  {one.number}  {one.measure}{f' ({one.sector})' if one.sector else ''}")
            self.stdout.write(f"      {one.gloss}")
        for source in found.citations:
            self.stdout.write(f"Source: {source}")
        if found.status != LISTED:
            self.stdout.write("That an activity was not found does not say that it is open.")
