"""The desk's page of one record: what is stated, what the journal tells of it, and deciding about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from emporion.domain.admission.actions import issue_badge
from emporion.domain.desk.actions import review_unit_again, review_visitor_again
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.actions import approve, ask_applicant, reject, reopen, sign_contract
from emporion.domain.people.actions import invite_contact, invite_visitor
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import Held, may
from emporion.domain.visitors.actions import (
    approve_unit,
    approve_visitor,
    ask_registered,
    reject_unit,
    reject_visitor,
)
from emporion.web.desk import facts
from emporion.web.desk.history import shown_history
from emporion.web.desk.kinds import KINDS
from emporion.web.desk.kinds.kind import Decision
from emporion.web.desk.lists import QUEUES
from emporion.web.desk.queues import terms_of
from emporion.web.desk.shown import Shown
from emporion.web.shell.access import action_context, edition_of, fair_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import done, private_page
from emporion.web.shell.whole_numbers import whole_number

DECISIONS: Mapping[str, Mapping[str, Decision]] = {
    "applications": {
        "approve": Decision(
            gettext_lazy("Approve"), gettext_lazy("The application is approved; the applicant is told."),
            ("submitted",), lambda one, _reason, context: approve(one, context=context),
        ),
        "reject": Decision(
            gettext_lazy("Reject"), gettext_lazy("The application is rejected; the applicant is told why."),
            ("submitted",), lambda one, reason, context: reject(one, reason=reason, context=context), asks="reason",
        ),
        "review": Decision(
            gettext_lazy("Review again"), gettext_lazy("The decision is taken back; the applicant is told."),
            ("approved", "rejected", "withdrawn"), lambda one, _reason, context: reopen(one, context=context),
        ),
        "sign": Decision(
            gettext_lazy("Contract signed on paper"), gettext_lazy("The contract is signed."), ("approved",),
            lambda one, _reason, context: sign_contract(one, day=local_day(one.edition, context.at), context=context),
        ),
        "ask": Decision(
            gettext_lazy("Ask the applicant"), gettext_lazy("The question is on its way."), ("submitted",),
            lambda one, text, context: ask_applicant(one, text, context=context), asks="question",
        ),
        "invite": Decision(
            gettext_lazy("Invite the contact"), gettext_lazy("The invitation is on its way."),
            ("submitted", "approved", "contracted"),
            lambda one, _reason, context: invite_contact(
                one.edition.fair, one.organisation, one.contact_email, context=context
            ),
        ),
    },
    "units": {
        "approve": Decision(
            gettext_lazy("Approve"), gettext_lazy("The unit is approved; its people can be approved now."),
            ("registered", "rejected"), lambda one, _reason, context: approve_unit(one, context=context),
        ),
        "reject": Decision(
            gettext_lazy("Reject"), gettext_lazy("The unit is rejected, and its people with it."),
            ("registered", "approved"), lambda one, reason, context: reject_unit(one, reason=reason, context=context),
            asks="reason",
        ),
        "review": Decision(
            gettext_lazy("Review again"), gettext_lazy("The decision is taken back."), ("approved", "rejected"),
            lambda one, _reason, context: review_unit_again(one, context=context),
        ),
        "ask": Decision(
            gettext_lazy("Ask the unit"), gettext_lazy("The question is on its way."), ("registered",),
            lambda one, text, context: ask_registered(one, text, context=context), asks="question",
        ),
    },
    "visitors": {
        "approve": Decision(
            gettext_lazy("Approve"), gettext_lazy("The visitor is approved and told."), ("registered", "rejected"),
            lambda one, _reason, context: approve_visitor(one, context=context),
        ),
        "reject": Decision(
            gettext_lazy("Reject"), gettext_lazy("The visitor is rejected and told why."), ("registered", "approved"),
            lambda one, reason, context: reject_visitor(one, reason=reason, context=context), asks="reason",
        ),
        "review": Decision(
            gettext_lazy("Review again"), gettext_lazy("The decision is taken back."), ("approved", "rejected"),
            lambda one, _reason, context: review_visitor_again(one, context=context),
        ),
        "ask": Decision(
            gettext_lazy("Ask the visitor"), gettext_lazy("The question is on its way."), ("registered",),
            lambda one, text, context: ask_registered(one, text, context=context), asks="question",
        ),
        "badge": Decision(
            gettext_lazy("Make the badge"), gettext_lazy("The badge is made."), ("approved",),
            lambda one, _reason, context: issue_badge(one, context=context),
        ),
        "invite": Decision(
            gettext_lazy("Invite"), gettext_lazy("The invitation is on its way."), ("registered", "approved"),
            lambda one, _reason, context: invite_visitor(one, context=context),
        ),
    },
    **{kind.shown.queue.key: kind.decisions for kind in KINDS},
}  # fmt: skip
ASKED = {
    "reason": gettext_lazy("Reason, told to those who are turned down"),
    "question": gettext_lazy("Question, sent by e-mail"),
    "cancellation": gettext_lazy("Reason, told to the exhibitor"),
    "withdrawal": gettext_lazy("Why it is withdrawn"),
    "stand": gettext_lazy("Number of the stand"),
    "exhibitor": gettext_lazy("Contract number of the exhibitor"),
}
# What is written in one line.
SHORT = ("stand", "exhibitor")
MISSING = {
    "reason": gettext_lazy("Say why: the reason is told to those who are turned down."),
    "question": gettext_lazy("Write your question."),
    "cancellation": gettext_lazy("Say why: the exhibitor reads the reason."),
    "withdrawal": gettext_lazy("Say why; the reason stays in the journal."),
    "stand": gettext_lazy("Write the number of the stand."),
    "exhibitor": gettext_lazy("Write the contract number of the exhibitor."),
}
FACTS: Mapping[str, Callable[[HttpRequest, Any], dict[str, Any]]] = {
    "applications": facts.of_application,
    "units": facts.of_unit,
    "visitors": facts.of_visitor,
    **{kind.shown.queue.key: kind.facts for kind in KINDS},
}
BY_RECORD = {shown.record: shown for shown in QUEUES.values()}
EDITORS = {kind.shown.queue.key: kind.editor for kind in KINDS if kind.editor}


def one(request: HttpRequest, queue: str, pk: int) -> HttpResponse:
    """A record; by POST what is decided about it."""
    shown = QUEUES[queue]
    record = record_of(request, shown, pk)
    typed, problem = "", ""
    if request.method == "POST":
        decision, typed = DECISIONS[queue].get(request.POST.get("action", "")), request.POST.get("text", "")[:2000]
        if decision is None:
            return redirect(fair_url(request, shown.record, pk))
        if not may(held_at(person(request), fair_of(request)), decision.roles or shown.roles):
            raise PermissionDenied
        if decision.asks and not typed.strip():
            problem = str(MISSING[decision.asks])
        elif done(request, lambda: decision.do(record, typed.strip(), action_context(request)), str(decision.said)):
            return redirect(fair_url(request, *((shown.address,) if decision.leaves else (shown.record, pk))))
        record = record_of(request, shown, pk)
    context = _context(request, shown, record)
    status = 422 if problem else 200
    return private_page(
        request, "desk/record.html", edition_of(request),
        {**context, "typed": typed, "problem": problem, "acted": request.POST.get("action", "")}, status=status,
    )  # fmt: skip


def _context(request: HttpRequest, shown: Shown, record: Any) -> dict[str, Any]:
    queue, held = shown.queue.key, held_at(person(request), fair_of(request))
    found = FACTS[queue](request, record)
    decisions = {
        name: decision
        for name, decision in DECISIONS[queue].items()
        if record.state in decision.states and decision.when(record) and may(held, decision.roles or shown.roles)
    }
    editor = EDITORS.get(queue)
    return {
        **found, "groups": [(title, [_open_to(held, link) for link in links]) for title, links in found["groups"]],
        "links": [one[:2] for one in found.get("links", ()) if not one[2:] or may(held, one[2], reading=True)],
        "shown": shown, "record": record, "history": shown_history(*found["subjects"]), "short": SHORT,
        "decisions": [(name, decision) for name, decision in decisions.items() if not decision.asks],
        "asking": [(name, decision, ASKED[decision.asks]) for name, decision in decisions.items() if decision.asks],
        "change_at": fair_url(request, f"{shown.address}_change", record.pk)
        if editor and may(held, editor.roles) else "",
        "within": {"address": fair_url(request, shown.address), "title": shown.title},
    }  # fmt: skip


def _open_to(held: list[Held], link: dict[str, Any]) -> dict[str, Any]:
    """A record beside this one; without its address for those who may not open it."""
    shown = BY_RECORD[link["to"]]
    return link if may(held, shown.roles, reading=True) else {**link, "address": ""}


def record_of(request: HttpRequest, shown: Shown, pk: int) -> Any:
    """One record of a list, within what the person may see of it."""
    limits = terms_of(request, shown, {})
    key = whole_number(str(pk))
    found = shown.queue.narrowed(edition_of(request), limits).filter(pk=key).first() if key is not None else None
    if found is None:
        raise Http404
    return found
