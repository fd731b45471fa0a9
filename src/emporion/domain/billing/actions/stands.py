"""The money of a stand that changed: cut, joined, exchanged or moved."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction

from emporion.domain.billing.actions.contracts import locked_application
from emporion.domain.billing.actions.invoices import correct_invoice, credit_invoice, standing_invoice
from emporion.domain.billing.models import Contract, StandTerms
from emporion.domain.billing.queries import quote_for
from emporion.domain.billing.rules.invoices import NothingChanged
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext


@dataclass(frozen=True)
class StandFacts:
    """What of a stand decides on its price: kind as applications have it, area, open sides, class, upper floor."""

    stand: str
    area_m2: int
    open_sides: int
    location: str = ""
    upper_deck_m2: int = 0


@transaction.atomic
def follow_stand(application: Application, facts: StandFacts, *, reason: str, context: ActionContext) -> None:
    """Let an application ask what its stand is, and its money follow: quote, fee, and the invoice where there is one.

    A contract that is offered says so from then on; one that is accepted stays, and its invoice is credited and issued
    anew, with what was paid of it. The day of application counts as before, for the early bird too. Done again, it
    changes nothing.
    """
    locked = locked_application(application)
    known = StandTerms.objects.filter(application=locked).first() or StandTerms(application=locked)
    known.location, known.upper_deck_m2 = facts.location, facts.upper_deck_m2
    known.save()
    locked.stand, locked.area_m2, locked.open_sides = facts.stand, facts.area_m2, facts.open_sides
    locked.save(update_fields=["stand", "area_m2", "open_sides"])
    # What an application knows of its terms is read anew.
    _follow_money(locked_application(locked), reason, context)


def _follow_money(application: Application, reason: str, context: ActionContext) -> None:
    current = quote_for(application, application.edition, context.at)
    if current is None:
        return
    accepted = Contract.objects.filter(application=application, state=Contract.State.ACCEPTED)
    if accepted.exists():
        Exhibitor.objects.filter(application=application).update(fee=current.total)
    invoice = standing_invoice(application)
    if invoice is None:
        return
    if current.total <= 0:
        credit_invoice(invoice, reason, context=context)
    else:
        with suppress(NothingChanged):
            correct_invoice(invoice, reason=reason, context=context)
    record("contract.repriced", accepted[0], context=context, edition=application.edition_id,
           total=f"{current.total} {current.currency}", reason=reason)  # fmt: skip
