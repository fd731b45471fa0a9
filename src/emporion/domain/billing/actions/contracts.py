"""One contract: offered, its document kept, its signed paper added.

Every action locks the application, asks the rules, and writes rows, journal and outbox in one transaction. An action
that was done already changes nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from emporion.domain.billing.models import Contract, Document
from emporion.domain.billing.queries import basis_of
from emporion.domain.billing.rules.contracts import (
    ContractChanged,
    ContractNotAccepted,
    content_key,
    digest,
    require_offer,
    require_pdf,
)
from emporion.domain.editions.queries import editions
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext

State = Contract.State


@transaction.atomic
def offer_contract(application: Application, *, at: datetime) -> Contract:
    """The contract that an approved applicant may accept now, as prices, application and terms are now.

    One that says the same stays, with its document; one that was offered and not accepted is brought up to date; one
    that is accepted is not touched. Raises: CoveredByMain, NoPriceList, NotYetApproved.
    """
    locked = locked_application(application)
    live = Contract.objects.filter(application=locked).exclude(state=State.CANCELLED).first()
    if live is not None and live.state == State.ACCEPTED:
        return live
    basis = basis_of(locked.edition)
    content = basis.content(locked, at)
    has_prices = basis.prices is not None
    require_offer(state=locked.state, is_co_exhibitor=locked.main_id is not None, has_prices=has_prices)
    assert content is not None
    key = content_key(content)
    if live is not None and live.content_key == key:
        return live
    contract = live or Contract(edition=locked.edition, application=locked)
    outdated = contract.document
    contract.content, contract.content_key, contract.offered, contract.document = content, key, at, None
    contract.save()
    if outdated is not None:
        outdated.delete()
    return contract


@transaction.atomic
def keep_document(contract: Contract, name: str, content: bytes, *, context: ActionContext) -> Document:
    """Keep the paper of a contract as it was made; of two that are made at once the first stays."""
    locked = Contract.objects.select_for_update().get(pk=contract.pk)
    if locked.document is not None and locked.content_key == contract.content_key:
        return locked.document
    if locked.content_key != contract.content_key:
        raise ContractChanged()
    locked.document = _document(name, content, context)
    locked.save(update_fields=["document"])
    return locked.document


@transaction.atomic
def add_signed_paper(contract: Contract, name: str, content: bytes, *, context: ActionContext) -> Document:
    """Add the contract as it was signed on paper; a later one takes the place of the one before.

    Raises: ContractNotAccepted, PaperTooLarge, PaperIsNoPDF.
    """
    require_pdf(content)
    locked = Contract.objects.select_for_update().get(pk=contract.pk)
    if locked.state != State.ACCEPTED:
        raise ContractNotAccepted()
    if locked.signed_paper and locked.signed_paper.sha256 == digest(content):
        return locked.signed_paper
    locked.signed_paper = _document(name, content, context)
    locked.save(update_fields=["signed_paper"])
    record_contract_event("contract.paper_added", locked, context, sha256=locked.signed_paper.sha256)
    return locked.signed_paper


def _document(name: str, content: bytes, context: ActionContext) -> Document:
    return Document.objects.create(
        name=name[-150:], content=content, sha256=digest(content), made=context.at, made_by=context.actor
    )


def locked_application(application: Application) -> Application:
    """The application as it is now, locked until the transaction ends, with all that a contract says of it."""
    joined = Application.objects.select_related("organisation", "area", "pavilion")
    locked = joined.select_for_update(of=("self",)).get(pk=application.pk)
    locked.edition = editions().get(pk=locked.edition_id)
    return locked


def record_contract_event(event: str, contract: Contract, context: ActionContext, **data: Any) -> None:
    """Add an entry about a contract to the journal."""
    subject = subject_of(contract, str(contract.application.organisation))
    record(event, subject, context=context, edition=contract.edition_id, contract=contract.number, **data)
