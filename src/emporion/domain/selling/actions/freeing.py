"""A stand that becomes free, and wishes that end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.selling.models import StandSale, Wish
from emporion.domain.selling.rules.holds import FREE


def free(sale: StandSale, event: str, context: ActionContext, **data: Any) -> None:
    """Let go of a stand, whose row the caller has locked; the journal tells who had it."""
    before = sale.application_id
    sale.state, sale.application, sale.since, sale.until = FREE, None, None, None
    sale.renewed, sale.upper_deck_m2 = False, 0
    sale.save(update_fields=["state", "application", "since", "until", "renewed", "upper_deck_m2"])
    record(event, sale.stand, context=context, edition=sale.stand.edition_id, application=before, **data)


def end_wishes(application: int | None, stands: Collection[int] | None, outcome: str, at: datetime) -> None:
    """End an applicant's open wishes for these stands, or all that are left."""
    wishes = Wish.objects.filter(application=application, ended=None)
    chosen = wishes if stands is None else wishes.filter(stand__in=stands)
    chosen.update(ended=at, outcome=outcome)
