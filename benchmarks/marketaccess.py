"""Answers a second on one core from loaded schedules, and what parsing a schedule costs before the first one.

Run: ``.venv/bin/python benchmarks/marketaccess.py``. Beside it, in the same run, a bare look-up of the line and of the
least number in the row, which knows no dates, no reasons and no sources: the floor under any such answer. With
``--pages`` also the pages' times over HTTP, 50 requests each to one worker over the database at hand, beside those of a
page that asks the database nothing; *first* is the first page of a server that was started five seconds before.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Callable
from datetime import date
from time import process_time, sleep

from emporion.cli.market_access_json import answer_json
from emporion.domain.marketaccess import files
from emporion.domain.marketaccess.rules.answer import answer
from emporion.domain.reference import files as data

ASKED = 30_000
DAYS = {"CN": date(2026, 11, 5), "AU": date(2026, 11, 5), "US": date(2025, 11, 5)}
ORIGINS = ["JP", "KR", "VN", "BJ", "BD", "DE", "US", "AU", "NZ", "CL", "KE", "IN"]


PAGES = {
    "nothing asked (peer)": ["/robots.txt"],
    "line": [f"{at}/market/?q=84195000&origin=JP&to=CN&on=2026-11-05" for at in ("/ciie", "/zh-hans/ciie")],
    "chapter": [f"{at}/market/?q=84&origin=JP&to=US&on=2025-11-05" for at in ("/ciie", "/zh-hans/ciie")],
    "largest chapter": [
        "/ciie/market/?q=29&origin=KR&to=US&on=2026-11-05",
        "/ciie/market/?q=84&origin=CN&to=AU&on=2026-11-05",
    ],
    "origin": [
        "/ciie/market/origin/?q=84195000&origin=JP&to=CN&on=2026-11-05&value=1000&rule=CTH&inputs=721990+DE+300"
    ],
    "negative lists": [f"{at}/market/negative-lists/?activity=rare+earth+mining" for at in ("/ciie", "/zh-hans/ciie")],
    "exhibits": [f"{at}/market/exhibits/?hs=220421&admitted=2026-11-01" for at in ("/ciie", "/zh-hans/ciie")],
    "words": ["/ciie/market/?q=heat+exchanger&origin=JP&to=CN", "/ciie/market/?q=coffee&origin=BJ&to=CN"],
    "unknown": ["/ciie/market/?q=93069000&origin=JP&to=CN&on=2026-11-05"],
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", action="store_true")
    answers()
    if parser.parse_args().pages:
        over_http()


def over_http(requests: int = 50) -> None:
    """Median and 95th percentile of the pages' response times in milliseconds, and that of a server's first page."""
    from pages import asked_by, served, timed

    print(f"{'page':22}{'first, ms':>12}{'median, ms':>12}{'p95, ms':>12}")
    for name, paths in PAGES.items():
        with served() as base:
            sleep(5)
            first = asked_by(base, paths[0], "")
            times = timed(base, paths, requests)
        print(f"{name:22}{first:12.1f}{times[requests // 2]:12.1f}{times[int(requests * 0.95)]:12.1f}")


def answers() -> None:
    print(f"{'market':8}{'parse, ms':>12}{'answers/s':>12}{'with JSON':>12}{'bare look-up/s':>16}")
    for importer, day in DAYS.items():
        start = process_time()
        market = files.shipped(importer)
        parsed = (process_time() - start) * 1000
        codes = market.schedule.codes
        asked = [(codes[place * 7919 % len(codes)], ORIGINS[place % len(ORIGINS)]) for place in range(ASKED)]
        plain = _rate(asked, lambda code, origin, m=market, d=day: answer(m, code, origin, d))
        with_json = _rate(
            asked[: ASKED // 3],
            lambda code, origin, m=market, d=day: json.dumps(answer_json(answer(m, code, origin, d))),
        )
        rows = _rows(importer)
        bare = _rate(asked, lambda code, origin, r=rows: _least(r[code]))
        print(f"{importer:8}{parsed:12.0f}{plain:12,.0f}{with_json:12,.0f}{bare:16,.0f}")


def _rate(asked: list[tuple[str, str]], one: Callable[[str, str], object]) -> float:
    """Calls a second of processor time."""
    start = process_time()
    for code, origin in asked:
        one(code, origin)
    return len(asked) / (process_time() - start)


def _rows(importer: str) -> dict[str, dict[str, str]]:
    text = files.unpacked(data.content(f"tariffs/{importer.lower()}_{DAYS[importer].year}.csv.xz"))
    return {row["code"]: row for row in csv.DictReader(io.StringIO(text))}


def _least(row: dict[str, str]) -> float | None:
    numbers = []
    for name, cell in row.items():
        if name not in ("code", "description", "unit", "starts", "ends", "note") and cell:
            try:
                numbers.append(float(cell.rstrip("%")))
            except ValueError:
                continue
    return min(numbers, default=None)


if __name__ == "__main__":
    main()
