"""The office's pages of work on a phone, and moments and hours in the reader's own time beside the venue's."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.models import HallClosure
from emporion.domain.notices.actions import give_up, notify
from emporion.domain.notices.models import Notice
from emporion.domain.people.actions import invite_visitor
from emporion.domain.work.actions import begin, create_task, fail, finish, note_progress
from emporion.domain.work.models import BackgroundTask
from emporion.web.shell.addresses import fair_url
from tests import fair, make
from tests.chromium import chromium, open_page
from tests.web.phone import stay_within_the_screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CAUSE = "The work stopped because of an unexpected error (OperationalError: server_closed_the_connection)."


def test_the_offices_pages_of_work_fit_a_phone(live_server: Any) -> None:
    edition, now = fair.open_fair(), timezone.now()
    user = fair.make_person("a-very-long-address-of-the-office@harbour-authority.example", staff=True)
    context = ActionContext(now, user)
    tasks = {kind: create_task(kind, edition, context=context) for kind in ("matching", "invite_contacts", "badges")}
    begin(tasks["matching"], at=now)
    note_progress(tasks["matching"], 120_000, 410_000)
    fail(tasks["invite_contacts"], cause={"en": CAUSE, "zh-hans": CAUSE}, at=now)
    refusals = [{"record": "A Trading Company with a Long Name", "why": {"en": CAUSE}}]
    finish(tasks["badges"], at=now, result={"done": 2, "refused": 1, "refusals": refusals})
    look = create_task("replan_preview", edition, context=context)
    fail(look, cause={"en": CAUSE, "zh-hans": CAUSE}, at=now)
    visitor = make.make_visitor(edition, "Ada Mensah")
    visitor.email = "a-very-long-address-of-a-visitor@trading-company.example"
    invite_visitor(visitor, context=context)
    notify(
        "a", recipient=visitor.email, template="visitor_approved", context={"name": "Ada", "number": "1"},
        edition_id=edition.pk, at=now,
    )  # fmt: skip
    give_up(Notice.objects.get(key="a"), error="550 5.1.1 <a-very-long-address-of-a-visitor@trading>: no", at=now)
    pages = {
        f"task-{kind}": fair_url(edition, "office_task", task.pk).removeprefix("/expo/") for kind, task in tasks.items()
    }
    pages |= {
        "tasks": fair_url(edition, "office_tasks").removeprefix("/expo/"),
        "outbox": "office/messages/",
        "invitations": "office/invitations/",
    }
    stay_within_the_screen(live_server.url, user, {**pages, "changes": "office/timetable/changes/"})


def test_a_range_shows_the_readers_own_hours_once_and_a_moment_its_own(live_server: Any) -> None:
    edition = fair.open_fair()
    seller, _user = fair.make_seller(edition)
    visitor, user = fair.make_buyer(edition)
    meeting = fair.meet(visitor, seller, 16)
    hall = edition.halls.get()
    HallClosure.objects.create(hall=hall, first=meeting.slot, last=meeting.slot)
    fair.make_staff(user, "owner")
    task = create_task("badges", edition, context=ActionContext(meeting.slot.starts, user))
    BackgroundTask.objects.filter(pk=task.pk).update(state="done", finished=meeting.slot.ends)
    with chromium() as browser:
        for zone, own, late in (
            ("Africa/Accra", " (08:00–08:30 your time)", " (08:00 your time)"),
            ("Asia/Shanghai", "", ""),
        ):
            page = open_page(browser, base_url=live_server.url, timezone_id=zone)
            cookie = fair.signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
            page.goto("/expo/my/visit/day/")
            expect(page.locator(".agenda .when").first).to_have_text(f"16:00–16:30{own}")
            page.goto(fair_url(edition, "office_task", task.pk))
            asked = page.locator("dl.facts dd").first
            expect(asked).to_contain_text(f"{edition.first_day} 16:00{late}")
            page.goto("/expo/office/timetable/")
            day = f"{edition.first_day.day} {edition.first_day:%b %Y}"
            closed = page.locator("form p .range")
            expect(closed).to_contain_text(f"{day} 16:00 – {day} 16:30{own}")
