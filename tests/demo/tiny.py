"""A demonstration fair small enough for a test, and a way to run it in a process of its own."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from emporion.demo.sizes import SMALL

# Kinds that the journal names by the database's own keys, since the fair gives it no number.
NAMED_BY_KEY = {"meeting"}

TINY = replace(
    SMALL,
    name="tiny",
    countries=24,
    international=1,
    country_exhibition=4,
    exhibitors=120,
    stands=96,
    co_exhibitors=8,
    free_booth_quota=4,
    free_booth_applicants=6,
    regular_exhibitors=6,
    hall_codes=("1.1", "3"),
    gross_area_m2=16_000,
    net_area_m2=6_300,
    visitors=600,
    units=120,
    sub_groups=50,
    products=300,
    debuts=12,
    needs=30,
    buyers_who_ask=60,
    requests_each=4,
    deals=40,
    turnover_usd=Decimal(250_000_000),
    exhibitors_before=90,
    forums=2,
    supporting_events=3,
)


def main(folder: str, action: str = "") -> None:
    """Run the tiny fair and write its bulletin and its ledger of stands as text to standard output; or rehearse."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")
    import django

    django.setup()
    from rich.console import Console

    from emporion.demo import running

    running.run(TINY, Path(folder), Console(file=sys.stderr))
    print(rehearsed(Path(folder)) if action == "rehearse" else state())


def rehearsed(folder: Path) -> str:
    """Rehearse on two days, end it, and tell what the site showed and what people could do."""
    from datetime import datetime, timedelta

    from emporion.demo import rehearsal
    from emporion.demo.calendar import SHANGHAI
    from emporion.domain.editions.models import Edition
    from emporion.domain.journal.context import ActionContext
    from emporion.domain.meetings.actions import answer
    from emporion.domain.meetings.models import MeetingRequest, MeetingSlot
    from emporion.domain.meetings.queries import counts_of, unplaced

    at, report = datetime(2026, 5, 4, 8, tzinfo=SHANGHAI), []
    for day in range(2):
        now = at + timedelta(days=day)
        edition = rehearsal.rehearse(TINY, 6, folder, at=now)
        begins = MeetingSlot.objects.filter(edition=edition).order_by("number")[0].starts.astimezone(SHANGHAI)
        report.append(
            f"{Edition.objects.get(current=True)} from {Edition.objects.get(number=99).first_day}, {begins:%d %H:%M}"
        )
    waiting = MeetingRequest.objects.get(
        edition=edition, state="pending", visitor__user__email="buyer@emporion.example"
    )
    report.append(answer(waiting, accept=True, by_exhibitor=False, context=ActionContext(now)).state)
    counts = counts_of(edition)
    report.append(f"all accounted for: {counts['published'] + unplaced(edition).count() == counts['accepted'] - 1}")
    report.append(f"some left out: {unplaced(edition).exists()}")
    report += _pages_and_figures(edition)
    report.append(str(rehearsal.end()))
    return "\n".join(report)


def _pages_and_figures(edition: Any) -> list[str]:
    """Since when the rehearsal's people are registered, and what of its products and programme can be looked at."""
    from emporion.demo.calendar import SHANGHAI
    from emporion.domain.catalogue.models import MarketEligibility, Product
    from emporion.domain.programme.models import Session
    from emporion.domain.visitors.models import Visitor

    registered = {f"{one.registered.astimezone(SHANGHAI):%Y-%m-%d}" for one in Visitor.objects.filter(edition=edition)}
    shown = Product.objects.filter(edition=edition)
    rates = set(MarketEligibility.objects.filter(edition=edition).values_list("hs", "origin"))
    rated = sum(pair in rates for pair in shown.values_list("hs", "origin"))
    starts = [one.starts.astimezone(SHANGHAI) for one in Session.objects.filter(edition=edition).order_by("number")]
    return [
        f"registered on {', '.join(sorted(registered))}",
        f"{shown.count()} products, {rated} with their rates, {shown.filter(debut__isnull=False).count()} debuts",
        f"sessions on {', '.join(f'{one:%d %H:%M}' for one in starts)}",
    ]


def state() -> str:
    """Everything that two runs must agree on, without the database's own ids and the moments of the runs."""
    from emporion.cli.figure_json import figure_json
    from emporion.domain.admission.models import Entry
    from emporion.domain.booths.models import Occupancy
    from emporion.domain.deals.models import Deal
    from emporion.domain.editions.models import Edition
    from emporion.domain.journal.models import JournalEntry
    from emporion.domain.meetings.models import Meeting
    from emporion.domain.statistics.queries import bulletin

    report = [figure_json(figure) for figure in bulletin(Edition.objects.get(number=6))]
    figures = [(one["figure"], one["scope"], str(one["value"]), one["records"]) for one in report]
    stands = Occupancy.objects.order_by("exhibitor__number").values_list("exhibitor__number", "stand__number")
    meetings = Meeting.objects.order_by("request__visitor__number", "request__exhibitor__number")
    slots = meetings.values_list("request__visitor__number", "request__exhibitor__number", "slot__number")
    deals = Deal.objects.order_by("number").values_list("number", "amount", "currency", "exhibitor__number")
    entries = Entry.objects.order_by("scan").values_list("scan", "badge__number", "gate")
    journal = JournalEntry.objects.order_by("id").values_list("event", "subject_kind", "subject_label")
    events = ((event, kind, "" if kind in NAMED_BY_KEY else label) for event, kind, label in journal)
    return "\n".join(map(str, [*figures, *stands, *slots, *deals, *entries, *events]))


if __name__ == "__main__":
    main(*sys.argv[1:])
