"""An application filled in step by step: its steps, and what two windows of one draft may do."""

from __future__ import annotations

from collections.abc import Mapping

from emporion.domain.refusal import Refusal

# The steps in their order, each with what it asks. Papers are a step of their own.
STEPS: Mapping[str, tuple[str, ...]] = {
    "area": ("area", "sector"),
    "stand": ("stand", "area_m2", "open_sides", "requests_free_booth"),
    "buyers": ("buyers_wanted", "least_purchases"),
    "contact": ("contact_email",),
}


class StepChangedElsewhere(Refusal):
    """This step was changed in another window since you opened it. Save again to replace what is stored there."""


class DraftChangedElsewhere(Refusal):
    """The application was changed in another window since you opened this page. Check your answers again."""


def require_unchanged(stored: Mapping[str, str], wanted: Mapping[str, str], *, revision: int, seen: int) -> None:
    """Refuse to replace what somebody else has stored meanwhile; the same words may always be stored.

    ``revision`` is of what is stored, ``seen`` the one that the writer has read. Raises: StepChangedElsewhere.
    """
    if revision != seen and dict(stored) != dict(wanted):
        raise StepChangedElsewhere()
