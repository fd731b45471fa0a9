"""An application filled in step by step, its papers, and how the draft becomes an application."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from emporion.domain.editions.models import Edition, ExhibitionArea, Sector
from emporion.domain.exhibitors.actions.applications import apply, submit
from emporion.domain.exhibitors.models import Application, ApplicationDraft, ApplicationPaper
from emporion.domain.exhibitors.queries import papers_of
from emporion.domain.exhibitors.rules.applications import AlreadyApplied
from emporion.domain.exhibitors.rules.drafts import STEPS, DraftChangedElsewhere, require_unchanged
from emporion.domain.exhibitors.rules.facts import ApplicationFacts
from emporion.domain.exhibitors.rules.papers import MOST_BYTES, require_changeable, require_paper
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation
from emporion.domain.stored_files import discard, fill
from emporion.domain.uploads import DOCUMENTS, require_file


@transaction.atomic
def save_step(
    edition: Edition,
    organisation: Organisation,
    step: str,
    typed: Mapping[str, str],
    *,
    seen: int,
    context: ActionContext,
) -> ApplicationDraft:
    """Store what was typed into a step, finished or not, so that anybody who manages the organisation goes on from it.

    ``seen`` is the step's revision that the writer has read, 0 for none. Raises: AlreadyApplied, StepChangedElsewhere.
    """
    if _applied(edition, organisation):
        raise AlreadyApplied(organisation=organisation)
    start = {"changed": context.at, "changed_by": context.actor}
    ApplicationDraft.objects.get_or_create(edition=edition, organisation=organisation, defaults=start)
    draft = _locked(edition, organisation)
    values = {name: typed[name] for name in STEPS[step] if name in typed}
    revision = draft.revisions.get(step, 0)
    stored = draft.values.get(step, {})
    require_unchanged(stored, values, revision=revision, seen=seen)
    if step not in draft.values or stored != values:
        draft.values[step], draft.revisions[step] = values, revision + 1
        draft.changed, draft.changed_by = context.at, context.actor
        draft.save()
    return draft


@transaction.atomic
def send_draft(
    edition: Edition,
    organisation: Organisation,
    facts: ApplicationFacts,
    *,
    area: ExhibitionArea,
    sector: Sector | None,
    seen: int,
    context: ActionContext,
) -> Application:
    """Make the draft an application and hand it in; sent twice, it is one.

    ``seen`` is the draft's revision whose answers were checked. Raises: DraftChangedElsewhere, and what ``apply`` and
    ``submit`` refuse.
    """
    draft = _locked_or_none(edition, organisation)
    if draft is None and (sent := _applied(edition, organisation)):
        return sent
    if draft is not None and draft.revision != seen:
        raise DraftChangedElsewhere()
    made = apply(edition, organisation, facts, area=area, sector=sector, context=context)
    if draft is not None:
        draft.delete()
    return submit(made, context=context)


@transaction.atomic
def add_paper(
    edition: Edition, organisation: Organisation, kind: str, name: str, content: bytes, *, context: ActionContext
) -> ApplicationPaper:
    """Add a PDF or a picture to the application; the same file twice is one.

    Raises: UnknownPaper, StateForbids, TooManyPapers, FileEmpty, FileTooLarge, FileOfOtherKind, FileDamaged.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    there = list(papers_of(organisation, edition))
    for same in (one for one in there if (one.kind, one.size) == (kind, len(content))):
        with same.file.open("rb") as stored:
            if stored.read() == content:
                return same
    require_paper(kind, there=len(there), state=_state(edition, organisation))
    found = require_file(name, content, DOCUMENTS, most_bytes=MOST_BYTES)
    paper = ApplicationPaper(edition=edition, organisation=organisation, kind=kind)
    fill(paper, name, content, found, at=context.at, by=context.actor)
    paper.save()
    record("application.paper_added", paper, context=context, edition=edition.pk, kind=kind)
    return paper


@transaction.atomic
def remove_paper(paper: ApplicationPaper, *, context: ActionContext) -> None:
    """Take a paper away before the review has ended. Raises: StateForbids."""
    require_changeable(_state(paper.edition, paper.organisation))
    record("application.paper_removed", paper, context=context, edition=paper.edition_id, kind=paper.kind)
    discard(paper)


def _applied(edition: Edition, organisation: Organisation) -> Application | None:
    return Application.objects.filter(edition=edition, organisation=organisation).first()


def _state(edition: Edition, organisation: Organisation) -> str:
    applied = _applied(edition, organisation)
    return applied.state if applied else ""


def _locked(edition: Edition, organisation: Organisation) -> ApplicationDraft:
    return ApplicationDraft.objects.select_for_update().get(edition=edition, organisation=organisation)


def _locked_or_none(edition: Edition, organisation: Organisation) -> ApplicationDraft | None:
    return ApplicationDraft.objects.select_for_update().filter(edition=edition, organisation=organisation).first()
