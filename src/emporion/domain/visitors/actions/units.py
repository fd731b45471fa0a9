"""The visiting units that a list of visitors names, gathered row by row and recognised together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from emporion.domain.organisations.actions.bulk import OrganisationRow, recognise, recognise_by_outsider
from emporion.domain.organisations.rules.registers import CreditCodeWrong, require_registered_number
from emporion.domain.reason import Statement
from emporion.domain.refusal import Refusal, RowProblem, refusal_of
from emporion.domain.visitors import row_problems as problems


class VisitorRow(NamedTuple):
    """A visitor as a list names it. ``row`` is the row's number in the list, the header being 1.

    Countries by ISO 3166 letters, ``sectors`` by number; ``organisation_country`` is empty where the organisation is
    at home in its visitor's country; ``registered`` empty means now; ``days`` empty any day of the show.
    """

    row: int
    number: str
    name: str
    country: str
    email: str = ""
    phone: str = ""
    position: str = ""
    organisation: str = ""
    organisation_number: str = ""
    organisation_country: str = ""
    ownership: str = ""
    delegation: str = ""
    sectors: tuple[int, ...] = ()
    hs_headings: tuple[str, ...] = ()
    purchasing_size: int = 0
    registered: datetime | None = None
    document: str = ""
    name_latin: str = ""
    days: tuple[date, ...] = ()


@dataclass(slots=True)
class Unit:
    """A unit as its rows state it together. ``place`` numbers the units of one list; ``row`` is its first row."""

    place: int
    row: int
    organisation: OrganisationRow
    delegation: str
    size: int
    registered: datetime


class Complaint(NamedTuple):
    """Why a row cannot have its unit: the column, what is wrong, how to fix it."""

    column: str
    wrong: Statement
    fix: Statement

    def at(self, row: int) -> RowProblem:
        return RowProblem(row, *self)


class Units:
    """Gathers units; ``delegations`` gives the id of each path of the edition.

    ``by_leader``: the list is a leader's, who does not speak for the organisations that it names.
    """

    def __init__(self, delegations: dict[str, int], at: datetime, *, by_leader: bool = False) -> None:
        self.delegations, self.at = delegations, at
        self.recognise = recognise_by_outsider if by_leader else recognise
        self.known: dict[tuple[str, str], Unit | Complaint] = {}

    def of(self, row: VisitorRow) -> int | Complaint | None:
        """The place of the row's unit, ``None`` when it names none, or why it cannot have it."""
        if row.delegation and row.delegation not in self.delegations:
            wrong = problems.NamesNoDelegation(row.delegation)
            return Complaint("delegation", wrong, problems.ImportDelegationsFirst())
        named = row.organisation_number or row.organisation
        if not named:
            return self._without(row)
        key = (row.organisation_country or row.country, named)
        unit = self.known.get(key)
        if unit is None:
            unit = self.known[key] = self._begin(row, key[0])
        return unit if isinstance(unit, Complaint) else self._join(unit, row)

    def recognised(self) -> list[tuple[int, int, int | None, int, datetime]]:
        """Place, organisation, delegation, purchasing size and day of registration of every unit."""
        units = [unit for unit in self.known.values() if isinstance(unit, Unit)]
        ids = self.recognise([unit.organisation for unit in units])
        return [
            (unit.place, organisation, self.delegations.get(unit.delegation), unit.size, unit.registered)
            for unit, organisation in zip(units, ids, strict=True)
        ]

    def _without(self, row: VisitorRow) -> Complaint | None:
        if not row.delegation:
            return None
        return Complaint("organisation", problems.EmptyThoughDelegation(), problems.NameVisitorsUnit())

    def _begin(self, row: VisitorRow, country: str) -> Unit | Complaint:
        if not row.organisation:
            return Complaint("organisation", problems.EmptyThoughNumber(), problems.NameOrganisation())
        refusal = refusal_of(lambda: require_registered_number(country, row.organisation_number))
        if refusal:
            return Complaint("organisation_number", *_of_code(refusal))
        organisation = OrganisationRow(
            name=row.organisation, country=country, registered_number=row.organisation_number, ownership=row.ownership
        )
        registered = row.registered or self.at
        return Unit(len(self.known), row.row, organisation, row.delegation, row.purchasing_size, registered)

    def _join(self, unit: Unit, row: VisitorRow) -> int | Complaint:
        if row.delegation != unit.delegation and row.delegation:
            if unit.delegation:
                wrong = problems.PutsIntoTwoDelegations(row.organisation, row.delegation, unit.row, unit.delegation)
                return Complaint("delegation", wrong, problems.UseSamePath())
            unit.delegation = row.delegation
        if row.purchasing_size > unit.size:
            unit.size = row.purchasing_size
        if row.registered is not None and row.registered < unit.registered:
            unit.registered = row.registered
        return unit.place


def _of_code(refusal: Refusal) -> tuple[Statement, Statement]:
    """What is wrong with a credit code and how to fix it, which its refusal says in one."""
    if isinstance(refusal, CreditCodeWrong):
        differs = problems.CreditCodeDiffers(refusal.data["code"], refusal.data["expected"])
        return differs, problems.CopyFromLicence()
    problem = problems.CreditCodeCharacters(refusal.data["code"], refusal.data["length"], refusal.data["invalid"])
    return problem, problems.GiveCreditCode()
