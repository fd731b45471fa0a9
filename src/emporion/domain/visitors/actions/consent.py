"""A person says what exhibitors may have of them, and changes it; every answer stays with its time."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.visitors.models import ConsentChange, Visitor


@transaction.atomic
def give_consent(visitor: Visitor, consent: str, *, context: ActionContext) -> Visitor:
    """Note what exhibitors may have of a person from now on; the same said again changes nothing.

    ``consent``: a value of ``Visitor.Consent``.
    """
    locked = Visitor.objects.select_for_update().get(pk=visitor.pk)
    wanted = Visitor.Consent(consent)
    if locked.consent == wanted and locked.consents.exists():
        return locked
    locked.consent = wanted
    locked.save(update_fields=["consent"])
    ConsentChange.objects.create(visitor=locked, consent=wanted, at=context.at)
    record("visitor.consent_given", locked, context=context, edition=locked.edition_id, consent=wanted.value)
    return locked
