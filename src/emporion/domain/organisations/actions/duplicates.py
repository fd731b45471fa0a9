"""Likely duplicates: listed by the machine, decided by a person, merged only then."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import (
    Alias,
    EarlierParticipation,
    LikelyDuplicate,
    Organisation,
    Representative,
)
from emporion.domain.organisations.queries import compared
from emporion.domain.organisations.rules.duplicates import likely_pairs
from emporion.domain.organisations.rules.refusals import AlreadyDecided, BothTakePart
from emporion.domain.reason import Phrase

Decision = LikelyDuplicate.Decision
_FILLED = ("name_zh", "ownership", "website", "about_en", "about_zh", "registered_number", "international_id")


@transaction.atomic
def list_likely_duplicates(*, context: ActionContext) -> int:
    """List the pairs of organisations that may be one and were not listed before; how many there are.

    Pairs that a person found to be two stay decided.
    """
    known = set(LikelyDuplicate.objects.values_list("first", "second"))
    new = [
        LikelyDuplicate(first_id=pair.first, second_id=pair.second, why=pair.why)
        for pair in likely_pairs(compared())
        if (pair.first, pair.second) not in known
    ]
    LikelyDuplicate.objects.bulk_create(new, batch_size=2000, ignore_conflicts=True)
    if new:
        record("duplicates.listed", Subject("organisation", "", "organisations"), context=context, count=len(new))
    return len(new)


@transaction.atomic
def decide_duplicate(duplicate: LikelyDuplicate, *, decision: Decision, context: ActionContext) -> Organisation:
    """Note that two organisations are two, or make them one; the organisation that stays.

    Made one, everything that named the other names the one that stays (the one with a registered number, else the
    earlier), and lists that use the other's number or name are understood to mean it. Deciding the same twice changes
    nothing.

    Raises: AlreadyDecided, BothTakePart.
    """
    locked = LikelyDuplicate.objects.select_for_update().filter(pk=duplicate.pk).first()
    if locked is None or locked.decision not in (Decision.OPEN, decision):
        raise AlreadyDecided(first=duplicate.first, second=duplicate.second)
    if decision == Decision.SAME:
        return _merge(locked, context)
    if locked.decision == Decision.OPEN:
        locked.decision, locked.decided_by, locked.decided = decision, context.actor, context.at
        locked.save()
        record("duplicate.told_apart", locked.first, context=context, other=locked.second_id)
    return locked.first


def _merge(duplicate: LikelyDuplicate, context: ActionContext) -> Organisation:
    pair = Organisation.objects.select_for_update().in_bulk([duplicate.first_id, duplicate.second_id])
    kept, absorbed = sorted(pair.values(), key=lambda one: (one.registered_number == "", one.pk))
    _drop_repeated(kept, absorbed)
    _repoint(kept, absorbed)
    _remember(kept, absorbed)
    was = {name: getattr(absorbed, name) for name in ("name", "name_key", "registered_number", "country_id")}
    record("organisations.merged", kept, context=context, absorbed=absorbed.pk, **was)
    # The pair's own row goes with the absorbed organisation; the journal keeps who decided it and when.
    absorbed.delete()
    for name in _FILLED:
        setattr(kept, name, getattr(kept, name) or getattr(absorbed, name))
    kept.save()
    return kept


def _drop_repeated(kept: Organisation, absorbed: Organisation) -> None:
    """Take away what both have alike: a representative of both, an earlier edition that both were listed in."""
    people = kept.representatives.values("user")
    Representative.objects.filter(organisation=absorbed, user__in=people).delete()
    editions = kept.earlier_participations.values("edition")
    EarlierParticipation.objects.filter(organisation=absorbed, edition__in=editions).delete()


def _repoint(kept: Organisation, absorbed: Organisation) -> None:
    """Let every record of any room that names the absorbed organisation name the one that stays.

    Raises: BothTakePart.
    """
    for relation in Organisation._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model is LikelyDuplicate:
            continue
        try:
            with transaction.atomic():
                model._default_manager.filter(**{name: absorbed}).update(**{name: kept})
        except IntegrityError as error:
            what = Phrase(model._meta.verbose_name)
            raise BothTakePart(kept=kept.name, absorbed=absorbed.name, what=what) from error


def _remember(kept: Organisation, absorbed: Organisation) -> None:
    """Keep the absorbed organisation's number and name as aliases of the one that stays."""
    aliases = []
    if absorbed.registered_number:
        aliases.append(Alias(registered_number=absorbed.registered_number))
    if absorbed.name_key != kept.name_key:
        aliases.append(Alias(name_key=absorbed.name_key))
    for alias in aliases:
        alias.organisation, alias.country_id = kept, absorbed.country_id
    Alias.objects.bulk_create(aliases, ignore_conflicts=True)
