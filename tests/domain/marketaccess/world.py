"""A small market made of plain rows: Ruritania, with an agreement, a list of least developed and a quota."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from emporion.domain.marketaccess.importers.plain import Row, lines_of
from emporion.domain.marketaccess.rules.schedule import Agreement, Market, Memberships, Party, Schedule
from emporion.domain.reference.rules import Span

FAIR = date(2026, 11, 5)
EVER = Span()
MEMBERS: Memberships = {"wto": {"DE": (EVER,), "JP": (EVER,), "BD": (EVER,)}, "ldc": {"BD": (Span(None, FAIR),)}}


def agreement(code: str, *countries: str, basis: str = "agreement", span: Span = EVER, **more: object) -> Agreement:
    values: dict[str, object] = {
        "code": code, "name": code, "basis": basis, "column": code, "span": EVER, "unlisted_free": False,
        "column_known": True, "list_as_of": None, "proof": "paper", "origin_rule": "rule", "source": "treaty",
        "parties": {country: Party(span, True, "treaty") for country in countries},
    }  # fmt: skip
    return Agreement(**{**values, **more})  # type: ignore[arg-type]


def market(lines: Mapping[str, Mapping[str, str]], *agreements: Agreement, importer: str = "XR") -> Market:
    rows = [Row(number, code, f"goods {code}", cells=cells) for number, (code, cells) in enumerate(lines.items(), 2)]
    schedule = Schedule(
        importer, "Tariff of Ruritania", date(2026, 1, 1), date(2026, 1, 1), date(2027, 1, 1), "XRD", True, "gazette",
        "free", lines_of(rows),
    )  # fmt: skip
    return Market(importer, schedule, agreements, (), MEMBERS)
