"""The automatic messages in words: what each is called, when it is sent, and invented facts that fill it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    """What a message is called and when it is sent."""

    title: Promise
    when: Promise


class Group(NamedTuple):
    """Messages of one kind of reader."""

    title: Promise
    messages: Mapping[str, Words]


GROUPS = (
    Group(_("Visitors"), {
        "visitor_registered": Words(_("Registered"), _("At once, when a visitor registers.")),
        "visitor_question": Words(_("Question about a registration"), _("When you ask a visitor or a unit.")),
        "visitor_answer": Words(_("Answer about a registration"), _("When a question is answered; to who asked.")),
        "visitor_approved": Words(_("Registration approved"), _("When you approve a visitor.")),
        "visitor_rejected": Words(_("Registration rejected"), _("When you or a delegation's leader reject a visitor.")),
        "visitor_reviewed_again": Words(_("Registration reviewed again"), _("When you take a decision back.")),
    }),
    Group(_("Applications"), {
        "application_question": Words(_("Question about an application"), _("When you ask an applicant.")),
        "application_answer": Words(_("Answer of an applicant"), _("When an applicant answers; to who asked.")),
        "application_approved": Words(_("Application approved"), _("When you approve an application.")),
        "application_rejected": Words(_("Application rejected"), _("When you reject an application.")),
        "application_reopened": Words(_("Application reviewed again"), _("When you take a decision back.")),
        "free_booth_granted": Words(_("Free booth granted"), _("When you grant a free booth.")),
    }),
    Group(_("Contracts and invoices"), {
        "contract_accepted": Words(_("Contract accepted"), _("When an exhibitor accepts its contract.")),
        "contract_cancelled": Words(_("Contract cancelled"), _("When you cancel a contract.")),
        "invoice_issued": Words(_("Invoice"), _("When you issue an invoice.")),
        "credit_note_issued": Words(_("Credit note"), _("When you take an invoice back.")),
        "payment_reminder": Words(_("Reminder of a payment"), _("When you remind an exhibitor of an invoice.")),
    }),
    Group(_("Preparation of stands"), {
        "tasks_reminder": Words(
            _("Reminder of tasks"), _("14 and 3 days before a task is due, and on the day after.")
        ),
        "design_approved": Words(_("Stand design approved"), _("When you approve a design.")),
        "design_changes": Words(_("Stand design to be changed"), _("When you ask for changes.")),
        "design_rejected": Words(_("Stand design rejected"), _("When you reject a design.")),
        "passes_decided": Words(_("More passes"), _("When you decide on a request for more passes.")),
    }),
    Group(_("Meetings and deals"), {
        "meeting_asked": Words(_("Request for a meeting"), _("When one side asks the other for a meeting.")),
        "meeting_proposed": Words(_("Another time proposed"), _("When one side proposes a time.")),
        "meeting_accepted": Words(_("Meeting accepted"), _("When a request is accepted.")),
        "meeting_declined": Words(_("Meeting declined"), _("When a request is declined.")),
        "meeting_cancelled": Words(_("Meeting cancelled"), _("When one side cancels.")),
        "timetable_published": Words(_("Timetable published"), _("When you publish the timetable.")),
        "meeting_placed": Words(_("New meeting in the timetable"), _("When a change of the timetable adds it.")),
        "meeting_moved": Words(_("Meeting moved"), _("When a change of the timetable moves it.")),
        "meeting_lost": Words(_("Meeting without a time"), _("When a change of the timetable takes its time away.")),
        "meetings_reminder": Words(_("Meetings of tomorrow"), _("On the evening before.")),
        "meeting_soon": Words(_("Meeting soon"), _("Shortly before a meeting.")),
        "deal_to_confirm": Words(_("Deal to confirm"), _("When one side records a deal.")),
    }),
    Group(_("Invitations and claims"), {
        "invitation_visitor": Words(_("Invitation to a registration"), _("When you invite a listed visitor.")),
        "invitation_member": Words(_("Invitation into a delegation"), _("When a leader invites somebody.")),
        "invitation_leader": Words(_("Invitation to lead a delegation"), _("When a leader is named.")),
        "invitation_contact": Words(_("Invitation of an organisation's contact"), _("When you invite the contact.")),
        "invitation_colleague": Words(_("Invitation of a colleague"), _("When an exhibitor invites a colleague.")),
        "invitation_contractor": Words(_("Invitation of a contractor"), _("When an exhibitor names who builds.")),
        "invitation_staff": Words(_("Invitation into the office"), _("When you invite somebody to work here.")),
        "claim_accepted": Words(_("Claim accepted"), _("When you accept that somebody acts for an organisation.")),
        "claim_declined": Words(_("Claim declined"), _("When you decline that.")),
    }),
)  # fmt: skip
WORDS: Mapping[str, Words] = {template: words for group in GROUPS for template, words in group.messages.items()}


def _both(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh-hans": zh}


# What fills a message for an invented reader, as the outbox keeps it.
INVENTED: Mapping[str, Any] = {
    "name": _both("Ada Mensah", "王兰"), "number": "0000017",
    "reason": _both("The unit's papers are missing.", "缺少单位证明材料。"),
    "organisation": _both("Shea & Sons", "乳木果公司"), "exhibitor": _both("Shea & Sons", "乳木果公司"),
    "visitor": _both("Wang Lan", "王兰"), "other": _both("Wang Lan", "王兰"),
    "buyer": _both("Shanghai Foods", "上海食品公司"), "delegation": _both("Group 07", "第七交易团"),
    "question": _both("Which products do you bring?", "贵单位将带来哪些展品？"),
    "answer": _both("Shea butter.", "乳木果油。"), "total": "7,155.00", "overdue": "3,577.50", "due": "2026-07-15",
    "reference": "RF77 1006 0000 42", "credited": "06-00001", "area_m2": 9, "asked": 5, "granted": 3, "version": 2,
    "tasks": [{"phrase": "enter your products"}, {"phrase": "register your staff for passes"}],
    "slot": "2026-11-05 09:30", "before": "2026-11-05 09:30", "after": "2026-11-06 10:00", "day": "2026-11-05",
    "why": _both("The hall is closed.", "展馆关闭。"), "no_other": _both("Open more times.", "请增加可用时间。"),
    "stand": "4.1-A001", "expires": "2026-10-01", "by": _both("Lin Hua", "林华"), "area": "",
    "meetings": [["09:30", _both("Wang Lan", "王兰"), "4.1-A001"], ["11:00", _both("Li Na", "李娜"), "4.1-A001"]],
    "role": _both("registration desk", "登记处"),
}  # fmt: skip
