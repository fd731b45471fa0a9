"""The office's pages of background work: how far it is, how it ended, running it again; and the outbox."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import discard, send_again
from emporion.domain.notices.queries import failed, mail_is_set, outbox_state, waiting
from emporion.domain.refusal import Refusal
from emporion.domain.work.actions import run_again
from emporion.domain.work.models import BackgroundTask
from emporion.domain.work.queries import tasks_of, worker_alive
from emporion.domain.work.rules import KINDS
from emporion.web.shell.access import office, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import enqueue
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import is_part, private_page

MAX_ROWS = 50


@login_required
def tasks(request: HttpRequest) -> HttpResponse:
    """The latest background work of the edition, failed work with its cause and a button to run it again."""
    edition = office(request)
    rows = [described(request, task) for task in tasks_of(edition)[:MAX_ROWS]]
    context = {"tasks": rows, "worker": worker_alive(timezone.now()), "busy": any(row["under_way"] for row in rows)}
    template = "work/parts/tasks.html" if is_part(request) else "work/tasks.html"
    return private_page(request, template, edition, context)


@login_required
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of work: its progress while it goes on, then its result or the cause of its failure."""
    edition = office(request)
    found = _task(edition, pk)
    context = {**described(request, found), "worker": worker_alive(timezone.now()), "address": request.path}
    template = "work/parts/task.html" if is_part(request) else "work/task.html"
    return private_page(request, template, edition, context)


@require_POST
@login_required
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Run failed work again."""
    found = _task(office(request), pk)
    try:
        asked = run_again(found, context=ActionContext(timezone.now(), person(request)))
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return redirect(fair_url(request, "office_task", pk))
    enqueue(asked)
    return redirect(fair_url(request, "office_task", asked.pk))


def described(request: HttpRequest, task: BackgroundTask) -> dict[str, Any]:
    """What a page shows of a task."""
    language = get_language() or "en"
    return {
        "task": task,
        "title": _(KINDS[task.kind]),
        "under_way": task.under_way,
        "percent": 100 * task.steps_done // task.steps if task.steps else 0,
        "cause": task.cause.get(language) or task.cause.get("en", ""),
        "next_page": _next_page(request, task),
    }


def _next_page(request: HttpRequest, task: BackgroundTask) -> str:
    """Where one goes on when the work is done."""
    pages = {"timetable": "office_timetable", "publication": "office_timetable", "replan": "office_timetable"}
    return fair_url(request, pages[task.kind]) if task.kind in pages else ""


def _task(edition: Edition, pk: int) -> BackgroundTask:
    found = tasks_of(edition).filter(pk=pk).first()
    if found is None:
        raise Http404(_("This task no longer exists."))
    return found


@login_required
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages that wait and those that were given up, with the cause."""
    edition = office(request)
    if request.method == "POST":
        _decide(request)
        return redirect(fair_url(request, "office_outbox"))
    state = outbox_state()
    context = {"state": state, "mail": mail_is_set(), "given_up": failed()[:MAX_ROWS], "waiting": waiting()[:MAX_ROWS]}
    return private_page(request, "work/outbox.html", edition, {**context, "sender": settings.DEFAULT_FROM_EMAIL})


def _decide(request: HttpRequest) -> None:
    """Send given-up messages again, or discard messages that need not go out any more."""
    action, chosen = request.POST.get("action"), request.POST.get("notice", "")
    notices = waiting() if action == "discard_waiting" else failed()
    if chosen:
        notices = notices.filter(pk=int(chosen) if chosen.isdecimal() and len(chosen) < 18 else -1)
    if action == "send":
        messages.success(request, _("%(count)s messages will be tried again.") % {"count": send_again(notices)})
    elif action in ("discard", "discard_waiting"):
        messages.success(request, _("%(count)s messages were discarded.") % {"count": discard(notices)})
