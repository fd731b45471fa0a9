"""What every step of the demonstration works on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from emporion.demo import exhibitors, lands, sheets
from emporion.demo import visitors as people
from emporion.demo.calendar import EDITION, MATCHED
from emporion.demo.published import SLUG
from emporion.demo.sizes import Size
from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import edition_numbered, fair_by_slug
from emporion.domain.journal.context import ActionContext
from emporion.domain.reference.models import Country, GroupMembership, InternationalOrganisation
from emporion.domain.reference.queries import least_developed_countries
from emporion.spreadsheets.importing import import_file

Progress = Callable[[int, int, str], None]


class ListRefused(Exception):
    """An invented list had problems: a fault of the demonstration itself, told with its first problems."""


def counted(rows: Iterable[Any], progress: Progress, every: int = 20_000) -> Iterator[Any]:
    """Pass rows on and tell how many went by; how many there will be is not known."""
    for number, row in enumerate(rows, start=1):
        if number % every == 0:
            progress(number, 0, "rows")
        yield row


@dataclass(frozen=True)
class Step:
    """One action: its name as people read it and what it does."""

    name: str
    run: Callable[[Fair, Progress], None]


@dataclass
class Fair:
    """The fair in the making. What is invented is a pure function of size and seed, whatever was done before."""

    size: Size
    seed: int
    folder: Path
    executor: Executor

    @property
    def edition(self) -> Edition:
        return self.numbered(EDITION)

    def numbered(self, number: int) -> Edition:
        return edition_numbered(fair_by_slug(SLUG), number)

    @property
    def organiser(self) -> User:
        return User.objects.get(email="organiser@emporion.example")

    @cached_property
    def lands(self) -> list[exhibitors.Land]:
        """Participants: members of the World Trade Organization and least developed countries, the host apart."""
        members = GroupMembership.objects.filter(group="wto").values_list("country", flat=True)
        poor = least_developed_countries(MATCHED.date())
        found = Country.objects.filter(iso2__in={*members, *poor}).exclude(iso2=self.edition.host_id)
        names = {country.iso2: (country.name_en, country.name_zh) for country in found}
        bodies = InternationalOrganisation.objects.filter(code__in=("ITC", "UNCTAD", "UNIDO"))
        international = list(bodies.order_by("code").values_list("code", "name_en", "name_zh"))
        return lands.participants(self.size, names, international, poor, self.seed)

    @cached_property
    def applicants(self) -> list[exhibitors.Applicant]:
        return exhibitors.applicants(self.size, self.lands, self.seed)

    @cached_property
    def contracted(self) -> list[exhibitors.Applicant]:
        """Those whose application ends in a contract, co-exhibitors with them."""
        return [one for one in self.applicants if one.contact_email]

    @cached_property
    def delegations(self) -> pl.DataFrame:
        return people.delegations(self.size)

    @cached_property
    def units(self) -> pl.DataFrame:
        return people.units(self.size, self.delegations, self.seed)

    def take(
        self, kind: str, rows: Sequence[Any] | pl.DataFrame, at: datetime, progress: Progress, edition: int = EDITION
    ) -> None:
        """Write rows as a spreadsheet and hand it to the importer. Raises ``ListRefused`` when it finds a problem."""
        path = sheets.write(kind, self.folder, rows)
        total, what = len(rows), f"rows of {path.name}"
        report = import_file(
            kind,
            path,
            edition=self.numbered(edition),
            context=ActionContext(at, self.organiser),
            progress=lambda done: progress(done, total, what),
        )
        if report.problems:
            raise ListRefused(f"{path}: {report.problems[:3]}")
