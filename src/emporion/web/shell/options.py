"""The options of a filter, written once for all pages and marked for each reader's choice."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe


def options_of(choices: Iterable[tuple[object, object]]) -> SafeString:
    """Values and labels as the options of a ``select``."""
    return format_html_join("", '<option value="{}">{}</option>', choices)


def with_chosen(options: SafeString, value: str) -> SafeString:
    """The same options with the one of a value selected."""
    if not value:
        return options
    option = f'<option value="{escape(value)}"'
    return mark_safe(options.replace(f"{option}>", f"{option} selected>", 1))
