"""Lists of the office: who has a contract, which is to be invoiced."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from emporion.domain.billing.models import Contract, Invoice, PriceList
from emporion.domain.billing.rules.invoices import INVOICE
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application

State = Application.State
# The lists of contracts by what is to be done with them.
CONTRACTS = {
    "all": Q(state__in=[State.APPROVED, State.CONTRACTED, State.CANCELLED]),
    "waiting": Q(state=State.APPROVED),
    "signed": Q(state=State.CONTRACTED),
    "to_invoice": Q(state=State.CONTRACTED, accepted_here=True, invoiced=False),
    "cancelled": Q(state=State.CANCELLED),
}


def contracts_of(edition: Edition, kind: str = "all") -> QuerySet[Application]:
    """The main exhibitors of an edition that are approved or further, each with its contracts, the latest first."""
    standing = Invoice.objects.filter(application=OuterRef("pk"), kind=INVOICE, credit_note=None)
    accepted = Contract.objects.filter(application=OuterRef("pk"), state=Contract.State.ACCEPTED)
    found = Application.objects.filter(edition=edition, main=None)
    found = found.annotate(invoiced=Exists(standing.exclude(contract_number="")), accepted_here=Exists(accepted))
    latest = Prefetch("contracts", Contract.objects.order_by("-pk"))
    joined = found.filter(CONTRACTS[kind]).select_related("organisation", "exhibitor", "area")
    return joined.prefetch_related(latest).order_by("pk")


def contract_counts(edition: Edition) -> dict[str, int]:
    """How many there are in each list of contracts."""
    return {kind: contracts_of(edition, kind).count() for kind in CONTRACTS}


def unrecorded(edition: Edition) -> QuerySet[Application]:
    """The main exhibitors whose contract was signed elsewhere and is not recorded here."""
    known = Contract.objects.filter(edition=edition, state=Contract.State.ACCEPTED)
    return contracts_of(edition, "signed").exclude(pk__in=known.values("application"))


def unrecorded_count(edition: Edition) -> int:
    """How many there are, where there are prices by which to record them."""
    return unrecorded(edition).count() if PriceList.objects.filter(edition=edition).exists() else 0


def application_of(edition: Edition, pk: int) -> Application | None:
    """A main exhibitor's application of the edition with what its contract's page shows."""
    found = Application.objects.filter(edition=edition, main=None, pk=pk)
    return found.select_related("organisation", "area", "pavilion", "origin", "exhibitor").first()


def invoice_of(edition: Edition, pk: int) -> Invoice | None:
    """An invoice or credit note of the edition."""
    found = Invoice.objects.filter(edition=edition, pk=pk)
    return found.select_related(
        "application__organisation", "credits", "edition__fair", "credit_note", "fapiao"
    ).first()
