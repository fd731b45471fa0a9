"""A small fair for the rooms of the show: plain functions that make one record each, without surprises."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from emporion.domain.editions.models import Edition, ExhibitionArea, Fair, Hall, Sector, Venue
from emporion.domain.exhibitors.models import Application, Exhibitor, Pavilion
from emporion.domain.organisations.models import Organisation
from emporion.domain.reference.models import Country, Currency, GroupMembership, HSCode
from emporion.domain.visitors.models import Delegation, VisitingUnit, Visitor

NOON = datetime(2023, 10, 1, 12, tzinfo=UTC)
COUNTRIES = {"CN": "China", "BJ": "Benin", "EC": "Ecuador", "DE": "Germany", "ZM": "Zambia", "WS": "Samoa"}
_numbers = count(1)


def make_country(iso2: str) -> Country:
    name = COUNTRIES[iso2]
    number = f"{sorted(COUNTRIES).index(iso2):03}"
    return Country.objects.get_or_create(
        iso2=iso2, defaults={"iso3": f"{iso2}X", "numeric": number, "name_en": name, "name_zh": name}
    )[0]


def make_ldc(iso2: str, *, ends: date | None = None) -> GroupMembership:
    """``iso2`` is a least developed country, until the day before ``ends``."""
    country = make_country(iso2)
    defaults = {"ends": ends, "source": "the test"}
    return GroupMembership.objects.get_or_create(group="ldc", country=country, defaults=defaults)[0]


def make_fair() -> Fair:
    return Fair.objects.get_or_create(slug="expo", defaults={"name_en": "Expo", "host": make_country("CN")})[0]


def make_sector(code: str, number: int, parent: Sector | None = None) -> Sector:
    names = {"name_en": code.title(), "name_zh": code, "number": number, "parent": parent, "focus": parent is not None}
    return Sector.objects.get_or_create(fair=make_fair(), code=code, defaults=names)[0]


def make_hs(code: str, title: str = "") -> HSCode:
    """The code and the chapter and heading above it."""
    parent = make_hs(code[:-2]) if len(code) > 2 else None
    defaults = {"level": len(code), "parent": parent, "section": "XVI", "title_en": title or f"HS {code}"}
    return HSCode.objects.get_or_create(code=code, defaults=defaults)[0]


def make_edition(number: int = 6, **fields: object) -> Edition:
    currency = Currency.objects.get_or_create(code="USD", defaults={"name_en": "US dollar"})[0]
    names = {"name_en": "Expo", "name_zh": "展", "city_en": "Shanghai", "city_zh": "上海"}
    venue = Venue.objects.get_or_create(code="necc", defaults={**names, "time_zone": "Asia/Shanghai"})[0]
    plain = {"name_en": f"Edition {number}", "name_zh": f"第{number}届", "venue": venue, "fair": make_fair()}
    days = {"first_day": date(2023, 11, 5), "last_day": date(2023, 11, 10), "currency": currency}
    return Edition.objects.create(number=number, **{**plain, **days, **fields})


def make_area(edition: Edition, code: str = "technical-equipment", number: int = 3) -> ExhibitionArea:
    names = {"name_en": code.title(), "name_zh": code, "scope": "enterprise", "sector": make_sector(code, number)}
    return ExhibitionArea.objects.get_or_create(edition=edition, code=code, defaults={"number": number, **names})[0]


def make_hall(edition: Edition, code: str = "4.1", *areas: ExhibitionArea, width: int = 20, depth: int = 20) -> Hall:
    hall = Hall.objects.create(
        edition=edition, code=code, width_modules=width, depth_modules=depth, gross_area_m2=width * depth * 9
    )
    hall.areas.set(areas or [make_area(edition)])
    return hall


def make_organisation(name: str, country: str = "DE") -> Organisation:
    return Organisation.objects.create(name=name, name_key=name.casefold(), country=make_country(country))


def make_pavilion(edition: Edition, code: str, country: str) -> Pavilion:
    names = {"name_en": f"Pavilion {code}", "name_zh": code, "country": make_country(country)}
    return Pavilion.objects.create(edition=edition, code=code, area=make_area(edition), **names)


def make_exhibitor(
    edition: Edition,
    name: str,
    country: str = "DE",
    *,
    area_m2: int = 9,
    main: Exhibitor | None = None,
    **wishes: object,
) -> Exhibitor:
    """An exhibitor with a contract; ``wishes`` are fields of its application."""
    area = wishes.pop("area", None) or make_area(edition)
    organisation = make_organisation(name, country)
    both = {"area": area, "pavilion": wishes.pop("pavilion", None), "sector": area.sector}
    application = Application.objects.create(
        edition=edition,
        organisation=organisation,
        origin=organisation.country,
        state=Application.State.CONTRACTED,
        submitted=wishes.pop("submitted", NOON),
        area_m2=area_m2,
        main=main and main.application,
        **both,
        **wishes,
    )
    return Exhibitor.objects.create(
        edition=edition,
        organisation=organisation,
        origin=organisation.country,
        application=application,
        number=f"{edition.number:02}-{next(_numbers):05}",
        main=main,
        scope="enterprise",
        signed=date(2023, 9, 1),
        **both,
    )


def make_delegation(edition: Edition, path: str, *remit: str) -> Delegation:
    return Delegation.objects.create(
        edition=edition, path=path, name_en=f"Delegation {path}", name_zh=path, remit=list(remit)
    )


def make_unit(edition: Edition, name: str, *, size: int = 0, delegation: Delegation | None = None) -> VisitingUnit:
    return VisitingUnit.objects.create(
        edition=edition,
        organisation=make_organisation(name, "CN"),
        delegation=delegation,
        purchasing_size=size,
        state=VisitingUnit.State.APPROVED,
        registered=NOON,
    )


def make_visitor(edition: Edition, name: str, unit: VisitingUnit | None = None, **fields: object) -> Visitor:
    number = f"V{edition.number:02}-{next(_numbers):07}"
    plain = {"country": make_country("CN"), "state": Visitor.State.APPROVED, "registered": NOON, "number": number}
    return Visitor.objects.create(edition=edition, name=name, unit=unit, **{**plain, **fields})
