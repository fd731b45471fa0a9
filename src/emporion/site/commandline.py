"""The ``emporion`` command: every command of the platform behind one name."""

from __future__ import annotations

import json
import os
import sys

# What a shell gives for a command that SIGPIPE ended.
READER_LEFT = 141
# These make the embedded database where there is none; every other command says that there is none.
MAKE_A_DATABASE = frozenset({"prepare", "demo", "migrate", "tariff"})
NO_DATABASE = "There is no database yet: run `emporion prepare` (or `emporion demo`)."
OLD_DATABASE = (
    "The database is older than this version of Emporion: run `emporion prepare` to bring its tables up to date."
)


def main() -> None:
    """Run the command named on the command line; ``emporion help`` lists them.

    A database that is not there, not prepared or does not answer is told in one sentence, with exit status 1. Where
    the reader of the output leaves (``| head``), the command ends without a word.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")
    # The kernels run one worker per core, each with one BLAS thread: pools inside pools fight for the cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    try:
        embedded = settings.DATABASES["default"].get("OPTIONS", {})
    except ImproperlyConfigured as error:
        sys.exit(_unreadable(str(error)))
    if "folder" in embedded:
        embedded["make"] = sys.argv[1:2] != [] and sys.argv[1] in MAKE_A_DATABASE
    try:
        execute_from_command_line(["emporion", *sys.argv[1:]])
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would complain once more when the interpreter closes its output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(READER_LEFT)
    except OperationalError as error:
        sys.exit(_no_answer(error))
    except ProgrammingError as error:
        if (told := _unprepared(error)) is None:
            raise
        sys.exit(told)


def _unreadable(told: str) -> str:
    """A setting that cannot be read, as ``emporion doctor --json`` tells what it finds where that was asked."""
    if sys.argv[1:2] == ["doctor"] and "--json" in sys.argv:
        finding = {"level": "error", "code": "setting-unreadable", "wrong": told, "fix": "Correct it and start again."}
        print(json.dumps({"ok": False, "findings": [finding]}, indent=2))
    return told


def _no_answer(error: Exception) -> str:
    from emporion.site.embedded.server import NoDatabase

    if isinstance(error.__cause__, NoDatabase):
        return NO_DATABASE
    return f"The database does not answer: {str(error).strip()}"


def _unprepared(error: Exception) -> str | None:
    """What to tell when a table or column is missing because tables were never made or not brought up to date."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from psycopg.errors import UndefinedColumn, UndefinedTable

    if not isinstance(error.__cause__, UndefinedTable | UndefinedColumn):
        return None
    connection.close()
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        return NO_DATABASE
    return OLD_DATABASE if executor.migration_plan(executor.loader.graph.leaf_nodes()) else None
