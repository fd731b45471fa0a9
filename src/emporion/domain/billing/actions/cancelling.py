"""An exhibitor's contract cancelled, with all that hangs on it: stand, meetings, products, invoices."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.billing.actions.contracts import locked_application
from emporion.domain.billing.actions.invoices import credit_invoice
from emporion.domain.billing.actions.telling import tell
from emporion.domain.billing.models import Contract, Invoice
from emporion.domain.billing.rules.contracts import (
    CancellationReasonNeeded,
    NoContractToCancel,
    require_cancellable,
)
from emporion.domain.billing.rules.invoices import INVOICE
from emporion.domain.booths.actions import release_stand
from emporion.domain.deals.models import Deal
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.actions import end_contract
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.models import MeetingRequest

LIVE = (MeetingRequest.State.PENDING, MeetingRequest.State.ACCEPTED)


@transaction.atomic
def cancel_contract(application: Application, *, reason: str, context: ActionContext) -> Application:
    """Cancel an exhibitor's contract before the show, and those of its co-exhibitors with it.

    Its stand is released, who was to meet it is told, its products leave the catalogue and its badges end; invoices
    are credited, and the exhibitor is told the reason. Cancelled twice, it is cancelled. Raises:
    CancellationReasonNeeded, NoContractToCancel, ShowHasBegun, DealsRecorded.
    """
    # Lists of invoices are read without the timetable's solver, which takes a second to load.
    from emporion.domain.meetings.actions import cancel  # noqa: PLC0415

    if not reason.strip():
        raise CancellationReasonNeeded()
    locked = locked_application(application)
    if locked.state == Application.State.CANCELLED:
        return locked
    exhibitor = Exhibitor.objects.filter(application=locked, main=None).first()
    if exhibitor is None:
        raise NoContractToCancel()
    edition = locked.edition
    leaving = [*exhibitor.co_exhibitors.all(), exhibitor]
    deals = Deal.objects.filter(exhibitor__in=leaving).count()
    require_cancellable(deals=deals, first_day=edition.first_day, today=local_day(edition, context.at))
    for request in MeetingRequest.objects.filter(exhibitor__in=leaving, state__in=LIVE).order_by("pk"):
        cancel(request, by_exhibitor=True, context=context)
    for one in leaving:
        release_stand(one, context=context)
    applications = [one.application_id for one in leaving]
    for invoice in Invoice.objects.filter(application__in=applications, kind=INVOICE, credit_note=None).order_by("pk"):
        credit_invoice(invoice, reason, context=context)
    _close(locked, reason.strip(), context)
    end_contract(exhibitor, reason=reason.strip(), context=context)
    facts = {"number": exhibitor.number, "reason": reason.strip()}
    tell(locked, "contract_cancelled", exhibitor.number, facts, at=context.at)
    locked.refresh_from_db()
    return locked


def _close(application: Application, reason: str, context: ActionContext) -> None:
    """The contract that was accepted here, if there is one, is kept as cancelled."""
    found = Contract.objects.filter(application=application, state=Contract.State.ACCEPTED)
    cancelled = {"cancelled": context.at, "cancelled_by": context.actor, "reason": reason}
    found.update(state=Contract.State.CANCELLED, **cancelled)
