"""A fair of which little is entered yet: each of its pages answers, in both languages, whoever opens it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from emporion.domain.accounts.models import User
from emporion.domain.organisations.models import Organisation, Representative
from tests import make
from tests.fair import make_person
from tests.web import permissions

pytestmark = pytest.mark.django_db
# What an address below a fair may be asked for: records of nothing that is there, and the figures that always are.
GIVEN: dict[str, Any] = {
    "number": "1", "code": "1", "key": "exhibitors", "pk": 1, "visitor": 1, "path": "07", "token": "token",
    "day": date(2026, 11, 5), "organisation": 1, "kind": "visitors", "step": "fair",
    "queue": "applications", "file": 1, "pavilion": 1, "picture": 1, "template": "visitor_registered",
}  # fmt: skip


def of_a_fair(organisation: int) -> list[tuple[str, dict[str, Any]]]:
    """The addresses of a fair with what stands in them."""
    given = {**GIVEN, "organisation": organisation}
    return [
        (name, {one: given[one] for one in parameters - {"fair", "edition"}})
        for name, parameters in permissions.addresses().items()
        if "fair" in parameters
    ]


def asked(clients: dict[str, Client], organisation: int, **where: Any) -> dict[tuple[str, str], int]:
    """How every address of a fair answers each of these people in both languages, where it answers with a fault."""
    faults = {}
    for name, given in of_a_fair(organisation):
        path = reverse(name, kwargs={**where, **given})
        for who, client in clients.items():
            for address in (path, f"/zh-hans{path}"):
                if (status := client.get(address).status_code) >= 500:
                    faults[who, address] = status
    return faults


def people(organisation: Organisation) -> dict[str, Client]:
    """Nobody in particular, and the operator of the installation, who acts for an organisation as well."""
    operator = make_person("root@expo.example", is_superuser=True)
    Representative.objects.create(organisation=organisation, user=operator)
    return {"anonymous": permissions.client_of(None), "operator": permissions.client_of(operator)}


def test_every_page_of_a_fair_without_an_edition_answers() -> None:
    fair = make.make_fair()
    make.make_fair("accra")
    organisation = make.make_organisation("Shea du Bénin", "BJ")
    assert asked(people(organisation), organisation.pk, fair=fair.slug) == {}


def test_every_page_of_an_edition_without_anything_answers() -> None:
    edition = make.make_edition(current=True)
    organisation = make.make_organisation("Shea du Bénin", "BJ")
    clients = people(organisation)
    make.make_visitor(edition, "Wang Lan", user=User.objects.get(email="root@expo.example"))
    assert asked(clients, organisation.pk, fair=edition.fair.slug) == {}
