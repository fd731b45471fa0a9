"""``emporion compile``: the kernels' inner loops and the index of goods, made once so that no run waits for them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Solve a tiny market and a tiny timetable, whose compiled code Numba keeps, and store the index of goods."""

    help = "Compile the kernels' inner loops and build the index of goods; part of `make install`."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        import numpy as np

        from emporion.domain.marketaccess import classification
        from emporion.kernels import matching, scheduling

        rng = np.random.default_rng(0)
        wants, offers = (rng.random((rows, 8), dtype=np.float32) for rows in (60, 12))
        market = matching.Problem(
            visitor_wants=wants,
            exhibitor_offers=offers,
            exhibitor_wants=offers,
            visitor_offers=wants,
            visitor_capacity=np.full(60, 3),
            exhibitor_capacity=np.full(12, 6),
            hidden=np.array([[0, 0], [1, 1]], np.int32),
        )
        matching.solve(market)
        pairs = np.unique(rng.integers(0, [40, 8], (150, 2)), axis=0)
        agenda = scheduling.two_sided(
            meetings=pairs,
            slots=12,
            buyer_availability=np.ones((40, 12), bool),
            exhibitor_availability=np.ones((8, 12), bool),
        )
        timetable = scheduling.solve(agenda, params=scheduling.Params(method="large", rounds=2))
        scheduling.replan(agenda, timetable.slots)
        classification.finder()
