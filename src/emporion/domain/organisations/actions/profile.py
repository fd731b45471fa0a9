"""What an organisation says of itself on its pages."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation

FIELDS = ("website", "about_en", "about_zh")


@transaction.atomic
def describe(
    organisation: Organisation, *, website: str, about_en: str, about_zh: str, context: ActionContext
) -> Organisation:
    """Change what visitors read of an organisation; nothing changed is nothing written."""
    stated = {"website": website, "about_en": about_en, "about_zh": about_zh}
    stored = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = [name for name in FIELDS if getattr(stored, name) != stated[name]]
    for name in changed:
        setattr(stored, name, stated[name])
    if changed:
        stored.save(update_fields=changed)
        record("organisation.described", stored, context=context, fields=changed)
    return stored
