"""How long commands take to start, beside Django's own in the same run.

Run: ``.venv/bin/python benchmarks/commands.py [--runs 7] [--json]``. Each command runs in a process of its own, in an
empty home without a database; the commands take turns, so that a busy moment meets all of them. Told are the median
seconds of each, its ratio to ``django-admin help``, and what it may take at most.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

BIN = Path(sys.executable).parent
DJANGO = "django-admin help"
HELP, ACCESS = 1.5, 3.0
HS_SECONDS = 2.0
FROM_FILES = ("access", "access-files", "hs", "match-files", "negative-list", "timetable-files")
QUESTION = "access 84181020 --origin JP --to CN"
GOODS = "hs sunglasses"
# The most a command may take: times Django's help, or seconds.
RATIOS = {"--help": HELP, "help": HELP, **{f"{name} --help": HELP for name in FROM_FILES}, QUESTION: ACCESS}
SECONDS = {GOODS: HS_SECONDS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = rows(measured(options.runs))
    print(json.dumps(found, indent=1) if options.json else table(found))


def measured(runs: int) -> dict[str, float]:
    """Median seconds by command; one run of each before the first that counts fills the machine's caches."""
    with tempfile.TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"EMPORION_HOME": home, "OPENBLAS_NUM_THREADS": "1"}
        commands = [DJANGO, *RATIOS, *SECONDS]
        rounds = [{name: seconds(name, environment) for name in commands} for _ in range(runs + 1)][1:]
    return {name: median(one[name] for one in rounds) for name in commands}


def seconds(name: str, environment: dict[str, str]) -> float:
    """The seconds that one run of a command takes."""
    program, *arguments = name.split() if name == DJANGO else ["emporion", *name.split()]
    start = perf_counter()
    subprocess.run([BIN / program, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - start


def rows(times: dict[str, float]) -> list[dict[str, object]]:
    """For each command its seconds, its ratio to Django's help, its limit and whether it keeps it."""
    django = times[DJANGO]
    found: list[dict[str, object]] = [{"command": DJANGO, "seconds": round(django, 3), "ratio": 1.0}]
    for name, limit in RATIOS.items():
        ratio = times[name] / django
        found.append({"command": f"emporion {name}", "seconds": round(times[name], 3), "ratio": round(ratio, 2),
                      "at_most": f"{limit} x", "met": ratio <= limit})  # fmt: skip
    for name, limit in SECONDS.items():
        found.append({"command": f"emporion {name}", "seconds": round(times[name], 3),
                      "ratio": round(times[name] / django, 2), "at_most": f"{limit} s",
                      "met": times[name] <= limit})  # fmt: skip
    return found


def table(found: list[dict[str, object]]) -> str:
    """The rows as text."""
    lines = [f"{'command':46}{'seconds':>8}{'ratio':>7}  at most"]
    for row in found:
        limit = "" if "met" not in row else f"{row['at_most']}{'' if row['met'] else '  MISSED'}"
        lines.append(f"{row['command']:46}{row['seconds']:>8}{row['ratio']:>7}  {limit}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
