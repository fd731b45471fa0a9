"""Who belongs to a group on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from emporion.domain.reason import Country, Phrase, Reason

LEAST_DEVELOPED = "ldc"


NO_PROPOSAL = Phrase("")


@dataclass(frozen=True)
class Span:
    """From ``starts`` (None: since ever) to the day before ``ends`` (None: open).

    ``deferred``: a later end that was proposed and not decided on, by ``proposal``; between both the span is disputed.
    """

    starts: date | None = None
    ends: date | None = None
    deferred: date | None = None
    proposal: Phrase = NO_PROPOSAL

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies within the span; the day on which it ends does not."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day < self.ends)

    def is_disputed(self, day: date) -> bool:
        """Whether the span holds ``day`` by the later end alone, on which nobody has decided."""
        return self.ends is not None and self.deferred is not None and self.ends <= day < self.deferred


class GraduationDisputed(Reason):
    """whether {country} is still a least developed country is disputed: its graduation is scheduled for {scheduled},
    and to defer it to {deferred} was recommended and is not decided ({proposal})"""

    country: Country
    scheduled: date
    deferred: date
    proposal: Phrase


def graduation_disputed(country: str, spans: Iterable[Span], day: date) -> GraduationDisputed | None:
    """What is disputed of a country's place among the least developed on a day, with both dates; None for nothing."""
    span = next((span for span in spans if span.is_disputed(day)), None)
    if span is None or span.ends is None or span.deferred is None:
        return None
    return GraduationDisputed(Country(country), span.ends, span.deferred, span.proposal)


def is_member(spans: Iterable[Span], day: date) -> bool:
    """Whether any of a country's spans in a group holds ``day``."""
    return any(span.holds(day) for span in spans)
