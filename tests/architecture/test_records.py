"""Pages ask the domain's queries; what still reads records by itself is listed here, and the list only shrinks."""

from __future__ import annotations

import re
from pathlib import Path

WEB = Path(__file__).parents[2] / "src" / "emporion" / "web"
# The office's lists are Django's own, and a form's choices are query sets.
FREE = {"office.py", "forms.py", "admin.py"}
# By file, how many times it reads records by itself.
LEFT = {
    "accounts/adapter.py": 2,
    "accounts/claim.py": 1,
    "accounts/inviting.py": 2,
    "accounts/settings.py": 2,
    "booths/public.py": 4,
    "editions/public.py": 3,
    "editions/search.py": 2,
    "exhibitors/public.py": 13,
    "market/entering.py": 1,
    "meetings/sheets.py": 1,
    "preload.py": 1,
    "shell/access.py": 2,
    "shell/addresses.py": 3,
    "shell/public_state.py": 4,
}


def test_pages_read_records_by_queries_of_the_domain() -> None:
    reads = {
        str(path.relative_to(WEB)): len(re.findall(r"\b[A-Z]\w+\.objects\b", path.read_text()))
        for path in sorted(WEB.rglob("*.py"))
        if path.name not in FREE
    }
    assert {name: count for name, count in reads.items() if count} == LEFT
