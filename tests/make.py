"""A small fair of named things: plain functions that make one record each and say what they leave out.

Every function gives the record that is there already when it is asked for the same one twice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from emporion.domain.admission.models import Badge, Entry
from emporion.domain.booths.models import FreeBoothGrant, Occupancy, Stand
from emporion.domain.catalogue.models import Debut, Product
from emporion.domain.deals.models import Deal, Investment
from emporion.domain.editions.models import Edition, ExhibitionArea, Fair, Hall, Phase, PublishedFigure, Sector, Venue
from emporion.domain.exhibitors.models import Application, Exhibitor, Pavilion
from emporion.domain.organisations.models import EarlierParticipation, Organisation
from emporion.domain.reference.models import (
    Country,
    Currency,
    GroupMembership,
    HSCode,
    InternationalOrganisation,
    ReferenceRate,
)
from emporion.domain.visitors.models import Delegation, VisitingUnit, Visitor

# Moments of the sixth edition: within the days of application, before the show, and within the show.
IN_JUNE = datetime(2023, 6, 1, 9, 0, tzinfo=UTC)
IN_JULY = datetime(2023, 7, 1, 9, 0, tzinfo=UTC)
NOON = datetime(2023, 10, 1, 12, tzinfo=UTC)
SHOW = date(2023, 11, 5)
MORNING = datetime(2023, 11, 5, 1, 30, tzinfo=UTC)
IN_NOVEMBER = datetime(2023, 11, 7, 4, 0, tzinfo=UTC)
# ISO 3166 alpha-3 and numeric codes of the countries in the small world.
COUNTRIES = {
    "BJ": ("BEN", "204", "Benin", "贝宁"),
    "BT": ("BTN", "064", "Bhutan", "不丹"),
    "CN": ("CHN", "156", "China", "中国"),
    "DE": ("DEU", "276", "Germany", "德国"),
    "EC": ("ECU", "218", "Ecuador", "厄瓜多尔"),
    "FR": ("FRA", "250", "France", "法国"),
    "GH": ("GHA", "288", "Ghana", "加纳"),
    "JP": ("JPN", "392", "Japan", "日本"),
    "US": ("USA", "840", "United States", "美国"),
    "WS": ("WSM", "882", "Samoa", "萨摩亚"),
    "ZM": ("ZMB", "894", "Zambia", "赞比亚"),
}
PHASES = {
    "application": ((5, 1), (8, 1)),
    "review": ((5, 1), (9, 1)),
    "contract": ((5, 1), (10, 1)),
    "show": ((11, 5), (11, 11)),
    "deal": ((11, 5), (12, 31)),
}
APPLICATION = {field.name for field in Application._meta.fields}
_next = count(1)


def make_country(iso2: str) -> Country:
    iso3, numeric, name_en, name_zh = COUNTRIES[iso2]
    names = {"iso3": iso3, "numeric": numeric, "name_en": name_en, "name_zh": name_zh}
    return Country.objects.get_or_create(iso2=iso2, defaults=names)[0]


def make_member(group: str, iso2: str, starts: date | None = None, ends: date | None = None) -> GroupMembership:
    days = {"starts": starts, "ends": ends, "source": "test"}
    return GroupMembership.objects.get_or_create(group=group, country=make_country(iso2), defaults=days)[0]


def make_countries() -> None:
    """Benin (least developed), Bhutan (until 13 December 2023), Ecuador, Germany and China."""
    for iso2 in ("BJ", "EC", "BT", "DE", "CN"):
        make_country(iso2)
    make_member("ldc", "BJ")
    make_member("ldc", "BT", ends=date(2023, 12, 13))


def make_currency(code: str) -> Currency:
    return Currency.objects.get_or_create(code=code, defaults={"name_en": code})[0]


def make_rate(currency: str, day: date, per_euro: str) -> ReferenceRate:
    return ReferenceRate.objects.create(currency=make_currency(currency), day=day, per_euro=Decimal(per_euro))


def make_hs(code: str, title: str = "") -> HSCode:
    """The code and the chapter and heading above it."""
    parent = make_hs(code[:-2]) if len(code) > 2 else None
    defaults = {"level": len(code), "parent": parent, "section": "XVI", "title_en": title or f"HS {code}"}
    return HSCode.objects.get_or_create(code=code, defaults=defaults)[0]


def make_fair(slug: str = "expo", *, host: str = "CN", **fields: Any) -> Fair:
    """In English and Chinese; its market is China unless told otherwise."""
    plain = {"name_en": slug.title(), "name_zh": "博览会", "languages": ["en", "zh-hans"]}
    defaults = {**plain, "host": make_country(host), **fields}
    return Fair.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_sector(
    code: str, number: int | None = None, parent: Sector | None = None, *, focus: bool = False, fair: Fair | None = None
) -> Sector:
    """Of the only fair and numbered above 100 unless told otherwise; below a ``parent`` it is a focus of it."""
    names = {"name_en": code, "name_zh": code, "number": number or 100 + next(_next), "parent": parent}
    defaults = {**names, "focus": focus or parent is not None}
    return Sector.objects.get_or_create(fair=fair or make_fair(), code=code, defaults=defaults)[0]


def make_venue(code: str = "necc", time_zone: str = "Asia/Shanghai", **fields: Any) -> Venue:
    names = {"name_en": code.upper(), "name_zh": "国展", "city_en": "Shanghai", "city_zh": "上海"}
    return Venue.objects.get_or_create(code=code, defaults={**names, "time_zone": time_zone, **fields})[0]


def make_edition(number: int = 6, *, fair: Fair | None = None, **fields: Any) -> Edition:
    """Held from 5 to 10 November, the first in 2018, in Shanghai; of the only fair unless told otherwise."""
    fair = fair or make_fair()
    found = Edition.objects.filter(fair=fair, number=number).first()
    if found:
        return found
    days = {"first_day": date(2017 + number, 11, 5), "last_day": date(2017 + number, 11, 10)}
    plain = {"name_en": f"Edition {number}", "name_zh": f"第{number}届", "venue": make_venue()}
    return Edition.objects.create(
        fair=fair, number=number, **{**days, **plain, "currency": make_currency("USD"), **fields}
    )


def make_show(number: int = 6, **fields: Any) -> Edition:
    """An edition with an area for machines, whose exhibitors are of the third sector."""
    edition = make_edition(number, **fields)
    make_area(edition, number=3)
    return edition


def make_phases(edition: Edition) -> None:
    """Applications in May to July, contracts to September, deals from the show to the end of the year."""
    year = edition.first_day.year
    for kind, (opens, closes) in PHASES.items():
        days = {"opens": datetime(year, *opens, tzinfo=UTC), "closes": datetime(year, *closes, tzinfo=UTC)}
        Phase.objects.create(edition=edition, kind=kind, **days)


def make_area(
    edition: Edition, code: str = "technical-equipment", scope: str = "enterprise", *, number: int | None = None
) -> ExhibitionArea:
    """With a ``number`` it is for the sector of that number."""
    names = {"name_en": code, "name_zh": code, "number": number or edition.areas.count() + 1, "scope": scope}
    sector = make_sector(code, number, fair=edition.fair) if number else None
    return ExhibitionArea.objects.get_or_create(edition=edition, code=code, defaults={**names, "sector": sector})[0]


def make_pavilion(edition: Edition, code: str, country: str) -> Pavilion:
    names = {"name_en": f"Pavilion {code}", "name_zh": code, "country": make_country(country)}
    return Pavilion.objects.create(edition=edition, code=code, area=make_area(edition), **names)


def make_published(
    edition: int, figure: str, scope: str, value: str, unit: str, qualifier: str = ""
) -> PublishedFigure:
    return PublishedFigure.objects.create(
        edition=make_edition(edition), figure=figure, scope=scope, value=Decimal(value), unit=unit,
        qualifier=qualifier, source="the gazette",
    )  # fmt: skip


def make_organisation(name: str, country: str | None = "DE", **fields: Any) -> Organisation:
    land = make_country(country) if country else None
    return Organisation.objects.get_or_create(name=name, name_key=name.casefold(), country=land, defaults=fields)[0]


def make_international(code: str) -> InternationalOrganisation:
    return InternationalOrganisation.objects.get_or_create(code=code, defaults={"name_en": code, "name_zh": code})[0]


def make_exhibitor(
    edition: Edition,
    name: str,
    country: str | None = "DE",
    *,
    area: str | ExhibitionArea = "technical-equipment",
    scope: str = "enterprise",
    sector: str | None = None,
    main: Exhibitor | None = None,
    **fields: Any,
) -> Exhibitor:
    """With a contract signed on 1 June; a co-exhibitor when it has a ``main``; of no country when that is None.

    It asked for a booth of 9 m² unless its application says otherwise; other ``fields`` are of its organisation.
    """
    applied = {"area_m2": 9, "submitted": NOON, "main": main and main.application}
    applied |= {field: fields.pop(field) for field in APPLICATION.intersection(fields)}
    where = make_area(edition, area, scope) if isinstance(area, str) else area
    who = make_organisation(name, country, **fields)
    both = {
        "edition": edition, "organisation": who, "origin": who.country, "area": where,
        "sector": make_sector(sector, focus=True, fair=edition.fair) if sector else where.sector,
        "pavilion": applied.pop("pavilion", None),
    }  # fmt: skip
    application = Application.objects.create(state="contracted", **both, **applied)
    number = f"{edition.number:02}-{next(_next):05}"
    signed = date(edition.first_day.year, 6, 1)
    return Exhibitor.objects.create(
        **both, application=application, number=number, main=main, scope=scope, signed=signed
    )


def make_earlier(name: str, edition: int, *, sector: str | None = None, country: str = "DE") -> EarlierParticipation:
    kept = make_sector(sector, focus=True) if sector else None
    who = make_organisation(name, country)
    return EarlierParticipation.objects.create(organisation=who, edition=make_edition(edition), sector=kept)


def make_hall(edition: Edition, code: str = "4.1", *areas: ExhibitionArea, size: int = 40, **fields: Any) -> Hall:
    """Square, ``size`` booths of 9 m² wide and deep; for the ``areas``."""
    measures = {"width_modules": size, "depth_modules": size, "gross_area_m2": size * size * 9}
    hall = Hall.objects.create(edition=edition, code=code, **{**measures, **fields})
    hall.areas.set(areas)
    return hall


def make_stand(hall: Hall, area_m2: int, kind: str, *exhibitors: Exhibitor, area: str = "technical-equipment") -> Stand:
    stand = Stand.objects.create(
        edition=hall.edition, hall=hall, number=f"{hall.code}-{next(_next):03}", kind=kind, x=0, y=0, width=3, depth=3,
        area_m2=area_m2, open_sides=1, area=make_area(hall.edition, area),
    )  # fmt: skip
    Occupancy.objects.bulk_create([Occupancy(stand=stand, exhibitor=one) for one in exhibitors])
    return stand


def make_free_booth(exhibitor: Exhibitor) -> FreeBoothGrant:
    day = date(exhibitor.edition.first_day.year, 8, 1)
    return FreeBoothGrant.objects.create(exhibitor=exhibitor, country=exhibitor.origin, granted=day, area_m2=18)


def make_delegation(edition: Edition, path: str, *remit: str) -> Delegation:
    parent = make_delegation(edition, path.rpartition(".")[0]) if "." in path else None
    names = {"name_en": f"Group {path}", "name_zh": f"{path}团", "parent": parent, "remit": list(remit)}
    return Delegation.objects.get_or_create(edition=edition, path=path, defaults=names)[0]


def make_unit(
    edition: Edition, name: str, *, delegation: str | Delegation = "", ownership: str = "state", size: int = 0
) -> VisitingUnit:
    """An approved unit, in a delegation or in none; ``size`` is how much it buys."""
    group = make_delegation(edition, delegation) if isinstance(delegation, str) and delegation else delegation or None
    who = make_organisation(name, "CN", ownership=ownership)
    fields = {"delegation": group, "state": "approved", "registered": NOON, "purchasing_size": size}
    return VisitingUnit.objects.get_or_create(edition=edition, organisation=who, defaults=fields)[0]


def make_visitor(edition: Edition, name: str, unit: VisitingUnit | None = None, **fields: Any) -> Visitor:
    """Approved, from China."""
    number = f"V{edition.number:02}-{next(_next):07}"
    plain = {"country": make_country("CN"), "state": "approved", "registered": NOON}
    return Visitor.objects.create(edition=edition, number=number, unit=unit, name=name, **{**plain, **fields})


def make_badge(edition: Edition, *, visitor: Visitor | None = None, exhibitor: Exhibitor | None = None) -> Badge:
    return Badge.objects.create(
        edition=edition, number=f"B{next(_next):07}", kind="visitor" if visitor else "exhibitor", visitor=visitor,
        exhibitor=exhibitor, holder="holder", signature=b"signed", issued=MORNING,
    )  # fmt: skip


def make_pass(edition: Edition, kind: str, holder: str = "holder") -> Badge:
    return Badge.objects.create(
        edition=edition, number=f"P{next(_next):05}", kind=kind, holder=holder, signature=b"signed", issued=MORNING
    )


def make_entry(badge: Badge, at: datetime = MORNING) -> Entry:
    return Entry.objects.create(scan=UUID(int=next(_next)), badge=badge, gate="south", at=at)


def make_product(exhibitor: Exhibitor, name: str, *, debut: str = "", **fields: Any) -> Product:
    product = Product.objects.create(
        edition=exhibitor.edition, exhibitor=exhibitor, number=str(next(_next)), name_en=name, origin=exhibitor.origin,
        **fields,
    )  # fmt: skip
    if debut:
        Debut.objects.create(product=product, kind=debut)
    return product


def make_deal(exhibitor: Exhibitor, buyer: VisitingUnit, amount: str, currency: str = "USD", **fields: Any) -> Deal:
    """Signed on the second day of the show and confirmed by both sides."""
    signed = date(exhibitor.edition.first_day.year, 11, 6)
    plain = {"signed": signed, "exhibitor_confirmed": MORNING, "buyer_confirmed": MORNING}
    return Deal.objects.create(
        edition=exhibitor.edition, number=f"D{next(_next):05}", exhibitor=exhibitor, buyer=buyer,
        amount=Decimal(amount), currency=make_currency(currency), **{**plain, **fields},
    )  # fmt: skip


def make_investment(
    organisation: Organisation, amount: str, currency: str, years: tuple[int, int], **fields: Any
) -> Investment:
    plain = {"announced": SHOW, "confirmed": MORNING}
    return Investment.objects.create(
        organisation=organisation, number=f"I{next(_next):05}", first_year=years[0], last_year=years[1],
        amount=Decimal(amount), currency=make_currency(currency), **{**plain, **fields},
    )  # fmt: skip
