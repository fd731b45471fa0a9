"""Times of day as lists write them: 1:30 pm, 下午1:30, a workbook's fraction of a day, 24:00 for its end."""

from __future__ import annotations

import re
import unicodedata

HALF_DAY = re.compile(
    r"(?P<half>上午|下午)?\s*(?P<hour>\d{1,2})[:.时点]?(?P<minute>\d\d)?分?(?P<second>:\d\d)?\s*(?P<m>[ap]\.?m\.?)?"
)
FRACTION = re.compile(r"0?\.\d+")
END = "24:00"
# How a workbook's 24:00 reads as text, whatever its cell is formatted as.
ENDS = {END, "24:00:00", "1 day, 0:00:00", "1", "1900-01-01"}
MINUTES = 24 * 60


def time_of_day(written: str) -> str:
    """The time as 13:30, or 24:00 for the end of the day; what is neither stays as it is written."""
    plain = unicodedata.normalize("NFKC", written).strip().casefold()
    if plain in ENDS:
        return END
    if FRACTION.fullmatch(plain):
        minutes = round(float(plain) * MINUTES)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    found = HALF_DAY.fullmatch(plain)
    if found is None or bool(found["half"]) == bool(found["m"]) or not 1 <= int(found["hour"]) <= 12:
        return written
    later = found["half"] == "下午" or (found["m"] or "").startswith("p")
    return f"{int(found['hour']) % 12 + 12 * later:02}:{found['minute'] or '00'}"
