"""The demonstration is made once, however often it is run and wherever it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from emporion.site.embedded import server
from tests.database import with_every_table

TINY = str(Path(__file__).with_name("tiny.py"))


@pytest.fixture(scope="module")
def home(django_db_blocker: Any) -> Iterator[Path]:
    """The installation's home, in which these tests have databases of their own."""
    with django_db_blocker.unblock(), with_every_table("tiny_whole"), with_every_table("tiny_killed"):
        yield Path(settings.HOME)


def start(home: Path, name: str, folder: Path, *action: str) -> subprocess.Popen[str]:
    environment = os.environ | {"EMPORION_HOME": str(home), "EMPORION_DATABASE": f"tiny_{name}"}
    return subprocess.Popen(
        [sys.executable, TINY, str(folder), *action],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(home: Path, name: str, folder: Path, *action: str) -> str:
    process = start(home, name, folder, *action)
    printed, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return printed


def steps_done(home: Path, name: str) -> int:
    with psycopg.connect(**server.address(server.folder_of(home), f"tiny_{name}")) as database:
        done = database.execute("SELECT count(*) FROM journal_journalentry WHERE event = 'demo.step'").fetchone()
        return done[0]


def kill_after(process: subprocess.Popen[str], home: Path, name: str, steps: int) -> None:
    deadline = time.monotonic() + 240
    while steps_done(home, name) < steps:
        assert process.poll() is None and time.monotonic() < deadline, "it ended before it could be killed"
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()


# Every counter goes on from elsewhere, as after a transaction that was broken off; the first passes 99.
SHIFT = """
SELECT setval(format('%I.%I', schemaname, sequencename), coalesce(last_value, 0) + 95)
FROM pg_sequences WHERE schemaname = 'public'
"""
# Half of a table's rows are written anew, so that they lie behind the others.
STIR = "UPDATE {table} SET {column} = {column} WHERE hashtext({table}::text) % 2 = 0"
COLUMNS = """
SELECT DISTINCT ON (table_name) table_name, column_name FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
  AND is_generated = 'NEVER' AND identity_generation IS DISTINCT FROM 'ALWAYS'
ORDER BY table_name, ordinal_position
"""


def stir(home: Path, name: str) -> None:
    """Let the ids to come and the order of rows on disk be others than in a run that nothing broke."""
    with psycopg.connect(**server.address(server.folder_of(home), f"tiny_{name}")) as database:
        database.execute("SET session_replication_role = replica")
        database.execute(SHIFT)
        for table, column in database.execute(COLUMNS).fetchall():
            names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
            database.execute(sql.SQL(STIR).format(**names))


def test_a_run_twice_and_a_run_killed_twice_end_in_the_same_state(home, tmp_path):
    once = run(home, "whole", tmp_path / "whole")
    assert "('exhibitors', 'enterprise', '120', 120)" in once
    assert run(home, "whole", tmp_path / "whole") == once

    for steps in (3, 12):
        kill_after(start(home, "killed", tmp_path / "killed"), home, "killed", steps)
        assert steps <= steps_done(home, "killed") < 20
        stir(home, "killed")
    assert run(home, "killed", tmp_path / "killed") == once


def test_a_rehearsal_is_on_today_whatever_day_that_is_and_ends_in_the_demonstration(home, tmp_path):
    printed = run(home, "whole", tmp_path / "whole", "rehearse").splitlines()
    assert printed == [
        "Rehearsal of the expo from 2026-05-04, 04 09:30",
        "Rehearsal of the expo from 2026-05-05, 05 09:30",
        "accepted",
        "all accounted for: True",
        "some left out: True",
        "registered on 2026-04-15",
        "48 products, 44 with their rates, 8 debuts",
        "sessions on 07 14:30, 05 09:30, 06 09:30, 05 09:30, 06 09:30, 05 09:30",
        "6th China International Import Expo",
    ]
