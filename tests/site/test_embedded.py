"""The embedded database starts by itself, keeps what was committed through a kill, and is shared by processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from emporion.site.embedded import server


@pytest.fixture
def folder(tmp_path_factory) -> Path:
    """An empty home's folder of the server; the server stops with this process."""
    return tmp_path_factory.mktemp("home") / "postgres"


def connect(folder: Path) -> psycopg.Connection:
    return psycopg.connect(**server.address(folder, "emporion"), autocommit=True)


def postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().splitlines()[0])


def wait_until_gone(pid: int) -> None:
    for _ in range(12_000):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    raise AssertionError(f"process {pid} did not end")


def test_it_starts_by_itself_with_its_settings_and_recovers_from_a_kill(folder):
    with connect(folder) as database:
        assert database.execute("SHOW jit").fetchone() == ("off",)
        assert database.execute("SHOW max_connections").fetchone() == ("200",)
        database.execute("CREATE TABLE kept (word text)")
        database.execute("INSERT INTO kept VALUES ('committed')")

    killed = postmaster(folder)
    os.kill(killed, signal.SIGKILL)
    wait_until_gone(killed)

    with connect(folder) as database:
        assert database.execute("SELECT word FROM kept").fetchall() == [("committed",)]


def test_a_second_process_finds_the_same_server(folder):
    with connect(folder) as database:
        database.execute("CREATE TABLE kept (word text)")
        database.execute("INSERT INTO kept VALUES ('shared')")
        printed = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sys, psycopg; from pathlib import Path; from emporion.site.embedded import server;"
                "print(psycopg.connect(**server.address(Path(sys.argv[1]), 'emporion'))"
                ".execute('SELECT word FROM kept').fetchone()[0])",
                str(folder),
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert printed.strip() == "shared"
        # The process that ended was not the last that holds the server: it goes on.
        assert database.execute("SELECT 1").fetchone() == (1,)


def test_three_processes_that_start_at_once_in_an_empty_home_all_find_the_database(folder):
    call = (
        "import sys, psycopg; from pathlib import Path; from emporion.site.embedded import server;"
        "print(psycopg.connect(**server.address(Path(sys.argv[1]), 'emporion')).info.dbname)"
    )
    command = [sys.executable, "-c", call, str(folder)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ended = [one.communicate(timeout=120) for one in started]
    assert [(one.returncode, out) for one, (out, _) in zip(started, ended, strict=True)] == [(0, "emporion\n")] * 3, (
        ended
    )


def test_where_no_server_is_to_be_made_none_is(folder):
    with pytest.raises(server.NoDatabase):
        server.address(folder, "emporion", make=False)
    assert not folder.exists()
