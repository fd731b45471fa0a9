"""Writing invented rows as the spreadsheets that an organiser would hand to the importers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from emporion.spreadsheets.kinds import KINDS


def write(kind: str, folder: Path, rows: Sequence[Any] | pl.DataFrame) -> Path:
    """Write rows (dataclasses, or a table) as ``<kind>.csv`` with the headers that the importer asks for.

    Raises ``KeyError`` for a field that the kind of list has no column for.
    """
    table = rows if isinstance(rows, pl.DataFrame) else _table(rows)
    headers = {column.key: column.name.en for column in KINDS[kind].columns}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind}.csv"
    table.rename({name: headers[name] for name in table.columns}).write_csv(path)
    return path


def _table(rows: Sequence[Any]) -> pl.DataFrame:
    names = list(rows[0].__dataclass_fields__)
    return pl.DataFrame({name: [_cell(getattr(row, name)) for row in rows] for name in names})


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ";".join(_part(part) for part in value)
    return "" if value is None else str(value)


def _part(value: Any) -> str:
    return ",".join(str(number) for number in value) if isinstance(value, tuple) else str(value)
