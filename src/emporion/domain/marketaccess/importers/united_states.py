"""The United States' Harmonized Tariff Schedule: one CSV row per eight-digit line, as flattened from the database of
the International Trade Commission, with ``programs`` such as ``korea=0.017; usmca=0`` (ad valorem parts as fractions).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from emporion.domain.marketaccess.importers.plain import Row
from emporion.domain.marketaccess.rules import row_problems as problems
from emporion.domain.marketaccess.rules.rates import RateNotReadable, parse
from emporion.domain.marketaccess.rules.refusals import ScheduleDamaged
from emporion.domain.marketaccess.rules.schedule import MFN
from emporion.domain.marketaccess.rules.united_states import COLUMN_2

HEADER = ("hts8", "brief_description", "quantity_1_code", "mfn_text_rate")
# The rates of these agreements still go down year by year. Where the general rate is by quantity alone, a 0 printed
# for them tells nothing: the specific part is not in the source. Where it has an ad valorem part too, both go down
# alike and 0 is free. The other agreements are free on all their lines, the Caribbean Basin act save where a percentage
# is printed.
STAGED = {"korea", "colombia", "panama"}
# A rate of these agreements that is not free yet is the stage of the edition's year.
EDITION = "2025-01-01"
_GSP = {"A": "Free", "A+": "Free; only least developed", "A*": "Free; some excluded"}


def read(text: str) -> Iterator[Row]:
    """The rows of this shape. Raises ``ScheduleDamaged`` for a row that cannot be read whole."""
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), 2):
        if None in row or None in row.values():
            raise ScheduleDamaged(row=number, wrong=problems.CellsTooManyOrFew(), fix=problems.FixCommas())
        yield _row(number, row)


def _row(number: int, row: Mapping[str, str]) -> Row:
    # Numbers lost their leading zero in chapters 1 to 9.
    code = row["hts8"].strip().zfill(8)
    if not code.isdigit() or len(code) != 8:
        wrong = problems.NotEightDigits(row["hts8"])
        raise ScheduleDamaged(row=number, wrong=wrong, fix=problems.WriteEightDigits())
    cells = {MFN: row["mfn_text_rate"].strip(), COLUMN_2: row["col2_text_rate"].strip()}
    if mark := row["gsp_indicator"].strip():
        cells["gsp"] = _marked(number, mark, _GSP)
    if mark := row["agoa_indicator"].strip():
        cells["agoa"] = _marked(number, mark, {"D": "Free"})
    cells |= _programmes(number, row["programs"], cells[MFN])
    if mark := row["cbi_indicator"].strip():
        # Lines of recent nomenclature carry the mark without a rate.
        cells["cbi"] = cells.get("cbi", "Free") + _marked(number, mark, {"E": "", "E*": "; some excluded"})
    return Row(
        number, code, row["brief_description"].strip(), row["quantity_1_code"].strip(),
        _day(number, row["begin_effect_date"]), _day(number, row["end_effective_date"]), cells=cells,
    )  # fmt: skip


def _marked(number: int, mark: str, known: Mapping[str, str]) -> str:
    if mark not in known:
        raise ScheduleDamaged(row=number, wrong=problems.MarkUnknown(mark), fix=problems.UseMarks(tuple(known)))
    return known[mark]


def _kinds(general: str) -> tuple[bool, bool]:
    """Whether a general rate is per cent of the value alone, and whether it is that in part."""
    try:
        rate = parse(general)
    except RateNotReadable:
        return False, False
    return rate.ad_valorem_pct is not None, any(part.percent and not part.per for part in rate.parts)


def _programmes(number: int, text: str, general: str) -> dict[str, str]:
    wholly, partly = _kinds(general)
    found = {}
    for pair in filter(None, text.split("; ")):
        name, _, value = pair.partition("=")
        try:
            percent = (Decimal(value) * 100).normalize()
        except InvalidOperation as error:
            wrong = problems.ProgrammeWithoutRate(pair)
            raise ScheduleDamaged(row=number, wrong=wrong, fix=problems.WriteProgramme()) from error
        rate = f"{percent:f}%" if percent else "Free"
        if name in STAGED and percent:
            rate = f"{rate}; since {EDITION}"
        if not wholly and (percent or (name in STAGED and not partly)):
            rate = f"?{percent:f}% is its ad valorem part; the specific part is not in the data"
        found[name] = rate
    return found


def _day(number: int, text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise ScheduleDamaged(row=number, wrong=problems.DayUnreadable(text), fix=problems.WriteDay()) from error
