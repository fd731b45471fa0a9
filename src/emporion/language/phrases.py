"""The phrases of the reference data that readers see: names of agreements, papers, sources, remarks on lines."""

from __future__ import annotations

from collections.abc import Iterator

from emporion.domain.marketaccess import files as tariffs
from emporion.domain.reference import files

COLUMNS = {
    "tariffs/agreements.csv": ("name", "proof", "origin_rule", "source", "proof_source", "transit_source"),
    "tariffs/parties.csv": ("source",),
    "tariffs/notes.csv": ("text", "source"),
    "tariffs/papers.csv": ("paper", "authority", "source"),
    "tariffs/exhibit_quotas.csv": ("name", "source"),
    "tariffs/exhibit_stays.csv": ("source",),
    "tariffs/schedules.csv": ("title", "source"),
    "negative_lists/lists.csv": ("instrument", "source"),
    "negative_lists/items.csv": ("source",),
}


def phrases() -> Iterator[tuple[str, str]]:
    """Every phrase once, with the file where it stands."""
    found = {phrase: place for place, phrase in (*_of_tables(), *_of_lines()) if phrase.strip()}
    return ((place, phrase) for phrase, place in found.items())


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
