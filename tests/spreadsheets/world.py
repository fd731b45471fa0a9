"""The small fair that lists are imported into, and the writing of small lists."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from emporion.domain.editions.models import Edition, Sector
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Reason
from emporion.domain.reference.models import Country, HSCode
from emporion.domain.visitors.models import Delegation
from emporion.spreadsheets.cells.reference import Reference
from emporion.spreadsheets.importing import Report, import_file
from tests.make import COUNTRIES, make_area, make_country, make_currency, make_edition

AT = datetime(2023, 10, 1, 8, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
HS = ("01", "08", "0805", "080510", "0801", "080132", "8419", "841950", "1207")
SECTORS = {"food-agriculture": 1, "automobiles": 2, "crop-seeds": 12}
VISITORS = ("Registration number", "Name", "Country")


def make_fair() -> Edition:
    """Edition 6 with two areas, two delegations, a handful of countries and HS codes."""
    edition = make_edition(6, current=True)
    for code in COUNTRIES:
        make_country(code)
    Country.objects.get_or_create(iso2="KR", iso3="KOR", numeric="410", name_en="South Korea", name_zh="韩国")
    for code in HS:
        HSCode.objects.get_or_create(code=code, level=len(code), section="II", title_en=code)
    for code, number in SECTORS.items():
        names = {"name_en": code.replace("-", " "), "name_zh": f"行业{number}"}
        Sector.objects.create(fair=edition.fair, code=code, number=number, **names)
    make_currency("CNY")
    make_currency("EUR")
    make_area(edition, "food-agriculture")
    group = Delegation.objects.create(edition=edition, path="07", name_en="Harbour", name_zh="港口")
    Delegation.objects.create(edition=edition, path="07.031", name_en="Food", name_zh="食品", parent=group)
    return edition


def small_reference() -> Reference:
    """The same names without a database."""
    countries = {name.lower(): iso2 for iso2, (iso3, _, en, zh) in COUNTRIES.items() for name in (iso2, iso3, en, zh)}
    return Reference(
        countries=countries | {"kr": "KR", "southkorea": "KR"}, internationals={}, currencies={"usd": "USD"},
        sectors={"foodagriculture": "food-agriculture", "1": "food-agriculture", "cropseeds": "crop-seeds"},
        numbers=SECTORS, hs=frozenset(HS), areas={}, halls={"41": "4.1"}, zone=SHANGHAI,
    )  # fmt: skip


def csv_bytes(*rows: tuple[Any, ...], separator: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def write_csv(path: Path, *rows: tuple[Any, ...], **how: str) -> Path:
    path.write_bytes(csv_bytes(*rows, **how))
    return path


def write_xlsx(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def take(kind: str, path: Path, **how: Any) -> Report:
    return import_file(kind, path, edition=Edition.objects.get(number=6), context=ActionContext(AT), **how)


def texts(reasons: list[Reason]) -> list[str]:
    return [str(one) for one in reasons]


def problems_of(report: Report) -> list[tuple[int, str, str, str]]:
    return [(one.row, one.column, str(one.wrong), str(one.fix)) for one in report.problems]
