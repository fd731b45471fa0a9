"""A contract accepted by a click: the applicant becomes an exhibitor, and the invoice goes out."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction

from emporion.domain.billing.actions.contracts import locked_application, offer_contract, record_contract_event
from emporion.domain.billing.actions.invoices import invoice_contract
from emporion.domain.billing.actions.telling import tell
from emporion.domain.billing.models import Contract
from emporion.domain.billing.rules.contracts import ContractChanged
from emporion.domain.billing.rules.invoices import FreeBoothFirst, NothingToInvoice
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.actions import sign_contract
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext

State = Contract.State


@transaction.atomic
def accept_contract(application: Application, sha256: str, *, context: ActionContext) -> Contract:
    """Accept the contract whose document has that SHA-256: the applicant becomes an exhibitor, and is told.

    Its co-exhibitors that are approved become exhibitors with it, and its invoice is issued. Accepted twice, it is
    one. Raises: ContractChanged,
    StateForbids, and what ``offer_contract`` refuses.
    """
    contract = offer_contract(application, at=context.at)
    if contract.state == State.ACCEPTED:
        return contract
    if contract.document is None or contract.document.sha256 != sha256:
        raise ContractChanged()
    locked = locked_application(application)
    day = local_day(locked.edition, context.at)
    quote, currency = contract.quote, locked.edition.currency
    exhibitor = sign_contract(locked, day=day, context=context, fee=quote.total, fee_currency=currency)
    for guest in locked.co_applications.filter(state=Application.State.APPROVED).order_by("pk"):
        sign_contract(guest, day=day, context=context)
    contract.state, contract.number = State.ACCEPTED, exhibitor.number
    contract.accepted, contract.accepted_by = context.at, context.actor
    contract.save()
    record_contract_event(
        "contract.accepted", contract, context, sha256=sha256, total=f"{quote.total} {quote.currency}"
    )
    tell(locked, "contract_accepted", contract.number, {"number": contract.number}, at=context.at)
    # A contract over nothing has no invoice, and one whose free booth is not decided waits for its own.
    with suppress(NothingToInvoice, FreeBoothFirst):
        invoice_contract(contract, context=context)
    return contract
