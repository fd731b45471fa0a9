"""The ``emporion`` command: every command of the platform behind one name."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

# What a shell gives for a command that SIGPIPE ended.
READER_LEFT = 141
# These make the embedded database where there is none; every other command says that there is none.
MAKE_A_DATABASE = frozenset({"prepare", "demo", "measures", "migrate", "tariff"})
# These answer from files; loading the applications would take them longer than answering.
FROM_FILES = frozenset({"access", "access-files", "hs", "match-files", "negative-list", "timetable-files"})
COMMANDS = "emporion.cli.management.commands"
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
    try:
        _run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would complain once more when the interpreter closes its output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(READER_LEFT)


def _run(arguments: list[str]) -> None:
    """Run the command; the list of commands and what answers from files never load the applications."""
    if not arguments or arguments in (["help"], ["--help"], ["-h"]):
        sys.stdout.write(overview())
        return
    if arguments in (["version"], ["--version"]):
        sys.stdout.write(f"{version('emporion')}\n")
        return
    if arguments[0] == "help" and arguments[1:2] and arguments[1] in FROM_FILES:
        arguments = [arguments[1], "--help"]
    if arguments[0] in FROM_FILES:
        _run_from_files(arguments)
    else:
        _run_with_database(arguments)


def _run_from_files(arguments: list[str]) -> None:
    command = import_module(f"{COMMANDS}.{arguments[0]}").Command()
    command.run_from_argv(["emporion", *arguments])


def _run_with_database(arguments: list[str]) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import connection
    from django.db.utils import OperationalError, ProgrammingError

    try:
        embedded: dict[str, Any] = connection.settings_dict.get("OPTIONS", {})
    except ImproperlyConfigured as error:
        sys.exit(_unreadable(str(error)))
    if "folder" in embedded:
        embedded["make"] = arguments[0] in MAKE_A_DATABASE
    try:
        execute_from_command_line(["emporion", *(["help"] if arguments == ["help", "--all"] else arguments)])
    except OperationalError as error:
        sys.exit(_no_answer(error))
    except ProgrammingError as error:
        if (sentence := _unprepared(error)) is None:
            raise
        sys.exit(sentence)


def overview() -> str:
    """The commands with a line on each, read from the first lines of their files: none of them is imported."""
    folder = Path(__file__).resolve().parent.parent.joinpath(*COMMANDS.split(".")[1:])
    lines = ["Usage: emporion COMMAND …", ""]
    for file in sorted(folder.glob("[!_]*.py"), key=lambda file: file.stem):
        first = file.read_text("utf-8").split('"""')[1].splitlines()[0]
        summary = first.partition("``: ")[2] or first
        lines.append(f"  {file.stem:16} {summary[:1].upper()}{summary[1:]}")
    lines += ["", "emporion createsuperuser makes the account of the operator, who may do everything at every fair."]
    lines += ["emporion COMMAND --help explains one command; emporion help --all lists Django's commands too.", ""]
    return "\n".join(lines)


def _unreadable(problem: str) -> str:
    """A setting that cannot be read, as a finding where ``emporion doctor --json`` was called."""
    if sys.argv[1:2] == ["doctor"] and "--json" in sys.argv:
        finding = {
            "level": "error",
            "code": "setting-unreadable",
            "wrong": problem,
            "fix": "Correct it and start again.",
        }
        print(json.dumps({"ok": False, "findings": [finding]}, indent=2))
    return problem


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
