"""A worker in a process of its own, on the database of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlparse

from django.db import connection

from emporion.domain.work.models import BackgroundTask
from emporion.jobs.tasks import run_task

# Seconds after which a worker hangs; on a busy machine one needs minutes.
PATIENCE = 600


def start_worker(*options: str) -> subprocess.Popen[bytes]:
    """A worker as an organiser starts it; with ``--one-shot`` it ends when nothing waits."""
    command = [sys.executable, "-c", "from emporion.site.commandline import main; main()", "procrastinate", "worker"]
    return subprocess.Popen([*command, *options], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def work() -> None:
    """Let a worker do all that waits."""
    worker = start_worker("--one-shot")
    try:
        printed, _nothing = worker.communicate(timeout=PATIENCE)
    finally:
        worker.kill()
    assert worker.returncode == 0, printed.decode()


def clear_jobs() -> None:
    """Take away all jobs; Django empties its own tables only."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def environment() -> dict[str, str]:
    name = str(connection.settings_dict["NAME"])
    chosen = {**os.environ, "EMPORION_DATABASE": name}
    if url := os.environ.get("DATABASE_URL"):
        chosen["DATABASE_URL"] = urlparse(url)._replace(path=f"/{name}").geturl()
    return chosen


def do_what_waits() -> list[BackgroundTask]:
    """Do the background work that waits, here and now; the tasks as they are afterwards."""
    waiting = list(BackgroundTask.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        run_task(task=pk)
    return list(BackgroundTask.objects.filter(pk__in=waiting).order_by("pk"))
