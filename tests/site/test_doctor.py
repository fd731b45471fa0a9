"""Installations that are broken, each in a process of its own, and what the doctor finds in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from emporion.cli.doctor.database import rates
from emporion.domain.notices.actions import give_up, notify
from emporion.domain.notices.models import Notice
from emporion.domain.reference.models import HSCode
from tests.certificates import make_certificate
from tests.make import make_edition, make_rate
from tests.smtp_server import smtp_server
from tests.tls_proxy import tls_proxy
from tests.worker import environment

KEY = "the quick brown fox jumps over the lazy dog 0123456789 and on"


def doctor(given: dict[str, str]) -> tuple[int, dict[str, str]]:
    """The exit status, and the findings' sentences by their code."""
    command = [sys.executable, "-c", "from emporion.site.commandline import main; main()", "doctor", "--json"]
    ended = subprocess.run(command, env=given, capture_output=True, text=True, timeout=300)
    assert ended.stdout, ended.stderr
    printed = json.loads(ended.stdout)
    assert printed["ok"] == (ended.returncode == 0)
    assert all(finding["fix"] for finding in printed["findings"])
    return ended.returncode, {finding["code"]: finding["wrong"] for finding in printed["findings"]}


def elsewhere(home: Path, **given: str) -> dict[str, str]:
    """The environment of an installation of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EMPORION_", "DATABASE_URL"))}
    return {**kept, "EMPORION_HOME": str(home), "DJANGO_SETTINGS_MODULE": "emporion.site.settings", **given}


@contextmanager
def site_that_answers(text: str) -> Iterator[int]:
    """Something that answers every question with this text; its port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_args: object) -> None:
            """A test's output stays its own."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def test_an_empty_installation_lacks_a_database_and_mail_and_is_left_empty(tmp_path: Path) -> None:
    status, found = doctor(elsewhere(tmp_path / "home"))
    assert (status, set(found)) == (1, {"public-url-missing", "database-missing", "mail-not-set"})
    assert list(tmp_path.iterdir()) == []


def test_an_unsafe_installation_whose_servers_are_gone(tmp_path: Path) -> None:
    with smtp_server() as gone, site_that_answers("") as nowhere:
        ports = (gone.port, nowhere)
    status, found = doctor(
        elsewhere(
            tmp_path, EMPORION_SECRET_KEY="django-insecure", EMPORION_DEBUG="1", EMPORION_HOSTS="*",
            EMPORION_PUBLIC_URL=f"http://127.0.0.1:{ports[1]}", EMPORION_SMTP_URL=f"smtp://127.0.0.1:{ports[0]}",
            DATABASE_URL="postgresql://fair:secret@127.0.0.1:1/fair",
        )
    )  # fmt: skip
    assert status == 1
    assert set(found) == {
        "secret-key-weak", "debug-on", "hosts-any", "public-url-http", "public-url-unreachable",
        "database-unreachable", "mail-server",
    }  # fmt: skip
    assert found["mail-server"] == "Nothing listens at the mail server's port."
    assert "secret@" not in json.dumps(found)


def test_a_media_folder_into_which_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file in the folder's place")
    status, found = doctor(elsewhere(tmp_path))
    assert status == 1
    assert found["folder-unwritable"].startswith(f"Nothing can be written into {tmp_path / 'media'} (")


@pytest.mark.parametrize(
    ("name", "value"),
    [("EMPORION_PUBLIC_URL", "fair.example"), ("DATABASE_URL", "mysql://fair"), ("EMPORION_SMTP_URL", "mail.example")],
)
def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path, name: str, value: str) -> None:
    status, found = doctor(elsewhere(tmp_path, **{name: value}))
    assert (status, set(found)) == (1, {"setting-unreadable"})
    assert found["setting-unreadable"].startswith(name)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_older_than_the_program() -> None:
    with connection.cursor() as cursor:
        newest = "SELECT max(name) FROM django_migrations WHERE app = 'notices'"
        cursor.execute(f"DELETE FROM django_migrations WHERE app = 'notices' AND name = ({newest}) RETURNING *")
        rows = cursor.fetchall()
    try:
        status, found = doctor(environment())
    finally:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO django_migrations VALUES (%s, %s, %s, %s)", rows)
    assert (status, found["migrations-missing"]) == (
        1,
        "The tables are older than this version of Emporion; changes that are missing: 1.",
    )


@pytest.mark.django_db(transaction=True)
def test_a_database_without_reference_data_and_without_a_worker() -> None:
    status, found = doctor(environment())
    assert status == 1
    assert found["reference-missing"] == "Reference data are missing: countries, currencies, HS codes."
    assert found["worker-missing"] == "No worker is running: no message leaves, and no long work is done."


@pytest.fixture
def fair() -> None:
    """A fair with everything it needs, and a worker that lives."""
    make_edition(6, current=True)
    make_rate("USD", timezone.localdate(), "1.08")
    HSCode.objects.create(code="09", level=2, title_en="Tea")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


@pytest.mark.django_db(transaction=True)
def test_a_proxy_that_hides_https_a_worker_that_died_and_messages_given_up(fair: None, tmp_path: Path) -> None:
    notify("a", recipient="ada@shea.example", template="application_approved", context={}, at=timezone.now())
    give_up(Notice.objects.get(), error="550", at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    certificate = make_certificate(tmp_path, "localhost")
    with tls_proxy(certificate) as proxy, site_that_answers("ok scheme=http host=127.0.0.1:8000 client=::1\n") as port:
        proxy.site_port = port
        public = {"EMPORION_PUBLIC_URL": f"https://localhost:{proxy.server_address[1]}", "EMPORION_SECRET_KEY": KEY}
        status, found = doctor({**environment(), **public, "SSL_CERT_FILE": str(certificate)})
        assert status == 1
        assert {"proxy-scheme", "proxy-host", "worker-missing", "messages-failed", "mail-not-set"} <= set(found)
        _status, found = doctor({**environment(), **public, "EMPORION_PROXIES": "0"})
        assert {"certificate-invalid", "proxies-none"} <= set(found)


@pytest.mark.django_db(transaction=True)
def test_in_a_sound_installation_nothing_is_wrong(fair: None, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, "localhost")
    with tls_proxy(certificate) as proxy, smtp_server() as mail:
        host = f"localhost:{proxy.server_address[1]}"
        with site_that_answers(f"ok scheme=https host={host} client=::1\n") as port:
            proxy.site_port = port
            given = {"EMPORION_PUBLIC_URL": f"https://{host}", "EMPORION_SMTP_URL": f"smtp://127.0.0.1:{mail.port}"}
            status, found = doctor(
                {**environment(), **given, "EMPORION_SECRET_KEY": KEY, "SSL_CERT_FILE": str(certificate)}
            )
    # The tests' own server is an embedded one.
    assert (status, set(found) - {"database-embedded"}) == (0, set())


@pytest.mark.django_db
def test_an_edition_whose_currency_has_no_rate_is_named() -> None:
    make_edition(6, current=True)
    [finding] = rates()
    assert (finding.level, finding.code) == ("warning", "rates-none")
    assert finding.wrong.startswith("There is no reference rate of USD, the currency of Edition 6")
    make_rate("USD", timezone.localdate(), "1.08")
    assert list(rates()) == []


@pytest.mark.django_db(transaction=True)
def test_jobs_that_nobody_takes_are_told(fair: None) -> None:
    at = timezone.now() - timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'run_matching', 'todo'),"
            " ('default', 'run_badges', 'failed'), ('default', 'run_timetable', 'doing')"
        )
        cursor.execute("UPDATE procrastinate_events SET at = %s", [at])
    _status, found = doctor(environment())
    assert {"jobs-waiting", "jobs-failed", "jobs-abandoned"} <= set(found)
