"""What the templates of the market tell in the reader's language."""

from __future__ import annotations

from django import template

from emporion.web.market.sentences import told

register = template.Library()


@register.filter
def sentence(text: str) -> str:
    """A source or reason of the market's data in the reader's language."""
    return told(text)
