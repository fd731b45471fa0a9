"""How the web door words a refusal: once, for every page."""

from __future__ import annotations

import inspect
from typing import Any

from django.utils.translation import gettext as _

from emporion.domain.refusal import Refusal
from emporion.web.shell.states import WITHIN_SENTENCES


def sentence(refusal: Refusal) -> str:
    """A refusal's sentence in the reader's language: its docstring is the message, filled in after translation."""
    message = inspect.cleandoc(type(refusal).__doc__ or "")
    return _(message).format(**{name: _told(value) for name, value in refusal.data.items()})


def _told(value: Any) -> Any:
    """A state, deed or phase in the reader's language; anything else as it is."""
    return str(WITHIN_SENTENCES[value]) if isinstance(value, str) and value in WITHIN_SENTENCES else value
