"""What an edition's calendar allows: each deed has a phase with a first and a last moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emporion.domain.refusal import Refusal


class NoSuchEdition(Refusal):
    """There is no edition {number}."""


class NoCurrentEdition(Refusal):
    """No edition is current; mark one as the current edition first."""


class PhaseNotPlanned(Refusal):
    """The days on which {phase} have not been set for this edition."""


class PhaseNotOpen(Refusal):
    """This is too early: {phase} from {opens}."""


class PhaseOver(Refusal):
    """This is too late: {phase} until {closes}."""


@dataclass(frozen=True)
class Window:
    """From the moment ``opens`` to the moment before ``closes``; both aware of their time zone."""

    opens: datetime
    closes: datetime

    def holds(self, at: datetime) -> bool:
        """Whether ``at`` lies within the window; the moment at which it closes does not."""
        return self.opens <= at < self.closes


def check_open(
    window: Window | None,
    at: datetime,
    *,
    phase: str,
    early: type[Refusal] = PhaseNotOpen,
    late: type[Refusal] = PhaseOver,
) -> None:
    """Refuse a deed outside its phase. ``phase`` says it in words, as in ``exhibitors apply``.

    ``early`` and ``late`` are a room's own refusals; they are told ``phase``, and ``opens`` or ``closes``.

    Raises: PhaseNotPlanned when there is no window, ``early`` before it, ``late`` after it.
    """
    if window is None:
        raise PhaseNotPlanned(phase=phase)
    if at < window.opens:
        raise early(phase=phase, opens=window.opens)
    if not window.holds(at):
        raise late(phase=phase, closes=window.closes)
