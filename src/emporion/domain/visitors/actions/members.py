"""A delegation's leader brings a list of its people: only its own, none twice, each with a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import window_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Reason
from emporion.domain.refusal import BulkOutcome, RowProblem
from emporion.domain.visitors import row_problems as problems
from emporion.domain.visitors.actions.bulk import UNNUMBERED, VisitorRow, import_visitors
from emporion.domain.visitors.models import Delegation, Visitor
from emporion.domain.visitors.queries import people_within
from emporion.domain.visitors.rules import document_key, is_within, require_registration_open

Key = tuple[str, ...]


@transaction.atomic
def import_members(
    edition: Edition, rows: Iterable[VisitorRow], *, delegation: Delegation, context: ActionContext
) -> BulkOutcome:
    """Register the people of a leader's list, or bring them up to date, as ``import_visitors`` does.

    Units for which no row names a path stay where they are; new ones belong to the leader's own delegation. Who is
    registered already is recognised by number, address, document, or by name and unit; whoever looks after their
    registration themselves is left as they are.

    Raises: PhaseNotPlanned, RegistrationNotOpen, RegistrationClosed.
    """
    require_registration_open(window_of(edition, Phase.Kind.REGISTRATION), context.at)
    members = Members(delegation)
    outcome = import_visitors(edition, members.own(rows), leaders=delegation, context=context)
    outcome.problems += members.problems
    outcome.unchanged += members.left
    return outcome


class Members:
    """A delegation's people as a list names them, and what of the list is not theirs."""

    def __init__(self, delegation: Delegation) -> None:
        self.delegation = delegation
        self.known = {key: one for one in people_within(delegation) for key in _keys_of(one)}
        self.problems: list[RowProblem] = []
        self.left = 0

    def own(self, rows: Iterable[VisitorRow]) -> Iterator[VisitorRow]:
        """The rows that can be taken, with the number of whom they are."""
        for row in rows:
            if row.delegation and not is_within(row.delegation, self.delegation.path):
                wrong = problems.OutsideDelegation(row.delegation, self.delegation.path)
                self._refuse(row, "delegation", wrong, problems.UseOwnPath(self.delegation.path))
            elif row.number and ("number", row.number.lower()) not in self.known:
                self._refuse(row, "number", problems.NoSuchNumber(row.number), problems.LeaveNumberEmpty())
            elif (found := self._found(row)) and found.user_id:
                self.left += 1
            else:
                yield row._replace(number=found.number if found else f"{UNNUMBERED}{row.row}")

    def _found(self, row: VisitorRow) -> Visitor | None:
        keys = _keys(row.number, row.email, row.document, row.country, row.name, row.organisation)
        return next((one for key in keys if (one := self.known.get(key)) and _may_be(one, row)), None)

    def _refuse(self, row: VisitorRow, column: str, wrong: Reason, fix: Reason) -> None:
        self.problems.append(RowProblem(row.row, column, wrong, fix))


def _may_be(visitor: Visitor, row: VisitorRow) -> bool:
    """Two people of one name and unit have each their own address and document."""
    if row.number and row.number.lower() == visitor.number.lower():
        return True
    stated = ((row.email.lower(), visitor.email.lower()), (document_key(row.document), visitor.document))
    known = [(one, other) for one, other in stated if one and other]
    return not known or any(one == other for one, other in known)


def _keys_of(visitor: Visitor) -> Iterator[Key]:
    unit = visitor.unit.organisation.name if visitor.unit else ""
    return _keys(visitor.number, visitor.email, visitor.document, visitor.country_id, visitor.name, unit)


def _keys(number: str, email: str, document: str, country: str, name: str, unit: str) -> Iterator[Key]:
    """By what somebody is recognised, the surest first."""
    if number:
        yield ("number", number.lower())
    if email:
        yield ("email", email.lower())
    if document:
        yield ("document", document_key(document), country)
    yield ("name", name.casefold(), unit.casefold())
