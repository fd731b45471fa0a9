"""Passes of those who are there to work: the press, the organiser's staff, service firms. None of them is a visitor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from emporion.domain.admission.actions.badges import lock_key
from emporion.domain.admission.models import WORKING, Badge
from emporion.domain.admission.queries import pass_of
from emporion.domain.admission.rules import KIND_LETTERS, badge_text, sign_all
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.refusal import BulkOutcome, RowProblem
from emporion.domain.row_problems import KeepOneOfTwoRows, RepeatsRow


class PassRow(NamedTuple):
    """A person as a list names them; ``kind`` is one of ``models.WORKING``, ``firm`` the paper or company, if any."""

    row: int
    kind: str
    holder: str
    firm: str = ""

    @property
    def person(self) -> tuple[str, str, str]:
        return self.kind, self.firm, self.holder


@transaction.atomic
def import_passes(edition: Edition, rows: Iterable[PassRow], *, context: ActionContext) -> BulkOutcome:
    """Make a signed pass for everyone on the list who has none of that kind and firm; one journal entry for the list.

    Numbers go on from the last of the kind, as P06-00001 for the press.
    """
    key = lock_key(edition)
    outcome = BulkOutcome()
    held = Badge.objects.filter(edition=edition, kind__in=WORKING).values_list("kind", "firm", "holder")
    known = set(held)
    wanted = _unrepeated(rows, outcome)
    new = [row for row in wanted if row.person not in known]
    numbers = _numbers(edition, new, Counter(kind for kind, _, _ in known))
    texts = [badge_text(pass_of(edition, number, row.kind)) for row, number in zip(new, numbers, strict=True)]
    signed = zip(new, numbers, sign_all(bytes(key.private), texts), strict=True)
    Badge.objects.bulk_create(
        [
            Badge(edition=edition, number=number, kind=row.kind, holder=row.holder, firm=row.firm,
                  signature=signature, issued=context.at)
            for row, number, signature in signed
        ],
        batch_size=5000,
    )  # fmt: skip
    outcome.created, outcome.unchanged = len(new), len(wanted) - len(new)
    record("passes.imported", edition, context=context, edition=edition.pk, issued=len(new))
    return outcome


def _unrepeated(rows: Iterable[PassRow], outcome: BulkOutcome) -> list[PassRow]:
    first: dict[tuple[str, str, str], PassRow] = {}
    for row in rows:
        if (earlier := first.setdefault(row.person, row)) is not row:
            wrong = RepeatsRow(row.holder, earlier.row)
            outcome.problems.append(RowProblem(row.row, "holder", wrong, KeepOneOfTwoRows()))
    return list(first.values())


def _numbers(edition: Edition, new: list[PassRow], last: Counter[str]) -> list[str]:
    numbers = []
    for row in new:
        last[row.kind] += 1
        numbers.append(f"{KIND_LETTERS[row.kind]}{edition.number:02}-{last[row.kind]:05}")
    return numbers
