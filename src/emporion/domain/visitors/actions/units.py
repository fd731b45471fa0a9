"""The visiting units that a list of visitors names, gathered row by row and recognised together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from emporion.domain.organisations.actions.bulk import OrganisationRow, recognise
from emporion.domain.organisations.rules.registers import check_registered_number
from emporion.domain.refusal import Refusal, RowProblem


class VisitorRow(NamedTuple):
    """A visitor as a list names it. ``row`` is the row's number in the list, the header being 1.

    Countries by ISO 3166 letters, ``sectors`` by number; ``organisation_country`` is empty where the organisation is
    at home in its visitor's country; ``registered`` empty means now.
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
    wrong: str
    fix: str

    def at(self, row: int) -> RowProblem:
        return RowProblem(row, *self)


class Units:
    """Gathers units; ``delegations`` gives the id of each path of the edition."""

    def __init__(self, delegations: dict[str, int], at: datetime) -> None:
        self.delegations, self.at = delegations, at
        self.known: dict[tuple[str, str], Unit | Complaint] = {}

    def of(self, row: VisitorRow) -> int | Complaint | None:
        """The place of the row's unit, ``None`` when it names none, or why it cannot have it."""
        if row.delegation and row.delegation not in self.delegations:
            fix = "Import the delegations first, or fix the path (as 07.031)"
            return Complaint("delegation", f"names no delegation of this edition: {row.delegation}", fix)
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
        ids = recognise([unit.organisation for unit in units])
        return [
            (unit.place, organisation, self.delegations.get(unit.delegation), unit.size, unit.registered)
            for unit, organisation in zip(units, ids, strict=True)
        ]

    def _without(self, row: VisitorRow) -> Complaint | None:
        if not row.delegation:
            return None
        return Complaint("organisation", "is empty, though the row names a delegation", "Name the visitor's unit")

    def _begin(self, row: VisitorRow, country: str) -> Unit | Complaint:
        if not row.organisation:
            return Complaint("organisation", "is empty, though the row gives its number", "Name the organisation")
        try:
            check_registered_number(country, row.organisation_number)
        except Refusal as refusal:
            return Complaint("organisation_number", *_split(refusal))
        organisation = OrganisationRow(
            name=row.organisation, country=country, registered_number=row.organisation_number, ownership=row.ownership
        )
        registered = row.registered or self.at
        return Unit(len(self.known), row.row, organisation, row.delegation, row.purchasing_size, registered)

    def _join(self, unit: Unit, row: VisitorRow) -> int | Complaint:
        if row.delegation != unit.delegation and row.delegation:
            if unit.delegation:
                wrong = f"puts {row.organisation} into {row.delegation}, row {unit.row} into {unit.delegation}"
                return Complaint("delegation", wrong, "A unit visits with one delegation: use the same path")
            unit.delegation = row.delegation
        if row.purchasing_size > unit.size:
            unit.size = row.purchasing_size
        if row.registered is not None and row.registered < unit.registered:
            unit.registered = row.registered
        return unit.place


def _split(refusal: Refusal) -> tuple[str, str]:
    """A refusal's sentence as what is wrong and how to fix it: it ends in the mending."""
    sentences = refusal.sentence.rstrip(".").rsplit(". ", 1)
    return sentences[0], sentences[-1] if len(sentences) > 1 else "Fix the cell"
