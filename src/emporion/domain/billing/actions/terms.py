"""What stands on contracts and invoices: set by the organiser, and to whom they are made out by the exhibitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from emporion.domain.billing.models import BillingTerms, InvoiceAddress
from emporion.domain.billing.rules.parties import Buyer, Seller, require_account, require_fapiao
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext


@transaction.atomic
def set_terms(
    edition: Edition, seller: Seller, terms: Mapping[str, str | bool], *, context: ActionContext
) -> BillingTerms:
    """Set who issues contracts and invoices, to which account, and the terms (``terms_en``, ``terms_zh``).

    ``invoices_services`` among the terms has ordered services invoiced once their orders are fixed.

    What is set already keeps no second entry in the journal. Raises: AccountNumberWrong, BankCodeWrong.
    """
    require_account(seller.account_number, seller.bic)
    values = {**replace(seller, bic=seller.bic.upper()).stored(), **terms}
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    before = BillingTerms.objects.filter(edition=edition).first()
    if before and all(getattr(before, name) == value for name, value in values.items()):
        return before
    found, _new = BillingTerms.objects.update_or_create(edition=edition, defaults=values)
    record("billing_terms.set", edition, context=context, edition=edition.pk, account=seller.account_number)
    return found


def follow_terms(before: Edition, edition: Edition) -> None:
    """Give a following edition the terms of the one before it; call it in the transaction that prepares the edition."""
    if found := BillingTerms.objects.filter(edition=before).first():
        found.pk, found._state.adding, found.edition = None, True, edition
        found.save()


@transaction.atomic
def set_invoice_address(application: Application, buyer: Buyer, *, context: ActionContext) -> InvoiceAddress:
    """Say to whom contract and invoices are made out from now on; those issued stay.

    Raises: FapiaoNeedsTaxNumber, FapiaoNeedsEmail.
    """
    require_fapiao(buyer)
    values: dict[str, str | None] = {**buyer.stored(), "country_id": buyer.country or None}
    del values["name_zh"], values["country"]
    address, _new = InvoiceAddress.objects.update_or_create(application=application, defaults=values)
    subject = subject_of(application, str(application.organisation))
    record("invoice_address.set", subject, context=context, edition=application.edition_id)
    return address
