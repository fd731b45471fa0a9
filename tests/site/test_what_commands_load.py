"""Commands that answer from files load nothing that they do not use, so that they start at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from emporion.site.commandline import FROM_FILES

# Modules that are slow to load, or that only the site or a database needs.
NEVER = {"weasyprint", "polars", "altair", "vl_convert", "django.contrib.admin", "django.contrib.auth", "unfold",
         "allauth", "procrastinate", "psycopg", "emporion.web"}  # fmt: skip
HEAVY = NEVER | {"numpy", "scipy", "ortools", "numba", "openpyxl", "rich", "django.db.models"}
SCRIPT = """
import sys
from emporion.site.commandline import main
try:
    main()
finally:
    sys.stderr.write("\\n".join(sys.modules))
"""


def loaded(home: Path, *arguments: str) -> set[str]:
    """The modules that a command has loaded when it ends well, in an empty home."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["EMPORION_HOME"] = str(home)
    command = [sys.executable, "-c", SCRIPT, *arguments]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=600)
    assert not any(home.glob("*")), "a command that answers from files leaves nothing in its home"
    return set(ended.stderr.splitlines())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",)])
def test_the_list_of_commands_loads_no_django(home: Path, arguments: tuple[str, ...]) -> None:
    assert {name for name in loaded(home, *arguments) if name.partition(".")[0] in ("django", "numpy")} == set()


@pytest.mark.parametrize("name", sorted(FROM_FILES))
def test_the_help_of_a_command_loads_no_more_than_django_commands_do(home: Path, name: str) -> None:
    assert loaded(home, name, "--help") & HEAVY == set()
    assert loaded(home, "help", name) & HEAVY == set()


def test_market_access_is_answered_without_numbers_models_or_a_database(home: Path) -> None:
    question = ("access", "84181020", "--origin", "JP", "--to", "CN")
    assert loaded(home, *question) & (HEAVY - {"rich"}) == set()
    assert loaded(home, *question, "--json") & HEAVY == set()
    assert loaded(home, "negative-list", "rare earth mining") & HEAVY == set()


def test_a_list_of_products_is_answered_without_models(home: Path, tmp_path: Path) -> None:
    products = tmp_path / "products.csv"
    products.write_text("code,origin\n84181020,JP\n", "utf-8")
    answered = ("access-files", str(products), "--to", "CN", "--out", str(tmp_path / "out.csv"))
    assert loaded(home, *answered) & HEAVY == set()


def test_goods_are_classified_without_models_or_solvers(home: Path) -> None:
    assert loaded(home, "hs", "sunglasses") & (HEAVY - {"numpy"}) == set()


def test_a_timetable_of_lists_is_made_without_models(home: Path, tmp_path: Path) -> None:
    loaded(home, "timetable-files", "--template", str(tmp_path))
    lists = [str(tmp_path / f"{name}.csv") for name in ("requests", "availability")]
    assert loaded(home, "timetable-files", *lists, "--out", str(tmp_path / "out.xlsx")) & NEVER == set()


def test_suggestions_for_lists_are_made_without_the_site(home: Path, tmp_path: Path) -> None:
    loaded(home, "match-files", "--template", str(tmp_path))
    lists = [str(tmp_path / f"{name}.csv") for name in ("exhibitors", "visitors")]
    found = loaded(home, "match-files", *lists, "--out", str(tmp_path / "out.xlsx"), "--texts", "words")
    assert found & {"weasyprint", "polars", "altair", "ortools", "emporion.site.urls"} == set()
