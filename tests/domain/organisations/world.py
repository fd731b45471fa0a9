"""The small world in which organisations apply, show and buy: four countries, two editions and their areas."""

from __future__ import annotations

from datetime import UTC, date, datetime

from emporion.domain.editions.models import Edition, ExhibitionArea, Fair, Phase, Sector, Venue
from emporion.domain.reference.models import Country, Currency, GroupMembership, ReferenceRate

# Within the days of application of the sixth edition.
IN_JUNE = datetime(2023, 6, 1, 9, 0, tzinfo=UTC)
IN_JULY = datetime(2023, 7, 1, 9, 0, tzinfo=UTC)
# Within the show.
IN_NOVEMBER = datetime(2023, 11, 7, 4, 0, tzinfo=UTC)


def make_countries() -> dict[str, Country]:
    """Benin (least developed), Ecuador (not), Bhutan (until 13 December 2023), Germany and China."""
    named = [
        ("BJ", "BEN", "204", "Benin", "贝宁"),
        ("EC", "ECU", "218", "Ecuador", "厄瓜多尔"),
        ("BT", "BTN", "064", "Bhutan", "不丹"),
        ("DE", "DEU", "276", "Germany", "德国"),
        ("CN", "CHN", "156", "China", "中国"),
    ]
    countries = {
        iso2: Country.objects.create(iso2=iso2, iso3=iso3, numeric=numeric, name_en=name_en, name_zh=name_zh)
        for iso2, iso3, numeric, name_en, name_zh in named
    }
    GroupMembership.objects.create(group="ldc", country=countries["BJ"], source="UN")
    GroupMembership.objects.create(group="ldc", country=countries["BT"], ends=date(2023, 12, 13), source="UN")
    return countries


def make_fair() -> Fair:
    return Fair.objects.get_or_create(slug="expo", name_en="Expo", host_id="CN")[0]


def make_edition(number: int = 6, **fields: object) -> Edition:
    """An edition in Shanghai; the sixth ran from 5 to 10 November 2023."""
    year = 2017 + number
    venue, _ = Venue.objects.get_or_create(
        code="necc", name_en="NECC", name_zh="国家会展中心", time_zone="Asia/Shanghai"
    )
    usd, _ = Currency.objects.get_or_create(code="USD", name_en="US dollar")
    return Edition.objects.create(
        **{
            "number": number,
            "name_en": f"Edition {number}",
            "name_zh": f"第{number}届",
            "first_day": date(year, 11, 5),
            "last_day": date(year, 11, 10),
            "venue": venue,
            "fair": make_fair(),
            "currency": usd,
            "free_booth_quota": 2,
            **fields,
        }
    )


def make_area(edition: Edition, code: str = "food", scope: str = "enterprise") -> ExhibitionArea:
    number = edition.areas.count() + 1
    return ExhibitionArea.objects.create(
        edition=edition, code=code, number=number, name_en=code.title(), name_zh=code, scope=scope
    )


def make_phases(edition: Edition) -> None:
    """Applications in May to July, contracts to September, deals from the show to the end of the year."""
    year = edition.first_day.year
    for kind, opens, closes in (
        ("application", (5, 1), (8, 1)),
        ("review", (5, 1), (9, 1)),
        ("contract", (5, 1), (10, 1)),
        ("show", (11, 5), (11, 11)),
        ("deal", (11, 5), (12, 31)),
    ):
        Phase.objects.create(
            edition=edition,
            kind=kind,
            opens=datetime(year, *opens, tzinfo=UTC),
            closes=datetime(year, *closes, tzinfo=UTC),
        )


def make_sectors() -> None:
    fair = make_fair()
    names = {"name_en": "Food and agriculture", "name_zh": "食品"}
    food = Sector.objects.create(fair=fair, code="food-agriculture", number=1, **names)
    within = {"name_en": "Crop seeds", "name_zh": "种业", "parent": food, "focus": True}
    Sector.objects.create(fair=fair, code="crop-seeds", number=12, **within)


def make_rates() -> None:
    """One euro bought 1.10 dollars on 6 November 2023, and 8.00 yuan."""
    for code, per_euro in (("USD", "1.10"), ("CNY", "8.00"), ("EUR", None)):
        currency, _ = Currency.objects.get_or_create(code=code, defaults={"name_en": code})
        if per_euro:
            ReferenceRate.objects.create(day=date(2023, 11, 6), currency=currency, per_euro=per_euro)
