"""Times of day as people write them: 14:30, 14.30, 14h30, 2:30 PM, 下午2:30, 14时30分, a workbook's fraction, 24:00."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

CLOCK = re.compile(
    r"(?P<half>上午|下午|早上|中午|晚上|凌晨)?\s*(?P<hour>\d{1,2})\s*"
    r"(?:[:.h时點点]\s*(?P<minute>\d{1,2})?\s*(?:分钟?)?(?:[:.]?(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?)?"
    r"\s*(?P<m>[ap]\.?\s?m\.?)?"
)
FRACTION = re.compile(r"0?\.\d+")
AFTERNOON = {"下午", "晚上"}
DAY = dt.timedelta(days=1)
# How a workbook's 24:00 reads as text, whatever its cell is formatted as.
ENDS = {"24:00", "24:00:00", "1 day, 0:00:00", "1", "1900-01-01"}


def time_of_day(written: str) -> dt.timedelta | None:
    """How far into the day the time is: up to 24:00, the day's end; ``None`` for what is no time of day."""
    plain = unicodedata.normalize("NFKC", written).strip().casefold()
    if plain in ENDS:
        return DAY
    if FRACTION.fullmatch(plain):
        return dt.timedelta(minutes=round(float(plain) * 24 * 60))
    found = CLOCK.fullmatch(plain)
    if found is None or plain.isdecimal():
        return None
    hour = _hour(int(found["hour"]), found["half"] or "", (found["m"] or "")[:1])
    minute, second = (int(found[name] or 0) for name in ("minute", "second"))
    if hour is None or minute > 59 or second > 59:
        return None
    value = dt.timedelta(hours=hour, minutes=minute, seconds=second)
    return value if value <= DAY else None


def _hour(hour: int, half: str, letter: str) -> int | None:
    """The hour of 24; a half of the day goes with hours up to 12, one beyond them says it already."""
    if half and letter:
        return None
    if letter and not 1 <= hour <= 12:
        return None
    if letter == "p" or half in AFTERNOON or (half == "中午" and hour < 11):
        return hour % 12 + 12 if hour <= 12 else hour
    if letter == "a" or half in {"上午", "早上", "凌晨"}:
        return hour % 12 if hour <= 12 else None
    return hour
