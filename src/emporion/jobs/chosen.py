"""Work on records that somebody chose from a list, or on all that its filter finds: one after another.

Each is done in a transaction of its own.

Records that are so already, as after a run that was stopped, are left as they are. What is refused to one leaves the
others alone; the task's page says to which and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from emporion.domain.admission.actions import issue_badge
from emporion.domain.booths.actions import grant_free_booth, lock_stand, unlock_stand
from emporion.domain.desk.actions import review_unit_again, review_visitor_again
from emporion.domain.desk.queries import pairs
from emporion.domain.desk.queries.exhibition import STANDS
from emporion.domain.desk.queries.lists import APPLICATIONS, UNITS, VISITORS
from emporion.domain.desk.queries.queues import Queue
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.actions import approve, reject, reopen, sign_contract
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.organisations.actions import decide_duplicate
from emporion.domain.organisations.models import LikelyDuplicate
from emporion.domain.people.actions import invite_contact, invite_visitor
from emporion.domain.people.queries import open_invitations
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.actions import (
    approve_unit,
    keep_visitors_apart,
    merge_visitors,
    reject_unit,
    reject_visitor,
)
from emporion.domain.visitors.models import VisitingUnit, Visitor
from emporion.jobs.running import Outcome, Run, Work, in_each_language
from emporion.language import translate

Act = Callable[[Any, Run], object]
# A page tells so many refusals; the rest is a number.
MAX_REFUSALS = 50
# So many records are in memory at a time.
AT_A_TIME = 200


class Chosen(NamedTuple):
    """The records of an edition with what an action reads of them, and those that were chosen, in their turn."""

    records: QuerySet[Any]
    chosen: QuerySet[Any]


def on_each(choose: Callable[[Run], Chosen], act: Act, already: Callable[[Run], Q]) -> Work:
    """Work that does ``act`` to each chosen record, but to those that are so already."""

    def work(run: Run) -> Outcome:
        records, chosen = choose(run)
        waiting = chosen.exclude(pk__in=chosen.filter(already(run)).order_by().values("pk"))
        # Each record is read when its turn comes: there may be hundreds of thousands.
        total, left = chosen.count(), list(waiting.values_list("pk", flat=True))
        refused: list[dict[str, Any]] = []
        done = 0
        for number, one in enumerate(_in_turn(records, left), 1):
            refusal = _do(act, one, run, number, len(left))
            done += refusal is None
            if refusal and len(refused) < MAX_REFUSALS:
                refused.append(refusal)
        facts = {"done": done, "already": total - len(left), "refused": len(left) - done}
        return Outcome({**facts, "refusals": refused, "at": run.context.at.isoformat()})

    return work


def _in_turn(records: QuerySet[Any], keys: list[int]) -> Iterator[Any]:
    """The records of these keys, in their order, a few at a time as they are by then."""
    for start in range(0, len(keys), AT_A_TIME):
        part = keys[start : start + AT_A_TIME]
        found = records.in_bulk(part)
        yield from (found[key] for key in part if key in found)


def selected(queue: Queue, run: Run) -> QuerySet[Any]:
    """The records that were chosen one by one, or that the filter of their list finds."""
    arguments = run.task.arguments
    if "filter" in arguments:
        return queue.narrowed(run.edition, arguments["filter"])
    return queue.records(run.edition).filter(pk__in=arguments["chosen"])


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


def _units(run: Run) -> Chosen:
    return Chosen(UNITS.records(run.edition), selected(UNITS, run).order_by("pk"))


def _visitors(run: Run) -> Chosen:
    return Chosen(VISITORS.records(run.edition), selected(VISITORS, run).order_by("pk"))


def _applications(run: Run) -> Chosen:
    """Main exhibitors first: their co-exhibitors follow them."""
    chosen = selected(APPLICATIONS, run).order_by(F("main").asc(nulls_first=True), "pk")
    return Chosen(APPLICATIONS.records(run.edition), chosen)


def _pairs(queue: Queue) -> Callable[[Run], Chosen]:
    return lambda run: Chosen(queue.records(run.edition), selected(queue, run).order_by("pk"))


def _stands(run: Run) -> Chosen:
    return Chosen(STANDS.records(run.edition), selected(STANDS, run).order_by("pk"))


def _exhibitors(run: Run) -> Chosen:
    found = Exhibitor.objects.filter(edition=run.edition).select_related("organisation", "edition__venue")
    return Chosen(found, found.filter(pk__in=run.task.arguments["chosen"]).order_by("pk"))


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
    "units_review": on_each(
        _units, lambda one, run: review_unit_again(one, context=run.context), _in_state(VisitingUnit.State.REGISTERED)
    ),
    "visitors_review": on_each(
        _visitors, lambda one, run: review_visitor_again(one, context=run.context), _in_state(Visitor.State.REGISTERED)
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
        lambda one, run: invite_contact(one.edition.fair, one.organisation, one.contact_email, context=run.context),
        lambda run: Q(organisation__in=_since_asked(run).filter(kind="contact").values("organisation")),
    ),
    "free_booth_grants": on_each(
        _exhibitors,
        lambda one, run: grant_free_booth(one, day=local_day(run.edition, run.context.at), context=run.context),
        lambda _run: Q(free_booth__isnull=False),
    ),
    "stands_locking": on_each(
        _stands, lambda one, run: lock_stand(one, context=run.context), lambda _run: Q(locked=True)
    ),
    "stands_unlocking": on_each(
        _stands, lambda one, run: unlock_stand(one, context=run.context), lambda _run: Q(locked=False)
    ),
    "organisation_pairs_merge": on_each(
        _pairs(pairs.ORGANISATIONS),
        lambda one, run: decide_duplicate(one, decision=LikelyDuplicate.Decision.SAME, context=run.context),
        lambda _run: Q(pk__in=()),
    ),
    "organisation_pairs_apart": on_each(
        _pairs(pairs.ORGANISATIONS),
        lambda one, run: decide_duplicate(one, decision=LikelyDuplicate.Decision.DIFFERENT, context=run.context),
        lambda _run: Q(decision=pairs.DIFFERENT),
    ),
    "visitor_pairs_merge": on_each(
        _pairs(pairs.VISITORS),
        lambda one, run: merge_visitors(one, context=run.context),
        lambda _run: Q(pk__in=()),
    ),
    "visitor_pairs_apart": on_each(
        _pairs(pairs.VISITORS),
        lambda one, run: keep_visitors_apart(one, context=run.context),
        lambda _run: Q(decision=pairs.DIFFERENT),
    ),
}
