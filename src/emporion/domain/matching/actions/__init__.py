"""What happens in matching: a run makes suggestions, people say what they think of them."""

from emporion.domain.matching.actions.feedback import decline, mark, note_interest, take_back_decline
from emporion.domain.matching.actions.run import run_matching
from emporion.domain.matching.actions.texts import encode_texts

__all__ = ["decline", "encode_texts", "mark", "note_interest", "run_matching", "take_back_decline"]
