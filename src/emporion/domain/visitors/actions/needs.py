"""Purchase needs: what visiting units mean to buy, one by one and by list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from django.db import transaction

from emporion.domain.editions.models import Edition, Sector
from emporion.domain.editions.queries import sectors_by_code
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.rules.finding import Register
from emporion.domain.reason import Phrase
from emporion.domain.reference.models import Currency, HSCode
from emporion.domain.refusal import BulkOutcome, RowProblem
from emporion.domain.row_problems import NamesNo, NamesSeveral, RepeatsRow
from emporion.domain.visitors import row_problems as problems
from emporion.domain.visitors.models import PurchaseNeed, VisitingUnit
from emporion.domain.visitors.rules import NeedCodeUnknown, require_currency, require_few_needs

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


@dataclass(frozen=True)
class NeedFacts:
    """What a unit says of a need. ``hs`` is a code of two, four or six digits or empty."""

    text: str
    sector: Sector | None = None
    hs: str = ""
    amount: Decimal | None = None
    currency: Currency | None = None


@transaction.atomic
def add_need(unit: VisitingUnit, facts: NeedFacts, *, context: ActionContext) -> PurchaseNeed:
    """Note what a unit means to buy, under the next free number.

    Raises: NeedsCurrency, NeedCodeUnknown, TooManyNeeds.
    """
    VisitingUnit.objects.select_for_update().get(pk=unit.pk)
    taken = set(unit.needs.values_list("number", flat=True))
    require_few_needs(len(taken))
    number = next(str(number) for number in count(len(taken) + 1) if str(number) not in taken)
    need = PurchaseNeed.objects.create(unit=unit, number=number, **_facts(facts))
    record("need.added", need, context=context, edition=unit.edition_id)
    return need


@transaction.atomic
def remove_need(need: PurchaseNeed, *, context: ActionContext) -> None:
    """Take back a need."""
    record("need.removed", need, context=context, edition=need.unit.edition_id)
    need.delete()


def _facts(facts: NeedFacts) -> dict[str, object]:
    require_currency(facts.amount, facts.currency.pk if facts.currency else "")
    code = facts.hs.replace(".", "")
    if code and not HSCode.objects.filter(pk=code).exists():
        raise NeedCodeUnknown(code=facts.hs)
    return {
        "text": facts.text, "sector": facts.sector, "hs_id": code or None, "amount": facts.amount,
        "currency": facts.currency if facts.amount is not None else None,
    }  # fmt: skip


@transaction.atomic
def import_needs(edition: Edition, rows: Iterable[NeedRow], *, context: ActionContext) -> BulkOutcome:
    """Write the needs of a list or bring them up to date; an empty cell changes nothing. One journal entry."""
    outcome = BulkOutcome()
    units = _units(edition)
    sectors = sectors_by_code(edition)
    known = {(need.unit_id, need.number): need for need in PurchaseNeed.objects.filter(unit__edition=edition)}
    new: list[PurchaseNeed] = []
    changed: list[PurchaseNeed] = []
    first: dict[tuple[int, str], int] = {}
    for row in rows:
        unit = _find(units, row)
        if isinstance(unit, RowProblem):
            outcome.problems.append(unit)
        elif problem := _check(row, first.setdefault((unit, row.number), row.row)):
            outcome.problems.append(problem)
        elif (need := known.get((unit, row.number))) is None:
            new.append(PurchaseNeed(unit_id=unit, number=row.number, **_stated(row, sectors)))
        elif _change(need, _stated(row, sectors)):
            changed.append(need)
        else:
            outcome.unchanged += 1
    PurchaseNeed.objects.bulk_create(new, batch_size=5000)
    PurchaseNeed.objects.bulk_update(changed, STATED, batch_size=1000)
    outcome.created, outcome.updated = len(new), len(changed)
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    record("needs.imported", edition, context=context, edition=edition.pk, **counts)
    return outcome


def _units(edition: Edition) -> Register[int]:
    """The edition's units by number and name."""
    register = Register[int]()
    facts = VisitingUnit.objects.filter(edition=edition).values_list(
        "id", "organisation__country_id", "organisation__registered_number", "organisation__name",
        "organisation__name_zh",
    )  # fmt: skip
    for unit, country, number, *names in facts.iterator(chunk_size=10_000):
        register.add(unit, numbers=[number], names=names, country=country or "")
    return register


def _find(units: Register[int], row: NeedRow) -> int | RowProblem:
    column = "organisation_number" if row.organisation_number else "organisation"
    wanted: str = getattr(row, column)
    found = units.find(wanted, country=row.country, strict=False) if wanted else []
    if len(found) == 1:
        return found[0]
    if not wanted:
        return RowProblem(row.row, column, problems.EmptyAndNoNumber(), problems.NameVisitingUnit())
    if found:
        several = NamesSeveral(Phrase("visiting units of this edition"), wanted)
        return RowProblem(row.row, column, several, problems.GiveRegisteredNumber())
    return RowProblem(
        row.row, column, NamesNo(Phrase("visiting unit of this edition"), wanted), problems.ImportVisitorsFirst()
    )


def _check(row: NeedRow, first: int) -> RowProblem | None:
    if first != row.row:
        wrong = RepeatsRow(row.number, first)
        return RowProblem(row.row, "number", wrong, problems.NumberOfEachNeed())
    if row.amount is not None and not row.currency:
        return RowProblem(row.row, "currency", problems.EmptyThoughAmount(), problems.WriteAmountsCurrency())
    return None


def _stated(row: NeedRow, sectors: Mapping[str, Sector]) -> dict[str, object]:
    sector = sectors[row.sector].pk if row.sector else None
    return {
        "text": row.text, "sector_id": sector, "hs_id": row.hs or None, "amount": row.amount,
        "currency_id": row.currency or None,
    }  # fmt: skip


def _change(need: PurchaseNeed, stated: dict[str, object]) -> bool:
    changed = {name: value for name, value in stated.items() if value is not None and getattr(need, name) != value}
    for name, value in changed.items():
        setattr(need, name, value)
    return bool(changed)
