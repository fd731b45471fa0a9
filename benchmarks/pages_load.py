"""Pages under load: many clients at once, cold, warm and beside writes. Called by ``pages.py --load``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

HERE = Path(__file__).resolve().parent
WRITES_A_SECOND = 20
COLUMNS = ("page", "state", "requests_per_s", "p50_ms", "p95_ms", "errors")


def under_load(base: str, pages: dict[str, list[str]], *, clients: int, seconds: float) -> Iterator[dict[str, Any]]:
    """Rows of every page: ``cold`` (each address for the first time since the server started), ``warm``, ``writes``.

    ``writes`` is warm while 20 scans and registrations a second go on. The peer, which asks the database nothing, is
    in every state too.
    """
    for name, paths in pages.items():
        yield _row(base, name, "cold", paths, clients, 0)
    for name, paths in pages.items():
        yield _row(base, name, "warm", paths, clients, seconds)
    with writing(seconds * len(pages)):
        for name, paths in pages.items():
            yield _row(base, name, "writes", paths, clients, seconds)


@contextmanager
def writing(seconds: float) -> Iterator[None]:
    """Scans and registrations in another process for as long as the measurement takes."""
    command = [sys.executable, str(HERE / "writes.py"), "--per-second", str(WRITES_A_SECOND)]
    with subprocess.Popen([*command, "--seconds", str(seconds + 60)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        writer.stdout.readline()
        try:
            yield
        finally:
            writer.terminate()


def _row(base: str, name: str, state: str, paths: list[str], clients: int, seconds: float) -> dict[str, Any]:
    """What so many clients see of a page; for 0 seconds each address is asked for once."""
    asked = {
        "port": urlsplit(base).port,
        "paths": paths,
        "clients": clients,
        "seconds": seconds,
        "once": seconds == 0,
    }
    generator = [sys.executable, str(HERE / "load_generator.py")]
    ran = subprocess.run(generator, input=json.dumps(asked), capture_output=True, text=True, check=True)
    seen = json.loads(ran.stdout)
    times = seen["times_ms"] or [float("nan")]
    return {
        "page": name,
        "state": state,
        "requests_per_s": round(len(seen["times_ms"]) / seen["elapsed_s"], 1),
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 2),
        "errors": seen["errors"],
    }


def memory_mib(pid: int) -> list[int]:
    """The resident memory of the server's processes in MiB, the largest first."""
    server = psutil.Process(pid)
    return sorted((one.memory_info().rss >> 20 for one in [server, *server.children(recursive=True)]), reverse=True)


def heading() -> str:
    """The heading of the table."""
    return f"{'page':<22}{'state':<8}{'requests/s':>12}{'p50 ms':>10}{'p95 ms':>10}{'errors':>8}"


def line(row: dict[str, Any]) -> str:
    """A row of the table."""
    name, state, rate, p50, p95, errors = (row[column] for column in COLUMNS)
    return f"{name:<22}{state:<8}{rate:>12.1f}{p50:>10.2f}{p95:>10.2f}{errors:>8}"
