"""When what happens in the demonstration fair: the sixth edition's areas, phases and the moments of its actions."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from emporion.domain.editions.actions import NewArea, NewPhase

EDITION = 6
SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(month: int, day: int, hour: int = 9, year: int = 2023) -> datetime:
    """A moment of the year of the sixth edition, on the clock of its venue."""
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


AREAS = (
    NewArea("country-exhibition", 1, "Country exhibition", "国家展", "country", "national-images"),
    NewArea("food-agriculture", 2, "Food and agricultural products", "食品及农产品", "enterprise", "food-agriculture"),
    NewArea("automobiles", 3, "Automobiles", "汽车", "enterprise", "automobiles"),
    NewArea("technical-equipment", 4, "Technical equipment", "技术装备", "enterprise", "technical-equipment"),
    NewArea("consumer-goods", 5, "Consumer goods", "消费品", "enterprise", "consumer-goods"),
    NewArea(
        "medical-healthcare", 6, "Medical equipment and healthcare", "医疗器械及医药保健", "enterprise",
        "medical-healthcare",
    ),
    NewArea("trade-in-services", 7, "Trade in services", "服务贸易", "enterprise", "trade-in-services"),
)  # fmt: skip
PHASES = (
    NewPhase("application", moment(1, 1), moment(7, 1)),
    NewPhase("review", moment(3, 1), moment(8, 1)),
    NewPhase("contract", moment(3, 1), moment(9, 1)),
    NewPhase("allocation", moment(7, 1), moment(10, 15)),
    NewPhase("registration", moment(6, 1, 0), moment(11, 11, 0)),
    NewPhase("matching", moment(9, 1), moment(11, 11, 0)),
    NewPhase("meeting", moment(9, 15), moment(11, 11, 0)),
    NewPhase("show", moment(11, 5, 8), moment(11, 10, 18)),
    NewPhase("deal", moment(11, 5, 0), moment(4, 1, year=2024)),
)
APPLIED = moment(6, 20)
REVIEWED = moment(7, 20)
SIGNED = moment(8, 10)
GRANTED = moment(8, 15)
ALLOCATED = moment(9, 20)
LISTED = moment(9, 25)
REGISTERED = moment(10, 25)
APPROVED = moment(10, 26)
MATCHED = moment(10, 27)
ASKED = moment(10, 28)
ANSWERED = moment(10, 30)
TIMETABLED = moment(11, 2)
BADGED = moment(11, 3)
REPLANNED = moment(11, 6, 12)
CLOSED = moment(11, 10, 17)
CONFIRMED = moment(11, 20)
