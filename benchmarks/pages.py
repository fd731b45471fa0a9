"""How fast the pages are: requests over HTTP to one worker, and how many queries each page takes.

    EMPORION_HOME=.emporion .venv/bin/python benchmarks/pages.py --requests 50 [--json]

Starts ``emporion serve`` with one worker on a free port over the database at hand, asks for every kind of page in both
languages (each request another exhibitor, product or hall, searches in turn), and prints the median and the 95th
percentile of the response times in milliseconds beside those of a page that asks the database nothing. Query counts
come from Django's own test client in this process.

With ``--load`` it asks as a crowd does instead: eight clients at once, with a worker a core, and prints for every page
the answers per second, the median and the 95th percentile of the response times and the errors: cold (each address for
the first time), warm, and while 20 scans and registrations a second go on. Use a demonstration's database: what is
written stays.

Pages of signed-in people are asked for cold: for each kind a new server, whose very first page is ``first_ms``, and
every request comes from somebody else. Their accounts, and newcomers for whom no run made a list, are made for the
time of the measurement and taken away again.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
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
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")
NOBODY = "@measured.invalid"
WORDS = ("coffee", "heat exchanger", "robot", "咖啡", "热交换器", "牛肉", "wine", "假肢膝关节")


def addresses() -> dict[str, list[str]]:
    """Addresses of every kind of page over the current edition."""
    from django.utils.translation import override

    from emporion.domain.catalogue.models import Product
    from emporion.domain.editions.models import Edition, Hall
    from emporion.domain.exhibitors.models import Exhibitor
    from emporion.web.shell.addresses import fair_url

    edition = Edition.objects.select_related("fair", "venue").get(current=True)
    exhibitors = Exhibitor.objects.filter(edition=edition).order_by("number").values_list("number", flat=True)[::67]
    products = Product.objects.filter(edition=edition).order_by("pk").values_list("pk", flat=True)[::997]
    halls = Hall.objects.filter(edition=edition).values_list("code", flat=True)
    words = [urllib.parse.quote(word) for word in WORDS]
    # More different searches than any cache of them holds.
    names = Product.objects.filter(edition=edition).order_by("pk").values_list("name_en", flat=True)[::53]
    sought = [urllib.parse.quote(name) for name in names]

    def at(name: str, *given: object, query: str = "") -> str:
        return fair_url(edition, name, *given) + query

    def in_both(name: str, query: str = "") -> list[str]:
        with override("zh-hans"):
            chinese = at(name, query=query)
        return [at(name, query=query), chinese]

    asked = f"?q=080440&origin=KE&to=CN&on={edition.first_day}"
    return {
        "nothing asked (peer)": ["/robots.txt"],
        "home": in_both("home"),
        "exhibitors": [*in_both("exhibitors"), at("exhibitors", query="?area=automobiles")],
        "exhibitor": [at("exhibitor", number) for number in exhibitors],
        "exhibitor search": [at("exhibitors", query=f"?q={word}") for word in words],
        "products": [*in_both("products"), at("products", query="?sector=cosmetics")],
        "product": [at("product", key) for key in products],
        "product search": [at("products", query=f"?q={name}") for name in sought],
        "search": [at("search", query=f"?q={name}") for name in sought],
        "halls": in_both("halls"),
        "hall": [at("hall", code) for code in halls],
        "programme": in_both("programme"),
        "bulletin": in_both("bulletin"),
        "figure": [at("figure", key) for key in ("exhibitors", "intended_turnover", "visitors_registered")],
        "market": in_both("market"),
        "market entry": [*in_both("market", asked), at("market", query="?q=8413&origin=DE&to=CN")],
    }


@contextmanager
def served(workers: int = 1) -> Iterator[tuple[str, int]]:
    """The site on a free port: its address and the server's process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "django", "serve", "--port", str(port), "--workers", str(workers)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        base = f"http://127.0.0.1:{port}"
        try:
            _wait_for(base)
            yield base, server.pid
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


def queries(paths: list[str], sessions: list[str] | None = None) -> int:
    """The most queries that one of the addresses takes, the process being warm; for signed-in people one of each."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, most = Client(), 0
    keys = cycle(sessions or [""])
    for path in [paths[0], *paths[:5]]:
        client.cookies[settings.SESSION_COOKIE_NAME] = next(keys)
        with CaptureQueriesContext(connection) as captured:
            if client.get(path).status_code != 200:
                raise SystemExit(f"{path} was not answered")
        most = max(most, len(captured))
    return most


def asked_by(base: str, path: str, session: str) -> float:
    """The response time of a page in milliseconds, asked for by whoever the session is of."""
    request = urllib.request.Request(base + path, headers={"Cookie": f"sessionid={session}"})
    began = time.perf_counter()
    urllib.request.urlopen(request, timeout=120).read()
    return (time.perf_counter() - began) * 1000


@contextmanager
def people(count: int) -> Iterator[dict[str, tuple[list[str], list[str]]]]:
    """Kinds of pages of signed-in people: the addresses and, for each, the session of whose page it is."""
    from emporion.domain.accounts.models import User

    made: list[Any] = []
    try:
        yield {
            "visitor's suggestions": _of_visitors("/ciie/my/visit/suggestions/", _visitors(count, made)),
            "newcomer's suggestions": _of_visitors("/ciie/my/visit/suggestions/", _newcomers(count, made)),
            "exhibitor's suggestions": _of_exhibitors(count, made),
        }
    finally:
        for one in reversed(made):
            one.delete()
        User.objects.filter(email__endswith=NOBODY).delete()


def _of_visitors(path: str, visitors: list[Any]) -> tuple[list[str], list[str]]:
    return [path] * len(visitors), [_session(visitor.user) for visitor in visitors]


def _visitors(count: int, made: list[Any]) -> list[Any]:
    """Visitors with a list, far apart, each with an account for the time being."""
    from emporion.domain.matching.models import VisitorSuggestions
    from emporion.domain.visitors.models import Visitor

    listed = VisitorSuggestions.objects.filter(run__current=True, run__edition__current=True, visitor__user=None)
    keys = list(listed.order_by("visitor").values_list("visitor", flat=True))
    chosen = list(Visitor.objects.filter(pk__in=keys[:: max(1, len(keys) // count)][:count]))
    for visitor in chosen:
        visitor.user = _account(f"visitor{visitor.pk}")
        visitor.save(update_fields=["user"])
    return chosen


def _newcomers(count: int, made: list[Any]) -> list[Any]:
    """Visitors approved since the run, who look for what others look for."""
    from emporion.domain.visitors.models import Visitor

    alike = list(Visitor.objects.filter(state="approved", edition__current=True).exclude(sectors=[])[:count])
    newcomers = []
    for number, one in enumerate(alike):
        user = _account(f"newcomer{number}")
        facts = {"country_id": one.country_id, "state": "approved", "registered": one.registered, "user": user}
        wants = {"sectors": one.sectors, "hs_headings": one.hs_headings}
        name = {"number": f"NEW-{number}", "name": one.name, "edition": one.edition}
        newcomers.append(Visitor.objects.create(**name, **facts, **wants))
    made += newcomers
    return newcomers


def _of_exhibitors(count: int, made: list[Any]) -> tuple[list[str], list[str]]:
    from emporion.domain.exhibitors.models import Exhibitor
    from emporion.domain.organisations.models import Representative

    listed = Exhibitor.objects.filter(suggestions__run__current=True, edition__current=True).order_by("pk")
    chosen = list(listed[:: max(1, listed.count() // count)][:count])
    user = _account("exhibitor")
    made += [Representative.objects.create(organisation=one.organisation, user=user) for one in chosen]
    return [f"/ciie/my/exhibitor/{one.organisation_id}/suggestions/" for one in chosen], [_session(user)] * len(chosen)


def _account(name: str) -> Any:
    from emporion.domain.accounts.models import User

    return User.objects.create_user(f"{name}{NOBODY}", None)


def _session(user: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return str(client.session.session_key)


def cold(paths: list[str], sessions: list[str], requests: int) -> tuple[float, list[float]]:
    """The time of a new server's first page, and those of the pages of as many other people, in rising order."""
    with served() as (base, _):
        first, *others = [asked_by(base, *one) for one in islice(zip(paths, sessions, strict=True), requests + 1)]
    return first, sorted(others)


def row(name: str, times: list[float], asked: int, first: float | None = None) -> dict[str, Any]:
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    return {"page": name, "median_ms": times[len(times) // 2], "p95_ms": p95, "queries": asked, "first_ms": first}


def load(options: argparse.Namespace) -> None:
    """Measure and print every page under load."""
    import pages_load
    from django.conf import settings

    # Cold is cold: pages that an earlier server stored are not there.
    shutil.rmtree(settings.HOME / "pages", ignore_errors=True)
    pages = {name: paths for name, paths in addresses().items() if not options.pages or name in options.pages}
    rows = []
    with served(options.workers) as (base, pid):
        if not options.json:
            print(pages_load.heading())
        for row in pages_load.under_load(base, pages, clients=options.clients, seconds=options.seconds):
            rows.append(row)
            if not options.json:
                print(pages_load.line(row), flush=True)
        memory = pages_load.memory_mib(pid)
    if options.json:
        print(json.dumps({"rows": rows, "memory_mib": memory}, indent=2))
    else:
        print(f"Memory of the server's processes: {', '.join(map(str, memory))} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--requests", type=int, default=50)
    parser.add_argument("--signed-in", action="store_true", help="only the pages of signed-in people, and the peer")
    parser.add_argument("--load", action="store_true", help="as a crowd asks: cold, warm and beside writes")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5, help="how long a page is asked for under load")
    parser.add_argument("--pages", nargs="*", default=[], help="only these pages, under load")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="the server's workers, under load")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    import django

    django.setup()
    if options.load:
        load(options)
        return
    rows = []
    with served() as (base, _):
        for name, paths in addresses().items():
            if options.signed_in and not name.endswith("(peer)"):
                continue
            asked = 0 if name.endswith("(peer)") else queries(paths)
            rows.append(row(name, timed(base, paths, options.requests), asked))
    with people(options.requests + 1) as pages:
        for name, (paths, sessions) in pages.items():
            first, times = cold(paths, sessions, options.requests)
            rows.append(row(name, times, queries(paths, sessions), first))
    if options.json:
        print(json.dumps(rows, indent=2))
        return
    print(f"{'page':<26}{'median':>9}{'p95':>9}{'queries':>9}{'first':>9}")
    for one in rows:
        first = f"{one['first_ms']:>9.1f}" if one["first_ms"] else ""
        print(f"{one['page']:<26}{one['median_ms']:>9.1f}{one['p95_ms']:>9.1f}{one['queries']:>9}{first}")


if __name__ == "__main__":
    main()
