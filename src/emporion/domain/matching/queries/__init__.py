"""What is asked of matching: the market as the records describe it, and what was suggested and why."""

from emporion.domain.matching.queries.market import Market, load_market
from emporion.domain.matching.queries.suggestions import (
    Suggestion,
    current_run,
    favourites_among_visitors,
    favourites_of,
    suggestions_for,
    suggestions_to,
    visitor_suggested_to,
)

__all__ = [
    "Market",
    "Suggestion",
    "current_run",
    "favourites_among_visitors",
    "favourites_of",
    "load_market",
    "suggestions_for",
    "suggestions_to",
    "visitor_suggested_to",
]
