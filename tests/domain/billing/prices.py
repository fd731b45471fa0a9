"""A price list in US dollars: a booth of 9 m² for 3,000, raw space for 300.50 a square metre, 6 per cent tax."""

from __future__ import annotations

from typing import Any

from emporion.domain.billing.models import PriceList
from emporion.domain.editions.models import Edition

# As the office's form takes it.
LISTED = {
    "standard_booth": "3,000", "raw_m2": "300.5", "raw_least_m2": "36", "open_side_percent": "10",
    "registration": "150", "co_exhibitor": "200", "early_percent": "5", "early_until": "2023-05-31",
    "pavilion_percent": "10", "least_developed_percent": "50", "tax_percent": "6",
    "upper_deck_m2": "150.25", "location_en_A": "Main aisle", "location_zh_A": "主通道", "location_percent_A": "7.5",
    "location_en_D": "Back row", "location_percent_D": "-5",
    "percent_1": "50", "basis_1": "signing", "days_1": "14", "percent_2": "50", "basis_2": "opening", "days_2": "60",
    "percent_3": "", "basis_3": "signing", "days_3": "",
}  # fmt: skip
HALVES = [
    {"percent": "50", "basis": "signing", "days": 14},
    {"percent": "50", "basis": "opening", "days": 60},
]


def make_prices(edition: Edition, **changed: Any) -> PriceList:
    """Half on signing, half 60 days before the show; without an early bird unless told otherwise."""
    prices = {"standard_booth": 3000, "raw_m2": "300.50", "open_side_percent": 10, "registration": 150,
              "co_exhibitor": 200, "least_developed_percent": 50, "tax_percent": 6, "instalments": HALVES}  # fmt: skip
    return PriceList.objects.create(edition=edition, **{**prices, **changed})
