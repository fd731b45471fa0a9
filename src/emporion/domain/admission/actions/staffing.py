"""Exhibitors register their people: each gets a pass at once, as many as the quota lets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from emporion.domain.admission.actions.badges import lock_key, revoke_badge
from emporion.domain.admission.models import Badge, BuildDays, MorePasses, PassBand, StaffMember
from emporion.domain.admission.queries import pass_of, staff_quota
from emporion.domain.admission.rules import KIND_LETTERS, badge_text, sign_all
from emporion.domain.admission.rules.staffing import (
    BUILDER,
    Band,
    MorePassesDecided,
    require_build_days,
    require_builder,
    require_more,
    require_person,
    require_place,
)
from emporion.domain.designs.queries import is_approved, needs_design
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import notify
from emporion.domain.reason import stored


@transaction.atomic
def register_staff(
    exhibitor: Exhibitor, kind: str, name: str, *, function: str = "", context: ActionContext
) -> StaffMember:
    """Register one person, who gets a pass: staff for the show, a builder one for build-up and one for dismantling.

    Of two who register at once for the last place one is refused. Raises: StaffNameNeeded, StaffTextTooLong,
    StaffKnown, QuotaUsedUp, NothingToBuild, DesignNotApproved, BuildDaysNotSet.
    """
    Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
    name, function = " ".join(name.split()), function.strip()
    registered = StaffMember.objects.filter(exhibitor=exhibitor, kind=kind)
    require_person(name, function, known=registered.filter(name=name).exists())
    days = BuildDays.objects.filter(edition=exhibitor.edition_id).first()
    if kind == BUILDER:
        require_builder(builds=needs_design(exhibitor), approved=is_approved(exhibitor), days_set=days is not None)
    require_place(registered.count(), staff_quota(exhibitor, kind).passes)
    member = StaffMember.objects.create(
        exhibitor=exhibitor, kind=kind, name=name, function=function, registered=context.at,
        registered_by=context.actor,
    )  # fmt: skip
    spans = days.spans if kind == BUILDER and days else [(None, None)]
    for first, last in spans:
        _issue(member, first, last, context)
    # The name is a person's, and the journal forgets nothing.
    record("staff_member.registered", exhibitor, context=context, edition=exhibitor.edition_id, kind=kind)
    return member


@transaction.atomic
def remove_staff(member: StaffMember, *, context: ActionContext) -> None:
    """Take a person off the list: the pass is refused at the gates from now on, and the place is free."""
    locked = StaffMember.objects.select_for_update().filter(pk=member.pk).first()
    if locked is None:
        return
    for badge in Badge.objects.filter(staff_member=locked):
        revoke_badge(badge, context=context, why="removed by the exhibitor")
    exhibitor = locked.exhibitor
    record("staff_member.removed", exhibitor, context=context, edition=exhibitor.edition_id, kind=locked.kind)
    locked.delete()


@transaction.atomic
def ask_for_passes(exhibitor: Exhibitor, kind: str, passes: int, *, reason: str, context: ActionContext) -> MorePasses:
    """Ask the organiser for more passes; asked twice before it decides, the later request stands.

    Raises: MorePassesOutOfRange, MorePassesReasonNeeded, StaffTextTooLong.
    """
    reason = reason.strip()
    require_more(passes, reason)
    Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
    asked = {"passes": passes, "reason": reason, "asked": context.at, "asked_by": context.actor}
    request, _new = MorePasses.objects.update_or_create(exhibitor=exhibitor, kind=kind, decided=None, defaults=asked)
    record("passes.asked", exhibitor, context=context, edition=exhibitor.edition_id, kind=kind, passes=passes)
    return request


@transaction.atomic
def decide_passes(request: MorePasses, granted: int, *, context: ActionContext) -> MorePasses:
    """Grant some of the passes that were asked for, or none; the exhibitor is told. Raises: MorePassesDecided."""
    joined = MorePasses.objects.select_related("exhibitor__organisation", "exhibitor__application")
    locked = joined.select_for_update(of=("self",)).get(pk=request.pk)
    granted = max(0, min(granted, locked.passes))
    if locked.decided:
        if locked.granted == granted:
            return locked
        raise MorePassesDecided()
    locked.granted, locked.decided, locked.decided_by = granted, context.at, context.actor
    locked.save()
    exhibitor = locked.exhibitor
    record("passes.decided", exhibitor, context=context, edition=exhibitor.edition_id, granted=granted)
    notify(
        f"passes.decided:{locked.pk}",
        recipient=exhibitor.application.contact_email,
        template="passes_decided",
        context={
            "organisation": stored(exhibitor.organisation.proper_name),
            "organisation_id": exhibitor.organisation_id,
            "granted": granted,
            "asked": locked.passes,
        },
        edition_id=exhibitor.edition_id,
        at=context.at,
    )
    return locked


@transaction.atomic
def set_pass_rules(
    edition: Edition,
    bands: Iterable[Band],
    *,
    build_up: tuple[date, date] | None,
    dismantling: tuple[date, date] | None,
    context: ActionContext,
) -> None:
    """Set how many passes stands get by their area, and the days for which builders' passes are valid.

    Raises: BuildDaysOutOfOrder.
    """
    if build_up and dismantling:
        require_build_days(build_up, dismantling, (edition.first_day, edition.last_day))
        days = dict(zip(("build_up_first", "build_up_last"), build_up, strict=True))
        days |= zip(("dismantling_first", "dismantling_last"), dismantling, strict=True)
        BuildDays.objects.update_or_create(edition=edition, defaults=days)
    wanted = {(band.kind, band.from_m2): band.passes for band in bands}
    PassBand.objects.filter(edition=edition).delete()
    PassBand.objects.bulk_create(
        PassBand(edition=edition, kind=kind, from_m2=from_m2, passes=passes)
        for (kind, from_m2), passes in sorted(wanted.items())
    )
    record("pass_rules.set", subject_of(edition), context=context, edition=edition.pk)


def follow_pass_rules(before: Edition, edition: Edition) -> None:
    """Give a following edition the quotas of passes of the one before it, and its days of building.

    Build-up keeps its distance from the first day of the show, dismantling from the last. Call it in the transaction
    that prepares the edition, whose journal entry tells of it.
    """
    bands = PassBand.objects.filter(edition=before)
    PassBand.objects.bulk_create(
        PassBand(edition=edition, kind=band.kind, from_m2=band.from_m2, passes=band.passes) for band in bands
    )
    if days := BuildDays.objects.filter(edition=before).first():
        from_first, from_last = edition.first_day - before.first_day, edition.last_day - before.last_day
        BuildDays.objects.create(
            edition=edition, build_up_first=days.build_up_first + from_first,
            build_up_last=days.build_up_last + from_first, dismantling_first=days.dismantling_first + from_last,
            dismantling_last=days.dismantling_last + from_last,
        )  # fmt: skip


def _issue(member: StaffMember, first: date | None, last: date | None, context: ActionContext) -> Badge:
    """Make and sign a pass of a person for some days, for those of the show where none are named."""
    exhibitor = member.exhibitor
    edition, builds = exhibitor.edition, member.kind == BUILDER
    key = lock_key(edition)
    kind = Badge.Kind.CONTRACTOR if builds else Badge.Kind.EXHIBITOR
    stem = f"{'B' if builds else KIND_LETTERS[kind]}{exhibitor.number}-"
    taken = Badge.objects.filter(edition=edition, number__startswith=stem).values_list("number", flat=True)
    number = f"{stem}{max((int(one.removeprefix(stem)) for one in taken), default=0) + 1:02}"
    [signature] = sign_all(bytes(key.private), [badge_text(pass_of(edition, number, kind, first, last))])
    return Badge.objects.create(
        edition=edition, number=number, kind=kind, exhibitor=None if builds else exhibitor, staff_member=member,
        holder=member.name, firm=f"{exhibitor.organisation} {exhibitor.number}" if builds else "",
        first_day=first, last_day=last, signature=signature, issued=context.at,
    )  # fmt: skip
