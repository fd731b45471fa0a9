"""What a worker does in the background, by kind: thin calls of actions, that done twice do the same as once."""

from __future__ import annotations

from emporion.domain.admission.actions import issue_badges
from emporion.domain.billing.actions import invoice_services, issue_invoices, record_contracts
from emporion.domain.booths.actions import draft_allocation, grant_free_booths, publish_draft
from emporion.domain.desk.actions import send_message
from emporion.domain.desk.models import GroupMessage
from emporion.domain.desk.queries.lists import VISITORS
from emporion.domain.editions.queries import local_day
from emporion.domain.matching.actions import run_matching
from emporion.domain.meetings.actions import (
    as_facts,
    digest_of,
    look_at_replan,
    make_timetable,
    open_slots,
    publish_timetable,
    replan_timetable,
)
from emporion.domain.meetings.queries import slots_by_day
from emporion.domain.organisations.actions import list_likely_duplicates
from emporion.domain.people.actions import invite_all
from emporion.domain.visitors.actions import approve_all, approve_chosen, list_likely_visitors
from emporion.jobs.chosen import CHOSEN, selected
from emporion.jobs.exports import list_export
from emporion.jobs.lists import list_check, list_import
from emporion.jobs.running import Outcome, Run, Work
from emporion.jobs.sheets import delegation_sheets


def allocation(run: Run) -> None:
    """Allocate the halls, as a draft."""
    draft_allocation(run.edition, context=run.context, progress=lambda done, total, _what: run.progress(done, total))


def allocation_publication(run: Run) -> None:
    """Publish the draft of the halls."""
    publish_draft(run.edition, context=run.context)


def free_booths(run: Run) -> None:
    """Grant the free booths that are left, in the turn of their applications."""
    grant_free_booths(run.edition, day=local_day(run.edition, run.context.at), context=run.context)


def badges(run: Run) -> None:
    """Make the badges of approved visitors."""
    issue_badges(run.edition, context=run.context, progress=lambda done, total, _what: run.progress(done, total))


def matching(run: Run) -> None:
    """Suggest both sides to each other."""
    run_matching(run.edition, context=run.context, progress=lambda done, total, _what: run.progress(done, total))


def timetable(run: Run) -> None:
    """Give accepted requests their times; where nobody has opened slots, the usual ones are opened."""
    if not slots_by_day(run.edition):
        open_slots(run.edition, context=run.context)
    make_timetable(run.edition, context=run.context)


def publication(run: Run) -> None:
    """Show the timetable to those in it and tell them."""
    publish_timetable(run.edition, context=run.context)


def duplicates(run: Run) -> None:
    """List the organisations that may be one, for a person to decide."""
    list_likely_duplicates(context=run.context)


def invite_visitors(run: Run) -> Outcome:
    """Invite the visitors who have an address, no account and no invitation."""
    return Outcome({"invited": invite_all(run.edition, visitors=True, context=run.context, progress=run.progress)})


def invite_contacts(run: Run) -> Outcome:
    """Invite the contacts of organisations for which nobody acts."""
    return Outcome({"invited": invite_all(run.edition, contacts=True, context=run.context, progress=run.progress)})


def visitor_duplicates(run: Run) -> None:
    """List the registrations that may be one person's, for the desk to decide."""
    list_likely_visitors(run.edition, context=run.context)


def visitors_approval(run: Run) -> Outcome:
    """Approve chosen visitors, or everybody who waits."""
    arguments, chosen = run.task.arguments, None
    if "chosen" in arguments or "filter" in arguments:
        chosen = list(selected(VISITORS, run).order_by("pk").values_list("pk", flat=True))
        approved = approve_chosen(run.edition, chosen, context=run.context, progress=run.progress)
    else:
        approved = approve_all(run.edition, context=run.context)
    left = len(chosen) - approved.people if chosen else 0
    facts = {"units": approved.units, "people": approved.people, "left": left}
    return Outcome({**facts, "at": run.context.at.isoformat()})


def billing(run: Run) -> Outcome:
    """Record the contracts that were signed elsewhere, and issue the invoices of all that wait for theirs."""
    recorded = record_contracts(run.edition, context=run.context)
    return Outcome({"contracts": recorded, "invoices": issue_invoices(run.edition, context=run.context)})


def services_invoices(run: Run) -> Outcome:
    """Invoice all that exhibitors have ordered, and credit what they have ordered no more."""
    settled = invoice_services(run.edition, context=run.context, progress=run.progress)
    return Outcome({"invoices": settled.invoices, "credit_notes": settled.credit_notes})


def group_message(run: Run) -> Outcome:
    """Put a message to a group into the outbox."""
    message = GroupMessage.objects.select_related("edition__fair").get(pk=run.task.arguments["message"])
    return Outcome({"messages": send_message(message, context=run.context, progress=run.progress)})


def replan(run: Run) -> Outcome:
    """Make the changes that the organiser has looked at, and no others."""
    changes = replan_timetable(run.edition, context=run.context, seen=run.task.arguments["seen"])
    return Outcome({"changes": len(changes)})


def replan_preview(run: Run) -> Outcome:
    """Look at what a replan would change now."""
    planned = look_at_replan(run.edition, at=run.context.at)
    return Outcome({"seen": digest_of(planned), "planned": as_facts(planned)})


WORK: dict[str, Work] = {
    "allocation": allocation,
    "allocation_publication": allocation_publication,
    "free_booths": free_booths,
    "badges": badges,
    "matching": matching,
    "timetable": timetable,
    "publication": publication,
    "duplicates": duplicates,
    "visitors_approval": visitors_approval,
    "replan": replan,
    "invite_visitors": invite_visitors,
    "invite_contacts": invite_contacts,
    "billing": billing,
    "services_invoices": services_invoices,
    "visitor_duplicates": visitor_duplicates,
    "replan_preview": replan_preview,
    "delegation_sheets": delegation_sheets,
    "list_check": list_check,
    "list_import": list_import,
    "list_export": list_export,
    "group_message": group_message,
    **CHOSEN,
}
