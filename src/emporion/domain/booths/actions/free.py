"""Granting free booths to exhibitors from least developed countries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from emporion.domain.booths.models import FreeBoothGrant
from emporion.domain.booths.rules import Claim, in_turn, require_free_booth
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.marketaccess.queries import free_booth_rule
from emporion.domain.marketaccess.rules.free_booths import FreeBoothRule
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.reason import stored
from emporion.domain.reference.queries import graduations_disputed, members
from emporion.domain.reference.rules import LEAST_DEVELOPED
from emporion.domain.refusal import Refusal


@dataclass(frozen=True)
class FreeBooths:
    """What a round of granting did: the new grants, and (exhibitor's id, refusal) of those who asked in vain."""

    granted: list[FreeBoothGrant]
    refused: list[tuple[int, Refusal]]


@transaction.atomic
def grant_free_booth(exhibitor: Exhibitor, *, day: date, context: ActionContext) -> FreeBoothGrant:
    """Grant one exhibitor its free booth as of ``day``; row, journal and a notice to the exhibitor.

    Raises NoFreeBoothRule and what ``rules.require_free_booth`` does.
    """
    edition = _locked(exhibitor.edition_id)
    granted = FreeBoothGrant.objects.filter(exhibitor__edition=edition).count()
    rule, quota = free_booth_rule(edition), edition.free_booth_quota
    developing = members(rule.group, day)
    disputed = graduations_disputed(day) if rule.group == LEAST_DEVELOPED else {}
    require_free_booth(
        _claim(exhibitor), least_developed=developing, day=day, quota=quota, granted=granted, disputed=disputed
    )
    grant = _grant(exhibitor, rule, day)
    grant.save()
    _notify([grant], context.at)
    record("free_booth.granted", exhibitor, context=context, edition=edition.pk)
    return grant


@transaction.atomic
def grant_free_booths(edition: Edition, *, day: date, context: ActionContext) -> FreeBooths:
    """Grant free booths to all who ask and may have one, in their turn, until the quota is used; one journal entry.

    Those granted before keep theirs and count, so that doing it again grants nothing twice. Raises NoFreeBoothRule.
    """
    edition = _locked(edition.pk)
    applicants = Exhibitor.objects.filter(
        edition=edition, application__requests_free_booth=True, free_booth__isnull=True
    )
    exhibitors = {e.pk: e for e in applicants.select_related("organisation", "application", "free_booth", "origin")}
    before = FreeBoothGrant.objects.filter(exhibitor__edition=edition).count()
    rule, quota = free_booth_rule(edition), edition.free_booth_quota
    developing = members(rule.group, day)
    disputed = graduations_disputed(day) if rule.group == LEAST_DEVELOPED else {}
    grants: list[FreeBoothGrant] = []
    refused: list[tuple[int, Refusal]] = []
    for claim in in_turn(map(_claim, exhibitors.values()), edition.number):
        try:
            granted = before + len(grants)
            require_free_booth(
                claim, least_developed=developing, day=day, quota=quota, granted=granted, disputed=disputed
            )
            grants.append(_grant(exhibitors[claim.exhibitor], rule, day))
        except Refusal as refusal:
            refused.append((claim.exhibitor, refusal))
    if grants:
        FreeBoothGrant.objects.bulk_create(grants)
        _notify(grants, context.at)
        counts = {"granted": len(grants), "refused": len(refused)}
        record("free_booths.granted", edition, context=context, edition=edition.pk, **counts)
    return FreeBooths(grants, refused)


def _locked(edition: int) -> Edition:
    """The edition, locked: its quota is shared out by one at a time."""
    return Edition.objects.select_for_update().get(pk=edition)


def _claim(exhibitor: Exhibitor) -> Claim:
    application = exhibitor.application
    return Claim(
        exhibitor=exhibitor.pk,
        number=exhibitor.number,
        name=exhibitor.organisation.name,
        country=exhibitor.origin_id or "",
        requested=application.requests_free_booth,
        # An application without a time of its own, as one entered by the office, takes its contract's day.
        submitted=application.submitted or datetime.combine(exhibitor.signed, datetime.min.time(), UTC),
        is_co_exhibitor=exhibitor.main_id is not None,
        has_free_booth=hasattr(exhibitor, "free_booth"),
    )


def _grant(exhibitor: Exhibitor, rule: FreeBoothRule, day: date) -> FreeBoothGrant:
    return FreeBoothGrant(exhibitor=exhibitor, country=exhibitor.origin, granted=day, area_m2=rule.area_m2)


def _notify(grants: list[FreeBoothGrant], at: datetime) -> None:
    """Put a notice to every exhibitor into the outbox."""
    notify_all((_message(grant.exhibitor, grant.area_m2) for grant in grants), at=at)


def _message(exhibitor: Exhibitor, area_m2: int) -> Message:
    name = stored(exhibitor.organisation.proper_name)
    facts = {"exhibitor": exhibitor.number, "name": name, "area_m2": area_m2}
    facts["organisation_id"] = exhibitor.organisation_id
    recipient = exhibitor.application.contact_email
    key = f"free_booth.granted:{exhibitor.pk}"
    return Message(key, recipient, "free_booth_granted", facts, edition_id=exhibitor.edition_id)
