"""The language in which a command speaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.utils import translation

from emporion.language import ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in a language. English is that of the sentences themselves, for which nothing has to be loaded."""
    if language == ENGLISH:
        yield
        return
    # The catalogue of the other language is found by way of the applications.
    django.setup()
    with translation.override(language):
        yield
