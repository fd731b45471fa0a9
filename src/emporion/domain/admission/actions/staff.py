"""Passes of exhibitors' staff. They let people in and never count as visitors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from emporion.domain.admission.actions.badges import lock_key
from emporion.domain.admission.models import Badge
from emporion.domain.admission.queries import pass_of
from emporion.domain.admission.rules import badge_text, sign_all
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext


@transaction.atomic
def issue_exhibitor_badges(edition: Edition, staff: Iterable[tuple[Exhibitor, str]], *, context: ActionContext) -> int:
    """Make passes for exhibitors' staff, given as (exhibitor, holder's name); gives how many were new.

    A holder who has a pass of the same exhibitor keeps it. Numbers follow the contract's, as X06-00123-01.
    """
    key = lock_key(edition)
    new = _new(edition, staff)
    numbered = [(exhibitor, holder, f"X{exhibitor.number}-{place:02}") for exhibitor, holder, place in new]
    texts = [badge_text(pass_of(edition, number, Badge.Kind.EXHIBITOR)) for _, _, number in numbered]
    signed = zip(numbered, sign_all(bytes(key.private), texts), strict=True)
    kind = Badge.Kind.EXHIBITOR
    badges = [
        Badge(edition=edition, number=n, kind=kind, exhibitor=e, holder=holder, signature=signature, issued=context.at)
        for (e, holder, n), signature in signed
    ]
    Badge.objects.bulk_create(badges, batch_size=5000)
    if badges:
        record("badges.issued", edition, context=context, edition=edition.pk, issued=len(badges))
    return len(badges)


def _new(edition: Edition, staff: Iterable[tuple[Exhibitor, str]]) -> list[tuple[Exhibitor, str, int]]:
    """Those who have no pass yet, with the place of each in its exhibitor's numbering."""
    known: dict[int, set[str]] = defaultdict(set)
    passes = Badge.objects.filter(edition=edition, kind=Badge.Kind.EXHIBITOR)
    for exhibitor_id, holder in passes.values_list("exhibitor_id", "holder"):
        known[exhibitor_id or 0].add(holder)
    new = []
    for exhibitor, holder in staff:
        holders = known[exhibitor.pk]
        if holder not in holders:
            holders.add(holder)
            new.append((exhibitor, holder, len(holders)))
    return new
