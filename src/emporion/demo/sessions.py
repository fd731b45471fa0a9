"""The programme: forums, supporting events, launches of debuts and a signing ceremony."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from emporion.demo.sizes import Size

OPENING = datetime(2023, 11, 5, 9, 30, tzinfo=timezone(timedelta(hours=8)))
THEMES = (
    ("Open markets and shared growth", "开放市场与共同增长"),
    ("Green standards for trade", "绿色贸易标准"),
    ("Food security and crop science", "粮食安全与作物科学"),
    ("Chips, cars and supply chains", "芯片、汽车与供应链"),
    ("Hydrogen from lab to market", "氢能:从实验室到市场"),
    ("Care for ageing societies", "老龄社会的健康关怀"),
    ("Digital payments across borders", "跨境数字支付"),
    ("Least developed countries in world trade", "最不发达国家与世界贸易"),
    ("Investment facilitation", "投资便利化"),
    ("Rules of origin in practice", "原产地规则实务"),
    ("Intellectual property for exhibitors", "参展商知识产权保护"),
)
KINDS = {"forum": ("Forum", "论坛"), "supporting": ("Supporting event", "配套活动")}
ROOMS = {"forum": ("Conference room", "会议室"), "supporting": ("Event room", "活动室")}
# So many talks of a kind, and so many launches, fit one room and one stage without two at the same time.
TALKS_OF_A_ROOM, LAUNCHES_OF_A_STAGE = 20, 48


@dataclass(frozen=True)
class Held:
    """One row of the programme's spreadsheet."""

    number: str
    kind: str
    title_en: str
    title_zh: str
    starts: datetime
    ends: datetime
    place_en: str
    place_zh: str
    hall: str
    product: str


def held(size: Size, launches: Sequence[tuple[str, str, str, str]]) -> list[Held]:
    """The whole programme. ``launches`` gives number, English and Chinese name, and hall of products launched."""
    rows = [_talk("forum", number) for number in range(size.forums)]
    rows += [_talk("supporting", number) for number in range(size.supporting_events)]
    rows += [_launch(number, *launch) for number, launch in enumerate(launches)]
    return [*rows, _signing()]


def _talk(kind: str, number: int) -> Held:
    theme_en, theme_zh = THEMES[number % len(THEMES)]
    part = number // len(THEMES) + 1
    word_en, word_zh = KINDS[kind]
    room, (room_en, room_zh) = 1 + number // TALKS_OF_A_ROOM, ROOMS[kind]
    starts = OPENING + timedelta(days=number % 5, hours=2 * (number // 5 % 4))
    return Held(
        number=f"{kind[0].upper()}{number + 1:03d}",
        kind=kind,
        title_en=f"{theme_en}: {word_en.lower()} {part}",
        title_zh=f"{theme_zh}·{word_zh}{part}",
        starts=starts,
        ends=starts + timedelta(minutes=90),
        place_en=f"{room_en} {room}",
        place_zh=f"第{room}{room_zh}",
        hall="",
        product="",
    )


def _launch(number: int, product: str, name_en: str, name_zh: str, hall: str) -> Held:
    starts = OPENING + timedelta(days=number % 4, minutes=30 * (number // 4 % 12))
    stage = 1 + number // LAUNCHES_OF_A_STAGE
    return Held(
        number=f"L{number + 1:03d}",
        kind="launch",
        title_en=f"Launch: {name_en}",
        title_zh=f"新品发布:{name_zh}",
        starts=starts,
        ends=starts + timedelta(minutes=25),
        place_en=f"Launch stage {stage}",
        place_zh=f"第{stage}新品发布台",
        hall=hall,
        product=product,
    )


def _signing() -> Held:
    starts = OPENING + timedelta(days=2, hours=5)
    return Held(
        number="C001",
        kind="signing",
        title_en="Signing ceremony of the trading groups",
        title_zh="交易团集中签约仪式",
        starts=starts,
        ends=starts + timedelta(hours=2),
        place_en="Central hall",
        place_zh="中央大厅",
        hall="",
        product="",
    )
