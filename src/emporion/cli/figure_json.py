"""A figure of the bulletin as JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from emporion.domain.statistics.queries import Figure


def figure_json(figure: Figure) -> dict[str, Any]:
    """The figure as the bulletin's JSON has it."""
    published = figure.published
    return {
        "figure": figure.key,
        "scope": figure.scope,
        "unit": figure.definition.unit.en,
        "value": _plain(figure.value),
        "unknown_because": figure.result.gap.sentence if figure.result.gap else None,
        "rests_on": figure.result.basis.sentence if figure.result.basis else None,
        "published": _plain(published.value) if published else None,
        "qualifier": published.qualifier if published else None,
        "source": published.source if published else None,
        "definition": figure.definition.definition.en,
        "records": figure.result.records,
    }


def _plain(value: int | Decimal | None) -> int | float | None:
    """A number as JSON has it: without a fraction where there is none."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
