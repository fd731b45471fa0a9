"""Two example lists that can be read as they are: what the columns are called and how their cells are written."""

from __future__ import annotations

import csv
from pathlib import Path

REQUESTS = (
    ("buyer", "exhibitor", "wish"),
    ("Wang Lan", "Kessel Glass", "must"),
    ("Wang Lan", "Leroy Cacao", "like"),
    ("Chen Yu", "Kessel Glass", "like"),
    ("Chen Yu", "Aurora Valves", "no"),
    ("Li Na", "Kessel Glass", ""),
)
AVAILABILITY = (
    ("name", "day", "from", "to", "hosts", "hall"),
    ("Kessel Glass", "2026-11-05", "09:30", "12:00", "2", "4.1"),
    ("Kessel Glass", "2026-11-06", "", "", "2", "4.1"),
    ("Leroy Cacao", "2026-11-05", "", "", "1", "8.2"),
    ("Wang Lan", "2026-11-05", "13:00", "17:00", "", ""),
)


def write(folder: Path) -> tuple[Path, Path]:
    """Write both lists into a folder. Raises FileExistsError rather than writing over one that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, rows in (("requests.csv", REQUESTS), ("availability.csv", AVAILABILITY)):
        # Excel takes a text file for UTF-8 only by the mark before it.
        with (folder / name).open("x", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        written.append(folder / name)
    return written[0], written[1]
