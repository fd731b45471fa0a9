"""The tests' database: cloned from a template that has every table, made once for a state of the migrations."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

PREFIX = "emporion_template_"
# Any number that no other part of the product locks with.
LOCK = 7_203_911
MADE_BY_MIGRATIONS = {"django_content_type", "auth_permission"}


def hold(home: Path) -> IO[str]:
    """Keep an installation's home for this run of the tests, until the file is closed or the process ends."""
    home.mkdir(parents=True, exist_ok=True)
    lock = (home / "tests.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise pytest.UsageError(
            f"Another run of the tests uses the databases of {home}. Wait for its end, or give this run a home of its "
            "own: EMPORION_HOME=.emporion/other pytest …"
        ) from None
    return lock


def template_name() -> str:
    """A name for the tables as they are: another as soon as a migration or a library that has some changes."""
    migrations = sorted(
        path for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/*.py")
        if app.name.startswith("emporion")
    )  # fmt: skip
    facts = [version(name) for name in ("django", "procrastinate", "django-allauth")]
    facts += [f"{path.parent.parent.name} {path.name} {path.read_text('utf-8')}" for path in migrations]
    return PREFIX + hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]


@contextmanager
def cloned(name: str) -> Iterator[None]:
    """A database of this name for the tests of one process, dropped at the end; no two processes have the same."""
    own = connection.settings_dict["NAME"]
    with with_every_table(name):
        _use(name)
        try:
            yield
        finally:
            _use(own)


@contextmanager
def with_every_table(name: str) -> Iterator[None]:
    """A database of this name, with every table and no row, for processes of their own; dropped at the end."""
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    with _alone() as cursor:
        _make_template(cursor, template := template_name())
        cursor.execute(drop)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield
    finally:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(drop)


@contextmanager
def _alone() -> Iterator[Any]:
    """A cursor outside the tests' databases, while every other process waits for this one."""
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield cursor
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _make_template(cursor: Any, template: str) -> None:
    """Make the template by all migrations where it is not there; those of other states go."""
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    present = {name for (name,) in cursor.fetchall()}
    if template in present:
        return
    for name in present:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    unfinished = "unfinished_emporion_template"
    cursor.execute(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{unfinished}"')
    own = connection.settings_dict["NAME"]
    _use(unfinished)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        _use(own)
    cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')


def empty() -> None:
    """Delete every row that a test wrote, in the tables that have some.

    Django's own way truncates all two hundred tables and writes every content type and permission anew, which takes
    longer than most tests. Triggers and foreign keys are off meanwhile: the journal refuses to lose an entry.
    """
    names = set(connection.introspection.django_table_names(only_existing=True)) - MADE_BY_MIGRATIONS
    quoted = [connection.ops.quote_name(name) for name in sorted(names)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in quoted))
        filled = [name for (name,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in filled:
            cursor.execute(f"DELETE FROM {name}")


def _use(name: str) -> None:
    """From now on the connection is to this database."""
    connection.close()
    connection.settings_dict["NAME"] = name
