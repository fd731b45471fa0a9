"""A fair on which people can meet."""

from __future__ import annotations

from datetime import UTC, datetime, time

from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.editions.models import Edition, Hall, Phase
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions import make_timetable, open_slots, publish_timetable
from emporion.domain.meetings.models import MeetingRequest, MeetingSlot
from emporion.domain.visitors.models import Visitor
from tests import make

TWO_HOURS = [(time(10), time(12))]


def make_fair(number: int = 6) -> Edition:
    """An edition whose phase of meetings is October."""
    edition = make.make_show(number)
    opens, closes = datetime(2023, 10, 1, tzinfo=UTC), datetime(2023, 11, 1, tzinfo=UTC)
    Phase.objects.create(edition=edition, kind=Phase.Kind.MEETING, opens=opens, closes=closes)
    return edition


def make_stand(exhibitor: Exhibitor, hall: Hall, number: str, area_m2: int = 9) -> Stand:
    """A stand of its own for the exhibitor."""
    stand = Stand.objects.create(
        edition=exhibitor.edition, hall=hall, number=number, kind="standard", x=0, y=0, width=3, depth=3,
        area_m2=area_m2, open_sides=1, area=exhibitor.area,
    )  # fmt: skip
    Occupancy.objects.create(stand=stand, exhibitor=exhibitor, area_m2=area_m2)
    return stand


def accept(visitor: Visitor, exhibitor: Exhibitor, wish: str = "like") -> MeetingRequest:
    """A request that the other side has accepted."""
    return MeetingRequest.objects.create(
        edition=visitor.edition, visitor=visitor, exhibitor=exhibitor, wish=wish, state="accepted", requested=make.NOON
    )


def make_short_show() -> Edition:
    """A show of one day with four slots that follow on each other."""
    opened = make_fair()
    opened.last_day = opened.first_day
    opened.save()
    open_slots(opened, context=ActionContext(make.NOON), hours=TWO_HOURS)
    return opened


def visitor(edition: Edition, name: str) -> Visitor:
    """A visitor who reads messages."""
    made = make.make_visitor(edition, name)
    made.email = f"{name.lower()}@foods.example"
    made.save()
    return made


def publish(edition: Edition) -> None:
    """Make the timetable and show it to its people."""
    make_timetable(edition, context=ActionContext(make.NOON))
    publish_timetable(edition, context=ActionContext(make.NOON))


def slot(number: int) -> MeetingSlot:
    """The slot of that number."""
    return MeetingSlot.objects.get(number=number)
