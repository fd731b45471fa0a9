"""The surge of registrations: sign-up, approval and badge of many people at once, over HTTP.

    EMPORION_HOME=.emporion .venv/bin/python benchmarks/surge.py [--people 200] [--json]

Starts ``emporion serve`` with a worker a core and ``emporion worker`` over the database at hand (use a demonstration's,
best of size *full*), and opens the registration of its current edition for as long as it measures. All people begin
together: each opens an account, reads the code out of the message to confirm the address, registers as a visitor of an
organisation of their own and opens the page of the registration. The desk approves all whom its filter finds, by the
page and the background work that an organiser uses, every second; each person opens the badge once it is made.

Prints ``requests_per_s``, ``p50_ms``, ``p95_ms`` and ``errors`` (answers of 400 and more, forms refused, people without
a badge), ``registrations_a_minute``, and ``badge_s``, the seconds from the last registration to the last badge. Beside
it stands the peer: pretix's order endpoint on such a machine took 1,440 orders a minute, p95 390 ms at 8 clients,
without account, approval or badge.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, RemoteDisconnected
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")
PEER = "pretix, orders by its API on such a machine: 1,440 a minute, p95 390 ms at 8 clients"
PASSWORD = "a long walk by the river"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="(\w+)"')
DECISIONS = (
    ("units", "registered", "approve"),
    ("visitors", "registered", "approve"),
    ("visitors", "approved", "badges"),
)
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
PATIENCE = 300.0


@dataclass
class Measured:
    """What all people saw together."""

    times_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    registered: list[float] = field(default_factory=list)
    badges: list[float] = field(default_factory=list)


class Browser:
    """One person's browser: a kept connection, cookies, redirects and forms with their token."""

    def __init__(self, base: str, measured: Measured, session: str = "") -> None:
        self.host = urlsplit(base).netloc
        self.connection = HTTPConnection(self.host, timeout=PATIENCE)
        self.cookies: dict[str, str] = {"sessionid": session} if session else {}
        self.measured = measured
        self.page = self.path = ""
        self.status = 0

    def get(self, path: str) -> str:
        """The page at an address, redirects followed."""
        return self._ask("GET", path, None)

    def submit(self, path: str, **fields: str) -> str:
        """Send the form of the page at hand."""
        found = TOKEN.search(self.page)
        seen = SEEN.search(self.page)
        body = {**fields, "csrfmiddlewaretoken": found[1] if found else "", "seen": seen[1] if seen else ""}
        return self._ask("POST", path, urlencode(body))

    def _ask(self, method: str, path: str, body: str | None) -> str:
        for _hop in range(6):
            answer = self._answer(method, path, body)
            if answer is None:
                return self.page
            method, path, body = "GET", answer, None
        raise RuntimeError("too many redirects")

    def _answer(self, method: str, path: str, body: str | None) -> str | None:
        """One request; where it leads on to, or none and ``page`` holds what came."""
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()), "Accept": "text/html"}
        headers["Referer"] = f"http://{self.host}{self.path or '/'}"
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # The server closes a connection that nobody has used for a while; a browser opens another.
            self.connection.close()
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        text = response.read().decode()
        self.measured.times_ms.append((time.perf_counter() - began) * 1000)
        for value in response.headers.get_all("Set-Cookie") or []:
            self.cookies.update({key: one.value for key, one in SimpleCookie(value).items()})
        self.status = response.status
        if response.status >= 400:
            self.measured.errors.append(f"{method} {path}: {response.status}")
        if response.status in (301, 302, 303):
            return urljoin(path, response.headers["Location"])
        self.page, self.path = unescape(text), path
        return None


def code_sent_to(email: str) -> str:
    """The code in the message to an address, as its reader finds it."""
    from django.db import connection

    from emporion.domain.notices.models import Notice

    try:
        for _ in range(600):
            for notice in Notice.objects.filter(recipient__iexact=email).order_by("-pk"):
                if code := CODE.search(notice.context.get("body", "")):
                    return code[0]
            time.sleep(0.1)
    finally:
        connection.close()
    raise RuntimeError(f"no code came for {email}")


class Badges:
    """The addresses of those whose badge is made, looked up twice a second for all: a person waits for the message."""

    def __init__(self) -> None:
        self.there: set[str] = set()
        self.ended = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def has(self, email: str) -> bool:
        """Whether the badge came before patience ended."""
        until = time.perf_counter() + PATIENCE
        while email not in self.there and time.perf_counter() < until:
            time.sleep(0.2)
        return email in self.there

    def _look(self) -> None:
        from emporion.domain.admission.models import Badge

        own = Badge.objects.filter(visitor__email__startswith=f"surge-{os.getpid()}-")
        while not self.ended.wait(0.5):
            self.there = set(own.values_list("visitor__email", flat=True))


def take_part(browser: Browser, number: int, fair: str, made: Badges) -> None:
    """One person's way from the first page to the badge."""
    measured, email = browser.measured, f"surge-{os.getpid()}-{number}@example.org"
    browser.get(f"/{fair}/")
    browser.get(f"/{fair}/signup/visitor/")
    browser.submit(browser.path, name=f"Surge Visitor {number}", email=email, password1=PASSWORD)
    browser.submit("/accounts/confirm-email/", code=code_sent_to(email))
    browser.get(f"/{fair}/signup/visitor/")
    browser.submit(browser.path, home="GH")
    unit = {"organisation": f"Surge Trading {os.getpid()}-{number}", "country": "GH", "purchasing_size": "0"}
    browser.submit(browser.path, **unit)
    browser.submit(browser.path)
    browser.get(f"/{fair}/my/visit/")
    if browser.path.rstrip("/") != f"/{fair}/my/visit":
        measured.errors.append(f"{email} is not registered but at {browser.path}")
        return
    measured.registered.append(time.perf_counter())
    if made.has(email):
        browser.get(f"/{fair}/my/visit/badge/")
        measured.badges.append(time.perf_counter())
    else:
        measured.errors.append(f"{email} has no badge")


def approve(browser: Browser, fair: str, done: threading.Event) -> None:
    """The desk: approve the units and the people that wait and have badges made, again and again."""
    while not done.wait(1):
        for queue, state, action in DECISIONS:
            browser.get(f"/{fair}/office/{queue}/?q=Surge&state={state}")
            if browser.status != 200:
                raise RuntimeError(f"the desk may not open its list: {browser.status} {browser.path}")
            if "Surge Trading" in browser.page or "Surge Visitor" in browser.page:
                terms = {"scope": "all", "query": f"q=Surge&state={state}", "action": action, "confirmed": "1"}
                browser.submit(f"/{fair}/office/{queue}/act/", **terms)


def measure(base: str, people: int, fair: str, desk_session: str) -> Measured:
    """Let all people come at once."""
    measured, done = Measured(), threading.Event()
    together, made = threading.Barrier(people), Badges()

    def person(number: int) -> None:
        browser = Browser(base, measured)
        together.wait()
        try:
            take_part(browser, number, fair, made)
        except Exception as error:
            measured.errors.append(f"person {number}: {error!r}")

    desk = threading.Thread(target=approve, args=(Browser(base, Measured(), desk_session), fair, done), daemon=True)
    threads = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    desk.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    made.ended.set()
    desk.join(PATIENCE)
    return measured


@contextmanager
def working() -> Iterator[None]:
    """``emporion worker`` beside the site."""
    command = [sys.executable, "-m", "django", "worker"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as worker:
        try:
            yield
        finally:
            worker.terminate()


@contextmanager
def registration_open() -> Iterator[str]:
    """The current edition takes registrations now; its fair's address. The days are put back at the end."""
    from datetime import timedelta

    from django.utils import timezone

    from emporion.domain.editions.models import Edition, Phase

    edition = Edition.objects.select_related("fair").get(current=True)
    phase = Phase.objects.get(edition=edition, kind=Phase.Kind.REGISTRATION)
    before = {"opens": phase.opens, "closes": phase.closes}
    now = timezone.now()
    Phase.objects.filter(pk=phase.pk).update(opens=now - timedelta(days=1), closes=now + timedelta(days=1))
    try:
        yield edition.fair.slug
    finally:
        Phase.objects.filter(pk=phase.pk).update(**before)


def session_of_the_desk(fair: str) -> str:
    """A session of somebody with a second factor who registers visitors for the fair."""
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from emporion.domain.accounts.actions import open_vouched_account
    from emporion.domain.editions.models import Fair
    from emporion.domain.journal.context import ActionContext
    from emporion.domain.staff.actions import grant_role

    user = open_vouched_account(f"desk-{os.getpid()}@surge.invalid")
    grant_role(Fair.objects.get(slug=fair), user, "registration", context=ActionContext(timezone.now()))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": ""})
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return str(client.session.session_key)


def row(measured: Measured, people: int, seconds: float) -> dict[str, Any]:
    """The figures of a run."""
    times = sorted(measured.times_ms)
    registered = measured.registered or [float("nan")]
    return {
        "people": people,
        "requests": len(times),
        "requests_per_s": round(len(times) / seconds, 1),
        "p50_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "errors": len(measured.errors),
        "registrations_a_minute": round(60 * len(measured.registered) / seconds, 1),
        "badges": len(measured.badges),
        "badge_s": round(max(measured.badges, default=float("nan")) - max(registered), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    import django

    django.setup()
    from django.db import connection
    from pages import served

    with registration_open() as fair, served(options.workers) as (base, _), working():
        session = session_of_the_desk(fair)
        connection.close()
        began = time.perf_counter()
        measured = measure(base, options.people, fair, session)
        seconds = max(measured.registered, default=time.perf_counter()) - began
    found = row(measured, options.people, seconds)
    for error in measured.errors[:10]:
        print(error, file=sys.stderr)
    print(json.dumps(found) if options.json else "\n".join(f"{key:<24}{value:>10}" for key, value in found.items()))
    if not options.json:
        print(PEER)


if __name__ == "__main__":
    main()
