"""When something is done, and by whom: what every action is given by its caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emporion.domain.accounts.models import User


@dataclass(frozen=True)
class ActionContext:
    """The moment and the person of an action. ``actor`` is None for work that nobody in particular asked for."""

    at: datetime
    actor: User | None = None
