"""Two imports at once, and imports that are killed in the middle: nothing is half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django.db import connection, connections

from emporion.domain.editions.models import Edition
from emporion.domain.journal.models import JournalEntry
from emporion.domain.organisations.models import Organisation
from emporion.domain.visitors.models import PurchaseNeed, VisitingUnit, Visitor
from tests.spreadsheets.world import VISITORS, make_fair, take, write_csv

HEADER = (*VISITORS, "Organisation", "Delegation path")
# Reads a list with this progress, or stops after all is written and before it is committed.
CHILD = """
import sys, time
from datetime import datetime, UTC
import django
django.setup()
from django.db import transaction
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.spreadsheets import importing, reading
reading.BATCH = 100
def wait(rows):
    print("waiting", flush=True)
    time.sleep(600)
context, edition = ActionContext(datetime(2023, 10, 1, 8, tzinfo=UTC)), Edition.objects.get(number=6)
progress = wait if sys.argv[2] == "reading" else None
with transaction.atomic():
    importing.import_file("visitors", sys.argv[1], edition=edition, context=context, progress=progress)
    wait(0)
"""


@pytest.fixture
def fair(transactional_db: None) -> Edition:
    return make_fair()


def people(first: int, last: int) -> list[tuple[str, ...]]:
    return [(f"V06-{n}", f"Person {n}", "CN", f"Works {n % 50} Ltd", "07.031") for n in range(first, last)]


def state() -> dict[str, object]:
    return {
        "visitors": list(Visitor.objects.order_by("number").values_list("number", "name", "unit__organisation__name")),
        "units": list(
            VisitingUnit.objects.order_by("organisation__name").values_list("organisation__name", "delegation__path")
        ),
        "organisations": Organisation.objects.count(),
        "imports": JournalEntry.objects.filter(event="visitors.imported").count(),
    }


def at_once(*events: Callable[[], object]) -> list[object]:
    results: list[object] = [None] * len(events)

    def run(place: int) -> None:
        try:
            results[place] = events[place]()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(events))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_imports_of_one_list_create_everything_once(tmp_path, fair):
    path = write_csv(tmp_path / "v.csv", HEADER, *people(0, 500))
    reports = at_once(lambda: take("visitors", path), lambda: take("visitors", path))
    assert sorted((one.created, one.updated, one.unchanged) for one in reports) == [(0, 0, 500), (500, 0, 0)]
    assert (Visitor.objects.count(), VisitingUnit.objects.count(), Organisation.objects.count()) == (500, 50, 50)


def test_two_lists_that_overlap_end_as_if_one_came_after_the_other(tmp_path, fair):
    first = write_csv(tmp_path / "a.csv", HEADER, *people(0, 300))
    second = write_csv(tmp_path / "b.csv", HEADER, *reversed(people(200, 500)))
    reports = at_once(lambda: take("visitors", first), lambda: take("visitors", second))
    assert sum(one.created for one in reports) == 500 and sum(one.unchanged for one in reports) == 100
    assert Visitor.objects.count() == 500 and VisitingUnit.objects.count() == 50


def test_needs_and_visitors_at_once_both_end(tmp_path, fair):
    take("visitors", write_csv(tmp_path / "v.csv", HEADER, *people(0, 100)))
    header = ("Organisation", "Need number", "Need")
    needs = write_csv(tmp_path / "n.csv", header, *[(f"Works {n}", f"N{n}", "Pumps") for n in range(50)])
    more = write_csv(tmp_path / "w.csv", HEADER, *people(50, 200))
    reports = at_once(lambda: take("needs", needs), lambda: take("visitors", more))
    assert [one.written for one in reports] == [True, True]
    assert (PurchaseNeed.objects.count(), Visitor.objects.count()) == (50, 200)


@pytest.mark.parametrize("moment", ["reading", "committing"])
def test_a_killed_import_leaves_nothing_and_the_next_one_ends_as_if_it_were_the_first(tmp_path, fair, moment):
    path = write_csv(tmp_path / "v.csv", HEADER, *people(0, 1000))
    before = state()
    killed = start_import(path, moment)
    assert killed.stdout.readline() == b"waiting\n"
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    assert state() == before
    assert take("visitors", path).created == 1000
    assert state() == {
        "visitors": sorted((f"V06-{n}", f"Person {n}", f"Works {n % 50} Ltd") for n in range(1000)),
        "units": sorted((f"Works {n} Ltd", "07.031") for n in range(50)),
        "organisations": 50,
        "imports": 1,
    }


def start_import(path: Path, moment: str) -> subprocess.Popen[bytes]:
    name = connection.settings_dict["NAME"]
    where = {"EMPORION_DATABASE": name, "DJANGO_SETTINGS_MODULE": "emporion.site.settings"}
    if url := os.environ.get("DATABASE_URL"):
        where["DATABASE_URL"] = urlparse(url)._replace(path=f"/{name}").geturl()
    command = [sys.executable, "-c", CHILD, str(path), moment]
    return subprocess.Popen(command, env={**os.environ, **where}, stdout=subprocess.PIPE)
