"""Time zones as people call them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from emporion.language.catalogue import is_chinese


def zone_name(zone: ZoneInfo, language: str | None = None) -> str:
    """A time zone by its name: ``China Time``, ``Greenwich Mean Time``."""
    locale = "zh_Hans_CN" if is_chinese(language) else "en"
    return str(get_timezone_name(zone, width="long", zone_variant="generic", locale=locale))
