"""An address or a query with a NUL in it is not found, whoever asks: nothing of it reaches the database."""

from __future__ import annotations

import pytest
from django.template.backends.django import Template

from tests.web import permissions
from tests.web.permission_world import World

pytestmark = pytest.mark.django_db


def test_no_address_takes_a_nul(monkeypatch: pytest.MonkeyPatch) -> None:
    # What a page shows does not matter: drawing a thousand pages would only take time.
    monkeypatch.setattr(Template, "render", lambda *_args, **_kwargs: "")
    world = World()
    paths = {
        row["address"]: permissions.path_of(row["address"], row["parameters"], world) for row in permissions.table()
    }
    answered = {}
    for person in (permissions.people()[0], permissions.people()[-1]):
        client = permissions.client_of(world.person(person))
        for name, path in paths.items():
            plain = path.partition("?")[0]
            for asked in (f"{plain}?q=a%00b", f"{plain}%00", f"/%00{plain}"):
                if (status := client.get(asked).status_code) != 404:
                    answered[person, name, asked] = status
    assert answered == {}
