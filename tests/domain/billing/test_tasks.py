"""What Aurora has to sign and to pay, by which day, and what it is reminded of."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from emporion.domain.billing.actions import credit_invoice, enter_payment, remind_of_contracts
from emporion.domain.billing.models import Invoice
from emporion.domain.billing.queries.tasks import money_tasks
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.preparation.actions import set_task_days
from emporion.domain.preparation.rules import Task, contract_due
from emporion.domain.reason import Phrase, stored
from tests.domain.billing.prices import make_prices
from tests.domain.billing.world import JULY, accepted, make_applicant

CONTEXT = ActionContext(JULY)
# Approved on the first of June: three weeks later.
DUE = date(2023, 6, 22)


@pytest.fixture
def priced(edition: Edition) -> Edition:
    make_prices(edition)
    return edition


@pytest.mark.parametrize(
    ("day", "due"), [(None, DUE), (date(2023, 6, 10), DUE), (date(2023, 7, 31), date(2023, 7, 31))]
)
def test_whoever_is_approved_has_three_weeks_to_sign(day: date | None, due: date) -> None:
    assert contract_due(date(2023, 6, 1), day) == due


def test_a_contract_is_to_be_signed_and_then_to_be_paid(priced: Edition) -> None:
    application = make_applicant(priced)
    assert money_tasks(application, DUE) == [Task("contract", DUE, "open")]
    assert money_tasks(application, DUE + timedelta(days=1)) == [Task("contract", DUE, "late")]
    set_task_days(priced, {"contract": date(2023, 7, 31)}, context=CONTEXT)
    assert money_tasks(application, DUE + timedelta(days=1)) == [Task("contract", date(2023, 7, 31), "open")]
    application = accepted(application).application
    assert money_tasks(application, date(2023, 7, 16)) == [
        Task("contract", date(2023, 7, 31), "done"), Task("payment", date(2023, 7, 15), "late"),
    ]  # fmt: skip
    invoice = Invoice.objects.get()
    for amount, task in (
        (Decimal("3577.50"), Task("payment", date(2023, 9, 6), "open")),
        (Decimal("3577.50"), Task("payment", date(2023, 9, 6), "done")),
    ):
        enter_payment(priced, invoice, day=JULY.date(), amount=amount, text="", context=CONTEXT)
        assert money_tasks(application, date(2023, 7, 16))[1] == task
    credit_invoice(invoice, "A mistake.", context=CONTEXT)
    assert [task.kind for task in money_tasks(application, DUE)] == ["contract"]


def test_who_can_sign_nothing_has_no_contract_among_the_tasks(edition: Edition) -> None:
    waiting = make_applicant(edition, "Nordlicht", state="submitted")
    approved = make_applicant(edition, "Aurora")
    assert money_tasks(approved, DUE) == []  # there are no prices
    make_prices(edition)
    guest = make_applicant(edition, "Guest", main=approved)
    assert money_tasks(waiting, DUE) == money_tasks(guest, DUE) == []


def test_an_applicant_is_reminded_once_a_day_until_it_has_signed(priced: Edition) -> None:
    application = make_applicant(priced)
    made = [application, make_applicant(priced, "Nameless", contact_email="")]
    nine = datetime(2023, 6, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    sent = [remind_of_contracts(priced, at=nine + timedelta(days=day)) for day in range(30)]
    assert len(made) == 2 and [day for day, count in enumerate(sent) if count] == [7, 18, 22]
    assert remind_of_contracts(priced, at=nine + timedelta(days=22, hours=3)) == 0
    notice = Notice.objects.latest("pk")
    assert (notice.recipient, notice.context["tasks"]) == (
        "a@aurora.example", [stored(Phrase("accept the contract"))],
    )  # fmt: skip
    Notice.objects.all().delete()
    accepted(application)
    assert remind_of_contracts(priced, at=nine + timedelta(days=22)) == 0
