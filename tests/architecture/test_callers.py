"""Nothing waits in the domain for a caller that never comes."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import emporion

SOURCE = Path(emporion.__file__).parent
DOMAIN = SOURCE / "domain"
LAYERS = ("actions", "queries", "rules")
# What only the demonstration and the tests call so far, by the area of the product that will call it.
WAITING = {
    **dict.fromkeys(
        ["issue_exhibitor_badges", "record_entries", "require_valid", "visits_by_day"],
        "gate",
    ),

    **dict.fromkeys(["investments_of", "record_investment"], "ledger"),
    **dict.fromkeys(
        ["import_requests", "register_organisation",
         "set_all_words", "sign_contracts"],
        "office",
    ),
    **dict.fromkeys(["issue_invoice"], "services"),
    **dict.fromkeys(["needs_of"], "delegation door"),
    **dict.fromkeys(["change_on", "visitors_present"], "API"),
    # Rules that statements in SQL follow; tests hold the two against each other.
    **dict.fromkeys(["editions_in_a_row", "is_member"], "oracle"),
}  # fmt: skip


def is_of_a_layer(path: Path) -> bool:
    """Whether a module holds actions, queries or rules of a room."""
    return path.is_relative_to(DOMAIN) and (path.stem in LAYERS or path.parent.name in LAYERS)


def source_files() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def public_functions() -> dict[str, set[Path]]:
    """The names of functions that rooms offer, with the modules that define them."""
    found: dict[str, set[Path]] = defaultdict(set)
    for path in filter(is_of_a_layer, source_files()):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found[node.name].add(path)
    return found


def names_used(path: Path) -> set[str]:
    """Names and attributes that a module uses; imports that only hand on, and definitions, do not count."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    imported = (one for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names)
    names |= {one.name for one in imported if one.asname}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_every_action_query_and_rule_has_a_caller_outside_tests_and_the_demonstration():
    called = set()
    for path in source_files():
        if "demo" not in path.relative_to(SOURCE).parts:
            called |= names_used(path)
    registered = {"figures"}
    uncalled = {
        name
        for name, places in public_functions().items()
        if name not in called and not any(registered & set(place.parts) for place in places)
    }
    assert uncalled == set(WAITING)
