"""Approved applicants reminded of the contract that waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from emporion.domain.billing.models import PriceList
from emporion.domain.billing.queries.tasks import contract_days, contracts_to_sign
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import local_day
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.preparation.rules import ASKED, CONTRACT, OPEN, Task, to_remind_of
from emporion.domain.reason import stored


@transaction.atomic
def remind_of_contracts(edition: Edition, *, at: datetime) -> int:
    """Remind whoever is to sign in 14 or in 3 days, or was to sign yesterday; how many messages.

    Each gets one message a day; done again on that day, it tells nothing twice. Without prices nothing can be signed.
    """
    today = local_day(edition, at)
    if today > edition.last_day or not PriceList.objects.filter(edition=edition).exists():
        return 0
    return notify_all(_reminders(edition, today), at=at)


def _reminders(edition: Edition, today: date) -> Iterator[Message]:
    for application, due in contract_days(edition, contracts_to_sign(edition)):
        if to_remind_of([Task(CONTRACT, due, OPEN)], today):
            facts = {
                "organisation": stored(application.organisation.proper_name),
                "organisation_id": application.organisation_id, "tasks": [stored(ASKED[CONTRACT])],
                "due": f"{due:%Y-%m-%d}",
            }  # fmt: skip
            key, to = f"contract:{application.pk}:{today}", application.contact_email
            yield Message(key, to, "tasks_reminder", facts, edition_id=edition.pk)
