"""The organiser's timetable: make a draft, look at it, publish it; during the show, look at a replan and make it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.editions.models import Edition, Hall
from emporion.domain.meetings.actions import (
    close_hall,
    looks_of,
    open_hall,
    open_slots,
    pin,
)
from emporion.domain.meetings.models import HallClosure, Meeting, MeetingSlot
from emporion.domain.meetings.queries import (
    answers_until,
    changes_of,
    counts_of,
    groups_with_meetings,
    last_replan,
    latest_timetable,
    load_by_slot,
    meetings_named,
    missed,
    outcomes_of,
    replan_figures,
    slots_by_day,
    unplaced,
    untold_of,
    why_of,
    why_unplaced,
)
from emporion.domain.meetings.rules import HOURS, SLOT_MINUTES, request_state
from emporion.domain.work.models import BackgroundTask
from emporion.domain.work.queries import latest_task
from emporion.domain.work.rules import key_of
from emporion.language import translate, translated
from emporion.language.reading.clocks import DAY, time_of_day
from emporion.web.shell.access import action_context, office
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import described, start_task
from emporion.web.shell.respond import done, is_part, private_page
from emporion.web.shell.whole_numbers import key_in

MAX_ROWS = 50


@login_required
def timetable(request: HttpRequest) -> HttpResponse:
    """The last timetable: its figures, how full each slot is, who was left out and why, what a replan changed."""
    edition = office(request)
    run, named = latest_timetable(edition), request.GET.get("who", "").strip()
    missing = missed(edition)
    left = unplaced(edition)
    context = {
        "run": run,
        "bound": int(run.bound) if run else 0,
        "counts": counts_of(edition),
        "over": request_state("pending", answers_until(edition), timezone.now()) == "unanswered",
        "load": load_by_slot(edition),
        "left": [(one, translated(why_unplaced(one))) for one in left[:MAX_ROWS]],
        "left_count": left.count(),
        "who": named,
        "found": meetings_named(edition, named)[:MAX_ROWS] if named else [],
        **_replanned(edition),
        "outcomes": outcomes_of(edition),
        "missed": missing[:MAX_ROWS],
        "missed_count": missing.count(),
        "hours": [f"{moment:%H:%M}" for opened in HOURS for moment in opened],
        "minutes": SLOT_MINUTES,
        "halls": Hall.objects.filter(edition=edition).order_by("code"),
        "closures": HallClosure.objects.filter(hall__edition=edition).select_related("hall", "first", "last"),
        "slots": slots_by_day(edition),
        "groups": groups_with_meetings(edition),
    }
    return private_page(request, "meetings/timetable.html", edition, context)


def _replanned(edition: Edition) -> dict[str, Any]:
    """The last replan: its figures and its changes, each with its reason and whom nobody has told."""
    replanned = last_replan(edition)
    if replanned is None:
        return {}
    changes = changes_of(replanned)
    shown = list(changes[:MAX_ROWS])
    rows = [(one, untold_of(one), tuple(map(translate, why_of(one)))) for one in shown]
    return {"replanned": replanned, "figures": replan_figures(replanned), "changes": rows}


@require_POST
@login_required
def opened(request: HttpRequest) -> HttpResponse:
    """Open slots within the hours typed, in place of those before."""
    edition = office(request)
    context = action_context(request)
    typed = request.POST.getlist("hour")
    # Whoever meets in the morning only leaves the afternoon's hours empty.
    pairs = [pair for pair in zip(typed[::2], typed[1::2], strict=False) if any(pair)]
    try:
        hours = [(_clock(opens), _clock(closes)) for opens, closes in pairs]
        minutes = int(request.POST.get("minutes", ""))
    except ValueError:
        messages.error(request, _("Times are typed as 09:30, the length of a slot in whole minutes."))
        return redirect(fair_url(request, "office_timetable"))
    done(request, lambda: open_slots(edition, hours=hours, minutes=minutes, context=context), _("The slots are open."))
    return redirect(fair_url(request, "office_timetable"))


@require_POST
@login_required
def draft_or_publish(request: HttpRequest) -> HttpResponse:
    """Ask a worker to make a draft, or to publish the one that was looked at."""
    kind = "publication" if request.POST.get("action") == "publish" else "timetable"
    task = start_task(kind, office(request), {}, request)
    return redirect(fair_url(request, "office_task", task.pk))


@login_required
def changes(request: HttpRequest) -> HttpResponse:
    """What a replan would have changed when a worker last looked, and whom it would tell.

    One button looks again, the other makes these changes and no others.
    """
    edition = office(request)
    if request.method == "POST" and "seen" in request.POST:
        task = start_task("replan", edition, {"seen": request.POST["seen"]}, request)
        return redirect(fair_url(request, "office_task", task.pk))
    if request.method == "POST":
        start_task("replan_preview", edition, {}, request)
        return redirect(fair_url(request, "office_changes"))
    look = latest_task(key_of("replan_preview", edition.pk, {}))
    shown = {**described(look), "look": look, "address": request.path, **_looked(edition, look)}
    template = "meetings/parts/changes.html" if is_part(request) else "meetings/changes.html"
    return private_page(request, template, edition, shown)


def _looked(edition: Edition, look: BackgroundTask | None) -> dict[str, Any]:
    """The changes that a look has found, each with its reasons in the reader's language."""
    if look is None or look.state != BackgroundTask.State.DONE:
        return {}
    found = looks_of(edition, look.result["planned"])
    rows = [(one, tuple(map(translate, one.why))) for one in found]
    return {"planned": rows, "seen": look.result["seen"]}


@require_POST
@login_required
def closure(request: HttpRequest) -> HttpResponse:
    """Close a hall to meetings for some slots, or open it again."""
    edition = office(request)
    context = action_context(request)
    if opened := request.POST.get("open", ""):
        found = HallClosure.objects.filter(hall__edition=edition, pk=key_in(opened)).first()
        if found is not None:
            done(
                request, lambda: open_hall(found, context=context), _("Open again. Look at what a replan would change.")
            )
        return redirect(fair_url(request, "office_timetable"))
    hall = Hall.objects.filter(edition=edition, pk=key_in(request.POST.get("hall", ""))).first()
    numbers = [key_in(request.POST.get(name, "")) for name in ("first", "last")]
    ends = [MeetingSlot.objects.filter(edition=edition, number=number).first() for number in sorted(numbers)]
    first, last = ends
    if hall is None or first is None or last is None:
        raise Http404
    message = _("Closed. Published meetings stay until you replan.")
    done(request, lambda: close_hall(hall, first, last, context=context), message)
    return redirect(fair_url(request, "office_timetable"))


@require_POST
@login_required
def pinning(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold a meeting in its slot, or let it go."""
    edition = office(request)
    meeting = Meeting.objects.select_related("request").filter(request__edition=edition, pk=pk).first()
    if meeting is None:
        raise Http404
    context = action_context(request)
    pinned = request.POST.get("action") == "pin"
    done(
        request,
        lambda: pin(meeting, pinned=pinned, context=context),
        _("Pinned.") if pinned else _("No longer pinned."),
    )
    return redirect(fair_url(request, "office_timetable"))


def _clock(typed: str) -> time:
    """A time on the venue's clocks. Raises ValueError for what is none, and for the day's end."""
    into = time_of_day(typed)
    if into is None or into >= DAY:
        raise ValueError(typed)
    return (datetime.min + into).time()
