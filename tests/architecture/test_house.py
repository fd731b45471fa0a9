"""The walls of the house: contracts of imports, the size of modules and functions, names that say something."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.core.checks import run_checks
from importlinter.application.use_cases import lint_imports
from importlinter.cli import configuration

ROOT = Path(__file__).parents[2]
MODULES = [path for path in sorted((ROOT / "src").rglob("*.py")) if "migrations" not in path.parts]
# Whoever reads the product reads its tests and benchmarks too.
READ = [*MODULES, *(path for folder in ("tests", "benchmarks") for path in sorted((ROOT / folder).rglob("*.py")))]
# In a message of plain text a line is a paragraph, so only pages are held to a width.
TEMPLATES = sorted((ROOT / "src").rglob("templates/**/*.html"))
MAX_LINES = 400
WIDEST_LINE = 160
EMPTY_NAMES = {"common", "utils", "util", "helpers", "lib", "core", "misc", "base"}


def functions() -> list[tuple[str, int]]:
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.append((f"{path.name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1))
    return found


def test_django_finds_nothing_to_warn_of():
    # Commands start without these checks, which load the whole site.
    assert [str(found) for found in run_checks() if not found.is_silenced()] == []


def test_imports_go_down_and_rooms_keep_their_order():
    configuration.configure()
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"))


@pytest.mark.parametrize("path", READ, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_longer_than_a_person_reads(path):
    assert path.read_text(encoding="utf-8").count("\n") <= MAX_LINES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_line_of_a_template_is_wider_than_a_screen(path):
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    assert [number for number, line in lines if len(line) > WIDEST_LINE] == []


def test_functions_are_short():
    lengths = sorted(length for _, length in functions())
    assert lengths[len(lengths) // 2] < 10
    assert lengths[int(len(lengths) * 0.9)] < 30
    assert [name for name, length in functions() if length > 60] == []


def test_folders_have_names_that_say_something():
    folders = {path.parent.name for path in MODULES}
    assert folders.isdisjoint(EMPTY_NAMES)


def test_files_of_the_repository_name_no_host_and_no_place_of_a_machine():
    # The words are put together here, so that this file does not hold them itself.
    places = ["/" + "work/", "/" + "root/", "files.python" + "hosted.org"]
    found = [
        (path.relative_to(ROOT), place)
        for path in [*MODULES, *ROOT.glob("*.*"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.py")]
        if path.is_file() and path.suffix in {".py", ".md", ".toml", ".lock"}
        for place in places
        if place in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_every_place_to_look_at_that_the_map_names_is_there():
    table = (ROOT / "docs/architecture.md").read_text("utf-8").partition("## Where to look")[2].partition("\n## ")[0]
    places = re.findall(r"`((?!src/)(?:\w+/)+[\w.]*)`", table)
    assert [place for place in places if not (ROOT / "src/emporion" / place).exists()] == []
    assert len(places) > 20
