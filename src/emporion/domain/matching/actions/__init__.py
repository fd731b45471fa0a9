"""What happens in matching: a run makes suggestions, people say what they think of them."""

from emporion.domain.matching.actions.feedback import decline, mark, take_back_decline
from emporion.domain.matching.actions.run import run_matching

__all__ = ["decline", "mark", "run_matching", "take_back_decline"]
