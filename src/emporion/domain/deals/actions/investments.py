"""One investment of an exhibiting organisation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from emporion.domain.deals.models import Investment
from emporion.domain.deals.rules.deals import InvestmentNumberTaken, require_investment
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation
from emporion.domain.reference.models import Currency


@transaction.atomic
def record_investment(
    organisation: Organisation,
    *,
    number: str,
    first_year: int,
    last_year: int,
    amount: Decimal,
    currency: Currency,
    announced: date,
    context: ActionContext,
    source: str = "",
    confirmed: bool = False,
) -> Investment:
    """Record what an organisation invested in the host's market over a span of years.

    Raises: InvestmentYearsOutOfOrder, InvestmentAmountNotAboveZero, DealAmountTooHigh, InvestmentNumberTaken.
    """
    require_investment(first_year=first_year, last_year=last_year, amount=amount)
    try:
        with transaction.atomic():
            investment = Investment.objects.create(
                organisation=organisation,
                number=number,
                first_year=first_year,
                last_year=last_year,
                amount=amount,
                currency=currency,
                announced=announced,
                confirmed=context.at if confirmed else None,
                source=source,
            )
    except IntegrityError as error:
        raise InvestmentNumberTaken(number=number) from error
    record("investment.recorded", investment, context=context, amount=str(amount), currency=currency.pk)
    return investment
