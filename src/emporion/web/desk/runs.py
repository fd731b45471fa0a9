"""The machine's runs in one place: started, watched, compared; what they left over, and where they are published."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.booths.actions import drop_draft
from emporion.domain.booths.queries import PlanChange, PlanChanges, changes_of, draft_of, unplaced
from emporion.domain.desk.queries import today
from emporion.domain.desk.queries.runs import allocation_runs, matching_runs, timetable_runs
from emporion.domain.editions.models import Edition
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import WORK_ROLES, may
from emporion.domain.work.queries import latest_task
from emporion.domain.work.rules import key_of
from emporion.language import written
from emporion.web.shell.access import action_context, edition_of, fair_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import described, start_task
from emporion.web.shell.respond import done, is_part, private_page

MOST_LEFT = 50


class Kind(NamedTuple):
    """A kind of run: the work that does it, what it does in words, and its button."""

    kind: str
    title: Promise
    about: Promise
    button: Promise


KINDS = (
    Kind(
        "allocation", gettext_lazy("Allocation of the halls"),
        gettext_lazy(
            "Looks for a stand for every exhibitor with a contract, as a draft; locked stands stay where they are."
        ),
        gettext_lazy("Allocate the halls"),
    ),
    Kind(
        "free_booths", gettext_lazy("Free booths"),
        gettext_lazy("Grants the free booths that are left, in order of application."),
        gettext_lazy("Grant the free booths"),
    ),
    Kind(
        "badges", gettext_lazy("Badges"),
        gettext_lazy("Makes a badge for every approved visitor who has none yet."),
        gettext_lazy("Make the badges"),
    ),
    Kind(
        "matching", gettext_lazy("Suggestions"),
        gettext_lazy("Suggests both sides to each other; the new suggestions take the place of the old ones."),
        gettext_lazy("Make suggestions"),
    ),
    Kind(
        "timetable", gettext_lazy("Timetable of meetings"),
        gettext_lazy("Gives accepted requests their slots, as a draft that nobody sees until it is published."),
        gettext_lazy("Make a draft"),
    ),
)  # fmt: skip


def runs(request: HttpRequest) -> HttpResponse:
    """Each kind of run with its progress and its results; by POST one is started."""
    edition = edition_of(request)
    held = held_at(person(request), fair_of(request))
    if request.method == "POST":
        return _start(request, edition, held)
    kinds = [_shown(edition, kind, may(held, WORK_ROLES[kind.kind])) for kind in KINDS]
    left = unplaced(edition)
    context = {
        "kinds": kinds, "busy": any(kind["under_way"] for kind in kinds),
        "free_booths": today.free_booths_to_grant(edition),
        "allocations": _compared(allocation_runs(edition)), "matchings": _compared(matching_runs(edition)),
        "timetables": list(timetable_runs(edition)), "address": request.path,
        "draft": draft_of(edition),
        "left": [(one.exhibitor, written(one.why)) for one in left[:MOST_LEFT]], "left_count": left.count(),
    }  # fmt: skip
    template = "desk/parts/runs.html" if is_part(request) else "desk/runs.html"
    return private_page(request, template, edition, context)


def draft(request: HttpRequest) -> HttpResponse:
    """The draft of the halls beside the present plan; by POST it is published or dropped."""
    edition = edition_of(request)
    if request.method == "POST" and "publish" in request.POST:
        start_task("allocation_publication", edition, {}, request)
        return redirect(fair_url(request, "office_runs"))
    if request.method == "POST":
        done(request, lambda: drop_draft(edition, context=action_context(request)), _("The draft is dropped."))
        return redirect(fair_url(request, "office_runs"))
    found = draft_of(edition)
    changes = changes_of(found) if found else None
    context = {
        "draft": found, "changes": changes, "most": MOST_LEFT, "lists": _lists(changes) if changes else [],
        "decides": may(held_at(person(request), fair_of(request)), WORK_ROLES["allocation_publication"]),
        "within": {"address": fair_url(request, "office_runs"), "title": _("Runs")},
    }  # fmt: skip
    return private_page(request, "desk/draft.html", edition, context)


def _lists(changes: PlanChanges) -> list[tuple[str, int, tuple[PlanChange, ...]]]:
    """What changes, by how: its title, how many, the first of them."""
    kinds = ((_("Moved"), changes.moved), (_("Newly placed"), changes.placed), (_("Lose their stand"), changes.lost))
    return [(title, len(found), found[:MOST_LEFT]) for title, found in kinds if found]


def _start(request: HttpRequest, edition: Edition, held: Any) -> HttpResponse:
    kind = request.POST.get("kind", "")
    if kind in {one.kind for one in KINDS}:
        if not may(held, WORK_ROLES[kind]):
            raise PermissionDenied
        start_task(kind, edition, {}, request)
    return redirect(fair_url(request, "office_runs"))


def _shown(edition: Edition, kind: Kind, allowed: bool) -> dict[str, Any]:
    task = latest_task(key_of(kind.kind, edition.pk, {}))
    progress = described(task) or {"under_way": False}
    return {**progress, "kind": kind.kind, "called": kind.title, "about": kind.about, "button": kind.button,
            "allowed": allowed}  # fmt: skip


def _compared(found: Any) -> list[dict[str, Any]]:
    """Each run with its gap to the bound in per cent: how much better any answer could be at most."""
    rows = []
    for run in found:
        gap = 100 * (run.bound - run.objective) / run.bound if run.bound else 0.0
        rows.append({"it": run, "gap": max(gap, 0.0)})
    return rows
