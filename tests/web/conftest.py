"""The small fair as the public sees it: Benin's butter, Ecuador's cocoa and Aurora's valves, in hall 4.1."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache

from emporion.domain.catalogue.actions.products import ProductFacts, add_product
from emporion.domain.catalogue.models import Debut, Product
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor, Pavilion
from emporion.domain.journal.context import ActionContext
from emporion.domain.programme.models import Session, Speaker
from emporion.domain.reference.models import HSCode
from tests import make

MORNING = datetime(2023, 11, 5, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """What one test's records made is not cached for the next; the cache is in the database."""
    asks = {"db", "transactional_db"} & {*request.fixturenames} or request.node.get_closest_marker("django_db")
    if asks:
        request.getfixturevalue("db")
        cache.clear()
    yield


@pytest.fixture
def sixth(db: Any) -> Edition:
    """The sixth edition, current and open to the public, before which the fifth was held."""
    make.make_edition(5)
    return make.make_edition(6, current=True)


@pytest.fixture
def fair(sixth: Edition) -> Edition:
    """Three exhibitors with their stands and products, and a session on the first morning."""
    make.make_member("ldc", "BJ")
    hall = make.make_hall(sixth, "4.1")
    for number, (name, country) in enumerate([("Aurora Valves", "DE"), ("Benin Butter", "BJ"), ("Cacao Fino", "EC")]):
        exhibitor = make.make_exhibitor(sixth, name, country, name_zh=f"{name}公司", about_en=f"{name} since 1950.")
        stand = make.make_stand(hall, 36, "special" if number else "standard", exhibitor)
        stand.number, stand.x, stand.free = f"4.1-A{number:03}", 10.0 * number, country == "BJ"
        stand.save()
    make.make_earlier("Aurora Valves", 5)
    add_session(sixth, "S001", MORNING)
    butter = add(exhibitor_named("Benin Butter"), "Shea butter", "乳木果油", "151590")
    Debut.objects.create(product=butter, kind="asia")
    add(exhibitor_named("Aurora Valves"), "Hydrogen valve", "氢阀", "848180")
    return sixth


def exhibitor_named(name: str) -> Exhibitor:
    return Exhibitor.objects.get(organisation__name=name)


def add(exhibitor: Exhibitor, name_en: str, name_zh: str, hs: str) -> Product:
    """A product in the catalogue, under a code of the Harmonized System with its chapter and heading."""
    for length in (2, 4, 6):
        parent = hs[: length - 2] or None
        titles = {"title_en": f"Title of {hs[:length]}", "title_zh": f"{hs[:length]}的名称", "section": "III"}
        HSCode.objects.get_or_create(code=hs[:length], defaults={"level": length, "parent_id": parent, **titles})
    number = f"P{Product.objects.count():03}"
    facts = ProductFacts(number=number, name_en=name_en, name_zh=name_zh, hs=hs, about_en=f"About {name_en}.")
    return add_product(exhibitor, facts, context=ActionContext(MORNING))


def add_session(edition: Edition, number: str, starts: datetime) -> Session:
    session = Session.objects.create(
        edition=edition, number=number, kind="forum", title_en=f"Open markets {number}", title_zh=f"开放市场 {number}",
        starts=starts, ends=starts.replace(hour=starts.hour + 1), hall=edition.halls.first(),
    )  # fmt: skip
    Speaker.objects.create(session=session, name="A. Adjovi", position="Economist")
    return session


def add_pavilion(edition: Edition, code: str, *names: str) -> Pavilion:
    """A joint pavilion of exhibitors that are there already."""
    area = edition.areas.first()
    pavilion = Pavilion.objects.create(
        edition=edition, code=code, name_en=f"Pavilion {code}", name_zh=f"{code}馆", area=area
    )
    Exhibitor.objects.filter(organisation__name__in=names).update(pavilion=pavilion)
    return pavilion
