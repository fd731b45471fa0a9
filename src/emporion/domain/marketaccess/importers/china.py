"""China's Import and Export Tariff: one row per eight-digit line, rates in per cent, a column per agreement.

Header ``hs8,name_zh,mfn_pct,provisional_pct,general_pct,special_preferential,note`` and then the agreements' codes.
The excerpt and the full official file have the same row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from emporion.domain.marketaccess.importers.plain import Row
from emporion.domain.marketaccess.rules import row_problems as problems
from emporion.domain.marketaccess.rules.rates import RateNotReadable, parse
from emporion.domain.marketaccess.rules.refusals import ScheduleDamaged
from emporion.domain.marketaccess.rules.schedule import GENERAL, IN_QUOTA, MFN, PROVISIONAL

HEADER = ("hs8", "name_zh", "mfn_pct", "provisional_pct", "general_pct", "special_preferential", "note")
_PLAIN = {"mfn_pct": MFN, "provisional_pct": PROVISIONAL, "general_pct": GENERAL}
_SPECIAL = re.compile(r"([A-Z]{2}):(\d+(?:\.\d+)?)(\(in-quota only\))?(?:\s+|$)")
_QUOTA = re.compile(r"^TRQ in-quota (\d+(?:\.\d+)?)$")
_MARKED = re.compile(r"^TRQ; in-quota rate and ([A-Z,]+) quota rates? only footnote marks upstream$")
_PART = "part-line (ex-out) provisional rate lost upstream"
# Special preferential columns are named apart from the agreements of the same countries: sKH beside KH.
LEAST_DEVELOPED = "LD"
_CHINESE = re.compile(r"[\u4e00-\u9fff∆△]")
_YUAN = re.compile(r"(\d+(?:\.\d+)?)元/")
_UNITS = {"千克": "kg", "公斤": "kg", "升": "L", "吨": "t", "平方米": "m2", "台": "each", "支": "each"}


def read(text: str) -> Iterator[Row]:
    """The rows of China's shape. Raises ``ScheduleDamaged`` for a row that cannot be read whole."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for number, row in enumerate(reader, 2):
        if None in row or None in row.values():
            raise ScheduleDamaged(row=number, wrong=problems.CellsTooManyOrFew(), fix=problems.FixCommas())
        yield _row(number, row)


def _row(number: int, row: Mapping[str, str]) -> Row:
    code = row["hs8"].strip()
    if len(code) != 8 or not code.isdigit():
        raise ScheduleDamaged(row=number, wrong=problems.NotEightDigits(code), fix=problems.WriteEightDigits())
    cells = {column: _rate(number, row[name]) for name, column in _PLAIN.items() if row[name].strip()}
    cells |= _special(number, row["special_preferential"])
    cells |= {name: _rate(number, rate) for name, rate in row.items() if name not in HEADER and rate.strip()}
    from_note = _noted(row["note"].strip())
    note = "" if from_note else row["note"].strip()
    return Row(number, code, row["name_zh"].strip(), note=note, cells={**cells, **from_note})


def _rate(number: int, text: str) -> str:
    """A rate in per cent, or the tariff's own words for a specific or compound one (``3.5元/升``, ``10%+1.5元/升``).

    Words of the tariff that cannot be read whole are kept as such; anything else is a mistake.
    """
    rate = text.strip()
    if re.fullmatch(r"\d+(\.\d+)?", rate):
        return rate
    if not _CHINESE.search(rate):
        raise ScheduleDamaged(row=number, wrong=problems.RateIsNoNumber(text), fix=problems.WritePercent())
    for unit, written in _UNITS.items():
        rate = rate.replace(f"元/{unit}", f"元/{written}")
    plain = _YUAN.sub(r"$\1/", rate)
    try:
        parse(plain)
    except RateNotReadable:
        return f"?{text.strip()}"
    return plain


def _special(number: int, text: str) -> dict[str, str]:
    """``LD:0 KH:0`` and ``LD:0(in-quota only)`` by column."""
    found = list(_SPECIAL.finditer(text.strip()))
    if "".join(one[0] for one in found) != text.strip():
        wrong = problems.SpecialRatesUnreadable(text)
        raise ScheduleDamaged(row=number, wrong=wrong, fix=problems.WriteSpecialRates())
    return {special_column(one[1]): f"{one[2]}; in quota" if one[3] else one[2] for one in found}


def special_column(mark: str) -> str:
    """The column of a special preferential mark."""
    return mark if mark == LEAST_DEVELOPED else f"s{mark}"


def _noted(note: str) -> dict[str, str]:
    """What a note says of rates that stand in no column; empty for any other note, which stays a remark."""
    if found := _QUOTA.match(note):
        return {IN_QUOTA: found[1]}
    if found := _MARKED.match(note):
        lost = "?printed as a footnote mark only"
        return {IN_QUOTA: lost, **{partner: lost for partner in found[1].split(",")}}
    if note == _PART:
        return {PROVISIONAL: "?part of the line has a provisional rate of its own, which was lost at the source"}
    return {}
