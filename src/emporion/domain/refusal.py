"""A rule that says no.

Every rule raises a subclass of :class:`Refusal` that stands beside it. The subclass's docstring is the sentence that
people read, with the refusal's data filled in; ``docs/rules.md`` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emporion.domain.reason import Reason, Statement


class Refusal(Statement, Exception, abstract=True):
    """The request was refused."""

    def __init__(self, **data: Any) -> None:
        self._data = data
        super().__init__(self.sentence)

    @property
    def data(self) -> Mapping[str, Any]:
        """What the sentence's placeholders stand for, by name."""
        return self._data


def refusal_of(check: Callable[[], None]) -> Refusal | None:
    """What a rule refuses, without the frames in which it did; none where it lets pass."""
    try:
        check()
    except Refusal as refusal:
        return refusal.with_traceback(None)
    return None


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with one row of a list and how to fix it. ``row`` counts as a person sees it: the header is 1."""

    row: int
    column: str
    wrong: Statement
    fix: Statement


@dataclass
class BulkOutcome:
    """What a list did: how many records were created, updated or left as they were, its problems by row, and what is
    worth telling though it stops nothing."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    notices: list[Reason] = field(default_factory=list)
