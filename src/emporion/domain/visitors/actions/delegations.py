"""Importing the delegation tree: trading groups and their sub-groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.refusal import BulkOutcome, RowProblem
from emporion.domain.row_problems import RepeatsRow
from emporion.domain.visitors import row_problems as problems
from emporion.domain.visitors import rules
from emporion.domain.visitors.models import Delegation


class DelegationRow(NamedTuple):
    """A delegation as a list names it; ``path`` is its codes from the root, ``remit`` the codes of sectors."""

    row: int
    path: str
    name_en: str
    name_zh: str
    remit: tuple[str, ...] = ()
    quota: int | None = None


@transaction.atomic
def import_delegations(edition: Edition, rows: Iterable[DelegationRow], *, context: ActionContext) -> BulkOutcome:
    """Bring the edition's tree up to date; a sub-group's group must be in the list or known. One journal entry."""
    outcome = BulkOutcome()
    known = {one.path: one for one in Delegation.objects.filter(edition=edition)}
    # Shorter paths first: a group stands before its sub-groups whatever the order of the list.
    for row in sorted(_unrepeated(rows, outcome), key=lambda one: (one.path.count("."), one.row)):
        above = rules.branches(row.path)[1:2]
        if above and above[0] not in known:
            wrong, fix = problems.NoGroupAbove(above[0]), problems.AddGroup(above[0])
            outcome.problems.append(RowProblem(row.row, "path", wrong, fix))
        else:
            parent = known[above[0]] if above else None
            known[row.path] = _write(edition, row, known.get(row.path), parent, outcome)
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    record("delegations.imported", edition, context=context, edition=edition.pk,
           **counts)  # fmt: skip
    return outcome


def _unrepeated(rows: Iterable[DelegationRow], outcome: BulkOutcome) -> list[DelegationRow]:
    first: dict[str, DelegationRow] = {}
    for row in rows:
        if (earlier := first.setdefault(row.path, row)) is not row:
            wrong = RepeatsRow(row.path, earlier.row)
            outcome.problems.append(RowProblem(row.row, "path", wrong, problems.PathOfEachDelegation()))
    return list(first.values())


def _write(
    edition: Edition, row: DelegationRow, found: Delegation | None, parent: Delegation | None, outcome: BulkOutcome
) -> Delegation:
    stated = {"name_en": row.name_en, "name_zh": row.name_zh, "remit": list(row.remit), "quota": row.quota}
    if found is None:
        outcome.created += 1
        return Delegation.objects.create(edition=edition, path=row.path, parent=parent, **stated)
    changed = {name: value for name, value in stated.items() if value and getattr(found, name) != value}
    if not changed:
        outcome.unchanged += 1
        return found
    for name, value in changed.items():
        setattr(found, name, value)
    found.save(update_fields=list(changed))
    outcome.updated += 1
    return found
