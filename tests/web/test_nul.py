"""An address or a query with a NUL in it is not found, whoever asks, and a form with one is turned down: nothing of it
reaches the database."""

from __future__ import annotations

import pytest
from django.template.backends.django import Template
from django.test import Client

from emporion.domain.editions.models import Edition
from tests.fair import page_text
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
                # A slash may be put behind an address first.
                if (status := client.get(asked, follow=True).status_code) != 404:
                    answered[person, name, asked] = status
    assert answered == {}


@pytest.mark.parametrize("asked", ["/expo/exhibitors/?country=a%00b", "/expo/halls/%00/", "/%00/", "/zh-hans/%00expo/"])
def test_an_address_with_a_nul_is_told_to_be_not_found_on_a_page(client: Client, edition: Edition, asked: str) -> None:
    answer = client.get(asked)
    assert answer.status_code == 404
    assert "<h1>" in page_text(answer)


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("invitations/send/", {"who": "a\0b"}),
        ("timetable/changes/", {"seen": "a\0b"}),
        ("invitations/send/", {"a\0b": "who"}),
    ],
)
def test_no_form_takes_a_nul(office: Client, edition: Edition, address: str, typed: dict[str, str]) -> None:
    answer = office.post(f"/expo/office/{address}", typed)
    assert answer.status_code == 400
    assert "a character that no text can have (NUL)" in page_text(answer)


def test_a_request_for_a_host_of_others_is_turned_down_without_a_page(client: Client, edition: Edition) -> None:
    answer = client.get("/expo/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in page_text(answer)
