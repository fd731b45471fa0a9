"""What can be said of goods in one word: duty-free under an agreement, or duty-free at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from emporion.domain.marketaccess.rules.answer import Answer, Range
from emporion.domain.marketaccess.rules.candidates import Candidate
from emporion.domain.marketaccess.rules.schedule import Market
from emporion.domain.reference.rules import LEAST_DEVELOPED

RCEP = "RCEP"


def is_answered(answer: Answer | Range) -> bool:
    """Whether the market has a line under the code and says what each of its lines pays."""
    return bool(lines_of(answer)) and all(line.applied is not None for line in lines_of(answer))


def is_free_under(family: str, answer: Answer | Range) -> bool | None:
    """Whether every line at hand under the code enters free by an agreement of a family (``RCEP``).

    ``None`` where no line is at hand, or one may be free and cannot be settled. An agreement that the origin is no
    party to, that is not in force on the day or that gives another rate makes it false.
    """
    return _all(_free_by(family, line) for line in lines_of(answer))


def is_free_from_least_developed(market: Market, answer: Answer | Range) -> bool | None:
    """Whether the origin is a least developed country on the day and every line at hand under the code enters free,
    whatever the rate is called. ``None`` where it is one and a line cannot be settled or none is at hand, and where
    it is disputed whether it is one.
    """
    if market.graduation_disputed(answer.origin, answer.on):
        return None
    if not market.belongs(LEAST_DEVELOPED, answer.origin, answer.on):
        return False
    return _all(_enters_free(line) for line in lines_of(answer))


def nearest_day(market: Market, on: date) -> date:
    """The day itself where the market answers for it, else the nearest for which it does."""
    schedule = market.schedule
    return max(schedule.starts, min(on, schedule.last_day))


def nearest_tariff_day(spans: Iterable[tuple[date, date]], wished: date, today: date) -> date:
    """The day to ask for where tariffs answer from the first to the last day of each span.

    The wished day where one answers for it, else today if one does, else the day nearest to the wished one.
    """
    held = list(spans)
    for on in (wished, today):
        if not held or any(first <= on <= last for first, last in held):
            return on
    return min((max(first, min(wished, last)) for first, last in held), key=lambda on: abs(on - wished))


def lines_of(answer: Answer | Range) -> tuple[Answer, ...]:
    """The answers by line: of a range all of its lines, of an answer itself where its line is at hand."""
    if isinstance(answer, Range):
        return answer.lines
    return (answer,) if answer.candidates else ()


def _free_by(family: str, line: Answer) -> bool | None:
    own = [_gives_free(one) for one in line.candidates if _family(one) == family]
    return True if True in own else None if None in own else False


def _family(one: Candidate) -> str:
    """The agreement's name without the party whose column it is: ``RCEP (Japan)`` is of the RCEP."""
    return (one.agreement or "").split(" (")[0]


def _gives_free(one: Candidate) -> bool | None:
    if one.applies is False:
        return False
    free = one.rate is not None and one.rate.ad_valorem_pct == 0
    return True if free and one.applies else None if free or one.is_open else False


def _enters_free(line: Answer) -> bool | None:
    if line.applied is None:
        return None
    return True if line.ad_valorem_pct == 0 else None if line.at_most else False


def _all(verdicts: Iterable[bool | None]) -> bool | None:
    """Kleene's *and*; of nothing nothing is known."""
    found = list(verdicts)
    if not found or (None in found and False not in found):
        return None
    return False not in found
