"""Telling an applicant of its stand."""

from __future__ import annotations

from typing import Any

from emporion.domain.booths.models import Stand
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import notify
from emporion.domain.reason import stored


def tell_of_stand(template: str, application: Application, stand: Stand, context: ActionContext, **facts: Any) -> None:
    """Put a message about a stand into the outbox, to the contact of an application."""
    organisation = application.organisation
    known = {"organisation": stored(organisation.proper_name), "organisation_id": organisation.pk}
    notify(
        f"{template}:{application.pk}:{stand.pk}:{context.at.isoformat()}"[:120],
        recipient=application.contact_email,
        template=template,
        context={**known, "stand": stand.number, **facts},
        edition_id=application.edition_id,
        at=context.at,
    )
