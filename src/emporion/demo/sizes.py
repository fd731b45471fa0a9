"""How large a demonstration fair is: every count the generator works from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Size:
    """Counts of one demonstration fair; the figures of the bulletin follow from the records these counts make."""

    name: str
    countries: int
    international: int
    country_exhibition: int
    exhibitors: int
    stands: int
    co_exhibitors: int
    free_booth_quota: int
    free_booth_applicants: int
    regular_exhibitors: int
    hall_codes: tuple[str, ...]
    gross_area_m2: int
    net_area_m2: int
    special_share_by_area: Decimal
    special_share_by_count: Decimal
    visitors: int
    units: int
    sub_groups: int
    present_share: float
    products: int
    debuts: int
    needs: int
    buyers_who_ask: int
    requests_each: int
    deals: int
    turnover_usd: Decimal
    exhibitors_before: int
    forums: int
    supporting_events: int


# The sixth edition of the China International Import Expo, as its published figures describe it.
FULL = Size(
    name="full",
    countries=151,
    international=3,
    country_exhibition=72,
    exhibitors=3486,
    stands=1800,
    co_exhibitors=420,
    free_booth_quota=104,
    free_booth_applicants=112,
    regular_exhibitors=200,
    hall_codes=("1.1", "2.1", "2.2", "3", "4.1", "5.1", "5.2", "6.1", "6.2", "7.1", "7.2", "8.1", "8.2"),
    gross_area_m2=367_000,
    net_area_m2=167_400,
    special_share_by_area=Decimal("0.949"),
    special_share_by_count=Decimal("0.845"),
    visitors=410_000,
    units=58_000,
    sub_groups=712,
    present_share=0.79,
    products=50_000,
    debuts=442,
    needs=10_000,
    buyers_who_ask=20_000,
    requests_each=5,
    deals=5_200,
    turnover_usd=Decimal("78410000000"),
    exhibitors_before=2_800,
    forums=22,
    supporting_events=80,
)

# A first fair of the size that most organisers run.
SMALL = Size(
    name="small",
    countries=58,
    international=2,
    country_exhibition=12,
    exhibitors=300,
    stands=210,
    co_exhibitors=36,
    free_booth_quota=12,
    free_booth_applicants=15,
    regular_exhibitors=18,
    hall_codes=("1.1", "2.1", "3"),
    gross_area_m2=34_600,
    net_area_m2=14_400,
    special_share_by_area=Decimal("0.93"),
    special_share_by_count=Decimal("0.78"),
    visitors=10_000,
    units=1_500,
    sub_groups=86,
    present_share=0.79,
    products=3_000,
    debuts=42,
    needs=400,
    buyers_who_ask=700,
    requests_each=5,
    deals=420,
    turnover_usd=Decimal("6120000000"),
    exhibitors_before=240,
    forums=6,
    supporting_events=18,
)

SIZES = {size.name: size for size in (SMALL, FULL)}
