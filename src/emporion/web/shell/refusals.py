"""How pages word a refusal: once, for every page."""

from __future__ import annotations

from emporion.domain.refusal import Refusal
from emporion.language import translate


def sentence(refusal: Refusal) -> str:
    """A refusal's sentence in the reader's language."""
    return translate(refusal)
