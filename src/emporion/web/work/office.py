"""The office's pages of background work: how far it is, how it ended, running it again; and the outbox."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.editions.models import Edition, Fair
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import discard, send_again
from emporion.domain.notices.queries import about, failed, outbox_state, waiting
from emporion.domain.refusal import Refusal
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import may, may_run
from emporion.domain.work.actions import run_again
from emporion.domain.work.models import BackgroundTask
from emporion.domain.work.queries import document_of, tasks_of, worker_alive
from emporion.web.shell.access import fair_of, office, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import described, enqueue
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import is_part, private_page
from emporion.web.shell.whole_numbers import key_in
from emporion.web.work.outcomes import outcome_of, refusals_of

MAX_ROWS = 50
# What takes a decision about many back: the address that shows its effect first, for the state that was decided.
UNDO = {
    "applications_approval": ("office_applications_act", "approved"),
    "applications_rejection": ("office_applications_act", "rejected"),
    "units_approval": ("office_units_act", "approved"),
    "units_rejection": ("office_units_act", "rejected"),
    "visitors_approval": ("office_visitors_act", "approved"),
    "visitors_rejection": ("office_visitors_act", "rejected"),
}
NEXT = {
    "allocation": "office_allocation_draft",
    "allocation_publication": "office_stands",
    "timetable": "office_timetable",
    "publication": "office_timetable",
    "replan": "office_timetable",
    "replan_preview": "office_changes",
    "visitor_duplicates": "office_doubles",
    "invite_visitors": "office_invitations",
    "invite_contacts": "office_invitations",
    "billing": "office_contracts",
}


@login_required
def tasks(request: HttpRequest) -> HttpResponse:
    """The latest background work of the edition, failed work with its cause and a button to run it again."""
    edition = office(request)
    rows = [_shown(request, task) for task in tasks_of(edition, person(request))[:MAX_ROWS]]
    context = {"tasks": rows, "worker": worker_alive(timezone.now()), "busy": any(row["under_way"] for row in rows)}
    template = "work/parts/tasks.html" if is_part(request) else "work/tasks.html"
    return private_page(request, template, edition, context)


@login_required
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of work: its progress while it goes on, then its result or the cause of its failure."""
    edition = office(request)
    found = _task(request, edition, pk)
    context = {**_shown(request, found), "address": request.path}
    template = "work/parts/task.html" if is_part(request) else "work/task.html"
    return private_page(request, template, edition, context)


@require_POST
@login_required
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Run failed work again."""
    found = _task(request, office(request), pk)
    if not may_run(held_at(person(request), fair_of(request)), found.kind, own=found.requested_by == person(request)):
        raise PermissionDenied
    try:
        task = run_again(found, context=ActionContext(timezone.now(), person(request)))
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return redirect(fair_url(request, "office_task", pk))
    enqueue(task)
    return redirect(fair_url(request, "office_task", task.pk))


@login_required
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that work has made, for who asked for it and for owners: it may hold people's addresses."""
    found = _task(request, office(request), pk)
    made = document_of(found) if _may_take(request, found) else None
    if made is None:
        raise Http404(_("There is no such file, or it is somebody else's."))
    disposition = content_disposition_header(True, made.name) or "attachment"
    response = HttpResponse(bytes(made.content), content_type=made.content_type)
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "private, no-store"
    return response


def _may_take(request: HttpRequest, task: BackgroundTask) -> bool:
    own = task.requested_by == person(request)
    return task.kind == "list_export" and (own or may(held_at(person(request), fair_of(request)), ()))


def _shown(request: HttpRequest, task: BackgroundTask) -> dict[str, Any]:
    """What the office's pages show of a task."""
    failed, who = task.state == BackgroundTask.State.FAILED, person(request)
    own = task.requested_by == who
    return {
        **described(task),
        "outcome": outcome_of(task),
        "refusals": refusals_of(task),
        "may_run_again": failed and may_run(held_at(who, fair_of(request)), task.kind, own=own),
        "next_page": _next_page(request, task),
        **_undo(request, task),
        "file": _file(request, task),
    }


def _file(request: HttpRequest, task: BackgroundTask) -> str:
    """Where the file is that work has made; empty for whoever may not take it."""
    done = task.state == BackgroundTask.State.DONE
    return fair_url(request, "office_task_file", task.pk) if done and _may_take(request, task) else ""


def _undo(request: HttpRequest, task: BackgroundTask) -> dict[str, str]:
    """How decisions about many are taken back, where some were made; nothing where they cannot be."""
    at = task.result.get("at")
    if task.state != BackgroundTask.State.DONE or task.kind not in UNDO or not at:
        return {}
    if not (task.result.get("done") or task.result.get("people")):
        return {}
    name, state = UNDO[task.kind]
    return {"undo_at": fair_url(request, name), "undo": urlencode({"decided": at, "state": state})}


def _next_page(request: HttpRequest, task: BackgroundTask) -> str:
    """Where one goes on when the work is done."""
    if task.kind == "delegation_sheets":
        return fair_url(request, "delegation_sheets", task.arguments["delegation"])
    if task.kind in UNDO or task.kind.endswith("_review"):
        return fair_url(request, f"office_{task.kind.partition('_')[0]}")
    if task.kind in ("list_check", "list_import"):
        return fair_url(request, "office_list", task.arguments["list"])
    return fair_url(request, NEXT[task.kind]) if task.kind in NEXT else ""


def _task(request: HttpRequest, edition: Edition, pk: int) -> BackgroundTask:
    found = tasks_of(edition, person(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("This task no longer exists."))
    return found


@login_required
def outbox(request: HttpRequest) -> HttpResponse:
    """The fair's messages that wait and those that were given up, with the cause; the operator sees those of all."""
    edition, fair = office(request), outbox_shown(request)
    if request.method == "POST":
        _decide(request, fair)
        return redirect(fair_url(request, "office_outbox"))
    of_fair = about(fair)
    shown = {
        "state": outbox_state(fair), "of_all": fair is None,
        "given_up": failed().filter(of_fair).select_related("edition__fair")[:MAX_ROWS],
        "waiting": waiting().filter(of_fair).select_related("edition__fair")[:MAX_ROWS],
    }  # fmt: skip
    return private_page(request, "work/outbox.html", edition, shown)


def outbox_shown(request: HttpRequest) -> Fair | None:
    """The fair whose messages the person may see here; none for the operator, who sees all."""
    return None if person(request).is_superuser else fair_of(request)


def _decide(request: HttpRequest, fair: Fair | None) -> None:
    """Send given-up messages again, or discard messages that need not go out any more."""
    action, chosen = request.POST.get("action"), request.POST.get("notice", "")
    notices = (waiting() if action == "discard_waiting" else failed()).filter(about(fair))
    if chosen:
        notices = notices.filter(pk=key_in(chosen))
    if action == "send":
        messages.success(request, _("%(count)s messages will be tried again.") % {"count": send_again(notices)})
    elif action in ("discard", "discard_waiting"):
        messages.success(request, _("%(count)s messages were discarded.") % {"count": discard(notices)})
