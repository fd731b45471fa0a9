"""Importing purchase needs: what visiting units mean to buy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.organisations.rules import name_key, number_key
from emporion.domain.refusal import BulkOutcome, RowProblem
from emporion.domain.visitors.models import PurchaseNeed, VisitingUnit

STATED = ("text", "sector_id", "hs_id", "amount", "currency_id")


class NeedRow(NamedTuple):
    """A need as a list names it; the unit by its organisation's registered number, else by its name."""

    row: int
    organisation: str
    organisation_number: str
    number: str
    text: str
    country: str = ""
    sector: str = ""
    hs: str = ""
    amount: Decimal | None = None
    currency: str = ""


@transaction.atomic
def import_needs(edition: Edition, rows: Iterable[NeedRow], *, at: datetime, actor: User | None = None) -> BulkOutcome:
    """Write the needs of a list or bring them up to date; an empty cell changes nothing. One journal entry."""
    outcome = BulkOutcome()
    units = _UnitFinder(edition)
    known = {(need.unit_id, need.number): need for need in PurchaseNeed.objects.filter(unit__edition=edition)}
    new: list[PurchaseNeed] = []
    changed: list[PurchaseNeed] = []
    first: dict[tuple[int, str], int] = {}
    for row in rows:
        unit = units.find(row)
        if isinstance(unit, RowProblem):
            outcome.problems.append(unit)
        elif problem := _check(row, first.setdefault((unit, row.number), row.row)):
            outcome.problems.append(problem)
        elif (need := known.get((unit, row.number))) is None:
            new.append(PurchaseNeed(unit_id=unit, number=row.number, **_stated(row)))
        elif _change(need, _stated(row)):
            changed.append(need)
        else:
            outcome.unchanged += 1
    PurchaseNeed.objects.bulk_create(new, batch_size=5000)
    PurchaseNeed.objects.bulk_update(changed, STATED, batch_size=1000)
    outcome.created, outcome.updated = len(new), len(changed)
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    record("needs.imported", f"needs of edition {edition.pk}", at=at, actor=actor, edition=edition.pk, **counts)
    return outcome


class _UnitFinder:
    """Finds the edition's units by number or name; a name that several units share finds none."""

    def __init__(self, edition: Edition) -> None:
        self.by_number: dict[str, int] = {}
        self.by_name: dict[str, list[tuple[str, int]]] = {}
        facts = VisitingUnit.objects.filter(edition=edition).values_list(
            "id", "organisation__registered_number", "organisation__name_key", "organisation__country_id"
        )
        for unit, number, name, country in facts.iterator(chunk_size=10_000):
            if number:
                self.by_number[number] = unit
            self.by_name.setdefault(name, []).append((country or "", unit))

    def find(self, row: NeedRow) -> int | RowProblem:
        if row.organisation_number:
            if unit := self.by_number.get(number_key(row.organisation_number)):
                return unit
            wrong = f"names no visiting unit of this edition: {row.organisation_number}"
            return RowProblem(row.row, "organisation_number", wrong, "Import the visitors first, or mend the number")
        named = self.by_name.get(name_key(row.organisation), []) if row.organisation else []
        units = [unit for country, unit in named if not row.country or country == row.country]
        if len(units) == 1:
            return units[0]
        what = "several visiting units" if units else "no visiting unit"
        wrong = f"names {what} of this edition: {row.organisation}"
        return RowProblem(row.row, "organisation", wrong, "Give the organisation's registered number")


def _check(row: NeedRow, first: int) -> RowProblem | None:
    if first != row.row:
        wrong = f"repeats {row.number} of row {first}"
        return RowProblem(row.row, "number", wrong, "Give each need of a unit a number of its own")
    if row.amount is not None and not row.currency:
        return RowProblem(row.row, "currency", "is empty, though an amount is given", "Write the amount's currency")
    return None


def _stated(row: NeedRow) -> dict[str, object]:
    return {
        "text": row.text, "sector_id": row.sector or None, "hs_id": row.hs or None, "amount": row.amount,
        "currency_id": row.currency or None,
    }  # fmt: skip


def _change(need: PurchaseNeed, stated: dict[str, object]) -> bool:
    changed = {name: value for name, value in stated.items() if value is not None and getattr(need, name) != value}
    for name, value in changed.items():
        setattr(need, name, value)
    return bool(changed)
