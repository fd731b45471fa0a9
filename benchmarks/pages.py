"""How fast the public pages are: requests over HTTP to one worker, and how many queries each page takes.

    EMPORION_HOME=.emporion .venv/bin/python benchmarks/pages.py --requests 50 [--json]

Starts ``emporion serve`` with one worker on a free port over the database at hand, asks for every kind of page in both
languages (each request another exhibitor, product or hall, searches in turn), and prints the median and the 95th
percentile of the response times in milliseconds beside those of a page that asks the database nothing. Query counts
come from Django's own test client in this process.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")
WORDS = ("coffee", "heat exchanger", "robot", "咖啡", "热交换器", "牛肉", "wine", "假肢膝关节")


def addresses() -> dict[str, list[str]]:
    """Addresses of every kind of page over the current edition."""
    from emporion.domain.catalogue.models import Product
    from emporion.domain.editions.models import Edition, Hall
    from emporion.domain.exhibitors.models import Exhibitor

    edition = Edition.objects.get(current=True)
    exhibitors = Exhibitor.objects.filter(edition=edition).order_by("number").values_list("number", flat=True)[::67]
    products = Product.objects.filter(edition=edition).order_by("pk").values_list("pk", flat=True)[::997]
    halls = Hall.objects.filter(edition=edition).values_list("code", flat=True)
    words = [urllib.parse.quote(word) for word in WORDS]
    return {
        "nothing asked (peer)": ["/robots.txt"],
        "home": ["/", "/zh-hans/"],
        "exhibitors": ["/exhibitors/", "/zh-hans/exhibitors/", "/exhibitors/?area=automobiles"],
        "exhibitor": [f"/exhibitors/{number}/" for number in exhibitors],
        "products": ["/products/", "/zh-hans/products/", "/products/?sector=cosmetics"],
        "product": [f"/products/{key}/" for key in products],
        "product search": [f"/products/?q={word}" for word in words],
        "search": [f"/search/?q={word}" for word in words],
        "halls": ["/halls/", "/zh-hans/halls/"],
        "hall": [f"/halls/{code}/" for code in halls],
        "programme": ["/programme/", "/zh-hans/programme/"],
        "bulletin": ["/bulletin/", "/zh-hans/bulletin/"],
        "figure": ["/bulletin/exhibitors/", "/bulletin/intended_turnover_usd/", "/bulletin/visitors_registered/"],
    }


@contextmanager
def served() -> Iterator[str]:
    """The site behind one worker on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "django", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        base = f"http://127.0.0.1:{port}"
        try:
            _wait_for(base)
            yield base
        finally:
            server.terminate()


def _wait_for(base: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{base}/robots.txt", timeout=60).read()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise SystemExit("the site did not answer")


def timed(base: str, paths: list[str], requests: int) -> list[float]:
    """Response times in milliseconds, in rising order, after one round that warms the process."""
    for path in paths[:3]:
        urllib.request.urlopen(base + path, timeout=120).read()
    times = []
    for path in islice(cycle(paths), requests):
        began = time.perf_counter()
        urllib.request.urlopen(base + path, timeout=120).read()
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def queries(paths: list[str]) -> int:
    """The most queries that one of the addresses takes, the process being warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, most = Client(), 0
    client.get(paths[0])
    for path in paths[:5]:
        with CaptureQueriesContext(connection) as captured:
            if client.get(path).status_code != 200:
                raise SystemExit(f"{path} was not answered")
        most = max(most, len(captured))
    return most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--requests", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    import django

    django.setup()
    rows = []
    with served() as base:
        for name, paths in addresses().items():
            times = timed(base, paths, options.requests)
            p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
            asked = 0 if name.endswith("(peer)") else queries(paths)
            rows.append({"page": name, "median_ms": times[len(times) // 2], "p95_ms": p95, "queries": asked})
    if options.json:
        print(json.dumps(rows, indent=2))
        return
    for row in rows:
        print(f"{row['page']:<22}{row['median_ms']:>9.1f}{row['p95_ms']:>9.1f}{row['queries']:>5}")


if __name__ == "__main__":
    main()
