"""Lists of exhibitors, thousands of rows at a time: applications to an edition, and who came to earlier ones.

A row that breaks a rule becomes a problem with its column and its fix; the other rows go in. The lists are the
organiser's own, so they may bring applications after the days on which exhibitors apply by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max

from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import sectors_by_code
from emporion.domain.exhibitors.actions.placing import Placed, place
from emporion.domain.exhibitors.models import Pavilion
from emporion.domain.exhibitors.queries import editions_of, known_codes, members_of
from emporion.domain.exhibitors.rules.listing import exhibitor_problems, participation_problems
from emporion.domain.exhibitors.rules.row_problems import AskOrganiserToMove, OrganisationOfRow, OutsideThePavilion
from emporion.domain.exhibitors.rules.rows import ExhibitorRow, ParticipationRow
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.actions import list_likely_duplicates
from emporion.domain.organisations.actions.bulk import (
    OrganisationRow,
    Recognised,
    recognise_by_outsider,
    recognise_list,
)
from emporion.domain.organisations.models import EarlierParticipation, Organisation
from emporion.domain.refusal import BulkOutcome, RowProblem
from emporion.domain.row_problems import KeepOneOfTwoRows

__all__ = ["ExhibitorRow", "ParticipationRow", "import_exhibitors", "import_participations"]

_Row = TypeVar("_Row", ExhibitorRow, ParticipationRow)
_ATTEMPTS = 3
_BATCH = 2000


def import_exhibitors(edition: Edition, rows: Iterable[ExhibitorRow], *, context: ActionContext) -> BulkOutcome:
    """Hand in an application for every row, or change the one that the organisation has; tell what became of each.

    Co-exhibitors find their main exhibitor in the same list or among the edition's applications. Pavilions are made
    by their code. ``earlier_editions`` become earlier participations. Applications that are decided keep what was
    decided; only their contact may change. Organisations that may be one are listed for a person to decide. One entry
    in the journal for the list.
    """
    listed = list(rows)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _import_exhibitors(edition, listed, context=context)
        except IntegrityError:
            # Somebody has applied for one of the organisations meanwhile; the next attempt finds that application.
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def import_pavilion(pavilion: Pavilion, rows: Iterable[ExhibitorRow], *, context: ActionContext) -> BulkOutcome:
    """Hand in applications within a pavilion, as its manager lists them; tell what became of each row.

    Organisations that are registered already are taken only where they apply in this pavilion: nobody brings others
    in, and what is known of an organisation stays. One entry in the journal for the list.
    """
    edition, outcome, listed = pavilion.edition, BulkOutcome(), list(rows)
    known = known_codes(edition)
    problems = {row.row: exhibitor_problems(row, known) for row in listed}
    outcome.problems += [problem for row in listed for problem in problems[row.row]]
    good = [row for row in listed if not problems[row.row]]
    last = Organisation.objects.aggregate(last=Max("pk"))["last"] or 0
    ids = recognise_by_outsider([_organisation(row) for row in good])
    members = set(members_of(pavilion).values_list("organisation", flat=True))
    inside = [one for one in zip(good, ids, strict=True) if one[1] > last or one[1] in members]
    within = {row.row for row, _organisation_of_row in inside}
    outcome.problems += [
        RowProblem(row.row, "name", OutsideThePavilion(row.name), AskOrganiserToMove())
        for row in good
        if row.row not in within
    ]
    known_ids = Recognised([organisation for _row, organisation in inside], frozenset(), frozenset())
    placed = list(_once([row for row, _organisation_of_row in inside], known_ids, outcome))
    placing = place(edition, placed, at=context.at)
    outcome.problems += placing.problems
    _tally(outcome, placed, made=placing.made, changed=placing.changed)
    _record("pavilion.imported", edition, outcome, context)
    return outcome


def _import_exhibitors(edition: Edition, rows: Sequence[ExhibitorRow], *, context: ActionContext) -> BulkOutcome:
    known, outcome = known_codes(edition), BulkOutcome()
    problems = {row.row: exhibitor_problems(row, known) for row in rows}
    good = [row for row in rows if not problems[row.row]]
    outcome.problems += [problem for row in rows for problem in problems[row.row]]
    recognised = recognise_list([_organisation(row) for row in good], authoritative=True)
    placed = list(_once(good, recognised, outcome))
    placing = place(edition, placed, at=context.at)
    outcome.problems += placing.problems
    came = _came_earlier(edition, placed, {problem.row for problem in outcome.problems})
    _tally(outcome, placed, made=placing.made, changed=placing.changed | recognised.updated | came)
    _record("exhibitors.imported", edition, outcome, context)
    if recognised.created:
        list_likely_duplicates(context=context)
    return outcome


def _organisation(row: ExhibitorRow | ParticipationRow) -> OrganisationRow:
    """The organisation that a row names, with whatever else it states about it."""
    stated = {name: value for name, value in vars(row).items() if name in OrganisationRow.__dataclass_fields__}
    return OrganisationRow(**stated)


def _once(rows: Sequence[_Row], recognised: Recognised, outcome: BulkOutcome) -> Iterator[tuple[_Row, int]]:
    """The rows with their organisations; a row that names an organisation again becomes a problem."""
    first: dict[int, int] = {}
    for row, organisation in zip(rows, recognised.ids, strict=True):
        if organisation in first:
            wrong = OrganisationOfRow(row.name, first[organisation])
            outcome.problems.append(RowProblem(row.row, "name", wrong, KeepOneOfTwoRows()))
        else:
            first[organisation] = row.row
            yield row, organisation


def _came_earlier(edition: Edition, placed: Sequence[Placed], bad_rows: set[int]) -> set[int]:
    """Note the earlier editions that the rows state and that are not known yet; the organisations they are of."""
    good = [(row, organisation) for row, organisation in placed if row.earlier_editions and row.row not in bad_rows]
    known = editions_of(edition.fair_id, (organisation for _, organisation in good))
    keys = dict(Edition.objects.filter(fair=edition.fair_id).values_list("number", "pk"))
    new = [
        EarlierParticipation(organisation_id=organisation, edition_id=keys[number])
        for row, organisation in good
        for number in set(row.earlier_editions) - known[organisation]
    ]
    EarlierParticipation.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return {participation.organisation_id for participation in new}


def _tally(outcome: BulkOutcome, placed: Sequence[tuple[_Row, int]], *, made: set[int], changed: set[int]) -> None:
    """Count what became of the rows that are no problem."""
    bad_rows = {problem.row for problem in outcome.problems}
    good = {organisation for row, organisation in placed if row.row not in bad_rows}
    outcome.created = len(good & made)
    outcome.updated = len((good & changed) - made)
    outcome.unchanged = len(good) - outcome.created - outcome.updated
    outcome.problems.sort(key=lambda problem: problem.row)


def import_participations(edition: Edition, rows: Iterable[ParticipationRow], *, context: ActionContext) -> BulkOutcome:
    """Note who exhibited in an edition run before its records were kept here, with sector and net area.

    One entry in the journal for the list.
    """
    known, outcome, listed = known_codes(edition), BulkOutcome(), list(rows)
    problems = {row.row: participation_problems(row, known) for row in listed}
    outcome.problems += [problem for row in listed for problem in problems[row.row]]
    good = [row for row in listed if not problems[row.row]]
    with transaction.atomic():
        recognised = recognise_list([_organisation(row) for row in good], authoritative=False)
        placed = list(_once(good, recognised, outcome))
        made, changed = _write_participations(edition, placed)
        _tally(outcome, placed, made=made, changed=changed | recognised.updated)
        _record("participations.imported", edition, outcome, context)
        if recognised.created:
            list_likely_duplicates(context=context)
    return outcome


def _write_participations(
    edition: Edition, placed: Sequence[tuple[ParticipationRow, int]]
) -> tuple[set[int], set[int]]:
    """Store the participations that are new or differ; the organisations of the new ones and of the changed."""
    stored = EarlierParticipation.objects.filter(edition=edition).select_for_update().in_bulk
    known = {one.organisation_id: one for one in stored().values()}
    sectors = sectors_by_code(edition)
    new: list[EarlierParticipation] = []
    changed: list[EarlierParticipation] = []
    for row, organisation in placed:
        one = known.get(organisation) or EarlierParticipation(edition=edition, organisation_id=organisation)
        stated = {"sector": sectors.get(row.sector), "area_m2": row.area_m2, "source": row.source}
        if one.pk and all(getattr(one, name) == value for name, value in stated.items()):
            continue
        for name, value in stated.items():
            setattr(one, name, value)
        (changed if one.pk else new).append(one)
    EarlierParticipation.objects.bulk_create(new, batch_size=_BATCH)
    EarlierParticipation.objects.bulk_update(changed, ["sector", "area_m2", "source"], _BATCH)
    return {one.organisation_id for one in new}, {one.organisation_id for one in changed}


def _record(event: str, edition: Edition, outcome: BulkOutcome, context: ActionContext) -> None:
    record(
        event,
        edition,
        context=context,
        edition=edition.pk,
        created=outcome.created,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        problems=len(outcome.problems),
    )
