"""What happens in matching: a run makes suggestions, people decline some."""

from emporion.domain.matching.actions.feedback import decline, mark
from emporion.domain.matching.actions.run import run_matching
from emporion.domain.matching.actions.texts import keep_texts

__all__ = ["decline", "keep_texts", "mark", "run_matching"]
