"""Every command tells in one sentence that there is no database, or that its tables were never made."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import psycopg
import pytest

from emporion.site.embedded import server

NONE_YET = "There is no database yet: run `emporion prepare` (or `emporion demo`).\n"


def begin(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """A command in a new process in this home."""
    given = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EMPORION_DATABASE")}
    given |= {"EMPORION_HOME": str(home), "DJANGO_SETTINGS_MODULE": "emporion.site.settings"}
    call = "from emporion.site.commandline import main; main()"
    command = [sys.executable, "-c", call, *arguments]
    return subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit status and what was said, once the process has ended."""
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def emporion(home: Path, *arguments: str) -> tuple[int, str, str]:
    return answer(begin(home, *arguments))


@pytest.mark.parametrize(
    "command",
    [
        ("bulletin", "--edition", "6"), ("import", "exhibitors", "x.xlsx"), ("worker",), ("rehearse",),
        ("createsuperuser", "--noinput", "--email", "a@b.example"),
    ],
)  # fmt: skip
def test_a_command_in_an_empty_home_says_what_to_run_and_leaves_nothing_there(tmp_path, command):
    assert emporion(tmp_path, *command) == (1, "", NONE_YET)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("hs", "tea", "--top", "3000"), ("tariff", "convert", "{file}", "--as-of",
                                     "2026-01-01", "--out", "{out}", "--refused")])  # fmt: skip
def test_a_command_whose_reader_leaves_ends_without_a_word(tmp_path, command):
    file = tmp_path / "us.csv"
    file.write_text("code,mfn\n" + "".join(f"{code},?unread {'x' * 80}\n" for code in range(10000000, 10003000)))
    process = begin(tmp_path / "home", *(part.format(file=file, out=tmp_path / "out.csv") for part in command))
    assert process.stdout and process.stdout.readline()
    process.stdout.close()
    assert (process.stderr.read(), process.wait(300)) == ("", 141)


def test_the_site_is_not_served_from_an_empty_home(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert emporion(tmp_path, "serve", "--port", str(port)) == (1, "", NONE_YET)


def test_a_database_without_tables_is_reported_as_none_and_one_without_the_newest_as_old(tmp_path):
    with psycopg.connect(**server.address(tmp_path / "postgres", "emporion"), autocommit=True) as database:
        assert emporion(tmp_path, "bulletin", "--edition", "6") == (1, "", NONE_YET)
        database.execute("CREATE TABLE django_migrations (id int, app text, name text, applied timestamptz)")
        database.execute("INSERT INTO django_migrations VALUES (1, 'contenttypes', '0001_initial', now())")
        status, _, printed = emporion(tmp_path, "bulletin", "--edition", "6")
        assert (status, printed.split(":")[0]) == (1, "The database is older than this version of Emporion")


def test_a_database_elsewhere_that_does_not_answer_is_reported_in_a_sentence(tmp_path, monkeypatch):
    given = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "EMPORION_HOME": str(tmp_path)}
    call = "from emporion.site.commandline import main; main()"
    command = [sys.executable, "-c", call, "bulletin"]
    done = subprocess.run(command, env=given, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr.startswith("The database does not answer: connection failed")) == (1, True)
    assert "Traceback" not in done.stderr


def test_two_who_prepare_one_empty_home_at_once_both_end_well_and_the_second_finds_all_loaded(tmp_path):
    both = [begin(tmp_path, "prepare") for _ in range(2)]
    answers = [answer(one) for one in both]
    assert [status for status, _, _ in answers] == [0, 0], answers
    loaded = sorted(
        int(line.split()[0].replace(",", ""))
        for _, out, _ in answers
        for line in out.splitlines()
        if "hs/codes.csv" in line
    )
    assert loaded == [0, 6936]


def test_the_version_is_the_products_own(tmp_path: Path) -> None:
    assert emporion(tmp_path, "--version") == (0, f"{version('emporion')}\n", "")
