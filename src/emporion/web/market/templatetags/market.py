"""What the templates of the market write in the reader's language."""

from __future__ import annotations

from django import template

from emporion.domain.reason import Reason
from emporion.language import written

register = template.Library()


@register.filter
def sentence(reason: Reason | str) -> str:
    """A source or reason of the market's data in the reader's language."""
    return str(written(reason))
