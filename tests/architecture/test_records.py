"""Pages ask the domain's queries, and read no record by themselves."""

from __future__ import annotations

import re
from pathlib import Path

WEB = Path(__file__).parents[2] / "src" / "emporion" / "web"
# The office's lists are Django's own, and a form's choices are query sets.
FREE = {"office.py", "forms.py", "admin.py"}


def test_pages_read_records_by_queries_of_the_domain() -> None:
    pages = [path for path in sorted(WEB.rglob("*.py")) if path.name not in FREE]
    assert [path for path in pages if re.search(r"\b[A-Z]\w+\.objects\b", path.read_text())] == []
