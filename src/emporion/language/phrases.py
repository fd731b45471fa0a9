"""The phrases of the data that readers see: names of agreements, papers, sources, remarks on lines; states, phases."""

from __future__ import annotations

from collections.abc import Iterator

from emporion.domain.editions.models import Phase
from emporion.domain.exhibitors.models import Application
from emporion.domain.marketaccess import files as tariffs
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.organisations.models import Organisation, OrganisationClaim
from emporion.domain.preparation.rules import ASKED
from emporion.domain.reference import files
from emporion.domain.visitors.models import VisitingUnit, Visitor

COLUMNS = {
    "groups/memberships.csv": ("proposal",),
    "tariffs/agreements.csv": ("name", "proof", "origin_rule", "source", "proof_source", "transit_source"),
    "tariffs/parties.csv": ("source",),
    "tariffs/notes.csv": ("text", "source"),
    "tariffs/papers.csv": ("paper", "authority", "takes", "source"),
    "tariffs/admissions.csv": ("goods", "condition", "source"),
    "tariffs/taxes.csv": ("name", "condition", "source"),
    "tariffs/exhibit_quotas.csv": ("name", "source"),
    "tariffs/exhibit_stays.csv": ("source",),
    "tariffs/schedules.csv": ("title", "source"),
    "negative_lists/lists.csv": ("instrument", "source"),
    "negative_lists/items.csv": ("source",),
}


def phrases() -> Iterator[tuple[str, str]]:
    """Every phrase once, with the file where it stands."""
    found = {phrase: place for place, phrase in (*_of_tables(), *_of_lines(), *_of_records()) if phrase.strip()}
    return ((place, phrase) for phrase, place in found.items())


def _of_records() -> Iterator[tuple[str, str]]:
    """The states and phases that refusals name, and the records that two registrations of one cannot both have."""
    states = (Application.State, Visitor.State, VisitingUnit.State, MeetingRequest.State)
    words = [word for kind in states for word in kind.values]
    words += [str(word) for kind in (OrganisationClaim.State, Phase.Kind) for word in kind.labels]
    words += ASKED.values()
    for model in (Visitor, Organisation):
        words += [str(relation.related_model._meta.verbose_name) for relation in model._meta.related_objects]
    return (("domain", word) for word in words)


def _of_tables() -> Iterator[tuple[str, str]]:
    for name, columns in COLUMNS.items():
        for row in files.rows(name):
            for column in columns:
                yield name, row[column]


def _of_lines() -> Iterator[tuple[str, str]]:
    """Remarks on tariff lines, and rates that could not be read whole."""
    for importer in tariffs.importers():
        for lines in tariffs.shipped_lines(importer).values():
            for line in lines:
                yield f"tariffs/{importer}", line.note
                for column in line.cells:
                    cell = line.cell(column)
                    if cell and cell.rate is None:
                        yield f"tariffs/{importer}", cell.text
