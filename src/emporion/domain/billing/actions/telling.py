"""Telling an exhibitor of its contract, its invoices and its payments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emporion.domain.billing.queries import buyer_of
from emporion.domain.exhibitors.models import Application
from emporion.domain.notices.actions import notify
from emporion.domain.reason import stored


def tell(application: Application, template: str, cause: str, facts: Mapping[str, Any], *, at: datetime) -> None:
    """Put a message into the outbox, to the contact of the application and to the address for its invoices.

    ``cause``: the number of the paper that it is about; with the template it names the message, which goes out once.
    """
    organisation = application.organisation
    known = {"organisation": stored(organisation.proper_name), "organisation_id": organisation.pk}
    for recipient in sorted({application.contact_email, buyer_of(application).email} - {""}):
        notify(
            f"{template}:{application.edition_id}:{cause}:{recipient}"[:120],
            recipient=recipient,
            template=template,
            context={**known, **facts},
            edition_id=application.edition_id,
            at=at,
        )
