"""The exact timetable on the instances of the business-to-business meeting scheduling problem.

    python benchmarks/b2bsp.py DIR [--settings original,prec15] [--seeds 0,1] [--fairness 2] [--seconds 60]
                                   [--only tic-12] [--clock processor] [--sample 3]
                                   [--tables 12] [--json]

DIR holds ``<event>.<setting>.dzn`` files and ``optima.csv`` with the published optima (sum of breaks). One row for
each instance and seed: what is published, what we find, whether it is proved, seconds, seconds of processors, and
violations seen by the checker; then one row for each setting and seed, and one for each setting. ``--clock processor``
counts the seconds of processors, which say the same however busy the machine is. ``--sample`` takes so
many instances of a setting, others for each seed; ``--tables`` gives every event so many tables instead of its own,
which is how the authors made harder events of those they had. Nothing is published for these.
The instances belong to their authors (Bofill et al., JAIR 74, 2022) and are not part of this repository.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np

from emporion.kernels.scheduling import Params, Problem, check, solve
from emporion.kernels.stop import MaxSeconds

SETTINGS = {
    "original": "original",
    "prec15": "prec15",
    "prec25": "prec25",
    "forb0003": "forb0003",
    "forb0007": "forb0007",
    "fixed020-Forb": "fixed020",
    "fixed040-Forb": "fixed040",
}
MORNING, AFTERNOON = 1, 2
CLOCKS = {"wall": time.perf_counter, "processor": time.process_time}


def number(text: str, name: str) -> int:
    return int(re.search(rf"{name}\s*=\s*(\d+)", text).group(1))


def block(text: str, name: str) -> str:
    return re.search(rf"\b{name}\s*=\s*\[(.*?)\]\s*;", text, re.S).group(1)


def sets(text: str, name: str) -> list[list[int]]:
    """An array of sets of numbers from 1; some files write 0 into each set to mean nothing."""
    return [
        [int(n) for n in re.findall(r"\d+", one) if n != "0"] for one in re.findall(r"\{(.*?)\}", block(text, name))
    ]


def read(path: Path, fairness: int) -> Problem:
    """One instance: every meeting must be held, everybody's breaks count, a lunch break is no break."""
    text = path.read_text()
    slots, morning = number(text, "nTotalSlots"), number(text, "nMorningSlots")
    rows = [
        [int(n) for n in re.findall(r"\d+", row)] for row in block(text, "requested").split("|") if row.strip(" ,\n")
    ]
    requested = np.array(rows)
    times = np.arange(slots)
    session = requested[:, 2:]
    allowed = ~((session == MORNING) & (times >= morning)) & ~((session == AFTERNOON) & (times < morning))
    available = np.ones((number(text, "nBusiness"), slots), bool)
    for person, forbidden in enumerate(sets(text, "forbidden")):
        available[person, [slot - 1 for slot in forbidden]] = False
    fixed = [int(n) for n in re.findall(r"\d+", block(text, "fixed"))]
    return Problem(
        participants=len(available),
        slots=slots,
        meetings=requested[:, :2] - 1,
        availability=available,
        tables=number(text, "nTables"),
        allowed_slots=allowed,
        pinned=np.array([(m, slot - 1) for m, slot in enumerate(fixed) if slot]).reshape(-1, 2),
        precedences=np.array(
            [(first - 1, m) for m, earlier in enumerate(sets(text, "precedences")) for first in earlier]
        ).reshape(-1, 2),
        fairness=fairness,
        every_meeting=True,
    )


def published(folder: Path, fairness: int) -> dict[tuple[str, str], int | str]:
    found: dict[tuple[str, str], int | str] = {}
    with (folder / "optima.csv").open() as file:
        for row in csv.DictReader(file):
            for column, value in row.items():
                if column.endswith(f"_d{fairness}") and value:
                    known = int(value) if value.isdigit() else value
                    found[row["instance"], column.rsplit("_", 1)[0]] = known
    return found


def run(path: Path, options: argparse.Namespace, seed: int) -> dict[str, object]:
    began, worked = time.perf_counter(), time.process_time()
    row: dict[str, object] = {"ours": "unsat", "proved": True, "violations": 0}
    try:
        problem = read(path, options.fairness)
        if options.tables:
            problem = replace(problem, tables=options.tables)
        result = solve(problem, stop=MaxSeconds(options.seconds, CLOCKS[options.clock]), seed=seed)
    except ValueError as contradiction:
        if not str(contradiction).startswith(("pinned: the pinned meetings break a rule", "precedences: meetings")):
            raise
    else:
        ours = result.breaks if result.feasible else "unsat" if result.proved else None
        violations = len(check(problem, result)) if result.feasible else 0
        row = {"ours": ours, "proved": result.proved, "violations": violations}
    row["seconds"] = round(time.perf_counter() - began, 2)
    return row | {"processor": round(time.process_time() - worked, 2)}


def warm_up() -> None:
    """Compiles what is not compiled yet, so that a row's seconds are those of the search."""
    # Four meetings cannot be held in one slot, so both the proof and the search after it are called.
    meetings = np.array([[0, 2], [1, 2], [0, 3], [1, 3]])
    solve(Problem(participants=4, slots=1, meetings=meetings, fairness=1, every_meeting=True), params=Params(rounds=2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--settings", default=",".join(SETTINGS))
    parser.add_argument("--fairness", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--only", default="", help="instances whose name contains this")
    parser.add_argument("--seeds", default="0", help="numbers with commas")
    parser.add_argument("--clock", choices=CLOCKS, default="wall", help="what --seconds counts")
    parser.add_argument("--sample", type=int, help="so many instances of a setting for each seed")
    parser.add_argument("--tables", type=int, help="instead of each event's own number")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    if unknown := set(settings := options.settings.split(",")) - set(SETTINGS):
        parser.error(f"{', '.join(sorted(unknown))}: no such setting; there are {', '.join(SETTINGS)}")
    if not (options.folder / "optima.csv").is_file():
        parser.error(f"{options.folder} holds no optima.csv: name the folder of the instances")
    known = {} if options.tables else published(options.folder, options.fairness)
    warm_up()
    rows: list[dict[str, object]] = []
    for seed, setting in product(map(int, options.seeds.split(",")), settings):
        for path in chosen(options, setting, seed):
            instance = path.name.split(".")[0]
            row: dict[str, object] = {"instance": instance, "setting": setting, "seed": seed}
            row["published"] = known.get((instance, SETTINGS[setting]))
            rows.append(row | run(path, options, seed))
            show(rows[-1], options.json)
    for keys in (("setting", "seed"), ("setting",)):
        for summary in summaries(rows, keys):
            show(summary, options.json)


def chosen(options: argparse.Namespace, setting: str, seed: int) -> list[Path]:
    """The instances of a setting, or a sample that goes round through all of them from seed to seed."""
    paths = [path for path in sorted(options.folder.glob(f"*.{setting}.dzn")) if options.only in path.name]
    count = min(options.sample or len(paths), len(paths))
    start = seed * count + list(SETTINGS).index(setting)
    return [paths[(start + step) % len(paths)] for step in range(count)]


def summaries(rows: list[dict[str, object]], keys: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """What came of the instances that share ``keys``; ``possible`` are those not proved to have no timetable."""
    for key in dict.fromkeys(tuple(row[name] for name in keys) for row in rows):
        mine = [row for row in rows if tuple(row[name] for name in keys) == key]
        possible = [row for row in mine if row["ours"] != "unsat"]
        seconds = [float(str(row["seconds"])) for row in mine]
        both = [row for row in possible if isinstance(row["published"], int) and row["ours"] is not None]
        yield dict(zip(keys, key, strict=True)) | {
            "instances": len(mine),
            "possible": len(possible),
            "feasible": sum(row["ours"] is not None for row in possible),
            "proved": sum(bool(row["proved"]) for row in mine),
            "mean": round(statistics.mean(seconds), 1),
            "median": round(statistics.median(seconds), 1),
            "slowest": max(seconds),
            "gap": sum(int(str(row["ours"])) - int(str(row["published"])) for row in both),
            "contradicts": sum(row["proved"] and row["published"] not in (None, row["ours"]) for row in mine),
            "violations": sum(int(str(row["violations"])) for row in mine),
        }


def show(row: dict[str, object], as_json: bool) -> None:
    print(json.dumps(row) if as_json else "  ".join(f"{key} {value!s:<13}" for key, value in row.items()), flush=True)


if __name__ == "__main__":
    main()
