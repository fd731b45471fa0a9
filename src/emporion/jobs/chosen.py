"""Work on records that somebody chose from a list: one after another, each in its own transaction.

Records that are so already, as after a run that was stopped, are left as they are. What is refused to one leaves the
others alone; the task's page says to which and why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from emporion.domain.admission.actions import issue_badge
from emporion.domain.booths.actions import grant_free_booth
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.actions import approve, reject, reopen, sign_contract
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.people.actions import invite_contact, invite_visitor
from emporion.domain.people.queries import open_invitations
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.actions import approve_unit, reject_unit, reject_visitor
from emporion.domain.visitors.models import VisitingUnit, Visitor
from emporion.jobs.running import Outcome, Run, Work, in_each_language
from emporion.language import translate

Act = Callable[[Any, Run], object]
# A page tells so many refusals; the rest is a number.
MAX_REFUSALS = 50


def on_each(records: Callable[[Run], QuerySet[Any]], act: Act, already: Callable[[Run], Q]) -> Work:
    """Work that does ``act`` to each chosen record, but to those that are so already."""

    def work(run: Run) -> Outcome:
        chosen = records(run).filter(pk__in=run.task.arguments["chosen"])
        waiting = chosen.exclude(pk__in=chosen.filter(already(run)).values("pk")).order_by("pk")
        total, left = chosen.count(), list(waiting)
        refused = [refusal for number, one in enumerate(left, 1) if (refusal := _do(act, one, run, number, len(left)))]
        facts = {"done": len(left) - len(refused), "already": total - len(left), "refused": len(refused)}
        return Outcome({**facts, "refusals": refused[:MAX_REFUSALS]})

    return work


def _do(act: Act, one: Any, run: Run, number: int, total: int) -> dict[str, Any] | None:
    """Do it to one record; to whom it was refused and why, in each language."""
    try:
        act(one, run)
    except Refusal as refusal:
        why = refusal
        return {"record": str(one), "why": in_each_language(lambda: translate(why))}
    finally:
        run.progress(number, total)
    return None


def _units(run: Run) -> QuerySet[Any]:
    return VisitingUnit.objects.filter(edition=run.edition).select_related("organisation")


def _visitors(run: Run) -> QuerySet[Any]:
    return Visitor.objects.filter(edition=run.edition).select_related("edition__fair", "unit__organisation")


def _applications(run: Run) -> QuerySet[Any]:
    found = Application.objects.filter(edition=run.edition)
    return found.select_related("edition__fair", "edition__venue", "organisation")


def _exhibitors(run: Run) -> QuerySet[Any]:
    return Exhibitor.objects.filter(edition=run.edition).select_related("organisation", "edition__venue")


def _in_state(state: str) -> Callable[[Run], Q]:
    return lambda _run: Q(state=state)


def _since_asked(run: Run) -> QuerySet[Any]:
    """The invitations sent since the work was asked for, as by a run that was stopped."""
    return open_invitations(run.edition.fair).filter(sent__gte=run.task.requested).order_by()


def _reason(run: Run) -> str:
    return str(run.task.arguments["reason"])


CHOSEN: dict[str, Work] = {
    "units_approval": on_each(
        _units, lambda one, run: approve_unit(one, context=run.context), _in_state(VisitingUnit.State.APPROVED)
    ),
    "units_rejection": on_each(
        _units,
        lambda one, run: reject_unit(one, reason=_reason(run), context=run.context),
        _in_state(VisitingUnit.State.REJECTED),
    ),
    "visitors_rejection": on_each(
        _visitors,
        lambda one, run: reject_visitor(one, reason=_reason(run), context=run.context),
        _in_state(Visitor.State.REJECTED),
    ),
    "visitors_badges": on_each(
        _visitors, lambda one, run: issue_badge(one, context=run.context), lambda _run: Q(badge__isnull=False)
    ),
    "visitors_invitation": on_each(
        _visitors,
        lambda one, run: invite_visitor(one, context=run.context),
        lambda run: Q(pk__in=_since_asked(run).filter(visitor__isnull=False).values("visitor")),
    ),
    "applications_approval": on_each(
        _applications, lambda one, run: approve(one, context=run.context), _in_state(Application.State.APPROVED)
    ),
    "applications_rejection": on_each(
        _applications,
        lambda one, run: reject(one, reason=_reason(run), context=run.context),
        _in_state(Application.State.REJECTED),
    ),
    "applications_reopening": on_each(
        _applications, lambda one, run: reopen(one, context=run.context), _in_state(Application.State.SUBMITTED)
    ),
    "contracts": on_each(
        _applications,
        lambda one, run: sign_contract(one, day=local_day(run.edition, run.context.at), context=run.context),
        _in_state(Application.State.CONTRACTED),
    ),
    "contacts_invitation": on_each(
        _applications,
        lambda one, run: invite_contact(run.edition.fair, one.organisation, one.contact_email, context=run.context),
        lambda run: Q(organisation__in=_since_asked(run).filter(kind="contact").values("organisation")),
    ),
    "free_booth_grants": on_each(
        _exhibitors,
        lambda one, run: grant_free_booth(one, day=local_day(run.edition, run.context.at), context=run.context),
        lambda _run: Q(free_booth__isnull=False),
    ),
}
