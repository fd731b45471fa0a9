"""Buyers at once: a thousand on one stand, others on stands of their own, two hundred who let one be chosen; by HTTP.

    EMPORION_HOME=.emporion .venv/bin/python benchmarks/holds.py [--json]

Starts ``emporion serve`` with a worker a core over the database at hand (use a demonstration's), puts a hall of stands
of its own on sale in its current edition, and makes as many organisations with an application and a signed-in person.
Each sends the form of the page, with session and token, through every middleware. Hall, organisations and holds are
taken away at the end; the journal, which is never changed, keeps them.

Prints ``winners_on_one_stand`` of 1,000 buyers at once, who were ``refused`` (each answer names similar stands that are
free), ``errors`` (other answers, broken connections, and stands that two hold), ``holds_per_minute`` and ``p95_ms`` of
holds on different stands at 8 clients, and ``refused_while_free`` of 200 at once for whom 200 stands fit. Beside it
stand the peers: pretix's order endpoint took 1,440 a minute on such a machine; a booking that chose outside the lock
refused 84 % of 160 at once.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")
PEERS = "pretix, orders by its API on such a machine: 1,440 a minute; chosen outside the lock: 84 % of 160 refused"
HALL, NOBODY = "BENCH", "@holds.invalid"
ONE_STAND, CHOOSERS, CLIENTS = 1000, 200, 8
REQUEST = (
    "POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nHX-Request: true\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"
    "Cookie: sessionid={session}; csrftoken={token}\r\nUser-Agent: Mozilla/5.0 load\r\n\r\n{body}"
)
HELD, REFUSED, SIMILAR = 'data-result="held"', 'data-result="refused"', "similar stands are free"


def make_stands(edition: Any, count: int) -> list[str]:
    """A hall of booths on sale, apart from all others by its exhibition area; their numbers."""
    from emporion.domain.booths.models import Stand
    from emporion.domain.editions.models import ExhibitionArea, Hall
    from emporion.domain.selling.models import StandSale

    area = ExhibitionArea.objects.create(edition=edition, code="bench", number=8, name_en="Bench", scope="enterprise")
    size = {"width_modules": 100, "depth_modules": 100, "gross_area_m2": 90_000}
    hall = Hall.objects.create(edition=edition, code=HALL, **size)
    stands = Stand.objects.bulk_create(
        Stand(
            edition=edition, hall=hall, area=area, number=f"{HALL}-{at:05}", kind="standard", x=at % 100 * 3,
            y=at // 100 * 3, width=3, depth=3, area_m2=9, open_sides=1, locked=True,
        )
        for at in range(count)
    )  # fmt: skip
    StandSale.objects.bulk_create(StandSale(stand=stand) for stand in stands)
    return [stand.number for stand in stands]


def make_buyers(edition: Any, count: int) -> list[tuple[int, str]]:
    """Organisations with an application and somebody who is signed in: the organisation's key, the session's."""
    from django.utils import timezone

    from emporion.domain.accounts.models import User
    from emporion.domain.editions.models import ExhibitionArea
    from emporion.domain.exhibitors.models import Application
    from emporion.domain.organisations.models import Organisation, Representative

    area = ExhibitionArea.objects.get(edition=edition, code="bench")
    names = [f"Holds {os.getpid()}-{number}" for number in range(count)]
    users = User.objects.bulk_create(
        User(email=f"{name.replace(' ', '-')}{NOBODY}".lower(), name=name) for name in names
    )
    owners = Organisation.objects.bulk_create(Organisation(name=name, name_key=name.casefold()) for name in names)
    pairs = list(zip(owners, users, strict=True))
    Representative.objects.bulk_create(Representative(organisation=owner, user=user) for owner, user in pairs)
    asked = {"edition": edition, "area": area, "area_m2": 9, "state": "submitted", "submitted": timezone.now()}
    Application.objects.bulk_create(Application(organisation=owner, **asked) for owner in owners)
    return [(owner.pk, key) for owner, key in zip(owners, sessions_of(users), strict=True)]


def sessions_of(users: list[Any]) -> list[str]:
    """A session of each, as the sign-in makes it."""
    from datetime import timedelta

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    def data(user: Any) -> dict[str, str]:
        known = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0]}
        return {**known, HASH_SESSION_KEY: user.get_session_auth_hash()}

    store, ends = SessionStore(), timezone.now() + timedelta(hours=2)
    rows = [
        Session(session_key=secrets.token_hex(16), session_data=store.encode(data(user)), expire_date=ends)
        for user in users
    ]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]


@contextmanager
def sale(stands: int, buyers: int) -> Iterator[tuple[Any, list[str], list[tuple[int, str]]]]:
    """The current edition sells on the plan, with stands and buyers for as long as it is measured."""
    from emporion.domain.editions.models import Edition
    from emporion.domain.selling.models import SaleRules

    edition = Edition.objects.select_related("fair", "venue").get(current=True)
    before = SaleRules.objects.filter(edition=edition).values().first()
    clear(edition)
    SaleRules.objects.update_or_create(edition=edition, defaults={"way": "chosen", "hold_minutes": 15})
    try:
        yield edition, make_stands(edition, stands), make_buyers(edition, buyers)
    finally:
        clear(edition)
        SaleRules.objects.filter(edition=edition).delete()
        if before:
            SaleRules.objects.create(**before)


def clear(edition: Any) -> None:
    """Take away what a measurement made."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from emporion.domain.accounts.models import User
    from emporion.domain.booths.models import Stand
    from emporion.domain.exhibitors.models import Application
    from emporion.domain.journal.models import JournalEntry
    from emporion.domain.organisations.models import Organisation

    Stand.objects.filter(edition=edition, hall__code=HALL).delete()
    edition.halls.filter(code=HALL).delete()
    Application.objects.filter(edition=edition, area__code="bench").delete()
    edition.areas.filter(code="bench").delete()
    Organisation.objects.filter(name__startswith="Holds ", representatives__user__email__endswith=NOBODY).delete()
    # The journal names who held a stand, and what it names stays.
    named = JournalEntry.objects.filter(actor__email__endswith=NOBODY).values("actor")
    User.objects.filter(email__endswith=NOBODY).exclude(pk__in=named).delete()
    User.objects.filter(email__endswith=NOBODY).update(is_active=False)
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def form(edition: Any, name: str, buyer: tuple[int, str], **typed: object) -> str:
    """The request that a buyer's browser sends when a form of the page is sent by htmx."""
    from emporion.web.shell.addresses import fair_url

    token = secrets.token_hex(16)
    body = urlencode({"csrfmiddlewaretoken": token, **typed})
    path = fair_url(edition, name, buyer[0])
    return REQUEST.format(path=path, length=len(body), session=buyer[1], token=token, body=body)


def ask(base: str, requests: list[str], clients: int) -> dict[str, Any]:
    """Send every request once, by so many clients at the same time, from a process of its own."""
    asked = {"port": urlsplit(base).port, "requests": requests, "clients": clients, "once": True, "seconds": 0}
    command = [sys.executable, str(Path(__file__).with_name("load_generator.py"))]
    told = json.dumps({**asked, "seek": [HELD, REFUSED, SIMILAR]})
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def measure(base: str, edition: Any, numbers: list[str], buyers: list[tuple[int, str]], holds: int) -> dict[str, Any]:
    """All three, each with buyers and stands of its own."""
    from emporion.domain.selling.models import StandSale

    one, *others = numbers
    rush = [form(edition, "my_stand_hold", buyer, number=one) for buyer in buyers[:ONE_STAND]]
    warm = ask(base, [form(edition, "my_stand_hold", buyer, number=f"{HALL}-none") for buyer in buyers[-40:]], CLIENTS)
    crowd = ask(base, rush, ONE_STAND)
    pairs = zip(buyers[ONE_STAND : ONE_STAND + holds], others, strict=False)
    apart = ask(base, [form(edition, "my_stand_hold", buyer, number=number) for buyer, number in pairs], CLIENTS)
    # As many stands are left as there are buyers for whom one is chosen.
    choosers = buyers[ONE_STAND + holds : ONE_STAND + holds + CHOOSERS]
    fit = {"kind": "standard", "least_m2": 9, "most_m2": 9, "open_sides": 1, "hall": ""}
    chosen = ask(base, [form(edition, "my_stand_choose", buyer, **fit) for buyer in choosers], CHOOSERS)
    kept = StandSale.objects.filter(stand__edition=edition, stand__hall__code=HALL).exclude(state="free")
    answered = crowd["found"][HELD] + apart["found"][HELD] + chosen["found"][HELD]
    return {
        "winners_on_one_stand": crowd["found"][HELD],
        "refused": crowd["found"][REFUSED],
        "told_similar": crowd["found"][SIMILAR],
        "errors": sum(run["errors"] for run in (warm, crowd, apart, chosen)) + abs(answered - kept.count()),
        "holds_per_minute": round(60 * apart["found"][HELD] / apart["elapsed_s"]),
        "p50_ms": round(apart["times_ms"][len(apart["times_ms"]) // 2], 1),
        "p95_ms": round(apart["times_ms"][int(len(apart["times_ms"]) * 0.95)], 1),
        "rush_s": round(crowd["elapsed_s"], 1),
        "chosen": chosen["found"][HELD],
        "refused_while_free": chosen["found"][REFUSED],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--holds", type=int, default=3000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    import django

    django.setup()
    from pages import served

    buyers = ONE_STAND + options.holds + CHOOSERS + 40
    with sale(1 + options.holds + CHOOSERS, buyers) as (edition, numbers, people), served(options.workers) as (base, _):
        found = measure(base, edition, numbers, people, options.holds)
    print(json.dumps(found) if options.json else "\n".join(f"{key:<24}{value:>10}" for key, value in found.items()))
    if not options.json:
        print(PEERS)


if __name__ == "__main__":
    main()
