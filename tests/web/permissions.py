"""Reading the permission table, and asking every address as every person.

The table is ``src/emporion/web/permissions.csv``: a row for each address by its name, a column for each person, a word
in each cell. Parameters are fields of the records of ``World``; ``form.`` ones are typed into the page's form, ``at=``
gives a path itself. The record at an address belongs to visitor V, exhibitor A or the fair.

* ``yes`` – the person may open the page and use its forms
* ``read`` – the person may open it and change nothing
* ``sign in`` – whoever is not signed in does so first
* ``403`` – the person knows the page but holds no role for it
* ``404`` – for this person there is nothing at the address
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from emporion import web

TABLE = Path(web.__file__).parent / "permissions.csv"
NOT_PEOPLE = ("address", "parameters")
CLOSED = {"403", "404"}
ENTRANCES = ("account_login", "account_signup")


def table() -> list[dict[str, str]]:
    """The rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def people() -> list[str]:
    """The columns that are people."""
    return [name for name in table()[0] if name not in NOT_PEOPLE]


def addresses() -> dict[str, set[str]]:
    """Every address of the site by its name, and the parameters it takes; one without a name goes by its route."""
    found: dict[str, set[str]] = {}
    for name, parameters in _walk(get_resolver(), (), set()):
        found.setdefault(name, set(parameters))
    return found


def _walk(resolver: URLResolver, spaces: tuple[str, ...], above: set[str]) -> Iterator[tuple[str, set[str]]]:
    for pattern in resolver.url_patterns:
        parameters = above | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern, inner, parameters)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or f"unnamed {pattern.pattern}")), parameters


def path_of(name: str, parameters: str, world: Any) -> str:
    """The path of a row's address; its parameters are looked up in the world, as in ``pk=meeting.pk``."""
    if parameters.startswith("at="):
        return parameters.removeprefix("at=")
    if name.startswith("unnamed "):
        return "/" + name.removeprefix("unnamed ")
    given = dict(part.split("=", 1) for part in parameters.split() if not part.startswith("form."))
    return reverse(name, kwargs={key: world.value(dotted) for key, dotted in given.items()})


def form_of(parameters: str) -> dict[str, str]:
    """What a row types into the form of its page, as in ``form.action=confirm``; mostly nothing."""
    typed = (part.removeprefix("form.") for part in parameters.split() if part.startswith("form."))
    return dict(part.split("=", 1) for part in typed)


def outcome(client: Client, path: str, form: dict[str, str]) -> str:
    """How an address answers somebody: asked by GET and by POST, both undone afterwards."""
    read, written = _answer(client, "GET", path), _answer(client, "POST", path, form)
    if read is None or written is None or read == written:
        return read or written or "405"
    if {read, written} <= CLOSED:
        return read
    return "read" if read == "yes" and written in ("403", "404") else f"{read}/{written}"


def _answer(client: Client, method: str, path: str, form: dict[str, str] | None = None) -> str | None:
    """The table's word for one answer; none when the address is not asked by this method."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.post(path, form) if method == "POST" else client.get(path)
        transaction.set_rollback(True)
    client.cookies = cookies
    if path == reverse("admin:logout") and response.headers.get("Location") == reverse("admin:index"):
        # The back office sends whoever may not enter it to its first page, and signs nobody out.
        response = client.get(reverse("admin:index"))
    if response.status_code == 302 and response.headers["Location"].startswith(reverse("admin:login")):
        return _at_the_office_door(client)
    status, goal = response.status_code, response.headers.get("Location", "")
    if status == 405:
        return None
    if status in (301, 302) and any(goal.startswith(reverse(one)) for one in ENTRANCES):
        return "sign in"
    if status == 302 and goal == reverse("admin:index") and path != reverse("admin:login"):
        return "404"  # how Django's own lists say that there is no such record
    if status in (301, 302) and goal.startswith(reverse("mfa_index")):
        return "second factor"
    if status in (403, 404):
        return str(status)
    return "yes" if status < 500 else f"{status}"


@lru_cache
def _at_the_office_door(client: Client) -> str | None:
    """The back office's own page leads strangers on to the sign-in, and tells others that there is nothing."""
    return _answer(client, "GET", reverse("admin:login"))


def client_of(user: Any) -> Client:
    """A client in which the person is signed in; nobody for None."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def write(rows: list[dict[str, str]]) -> None:
    """Write the table with what was answered, in the order of its addresses; a person then looks at each cell."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["address"]))
