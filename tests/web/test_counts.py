"""A page takes as many queries for three rows as for one."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emporion.domain.editions.models import Edition
from tests import make
from tests.web.conftest import MORNING, add, add_pavilion, add_session

pytestmark = pytest.mark.django_db


def queries(client: Client, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def grow(edition: Edition, number: int) -> None:
    """One more of everything that a page lists, in an area, a sector and a stand of its own."""
    area = make.make_area(edition, f"area-{number}")
    hall = edition.halls.first() or make.make_hall(edition, "4.1")
    hall.areas.add(area)
    exhibitor = make.make_exhibitor(edition, f"Company {number}", area=area.code, sector=f"sector-{number}")
    guest = make.make_exhibitor(edition, f"Guest {number}", main=main_of(edition) or exhibitor)
    make.make_stand(hall, 9, "standard", exhibitor, area=area.code)
    main_stand(edition, exhibitor).occupancies.create(exhibitor=guest)
    add_pavilion(edition, f"P{number}", exhibitor.organisation.name)
    add(main_of(edition), f"Valve {number}", "阀", "848180")
    add_session(edition, f"S{number}", MORNING)


def main_of(edition: Edition) -> object:
    return edition.exhibitors.filter(main=None).order_by("pk").first()


def main_stand(edition: Edition, exhibitor: object) -> object:
    return main_of(edition).occupancy.stand


@pytest.mark.parametrize(
    "address",
    [
        "/expo/",
        "/expo/exhibitors/",
        "/expo/exhibitors/?ldc=1&debut=1",
        "/expo/exhibitors/{exhibitor}/",
        "/expo/products/",
        "/expo/products/?q=valve",
        "/expo/products/{product}/",
        "/expo/halls/",
        "/expo/halls/4.1/",
        "/expo/halls/4.1/{stand}/",
        "/expo/programme/",
        "/expo/search/?q=company",
        "/expo/bulletin/",
        "/expo/bulletin/exhibitors/",
        "/expo/bulletin/exhibitors/records/?scope=enterprise",
        "/expo/market/path/?q=84195000&origin=DE&to=CN&on=2026-11-05",
    ],
)
def test_a_page_takes_as_many_queries_for_three_as_for_one(sixth: Edition, client: Client, address: str) -> None:
    grow(sixth, 1)
    main = main_of(sixth)
    named = {"exhibitor": main.number, "product": main.products.first().pk, "stand": main.occupancy.stand.number}
    address = address.format(**named)
    # A bulletin asks for each focus sector, of which a fair has as many whoever comes.
    for number in (2, 3):
        make.make_sector(f"sector-{number}", focus=True)
    # The first request of all also reads what Django itself keeps.
    queries(client, address)
    one = queries(client, address)
    grow(sixth, 2)
    grow(sixth, 3)
    assert queries(client, address) == one
