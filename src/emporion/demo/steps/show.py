"""The show itself: programme, badges, entries, and what is agreed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
from django.db.models import Count, QuerySet

from emporion.demo import calendar, entries, names, sessions, trade
from emporion.demo.steps.fair import Fair, Progress, Step, counted
from emporion.domain.accounts.models import User
from emporion.domain.admission.actions import issue_badges, issue_exhibitor_badges, record_entries
from emporion.domain.admission.models import Badge
from emporion.domain.catalogue.models import Product
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.models import Meeting, MeetingRequest
from emporion.domain.organisations.actions import appoint
from emporion.domain.reference.queries import convert
from emporion.domain.visitors.models import Visitor

LAUNCHES = 48


def take_programme(fair: Fair, progress: Progress) -> None:
    """Forums, events, and the launches of the first debuts by number."""
    debuts = Product.objects.filter(edition=fair.edition, debut__kind="world").order_by("number")[:LAUNCHES]
    shown = debuts.values_list("number", "name_en", "name_zh", "exhibitor__occupancy__stand__hall__code")
    launches = [(number, en, zh, hall or "") for number, en, zh, hall in shown]
    fair.take("sessions", sessions.held(fair.size, launches), calendar.TIMETABLED, progress)


def make_badges(fair: Fair, progress: Progress) -> None:
    """Signed badges for approved visitors and for exhibitors' staff."""
    issue_badges(
        fair.edition, context=ActionContext(calendar.BADGED, fair.organiser), executor=fair.executor, progress=progress
    )
    issue_exhibitor_badges(fair.edition, _staff(fair), context=ActionContext(calendar.BADGED, fair.organiser))


def _staff(fair: Fair) -> list[tuple[Exhibitor, str]]:
    """Two people for each exhibitor."""
    exhibitors = list(Exhibitor.objects.filter(edition=fair.edition).order_by("number"))
    holders = names.latin_people(2 * len(exhibitors), np.random.default_rng([fair.seed, 10])).tolist()
    return [(exhibitor, holder) for exhibitor, holder in zip(exhibitors * 2, holders, strict=True)]


def open_gates(fair: Fair, progress: Progress) -> None:
    """Six days of entries."""
    numbers = Badge.objects.filter(edition=fair.edition).order_by("number")
    visitors = list(numbers.filter(kind="visitor").values_list("number", flat=True))
    staff = list(numbers.filter(kind="exhibitor").values_list("number", flat=True))
    scans = entries.scans(fair.size, visitors, staff, fair.seed)
    record_entries(fair.edition, counted(scans, progress), context=ActionContext(calendar.CLOSED, fair.organiser))


def take_deals(fair: Fair, progress: Progress) -> None:
    """Deals of pairs that met, and investments of those who come every time."""
    rows = trade.deals(fair.size, _met(fair), _dollars(), fair.seed)
    fair.take("deals", rows, calendar.CONFIRMED, progress)
    regulars = [
        (one.name, one.country, one.registered_number)
        for one in fair.contracted
        if one.earlier_editions == (1, 2, 3, 4, 5)
    ]
    fair.take("investments", trade.investments(regulars, fair.seed), calendar.CONFIRMED, progress)


def seat_people(fair: Fair, progress: Progress) -> None:
    """The demonstration's exhibitor and buyer act for those who have the most meetings."""
    met = MeetingRequest.objects.filter(edition=fair.edition, meeting__published=True)
    requests = met.filter(exhibitor__scope="enterprise")
    seller = _busiest(requests, "exhibitor")
    organisation = Exhibitor.objects.select_related("organisation").get(pk=seller).organisation
    person = User.objects.get(email="exhibitor@emporion.example")
    appoint(organisation, person, context=ActionContext(calendar.TIMETABLED, fair.organiser), position="Export manager")
    buyer = User.objects.get(email="buyer@emporion.example")
    Visitor.objects.filter(pk=_busiest(requests, "visitor")).update(user=buyer)


def _busiest(requests: QuerySet[MeetingRequest], side: str) -> int:
    counted = requests.values(side).annotate(meetings=Count("pk")).order_by("-meetings", f"{side}__number")
    return int(counted[0][side])


def _met(fair: Fair) -> list[trade.Met]:
    """Pairs of the published timetable, one for each exhibitor and buyer, in the order of their numbers."""
    rows = Meeting.objects.filter(request__edition=fair.edition, published=True).values_list(
        "request__exhibitor__number",
        "request__exhibitor__origin",
        "request__exhibitor__area__code",
        "request__visitor__unit__organisation__name",
        "request__visitor__unit__organisation__country",
        "request__visitor__unit__organisation__registered_number",
        "request__visitor__unit__purchasing_size",
    )
    pairs = {(row[0], row[4], row[5] or row[3]): row for row in rows.order_by("request__visitor__number")}
    return [_pair(*pairs[key]) for key in sorted(pairs)]


def _pair(
    exhibitor: str, origin: str | None, area: str, name: str, country: str, registered: str, purchasing_size: int
) -> trade.Met:
    return trade.Met(
        exhibitor=exhibitor,
        origin=origin or "",
        kind="services" if area == "trade-in-services" else "goods",
        subject=f"Purchases of the coming year: {area.replace('-', ' ')}",
        buyer=registered or name,
        buyer_country=country,
        purchasing_size=purchasing_size,
    )


def _dollars() -> dict[tuple[str, date], Decimal]:
    # A large amount keeps the digits that rounding to the cent would take from a small one.
    much = Decimal(10**9)
    return {
        (currency, day): convert(much, currency, "USD", day).amount / much
        for currency in trade.CURRENCIES.tolist()
        for day in trade.SHOW_DAYS
    }


STEPS = (
    Step("Take the programme", take_programme),
    Step("Sign badges", make_badges),
    Step("Open the gates", open_gates),
    Step("Record deals and investments", take_deals),
    Step("Seat the people who sign in", seat_people),
)
