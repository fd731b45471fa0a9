"""The pages of signed-in people on a phone: nothing scrolls sideways, in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions import make_calendar_link, open_slots
from emporion.domain.meetings.models import Meeting, TimetableRun
from tests import fair
from tests.web.phone import stay_within_the_screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_no_page_of_an_exhibitor_scrolls_sideways_on_a_phone(live_server: Any) -> None:
    edition = fair.open_fair()
    seller, user = fair.make_seller(edition)
    visitor, _ = fair.make_buyer(edition)
    fair.suggest(visitor, seller)
    fair.make_request(visitor, seller)
    own = f"my/exhibitor/{seller.organisation_id}/"
    pages = ("", "suggestions/", "marks/", "meetings/", "deals/", "deals/new/", "exhibits/", "buyers/", "ask/", "day/")
    addresses = {f"exhibitor-{one.replace('/', '-')}": own + one for one in pages}
    stay_within_the_screen(live_server.url, user, addresses)


def test_no_page_of_meetings_scrolls_sideways_on_a_phone(live_server: Any) -> None:
    edition = fair.open_fair()
    seller, _ = fair.make_seller(edition)
    visitor, user = fair.make_buyer(edition)
    edition.first_day = timezone.localdate(timezone=fair.VENUE) - timedelta(days=1)
    edition.save()
    opened = open_slots(edition, context=ActionContext(timezone.now()))
    facts = {"method": "exact", "accepted": 2, "placed": 2, "bound": 2, "stopped": "proved"}
    run = TimetableRun.objects.create(edition=edition, finished=timezone.now(), seed=0, **facts)
    for slot, name in ((opened[0], "Café Andino"), (opened[20], "Aurora Valves")):
        other, _ = fair.make_seller(edition, name, "EC")
        request = fair.make_request(visitor, other, state="accepted")
        Meeting.objects.create(request=request, run=run, slot=slot, published=True)
    meeting_request = fair.make_request(visitor, seller, by_exhibitor=True)
    make_calendar_link(visitor, token="a" * 32, context=ActionContext(timezone.now()))
    fair.make_staff(user, "owner")
    addresses = {
        "day": "my/visit/day/",
        "times": "my/visit/times/",
        "ask": "my/visit/ask/?who=a",
        "meetings": "my/visit/meetings/",
        "proposal": f"my/visit/meetings/{meeting_request.pk}/time/",
        "timetable": "office/timetable/?who=Wang",
        "changes": "office/timetable/changes/",
    }
    stay_within_the_screen(live_server.url, user, addresses)
