"""Reference rates that an organiser brings; every edition of the installation converts by them."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.reference.actions import record_rates
from emporion.domain.reference.queries import latest_rate
from emporion.domain.reference.rate_files import read_rates
from emporion.domain.refusal import BulkOutcome


@transaction.atomic
def load_rates(content: bytes, *, file: str, context: ActionContext) -> BulkOutcome:
    """Load a file of rates, whole or not at all: with a problem in one row nothing is written.

    ``file`` is its name, for the journal. Raises: RatesFileUnreadable, RatesFileEmpty, RatesFileTooLarge.
    """
    read = read_rates(content)
    outcome = record_rates(read.rows, at=context.at, problems=read.problems)
    latest = latest_rate()
    if latest and (outcome.created or outcome.updated):
        counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
        record("rates.loaded", latest, context=context, file=file, **counts)
    return outcome
