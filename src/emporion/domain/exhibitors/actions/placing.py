"""From recognised rows to applications: what each row asks, checked, then written in bulk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Sum

from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import areas_by_code, local_day, sectors_by_code
from emporion.domain.editions.rules import MODULE_M2, RAW_SPACE_FROM_M2
from emporion.domain.exhibitors.actions.pavilions import pavilions_named
from emporion.domain.exhibitors.models import Application
from emporion.domain.exhibitors.queries import mains_of
from emporion.domain.exhibitors.rules import row_problems as problems
from emporion.domain.exhibitors.rules.applications import ACTIONS, require_may
from emporion.domain.exhibitors.rules.facts import CHANGEABLE, FACTS, REVIEWED
from emporion.domain.exhibitors.rules.listing import refused
from emporion.domain.exhibitors.rules.mains import Main
from emporion.domain.exhibitors.rules.rows import ExhibitorRow
from emporion.domain.exhibitors.rules.space import require_free_booth, require_space
from emporion.domain.marketaccess.queries import free_booth_rule
from emporion.domain.reference.queries import may_be_members
from emporion.domain.refusal import Refusal, RowProblem

State = Application.State
Placed = tuple[ExhibitorRow, int]  # a row and its organisation
Fields = dict[str, Any]
BATCH = 1000
# The records that an application names, with the column of the list that names each.
RECORDS = {
    "origin_id": "country",
    "area_id": "area",
    "sector_id": "sector",
    "pavilion_id": "pavilion",
    "main_id": "main",
}


@dataclass
class Placing:
    """What became of the rows: the organisations whose applications were made or changed, and the problems."""

    made: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    problems: list[RowProblem] = field(default_factory=list)


def place(edition: Edition, placed: Sequence[Placed], *, at: datetime) -> Placing:
    """Hand in each row's application, or change it; main exhibitors first, so that co-exhibitors find theirs."""
    desk = ApplicationImporter(edition, placed, at)
    mains = [(row, organisation) for row, organisation in placed if not row.main]
    desk.write([(row, organisation, desk.content(row, None)) for row, organisation in mains])
    if len(mains) < len(placed):
        desk.write(list(desk.with_mains(pair for pair in placed if pair[0].main)))
    return desk.done


class ApplicationImporter:
    """What the rows are checked against, read once, and what was done."""

    def __init__(self, edition: Edition, placed: Sequence[Placed], at: datetime) -> None:
        self.edition, self.at, self.done = edition, at, Placing()
        self.areas = areas_by_code(edition)
        self.sectors = sectors_by_code(edition)
        self.pavilions = pavilions_named(edition, (row for row, _ in placed), self.areas)
        organisations = [organisation for _, organisation in placed]
        stored = Application.objects.filter(edition=edition, organisation__in=organisations).select_for_update()
        self.stored = {application.organisation_id: application for application in stored}
        self.joint_m2 = _joint_areas(edition, placed)
        self.may_be_members = lru_cache(may_be_members)

    def with_mains(self, placed: Iterable[Placed]) -> Iterable[tuple[ExhibitorRow, int, Fields]]:
        """The co-exhibitors' rows with what they ask; those whose main exhibitor is not found become problems."""
        index = mains_of(self.edition)
        for row, organisation in placed:
            try:
                main = index.find(row.main, row.country)
            except Refusal as refusal:
                wrong = refusal.with_traceback(None)
                self.done.problems.append(RowProblem(row.row, "main", wrong, problems.GiveMainExhibitor()))
            else:
                yield row, organisation, self.content(row, main)

    def content(self, row: ExhibitorRow, main: Main | None) -> Fields:
        """What a row asks, as fields of its application; a co-exhibitor's area and sector are its main's if empty."""
        pavilion = self.pavilions.get(row.pavilion)
        return {
            "origin_id": row.country or None,
            "area_id": self.areas[row.area].pk if row.area or main is None else main.area,
            "sector_id": self.sectors[row.sector].pk if row.sector else main and main.sector,
            "pavilion_id": pavilion and pavilion.pk,
            "main_id": main and main.application,
            **{name: getattr(row, name) for name in REVIEWED},
        }

    def write(self, applications: list[tuple[ExhibitorRow, int, Fields]]) -> None:
        """Store the applications that are new or differ, after the rules have passed them."""
        new, changed = [], []
        for row, organisation, content in applications:
            stored = self.stored.get(organisation)
            if stored is None:
                application = Application(edition=self.edition, organisation_id=organisation)
                if self._passes(row, local_day(self.edition, self.at), []):
                    new.append(self._hand_in(application, row, content))
            elif self._differs(stored, row, content) and self._passes(
                row, self._day(stored), _decided(stored, row, content)
            ):
                changed.append(self._hand_in(stored, row, content))
        Application.objects.bulk_create(new, batch_size=BATCH)
        Application.objects.bulk_update(changed, WRITTEN, BATCH)
        self.done.made |= {application.organisation_id for application in new}
        self.done.changed |= {application.organisation_id for application in changed}

    def _day(self, stored: Application) -> date:
        """The day of application, on which it was handed in or is being handed in."""
        return local_day(self.edition, stored.submitted or self.at)

    def _differs(self, stored: Application, row: ExhibitorRow, content: Fields) -> bool:
        same = all(getattr(stored, name) == getattr(row, name) for name in CHANGEABLE)
        return not same or bool(_changes(stored, content)) or stored.state == State.DRAFT

    def _hand_in(self, application: Application, row: ExhibitorRow, content: Fields) -> Application:
        for name, value in content.items():
            setattr(application, name, value)
        for name in CHANGEABLE:
            setattr(application, name, getattr(row, name))
        if application.state == State.DRAFT:
            application.state, application.submitted = State.SUBMITTED, self.at
        return application

    def _passes(self, row: ExhibitorRow, day: date, decided: list[RowProblem]) -> bool:
        """Whether the rules let the row pass; what they refuse becomes a problem."""
        found = decided + self._space(row) + (self._free_booth(row, day) if row.requests_free_booth else [])
        self.done.problems += found
        return not found

    def _space(self, row: ExhibitorRow) -> list[RowProblem]:
        return refused(
            row.row,
            "area_m2" if row.stand in Application.Stand.values else "stand",
            problems.AskSpaceAsLet(MODULE_M2, RAW_SPACE_FROM_M2),
            lambda: require_space(
                stand=row.stand,
                area_m2=row.area_m2,
                open_sides=row.open_sides,
                is_co_exhibitor=bool(row.main),
                joint_m2=self.joint_m2[row.joint_stand] if row.joint_stand else 0,
            ),
        )

    def _free_booth(self, row: ExhibitorRow, day: date) -> list[RowProblem]:
        return refused(
            row.row,
            "requests_free_booth",
            problems.TakeFreeBoothOut(),
            lambda: self._check_free_booth(row, day),
        )

    def _check_free_booth(self, row: ExhibitorRow, day: date) -> None:
        rule = free_booth_rule(self.edition)
        require_free_booth(
            country=row.country,
            least_developed=self.may_be_members(rule.group, day),
            stand=row.stand,
            area_m2=row.area_m2,
            free_booth_m2=rule.area_m2,
            is_co_exhibitor=bool(row.main),
        )


WRITTEN = [*(name.removesuffix("_id") for name in RECORDS), *FACTS, "state", "submitted"]


def _changes(stored: Application, content: Fields) -> list[str]:
    """The fields in which the row and its stored application differ."""
    return [name for name, value in content.items() if getattr(stored, name) != value]


def _decided(stored: Application, row: ExhibitorRow, content: Fields) -> list[RowProblem]:
    """The problem that a row changes what has been decided on already."""
    changes = _changes(stored, content)
    if not changes or stored.state in ACTIONS["changed"]:
        return []
    fix = problems.LeaveRowAsItWas()
    return refused(row.row, RECORDS.get(changes[0], changes[0]), fix, lambda: require_may(stored.state, "changed"))


def _joint_areas(edition: Edition, placed: Sequence[Placed]) -> Counter[str]:
    """The area of each joint stand: what the rows ask, and what others that are not in the list have asked."""
    areas: Counter[str] = Counter()
    for row, _ in placed:
        if row.joint_stand:
            areas[row.joint_stand] += row.area_m2
    others = Application.objects.filter(edition=edition, joint_stand__in=list(areas))
    others = others.exclude(organisation__in=[organisation for _, organisation in placed])
    for code, area in others.values_list("joint_stand").annotate(area=Sum("area_m2")):
        areas[code] += area
    return areas
