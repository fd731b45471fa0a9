"""What happens to designs: handed in, commented on, decided; contractors engaged and dismissed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.booths.construction import Built
from emporion.domain.designs.models import Contractor, DesignComment, DesignFile, DesignVersion, StandDesign
from emporion.domain.designs.queries import breaches_of, contractors_of, design_of, needs_design
from emporion.domain.designs.rules import (
    LONGEST_TEXT,
    MOST_BYTES,
    CommentTooLong,
    require_comment,
    require_decision,
    require_hand_in,
)
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.reason import stored
from emporion.domain.stored_files import fill
from emporion.domain.uploads import DOCUMENTS, require_file

Drawing = tuple[str, bytes]
NOTHING_DECLARED = Built()


@transaction.atomic
def hand_in_design(
    exhibitor: Exhibitor,
    drawings: Sequence[Drawing],
    *,
    note: str = "",
    built: Built = NOTHING_DECLARED,
    context: ActionContext,
) -> StandDesign:
    """Hand in a version of the stand's design: its drawings by name and content, and what is ``built``. The same
    drawings twice are one.

    Raises: NoDesignNeeded, DesignApproved, DesignFilesNeeded, TooManyDesignFiles, CommentTooLong, FileEmpty,
    FileTooLarge, FileOfOtherKind, FileDamaged.
    """
    Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
    design, note = design_of(exhibitor), note.strip()
    if design and drawings and _is_newest(design, drawings, built):
        return design
    require_hand_in(design.state if design else "", needed=needs_design(exhibitor), files=len(drawings))
    if len(note) > LONGEST_TEXT:
        raise CommentTooLong(longest=LONGEST_TEXT, length=len(note))
    kinds = [require_file(name, content, DOCUMENTS, most_bytes=MOST_BYTES) for name, content in drawings]
    design = design or StandDesign(exhibitor=exhibitor)
    design.version, design.handed_in, design.state = design.version + 1, context.at, StandDesign.State.SUBMITTED
    design.due = None
    design.save()
    version = DesignVersion.objects.create(
        design=design,
        number=design.version,
        note=note,
        height_m=built.height_m,
        decks=built.decks,
        open_faces=built.open_faces,
        handed_in=context.at,
        handed_in_by=context.actor,
    )
    for (name, content), kind in zip(drawings, kinds, strict=True):
        drawing = DesignFile(version=version)
        fill(drawing, name, content, kind, at=context.at, by=context.actor)
        drawing.save()
    _record("design.handed_in", design, context)
    return design


@transaction.atomic
def decide_design(
    design: StandDesign,
    decision: str,
    *,
    seen: int,
    reason: str = "",
    due: date | None = None,
    context: ActionContext,
) -> StandDesign:
    """Approve a design, ask for changes until a day, or reject it; exhibitor and contractors are told.

    ``seen`` is the version that was looked at. Decided twice alike, it is one decision.
    Raises: UnknownDecision, DesignChangedMeanwhile, DecisionReasonNeeded, DesignBreaksRules, CommentTooLong,
    DecisionDayNeeded.
    """
    joined = StandDesign.objects.select_related("exhibitor__edition", "exhibitor__organisation")
    locked, reason = joined.select_for_update(of=("self",)).get(pk=design.pk), reason.strip()
    today = local_day(locked.exhibitor.edition, context.at)
    breaks = bool(breaches_of(locked))
    require_decision(decision, reason=reason, due=due, today=today, version=locked.version, seen=seen, breaks=breaks)
    due = due if decision == StandDesign.State.CHANGES else None
    if (locked.state, locked.reason, locked.due) == (decision, reason, due):
        return locked
    locked.state, locked.reason, locked.due = StandDesign.State(decision), reason, due
    locked.decided, locked.decided_by = context.at, context.actor
    locked.save()
    _record(f"design.{decision}", locked, context)
    _tell(locked, context)
    return locked


@transaction.atomic
def comment_on(
    file: DesignFile,
    text: str,
    *,
    page: int = 1,
    x: Decimal | None = None,
    y: Decimal | None = None,
    of_office: bool = False,
    context: ActionContext,
) -> DesignComment:
    """Say something of a place on a drawing; said twice in a row by one person, it is one comment.

    Raises: CommentNeeded, CommentTooLong, PlaceOutside.
    """
    text = text.strip()
    require_comment(text, page=page, x=x, y=y)
    DesignFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    last = DesignComment.objects.filter(file=file).order_by("-id").first()
    if last and (last.text, last.page, last.x, last.y, last.by) == (text, page, x, y, context.actor):
        return last
    return DesignComment.objects.create(
        file=file, page=page, x=x, y=y, text=text, of_office=of_office, at=context.at, by=context.actor
    )


@transaction.atomic
def engage_contractor(exhibitor: Exhibitor, user: User, *, context: ActionContext) -> Contractor:
    """Let a person build an exhibitor's stand: see its design, and hand it in. Engaged twice, it is one."""
    start = {"engaged": context.at}
    contractor, new = Contractor.objects.get_or_create(exhibitor=exhibitor, user=user, defaults=start)
    if new:
        record("contractor.engaged", exhibitor, context=context, edition=exhibitor.edition_id)
    return contractor


@transaction.atomic
def dismiss_contractor(contractor: Contractor, *, context: ActionContext) -> None:
    """Take the design from a person's sight; what they handed in stays."""
    if Contractor.objects.filter(pk=contractor.pk).delete()[0]:
        exhibitor = contractor.exhibitor
        record("contractor.dismissed", exhibitor, context=context, edition=exhibitor.edition_id)


def _is_newest(design: StandDesign, drawings: Sequence[Drawing], built: Built) -> bool:
    """Whether the newest version, on which nobody has decided yet, consists of just these drawings, built so."""
    newest = DesignVersion.objects.filter(design=design, number=design.version).first()
    if design.state != StandDesign.State.SUBMITTED or newest is None or newest.built != built:
        return False
    files = DesignFile.objects.filter(version__design=design, version__number=design.version).order_by("id")
    kept = []
    for file in files:
        with file.file.open("rb") as content:
            kept.append(content.read())
    return kept == [content for _name, content in drawings]


def _record(event: str, design: StandDesign, context: ActionContext) -> None:
    exhibitor = design.exhibitor
    subject = subject_of(design, exhibitor.number)
    record(event, subject, context=context, edition=exhibitor.edition_id, version=design.version)


def _tell(design: StandDesign, context: ActionContext) -> None:
    exhibitor = design.exhibitor
    facts = {
        "organisation": stored(exhibitor.organisation.proper_name),
        "reason": design.reason,
        "due": f"{design.due:%Y-%m-%d}" if design.due else "",
        "version": design.version,
    }
    key = f"design.{design.state}:{design.pk}:{context.at.isoformat()}"
    contact = {exhibitor.application.contact_email: {"organisation_id": exhibitor.organisation_id}}
    contractors = {one.user.email: {"stand_of": exhibitor.number} for one in contractors_of(exhibitor)}
    notify_all(
        (
            Message(f"{key}:{number}", address, f"design_{design.state}", facts | own, edition_id=exhibitor.edition_id)
            for number, (address, own) in enumerate((contractors | contact).items())
        ),
        at=context.at,
    )
