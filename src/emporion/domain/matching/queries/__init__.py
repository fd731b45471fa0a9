"""What is asked of matching: the market as the records describe it, what was suggested and why, what people said."""

from emporion.domain.matching.queries.market import Market, load_market
from emporion.domain.matching.queries.marks import can_mark, marked_by, marks_of
from emporion.domain.matching.queries.prices import priced_exhibitors
from emporion.domain.matching.queries.reasons import Exhibit, strongest_reasons
from emporion.domain.matching.queries.suggestions import (
    Suggestion,
    current_run,
    suggestions_for,
    suggestions_to,
    visitor_known_to,
)

__all__ = [
    "Exhibit",
    "Market",
    "Sourced",
    "Suggestion",
    "can_mark",
    "current_run",
    "load_market",
    "marked_by",
    "marks_of",
    "priced_exhibitors",
    "strongest_reasons",
    "suggestions_for",
    "suggestions_to",
    "visitor_known_to",
]
