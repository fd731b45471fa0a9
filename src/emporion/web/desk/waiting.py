"""What waits for the office in the rooms that it works in: applications, registrations, pairs, claims, messages."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from emporion.domain.billing.queries.lists import contracts_of
from emporion.domain.billing.queries.payments import invoices_listed, payments_waiting
from emporion.domain.booths.queries import latest_run
from emporion.domain.booths.queries import unplaced as without_stand
from emporion.domain.desk.queries import today
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.queries import unanswered_questions
from emporion.domain.meetings.queries import unplaced as without_slot
from emporion.domain.notices.queries import about, failed
from emporion.domain.organisations.queries import open_claims
from emporion.domain.staff.rules import FINANCE, HALLS, MEETINGS, OWNER, REGISTRATION, REVIEWER, ROLES, areas_of
from emporion.domain.visitors.queries import unanswered_of_registered
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.waiting import Asked, Waiting, waits


@waits(REVIEWER)
def applications(asked: Asked) -> Iterator[Waiting]:
    """Applications under review, and how long they have waited; questions that applicants have not answered."""
    ages = today.applications_by_age(asked.edition, areas_of(asked.held), asked.at)
    address = fair_url(asked.request, "office_applications")
    if ages.waiting:
        text = ngettext(
            "%(count)s application waits for review", "%(count)s applications wait for review", ages.waiting
        ) % {"count": f"{ages.waiting:,}"}
        yield Waiting(text + _age(ages), address, bool(ages.week))
    if areas_of(asked.held) is None and (count := unanswered_questions(asked.edition).count()):
        text = ngettext(
            "%(count)s question waits for an applicant's answer", "%(count)s questions wait for applicants' answers",
            count,
        )  # fmt: skip
        yield Waiting(text % {"count": f"{count:,}"}, f"{address}?asks=question")


@waits(REGISTRATION)
def answers(asked: Asked) -> Iterator[Waiting]:
    """Questions that visitors and units have not answered."""
    open_ones = unanswered_of_registered(asked.edition)
    for name, other in (("office_visitors", "unit"), ("office_units", "visitor")):
        if count := open_ones.filter(**{other: None}).count():
            text = ngettext(
                "%(count)s question waits for a visitor's answer", "%(count)s questions wait for visitors' answers",
                count,
            )  # fmt: skip
            yield Waiting(text % {"count": f"{count:,}"}, f"{fair_url(asked.request, name)}?asks=question")


def _age(ages: today.Ages) -> str:
    """How many have waited long, as it follows the number of all."""
    if ages.fortnight:
        return _(", %(count)s of them for more than two weeks") % {"count": f"{ages.fortnight:,}"}
    return _(", %(count)s of them for more than a week") % {"count": f"{ages.week:,}"} if ages.week else ""


@waits(REVIEWER, HALLS)
def free_booths(asked: Asked) -> Iterator[Waiting]:
    """Exhibitors that ask for a free booth and have none."""
    if count := today.free_booths_to_grant(asked.edition):
        text = ngettext("%(count)s exhibitor asks for a free booth", "%(count)s exhibitors ask for a free booth", count)
        address = fair_url(asked.request, "office_runs")
        yield Waiting(text % {"count": f"{count:,}"}, address)


@waits(HALLS)
def stands(asked: Asked) -> Iterator[Waiting]:
    """Exhibitors for whom the last allocation found no place."""
    if latest_run(asked.edition) is not None and (count := without_stand(asked.edition).count()):
        text = ngettext("%(count)s exhibitor has no stand", "%(count)s exhibitors have no stand", count)
        yield Waiting(text % {"count": f"{count:,}"}, fair_url(asked.request, "office_runs"), True)


@waits(REGISTRATION)
def registrations(asked: Asked) -> Iterator[Waiting]:
    """Visiting units and visitors that wait for approval."""
    units, visitors = today.registrations_waiting(asked.edition)
    if units:
        text = ngettext(
            "%(count)s visiting unit waits for approval", "%(count)s visiting units wait for approval", units
        )
        yield Waiting(text % {"count": f"{units:,}"}, fair_url(asked.request, "office_units"))
    if visitors:
        text = ngettext("%(count)s visitor waits for approval", "%(count)s visitors wait for approval", visitors)
        yield Waiting(text % {"count": f"{visitors:,}"}, fair_url(asked.request, "office_visitors"))


@waits(REVIEWER, REGISTRATION)
def pairs(asked: Asked) -> Iterator[Waiting]:
    """Claims of organisations, and what may be one thing twice."""
    if count := open_claims(asked.edition.fair).count():
        text = ngettext("%(count)s claim waits for a decision", "%(count)s claims wait for a decision", count)
        yield Waiting(text % {"count": f"{count:,}"}, fair_url(asked.request, "office_claims"))
    organisations, visitors = today.pairs_waiting(asked.edition)
    if organisations:
        text = ngettext(
            "%(count)s pair of organisations may be one", "%(count)s pairs of organisations may be one", organisations
        )
        address = fair_url(asked.request, "office_organisation_doubles")
        yield Waiting(text % {"count": f"{organisations:,}"}, address)
    if visitors and any(one.role in (OWNER, REGISTRATION) for one in asked.held):
        text = ngettext(
            "%(count)s pair of registrations may be one person's",
            "%(count)s pairs of registrations may be one person's", visitors,
        )  # fmt: skip
        yield Waiting(text % {"count": f"{visitors:,}"}, fair_url(asked.request, "office_doubles"))


@waits(FINANCE)
def money(asked: Asked) -> Iterator[Waiting]:
    """Payments that found no invoice, contracts without an invoice, and what is overdue."""
    day = local_day(asked.edition, asked.at)
    if count := payments_waiting(asked.edition).count():
        text = ngettext("%(count)s payment waits for its invoice", "%(count)s payments wait for their invoice", count)
        yield Waiting(text % {"count": f"{count:,}"}, fair_url(asked.request, "office_payments"), True)
    if count := contracts_of(asked.edition, "to_invoice").count():
        text = ngettext("%(count)s contract is to be invoiced", "%(count)s contracts are to be invoiced", count)
        address = f"{fair_url(asked.request, 'office_contracts')}?show=to_invoice"
        yield Waiting(text % {"count": f"{count:,}"}, address)
    if count := invoices_listed(asked.edition, "overdue", day).count():
        text = ngettext("%(count)s invoice is overdue", "%(count)s invoices are overdue", count)
        yield Waiting(text % {"count": f"{count:,}"}, f"{fair_url(asked.request, 'office_invoices')}?show=overdue")


@waits(MEETINGS)
def meetings(asked: Asked) -> Iterator[Waiting]:
    """Accepted requests for which the timetable has no slot."""
    if count := without_slot(asked.edition).count():
        text = ngettext("%(count)s accepted meeting has no slot", "%(count)s accepted meetings have no slot", count)
        yield Waiting(text % {"count": f"{count:,}"}, fair_url(asked.request, "office_timetable"))


@waits(OWNER)
def messages(asked: Asked) -> Iterator[Waiting]:
    """Messages that were given up."""
    if count := failed().filter(about(asked.edition.fair)).count():
        text = ngettext("%(count)s message could not be delivered", "%(count)s messages could not be delivered", count)
        yield Waiting(text % {"count": f"{count:,}"}, fair_url(asked.request, "office_outbox"), True)


@waits(*ROLES)
def work(asked: Asked) -> Iterator[Waiting]:
    """Background work that has failed."""
    if count := today.failed_work(asked.edition):
        text = ngettext("%(count)s background task failed", "%(count)s background tasks failed", count)
        yield Waiting(text % {"count": f"{count:,}"}, fair_url(asked.request, "office_tasks"), True)
