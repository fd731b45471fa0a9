"""What an applicant or exhibitor has to sign and to pay, as tasks with their days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet

from emporion.domain.billing.models import PriceList
from emporion.domain.billing.queries import Account, invoices_for
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.models import Application
from emporion.domain.preparation.queries import days_of
from emporion.domain.preparation.rules import CONTRACT, PAYMENT, Task, contract_due, state_of


def money_tasks(application: Application, today: date) -> list[Task]:
    """The contract that is to be signed or was, and what is to be paid next or was; ``today`` at the venue."""
    return [*_contract(application, today), *_payment(invoices_for(application), today)]


def _contract(application: Application, today: date) -> Iterator[Task]:
    """None where the main exhibitor signs, and where the edition has no prices by which a contract is offered."""
    edition = application.edition
    signed = application.state == Application.State.CONTRACTED
    if application.main_id or not (signed or application.state == Application.State.APPROVED):
        return
    if application.reviewed is not None and PriceList.objects.filter(edition=edition).exists():
        due = contract_due(local_day(edition, application.reviewed), days_of(edition).get(CONTRACT))
        yield Task(CONTRACT, due, state_of(done=signed, with_organiser=False, due=due, today=today))


def _payment(accounts: list[Account], today: date) -> Iterator[Task]:
    """The amount that falls due first; where all is paid, the day of the last."""
    if not (standing := [one for one in accounts if not one.credit_note]):
        return
    opened = [due.day for one in standing for due in one.dues]
    due = min(opened) if opened else max(due.day for one in standing for due in one.invoice.dues.all())
    yield Task(PAYMENT, due, state_of(done=not opened, with_organiser=False, due=due, today=today))


def contracts_to_sign(edition: Edition) -> QuerySet[Application]:
    """The approved applications of an edition that can sign and have not, with a contact to write to."""
    waiting = Application.objects.filter(edition=edition, state=Application.State.APPROVED, main=None)
    return waiting.exclude(contact_email="").exclude(reviewed=None).select_related("organisation").order_by("pk")


def contract_days(edition: Edition, applications: QuerySet[Application]) -> Iterator[tuple[Application, date]]:
    """Applications with the day by which each signs."""
    day = days_of(edition).get(CONTRACT)
    for application in applications.iterator(chunk_size=2000):
        reviewed = application.reviewed
        assert isinstance(reviewed, datetime)
        yield application, contract_due(local_day(edition, reviewed), day)
