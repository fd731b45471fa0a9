"""axe-core, a checker of the rules of WCAG 2.2 at levels A and AA, run in a page of the browser."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Page

# The package wants selenium, which is not installed: it is never imported, and its copy of axe-core alone is read.
CARRIER = "selenium_axe_python"
RUN = """async () => {
    const found = await axe.run(document, {
        runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        resultTypes: ["violations"],
    });
    return found.violations.flatMap((rule) =>
        rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} [${node.any.concat(node.all, node.none)
            .map((check) => check.message).join("; ").slice(0, 160)}]`));
}"""


@lru_cache
def source() -> str:
    """The script of axe-core."""
    found = find_spec(CARRIER)
    assert found is not None and found.submodule_search_locations
    return (Path(found.submodule_search_locations[0]) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What breaks a rule on a page: the rule, the element, and what is wrong with it."""
    page.evaluate(source())
    found: list[str] = page.evaluate(RUN)
    return found
