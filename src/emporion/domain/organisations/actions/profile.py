"""What an organisation says of itself on its pages, and how its name is written."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Alias, Organisation
from emporion.domain.organisations.rules import name_key
from emporion.domain.organisations.rules.refusals import NameOfAnother, require_named

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


@transaction.atomic
def correct_name(organisation: Organisation, *, name: str, name_zh: str, context: ActionContext) -> Organisation:
    """Write an organisation's name as it should be; lists that use the old one go on to mean this organisation.

    Raises: OrganisationWithoutName, NameTooLong, NameOfAnother.
    """
    stored = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require_named(name)
    if (name, name_zh) == (stored.name, stored.name_zh):
        return stored
    before = {"name": stored.name, "name_zh": stored.name_zh}
    key_before, stored.name, stored.name_zh, stored.name_key = stored.name_key, name, name_zh, name_key(name)
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError as error:
        raise NameOfAnother(name=name) from error
    if stored.name_key != key_before:
        Alias.objects.get_or_create(organisation=stored, country=stored.country, name_key=key_before)
    record("organisation.renamed", stored, context=context, before=before)
    return stored
