"""What goes on beside the readers of an opening morning: scans at the gates and people who register.

    EMPORION_HOME=.emporion .venv/bin/python benchmarks/writes.py --per-second 20 --seconds 10

Each write is one transaction through the platform's own actions, scans and registrations in turn, over the database
at hand: use a demonstration's. Prints a line when it begins, and one JSON object at the end: ``writes``, ``seconds``,
``p95_ms``.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")


def writers() -> list[Callable[[], object]]:
    """A scan and a registration in the current edition, each within its own opening hours."""
    from emporion.domain.admission.actions import record_entries
    from emporion.domain.admission.models import Badge, Entry
    from emporion.domain.editions.models import Edition, Phase
    from emporion.domain.editions.queries import window_of
    from emporion.domain.journal.context import ActionContext
    from emporion.domain.visitors.actions.registration import Person, register_visitor

    edition = Edition.objects.get(current=True)
    badges = Badge.objects.filter(edition=edition, revoked=None).order_by("pk").values_list("number", flat=True)
    numbers = cycle(badges[:500])
    entered = Entry.objects.filter(badge__edition=edition).values_list("at", flat=True)[0]
    window = window_of(edition, Phase.Kind.REGISTRATION)
    assert window, "the edition has no days of registration"

    def scan() -> object:
        return record_entries(edition, [(uuid4(), next(numbers), "N1", entered)], context=ActionContext(entered))

    def register() -> object:
        return register_visitor(
            edition, Person("Measured Person", "GH"), context=ActionContext(window.opens + timedelta(hours=1))
        )

    return [scan, register]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--per-second", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    import django

    django.setup()
    writes = cycle(writers())
    print("writing", flush=True)
    times, began = [], time.perf_counter()
    for number, write in enumerate(writes):
        due = began + number / options.per_second
        if due > began + options.seconds:
            break
        time.sleep(max(0.0, due - time.perf_counter()))
        started = time.perf_counter()
        write()
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    seconds = time.perf_counter() - began
    print(json.dumps({"writes": len(times), "seconds": seconds, "p95_ms": times[int(len(times) * 0.95)]}))


if __name__ == "__main__":
    main()
