"""In which encoding a text is written, told from its bytes."""

from __future__ import annotations

import codecs
import re

MARKS_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")


def encoding_of(data: bytes) -> str:
    """The encoding of a whole text: ``utf-16`` with its mark, ``gb18030``, else ``utf-8-sig``, fit or not."""
    if data.startswith(MARKS_UTF_16):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030" if looks_chinese(data) and _decodes(data, "gb18030") else "utf-8-sig"
    return "utf-8-sig"


def looks_chinese(sample: bytes) -> bool:
    """Whether the pairs of bytes are those of Chinese text in GB18030.

    GB18030 gives a meaning to nearly any bytes: Western text ("Société" in Windows-1252) decodes into rare characters
    instead of failing. Chinese writing keeps both bytes of most pairs at 0xA1 or above (the GB 2312 block); Western
    text has an ASCII letter after its accented one.
    """
    pairs: list[bytes] = _PAIR.findall(sample)
    return sum(pair[1] >= 0xA1 for pair in pairs) * 2 > len(pairs)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
