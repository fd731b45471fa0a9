"""Every address of the site, asked over HTTP by every kind of person, answers as the permission table says."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from copy import copy
from functools import lru_cache
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.template.backends.django import Template

from emporion.domain.cache import Cache
from emporion.web.shell import addresses, venue_time
from emporion.web.shell.admin_site import OfficeSite
from tests.web import permissions
from tests.web.permission_world import World

pytestmark = pytest.mark.django_db

HOW = (
    "The permission table does not know {what}: {names}. Add a row to src/emporion/web/permissions.csv for each (see "
    "“An address” in CONTRIBUTING.md): its name, its parameters, and who may open it. "
    "EMPORION_PERMISSIONS=write pytest tests/web/test_permissions.py fills in empty cells; look at each."
)


def test_the_table_knows_every_address_and_no_other() -> None:
    known, there = {row["address"] for row in permissions.table()}, permissions.addresses().keys()
    assert not there - known, HOW.format(what="these addresses", names=", ".join(sorted(there - known)))
    assert not known - there, HOW.format(what="that these addresses are gone", names=", ".join(sorted(known - there)))


def decide_without_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may open a page is decided before it is drawn: drawing ten thousand pages would only take time.

    Figures and charts rest on the same records in the whole walk, which is undone after each answer.
    """
    monkeypatch.setattr(Template, "render", lambda *_args, **_kwargs: "")
    monkeypatch.setattr(OfficeSite, "each_context", lambda *_args: {})
    monkeypatch.setattr("django.contrib.auth.middleware.get_user", user_read_once())
    monkeypatch.setattr(addresses, "_load", read_once(addresses._load))
    monkeypatch.setattr(venue_time, "common_zone", lru_cache(venue_time.common_zone))
    compute = Cache.get
    monkeypatch.setattr(Cache, "get", lambda cache, key, _version, value: compute(cache, key, "walk", value))


def user_read_once() -> Callable[[HttpRequest], Any]:
    """Who asks, read once for each session; what an answer does to the account is undone with it."""
    known: dict[str, Any] = {}

    def user_of(request: HttpRequest) -> Any:
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if session not in known:
            known[session] = get_user(request)
        return copy(known[session])

    return user_of


def read_once(load: Callable[[str, int | None], Any]) -> Callable[[str, int | None], Any]:
    """The fair and edition of an address, read once; each answer changes records of its own."""
    known = lru_cache(lambda slug, number: pickle.dumps(load(slug, number)))
    return lambda slug, number: pickle.loads(known(slug, number))


def test_every_address_answers_every_person_as_the_table_says(monkeypatch: pytest.MonkeyPatch) -> None:
    decide_without_drawing(monkeypatch)
    world = World()
    clients = {name: permissions.client_of(world.person(name)) for name in permissions.people()}
    wrong: list[str] = []
    rows, filling = permissions.table(), os.environ.get("EMPORION_PERMISSIONS") == "write"
    for row in rows:
        path = permissions.path_of(row["address"], row["parameters"], world)
        for name, client in clients.items():
            if filling and row[name]:
                continue
            answered = permissions.outcome(client, path, permissions.form_of(row["parameters"]))
            if answered != row[name]:
                wrong.append(f"{row['address']} ({path}) for {name}: {answered}, not {row[name] or 'stated'}")
                row[name] = answered
    if filling:
        permissions.write(rows)
    assert not wrong, f"{len(wrong)} answers differ from the permission table:\n" + "\n".join(wrong)
