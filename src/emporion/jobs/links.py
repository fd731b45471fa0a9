"""Where a message leads: the page on which its reader goes on."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from emporion.domain.notices.models import Notice
from emporion.domain.notices.queries import OWN_LINK, TO_GROUP, opt_out_token


class Pages(NamedTuple):
    """The page's name for a visitor and for an exhibitor, whose address begins with its organisation."""

    visitor: str = ""
    exhibitor: str = ""


MEETINGS = Pages("my_visit_meetings", "my_meetings")
DAY = Pages("my_visit_day", "my_day")
VISIT, STAND = Pages(visitor="my_visit"), Pages(exhibitor="my_exhibitor")
COSTS = Pages(exhibitor="my_costs")
PAGES = {
    "application_approved": STAND,
    "application_rejected": STAND,
    "application_reopened": STAND,
    "application_question": STAND,
    **dict.fromkeys(["design_approved", "design_changes", "design_rejected"], Pages(exhibitor="my_design")),
    "passes_decided": Pages(exhibitor="my_staff"),
    "tasks_reminder": STAND,
    "free_booth_granted": STAND,
    "contract_accepted": COSTS,
    "contract_cancelled": STAND,
    **dict.fromkeys(
        ["stand_offered", "stand_lapsed", "stand_confirmed", "stand_taken_back", "stand_moved"],
        Pages(exhibitor="my_stand"),
    ),
    "invoice_issued": COSTS,
    "credit_note_issued": COSTS,
    "payment_reminder": COSTS,
    "claim_accepted": STAND,
    "deal_to_confirm": Pages(exhibitor="my_deals"),
    "visitor_question": Pages("my_visit", "my_unit"),
    "visitor_registered": VISIT,
    "visitor_approved": VISIT,
    "visitor_rejected": VISIT,
    "visitor_reviewed_again": VISIT,
    TO_GROUP: Pages("my_visit", "my_exhibitor"),
    "meeting_asked": MEETINGS,
    "meeting_proposed": MEETINGS,
    "meeting_accepted": MEETINGS,
    "meeting_declined": MEETINGS,
    "meeting_cancelled": MEETINGS,
    "meeting_lost": MEETINGS,
    "meeting_placed": DAY,
    "meeting_moved": DAY,
    "meeting_soon": DAY,
    "meetings_reminder": DAY,
    "timetable_published": DAY,
}


def link_of(notice: Notice, language: str) -> str:
    """The address of the page to go on to, in this language.

    Empty where the text of the message holds a link of its own.
    """
    if notice.template == OWN_LINK:
        return ""
    with translation.override(language):
        return settings.PUBLIC_URL + _path(notice)


def _path(notice: Notice) -> str:
    if notice.template == "task_failed":
        return _page(notice, "office_task", notice.context["task"])
    if notice.template == "application_answer":
        return _page(notice, "office_applications_one", notice.context.get("application", 0))
    if notice.template == "visitor_answer":
        queue, record = notice.context.get("record", ("visitors", 0))
        return _page(notice, f"office_{queue}_one", record)
    if (token := notice.context.get("token")) and notice.template.startswith("invitation_"):
        return reverse("invitation", args=[token])
    if (number := notice.context.get("stand_of")) is not None:
        return _page(notice, "builder_design", number)
    pages = PAGES.get(notice.template, Pages())
    organisation: Any = notice.context.get("organisation_id")
    if organisation is not None:
        return _page(notice, pages.exhibitor, organisation)
    return _page(notice, pages.visitor) if pages.visitor else reverse("my")


def _page(notice: Notice, name: str, *args: object) -> str:
    """The path of a page of the notice's edition: below its fair, and its number where it is not the current one."""
    if notice.edition is None:
        return reverse("my")
    place = [notice.edition.fair.slug, *([] if notice.edition.current else [notice.edition.number])]
    return reverse(name, args=[*place, *args])


def unsubscribe_link_of(notice: Notice, language: str) -> str:
    """Where messages to groups are unsubscribed; empty for a message that must be sent."""
    if notice.template != TO_GROUP or notice.edition is None:
        return ""
    with translation.override(language):
        token = opt_out_token(notice.edition.fair, notice.recipient)
        return settings.PUBLIC_URL + reverse("unsubscribe", args=[token])
