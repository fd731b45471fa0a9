"""What is allowed of applications, their space and their contracts, and the rows of the lists that bring them."""

from emporion.domain.exhibitors.rules.applications import (
    AlreadyApplied,
    ApplicationsClosed,
    ApplicationsNotOpenYet,
    editions_in_a_row,
)
from emporion.domain.exhibitors.rules.rows import ExhibitorRow, ParticipationRow

__all__ = [
    "AlreadyApplied",
    "ApplicationsClosed",
    "ApplicationsNotOpenYet",
    "ExhibitorRow",
    "ParticipationRow",
    "editions_in_a_row",
]
