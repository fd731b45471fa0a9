"""Importing products and debuts: what is new or changed goes by COPY into a temporary table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection, transaction

from emporion.domain.catalogue import row_problems as problems
from emporion.domain.catalogue.models import Product
from emporion.domain.catalogue.rules import ProductNeedsName, require_name, search_vector
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.rules.finding import Register
from emporion.domain.reason import Phrase
from emporion.domain.refusal import BulkOutcome, RowProblem
from emporion.domain.row_problems import NamesNo, NamesSeveral, RepeatsRow

WORTH_ANALYSING = 1_000


class ProductRow(NamedTuple):
    """A product as a list names it. ``exhibitor`` is its contract number, registered number or name.

    ``country`` tells exhibitors of one name apart; ``origin`` empty means the exhibitor's; ``debut`` is a kind of
    debut or empty.
    """

    row: int
    exhibitor: str
    number: str
    country: str = ""
    kind: str = ""
    name_en: str = ""
    name_zh: str = ""
    about_en: str = ""
    about_zh: str = ""
    hs: str = ""
    sector: str = ""
    origin: str = ""
    debut: str = ""


class _Facts(NamedTuple):
    """What is stored of a product, in the order of ``_FACTS``."""

    kind: str
    name_en: str
    name_zh: str
    about_en: str
    about_zh: str
    hs: str
    sector: str
    origin: str
    debut: str


_Key = tuple[int, str]  # exhibitor, number


@dataclass
class _Exhibitors:
    """The edition's exhibitors as lists name them; a name that several share finds none without its country."""

    origins: dict[int, str] = field(default_factory=dict)
    register: Register[int] = field(default_factory=Register)
    found: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def find(self, row: ProductRow) -> int | RowProblem:
        """The row's exhibitor; rows of one exhibitor come by the dozen, so each name is looked up once."""
        wanted = (row.exhibitor, row.country)
        found = self.found.get(wanted)
        if found is None:
            found = self.found[wanted] = self.register.find(row.exhibitor, country=row.country, strict=False)
        if len(found) == 1:
            return found[0]
        none = NamesNo(Phrase("exhibitor of this edition"), row.exhibitor)
        several = NamesSeveral(Phrase("exhibitors of this edition"), row.exhibitor)
        return RowProblem(row.row, "exhibitor", several if found else none, problems.GiveContractNumberOrSign())


@transaction.atomic
def import_products(edition: Edition, rows: Iterable[ProductRow], *, context: ActionContext) -> BulkOutcome:
    """Write the products and debuts of a list or bring them up to date; an empty cell changes nothing.

    Rows that cannot be taken are problems of the outcome; all others are written. One journal entry.
    """
    outcome = BulkOutcome()
    exhibitors, known = _exhibitors(edition), _known(edition)
    changed = _changed(rows, exhibitors, known, outcome)
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        # The texts are cut into words while they are copied, so that no second pass is needed.
        with cursor.copy("COPY staged_product FROM STDIN") as copy:
            for (exhibitor, number), facts in changed:
                copy.write_row((exhibitor, number, *facts, _words(facts)))
        cursor.execute(_UPSERT, [edition.pk, edition.fair_id])
        cursor.execute(_UPSERT_DEBUTS)
        cursor.execute("DROP TABLE staged_product")
        if outcome.created > WORTH_ANALYSING:
            # Without fresh statistics the next searches would be planned for the table as it was before the list.
            cursor.execute("ANALYZE catalogue_product, catalogue_debut")
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    record("products.imported", edition, context=context, edition=edition.pk, **counts)
    return outcome


def _changed(
    rows: Iterable[ProductRow], exhibitors: _Exhibitors, known: dict[_Key, _Facts], outcome: BulkOutcome
) -> Iterator[tuple[_Key, _Facts]]:
    """What is to be written; counts what is new, changed and the same, and keeps the problems."""
    first: dict[_Key, int] = {}
    for row in rows:
        exhibitor = exhibitors.find(row)
        if isinstance(exhibitor, RowProblem):
            outcome.problems.append(exhibitor)
            continue
        key, before = (exhibitor, row.number), known.get((exhibitor, row.number))
        facts = _merged(row, before, exhibitors.origins[exhibitor])
        if problem := _problem(row, facts, first.setdefault(key, row.row)):
            outcome.problems.append(problem)
        elif facts == before:
            outcome.unchanged += 1
        else:
            outcome.created += before is None
            outcome.updated += before is not None
            yield key, facts


def _merged(row: ProductRow, before: _Facts | None, origin: str) -> _Facts:
    old = before or _Facts(Product.Kind.PRODUCT, "", "", "", "", "", "", origin, "")
    return _Facts(*(new or kept for new, kept in zip(row[4:], old, strict=True)))


def _problem(row: ProductRow, facts: _Facts, first: int) -> RowProblem | None:
    if first != row.row:
        wrong = RepeatsRow(row.number, first)
        return RowProblem(row.row, "number", wrong, problems.NumberOfEachProduct())
    try:
        require_name(facts.name_en, facts.name_zh)
    except ProductNeedsName as refusal:
        return RowProblem(row.row, "name_en", refusal.with_traceback(None), problems.FillInOneName())
    return None


def _words(facts: _Facts) -> str:
    return search_vector(f"{facts.name_en} {facts.name_zh}", f"{facts.about_en} {facts.about_zh}")


def _exhibitors(edition: Edition) -> _Exhibitors:
    found = _Exhibitors()
    facts = Exhibitor.objects.filter(edition=edition).values_list(
        "id", "origin_id", "number", "organisation__registered_number", "organisation__name", "organisation__name_zh"
    )
    for exhibitor, origin, number, registered, *names in facts:
        found.origins[exhibitor] = origin or ""
        found.register.add(exhibitor, numbers=[number, registered], names=names, country=origin or "")
    return found


def _known(edition: Edition) -> dict[_Key, _Facts]:
    stored = Product.objects.filter(edition=edition).order_by().values_list(
        "exhibitor_id", "number", "kind", "name_en", "name_zh", "about_en", "about_zh", "hs_id", "sector__code",
        "origin_id", "debut__kind",
    )  # fmt: skip
    rows = stored.iterator(chunk_size=5000)
    return {(exhibitor, number): _Facts(*(fact or "" for fact in facts)) for exhibitor, number, *facts in rows}


_STAGE = """
CREATE TEMPORARY TABLE staged_product (
    exhibitor bigint NOT NULL, number text NOT NULL, kind text NOT NULL, name_en text NOT NULL, name_zh text NOT NULL,
    about_en text NOT NULL, about_zh text NOT NULL, hs text NOT NULL, sector text NOT NULL, origin text NOT NULL,
    debut text NOT NULL, words tsvector NOT NULL
) ON COMMIT DROP
"""
_UPSERT = """
INSERT INTO catalogue_product
    (edition_id, exhibitor_id, number, kind, name_en, name_zh, about_en, about_zh, hs_id, sector_id, origin_id, words)
SELECT %s, p.exhibitor, p.number, p.kind, p.name_en, p.name_zh, p.about_en, p.about_zh, nullif(p.hs, ''), sector.id,
    nullif(p.origin, ''), p.words
FROM staged_product p LEFT JOIN editions_sector sector ON sector.fair_id = %s AND sector.code = p.sector
ON CONFLICT (exhibitor_id, number) DO UPDATE SET
    kind = excluded.kind, name_en = excluded.name_en, name_zh = excluded.name_zh, about_en = excluded.about_en,
    about_zh = excluded.about_zh, hs_id = excluded.hs_id, sector_id = excluded.sector_id,
    origin_id = excluded.origin_id, words = excluded.words
"""
_UPSERT_DEBUTS = """
INSERT INTO catalogue_debut AS d (product_id, kind)
SELECT p.id, s.debut FROM staged_product s
JOIN catalogue_product p ON p.exhibitor_id = s.exhibitor AND p.number = s.number
WHERE s.debut <> ''
ON CONFLICT (product_id) DO UPDATE SET kind = excluded.kind WHERE d.kind <> excluded.kind
"""
