"""Who belongs to a group on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LEAST_DEVELOPED = "ldc"


@dataclass(frozen=True)
class Span:
    """From ``starts`` (None: since ever) to the day before ``ends`` (None: open)."""

    starts: date | None = None
    ends: date | None = None

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies within the span; the day on which it ends does not."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day < self.ends)


def is_member(spans: Iterable[Span], day: date) -> bool:
    """Whether any of a country's spans in a group holds ``day``."""
    return any(span.holds(day) for span in spans)
