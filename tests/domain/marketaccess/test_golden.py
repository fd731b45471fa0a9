"""Answers taken from the schedules themselves, one per row of ``golden.csv``."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from emporion.domain.marketaccess import files
from emporion.domain.marketaccess.rules.answer import Answer, answer

with Path(__file__).with_name("golden.csv").open(encoding="utf-8", newline="") as _file:
    GOLDEN = list(csv.DictReader(_file))


def test_the_table_covers_three_countries_with_sixty_answers_and_more() -> None:
    by_country = {to: sum(row["to"] == to for row in GOLDEN) for to in ("CN", "AU", "US")}
    assert by_country == {"CN": 50, "AU": 32, "US": 40}
    assert len({(row["code"], row["origin"], row["to"], row["on"]) for row in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['code']} {row['origin']}-{row['to']} {row['on']}")
def test_an_answer_is_what_the_schedule_says(row: dict[str, str]) -> None:
    found = answer(files.shipped(row["to"]), row["code"], row["origin"], date.fromisoformat(row["on"]))
    assert isinstance(found, Answer)
    applied = found.applied
    assert (
        found.status, applied.basis if applied else "", (applied.agreement or "") if applied else "",
        str(applied.text) if applied else "",
        found.ad_valorem_pct, found.at_most,
    ) == (
        row["status"], row["basis"], row["agreement"], row["text"], Decimal(row["pct"]) if row["pct"] else None,
        row["at_most"] == "yes",
    )  # fmt: skip
    assert bool(found.missing) == (found.status == "unknown" or found.at_most)
    assert all(one.citation and one.reason for one in found.candidates)
