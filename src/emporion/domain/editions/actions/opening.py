"""Opening an edition for work: its areas, its phases, its quota of free booths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from emporion.domain.editions.models import Edition, ExhibitionArea, Phase
from emporion.domain.editions.queries import sectors_by_code
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext


@dataclass(frozen=True)
class NewArea:
    """An exhibition area as an organiser lays it out; ``scope`` is ``country`` or ``enterprise``."""

    code: str
    number: int
    name_en: str
    name_zh: str
    scope: str
    sector: str | None = None


@dataclass(frozen=True)
class NewPhase:
    """When something may be done. Raises ``ValueError`` when it closes before it opens."""

    kind: str
    opens: datetime
    closes: datetime

    def __post_init__(self) -> None:
        # In universal time: of one zone Python compares what the clocks show, also where they skip an hour.
        if self.closes.astimezone(UTC) <= self.opens.astimezone(UTC):
            raise ValueError(f"the phase {self.kind} closes at {self.closes}, not after it opens at {self.opens}")


@transaction.atomic
def open_edition(
    edition: Edition,
    *,
    areas: Sequence[NewArea],
    phases: Sequence[NewPhase],
    free_booth_quota: int,
    context: ActionContext,
) -> Edition:
    """Make an edition the current one of its fair, with these areas and phases; doing it again brings them up to date.

    Areas and phases that are not named stay. Writes one entry in the journal.
    """
    _mark_current(edition)
    edition.free_booth_quota = free_booth_quota
    edition.save()
    _lay_out(edition, areas)
    _schedule(edition, phases)
    record(
        "edition.opened", edition, context=context, edition=edition.pk,
        areas=[area.code for area in areas], phases=[phase.kind for phase in phases], free_booths=free_booth_quota,
    )  # fmt: skip
    return edition


@transaction.atomic
def make_current(edition: Edition, *, context: ActionContext) -> None:
    """Show this edition on the fair's pages in place of the one before. Writes one entry in the journal."""
    _mark_current(edition)
    edition.save(update_fields=["current"])
    record("edition.shown", edition, context=context, edition=edition.pk)


def _mark_current(edition: Edition) -> None:
    Edition.objects.filter(fair=edition.fair_id, current=True).exclude(pk=edition.pk).update(current=False)
    edition.current = True


def _lay_out(edition: Edition, areas: Sequence[NewArea]) -> None:
    sectors = sectors_by_code(edition)
    ExhibitionArea.objects.bulk_create(
        [
            ExhibitionArea(
                edition=edition, code=area.code, number=area.number, name_en=area.name_en, name_zh=area.name_zh,
                scope=area.scope, sector=sectors[area.sector] if area.sector else None,
            )
            for area in areas
        ],
        update_conflicts=True,
        unique_fields=["edition", "code"],
        update_fields=["number", "name_en", "name_zh", "scope", "sector"],
    )  # fmt: skip


def _schedule(edition: Edition, phases: Sequence[NewPhase]) -> None:
    Phase.objects.bulk_create(
        [Phase(edition=edition, kind=phase.kind, opens=phase.opens, closes=phase.closes) for phase in phases],
        update_conflicts=True,
        unique_fields=["edition", "kind"],
        update_fields=["opens", "closes"],
    )
