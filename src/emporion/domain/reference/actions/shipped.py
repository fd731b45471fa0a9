"""Loading the reference data that ship with the product."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from psycopg import sql

from emporion.domain.reference import files
from emporion.domain.reference.models import (
    Country,
    Currency,
    CurrencyPeg,
    GroupMembership,
    HSCode,
    InternationalOrganisation,
    LoadedFile,
    ReferenceRate,
    Region,
)
from emporion.domain.reference.rules.rates import ECB

Row = Sequence[Any]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class _Table:
    """How one file fills one table. ``key`` columns name a row; the others follow the file when it changes."""

    file: str
    model: type[models.Model]
    columns: tuple[str, ...]
    key: tuple[str, ...]
    read: Callable[[str], Iterator[Row]]


def _plain(*columns: str) -> Callable[[str], Iterator[Row]]:
    """A reader that takes cells as they are; an empty cell of a parent, region or day becomes null."""
    nullable = {"parent", "region", "starts", "ends", "deferred"}

    def read(file: str) -> Iterator[Row]:
        for row in files.rows(file):
            yield [row[column] or None if column in nullable else row[column] for column in columns]

    return read


def _hs_codes(file: str) -> Iterator[Row]:
    for row in files.rows(file):
        code = row["code"]
        yield [code, len(code), code[:-2] or None, row["section"], row["title_en"], row["title_zh"]]


def _rates(file: str) -> Iterator[Row]:
    for row in files.rows(file):
        day = row.pop("day")
        for currency, rate in row.items():
            if rate:
                yield [day, currency, rate, ECB]


_MEMBERSHIP = ("group", "country_id", "starts", "ends", "deferred", "proposal", "verified", "source")
# Parents come first within each file, and each table after those it refers to.
TABLES = [
    _Table(
        "countries/regions.csv", Region, ("code", "name_en", "name_zh", "parent_id"), ("code",),
        _plain("code", "name_en", "name_zh", "parent"),
    ),
    _Table(
        "countries/countries.csv", Country, ("iso2", "iso3", "numeric", "name_en", "name_zh", "region_id"), ("iso2",),
        _plain("iso2", "iso3", "numeric", "name_en", "name_zh", "region"),
    ),
    _Table(
        "organisations/international.csv", InternationalOrganisation, ("code", "name_en", "name_zh"), ("code",),
        _plain("code", "name_en", "name_zh"),
    ),
    _Table(
        "groups/memberships.csv", GroupMembership, _MEMBERSHIP, ("group", "country_id"),
        _plain("group", "country", *_MEMBERSHIP[2:]),
    ),
    _Table(
        "currencies/currencies.csv", Currency, ("code", "name_en", "name_zh"), ("code",),
        _plain("code", "name_en", "name_zh"),
    ),
    _Table(
        "currencies/pegs.csv", CurrencyPeg,
        ("currency_id", "anchor_id", "rate", "starts", "ends", "verified", "source"), ("currency_id", "starts"),
        _plain("currency", "anchor", "rate", "starts", "ends", "verified", "source"),
    ),
    _Table(
        "currencies/ecb_rates.csv.xz", ReferenceRate, ("day", "currency_id", "per_euro", "source"),
        ("currency_id", "day"), _rates,
    ),
    _Table(
        "hs/codes.csv", HSCode, ("code", "level", "parent_id", "section", "title_en", "title_zh"), ("code",), _hs_codes
    ),
]  # fmt: skip


def load_reference(progress: Progress | None = None) -> dict[str, int]:
    """Load or bring up to date every data file; give the rows of each file that was loaded, 0 where nothing changed.

    A file whose bytes are those last loaded is passed over, unless rows of its table have gone missing since. Rows
    that an organiser added stay. Each file is loaded in one transaction.
    """
    loaded = {}
    for done, table in enumerate(TABLES):
        if progress:
            progress(done, len(TABLES), table.file)
        loaded[table.file] = 0 if _is_current(table) else _load(table)
    if progress:
        progress(len(TABLES), len(TABLES), "reference data")
    return loaded


def _is_current(table: _Table) -> bool:
    last = LoadedFile.objects.filter(name=table.file, sha256=files.sha256(table.file)).first()
    return last is not None and table.model._default_manager.count() >= last.rows


@transaction.atomic
def _load(table: _Table) -> int:
    rows = _upsert(table)
    LoadedFile.objects.update_or_create(name=table.file, defaults={"sha256": files.sha256(table.file), "rows": rows})
    return rows


def _upsert(table: _Table) -> int:
    """COPY the rows into a temporary table and merge them into the real one; only rows that differ are written."""
    others = [column for column in table.columns if column not in table.key]
    names = {
        "table": sql.Identifier(table.model._meta.db_table),
        "columns": _listed(table.columns),
        "key": _listed(table.key),
        "set": sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in others),
        "old": sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(name)) for name in others),
        "new": sql.SQL(", ").join(sql.SQL("EXCLUDED.{}").format(sql.Identifier(name)) for name in others),
    }
    with connection.cursor() as cursor:
        cursor.execute(_filled("CREATE TEMP TABLE incoming AS SELECT {columns} FROM {table} LIMIT 0", names))
        with cursor.copy(_filled("COPY incoming ({columns}) FROM STDIN", names)) as copy:
            for row in table.read(table.file):
                copy.write_row(row)
        cursor.execute(_filled(
            "INSERT INTO {table} AS t ({columns}) SELECT {columns} FROM incoming ON CONFLICT ({key}) DO UPDATE"
            " SET {set} WHERE ({old}) IS DISTINCT FROM ({new})", names,
        ))  # fmt: skip
        cursor.execute("SELECT count(*) FROM incoming")
        (count,) = cursor.fetchone()
        cursor.execute("DROP TABLE incoming")
    return int(count)


def _listed(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(column) for column in columns)


def _filled(statement: str, names: dict[str, Any]) -> str:
    return sql.SQL(statement).format(**names).as_string(None)
