"""A hall of six booths in a row, on sale, and applicants who want one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.journal.context import ActionContext
from emporion.domain.selling.actions import put_on_sale, set_sale_rules
from emporion.domain.selling.actions.sale import Terms
from emporion.domain.selling.models import StandSale
from tests import make

JULY = datetime(2023, 7, 1, 9, tzinfo=UTC)
NOW = ActionContext(JULY)


def after(**time: float) -> ActionContext:
    """So long after the first of July."""
    return ActionContext(JULY + timedelta(**time))


def make_row(edition: Edition, count: int = 6, *, width: float = 3, depth: float = 3, **facts: Any) -> list[Stand]:
    """Booths side by side from A001 on, three metres from the northern wall."""
    hall = edition.halls.first() or make.make_hall(edition, "4.1")
    return [
        _booth(hall, f"4.1-A{number:03}", 3 + (number - 1) * width, width, depth, facts)
        for number in range(1, count + 1)
    ]


def _booth(hall: Hall, number: str, x: float, width: float, depth: float, facts: dict[str, Any]) -> Stand:
    measures = {"x": x, "y": 3, "width": width, "depth": depth, "area_m2": round(width * depth), "open_sides": 2}
    area = facts.pop("area", None) or hall.edition.areas.first()
    plain = {"edition": hall.edition, "hall": hall, "number": number, "kind": "standard", "area": area}
    return Stand.objects.create(**{**plain, **measures, **facts})


def on_sale(edition: Edition, way: str = "chosen", **terms: Any) -> Edition:
    """Sold in that way, with all stands that there are."""
    usual = {"hold_minutes": 15, "offer_hours": 72, "returning_until": None, "survivor": "lowest"}
    set_sale_rules(edition, Terms(way=way, **{**usual, **terms}), context=NOW)
    put_on_sale(edition, list(edition.stands.all()), context=NOW)
    return edition


def state_of(number: str) -> tuple[str, str]:
    """What a stand's row says: its state, and whose it is."""
    sale = StandSale.objects.select_related("application__organisation").get(stand__number=number)
    return sale.state, sale.application.organisation.name if sale.application else ""
