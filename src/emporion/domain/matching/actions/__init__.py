"""What happens in matching: a run makes suggestions, people decline some."""

from emporion.domain.matching.actions.feedback import decline, mark
from emporion.domain.matching.actions.run import run_matching

__all__ = ["decline", "mark", "run_matching"]
