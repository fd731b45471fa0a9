"""From the delegation tree to approved visitors."""

from __future__ import annotations

from emporion.demo import calendar
from emporion.demo import visitors as people
from emporion.demo.steps.fair import Fair, Progress, Step
from emporion.domain.journal.context import ActionContext
from emporion.domain.visitors.actions import approve_all


def take_delegations(fair: Fair, progress: Progress) -> None:
    """The trading groups and their sub-groups."""
    fair.take("delegations", fair.delegations, calendar.moment(6, 1), progress)


def take_visitors(fair: Fair, progress: Progress) -> None:
    """Everybody who registers, with the units they come from."""
    abroad = sorted(land.code for land in fair.lands if not land.international)
    rows = people.people(fair.size, fair.units, abroad, fair.seed)
    fair.take("visitors", rows, calendar.REGISTERED, progress)


def take_needs(fair: Fair, progress: Progress) -> None:
    """What units mean to buy."""
    fair.take("needs", people.needs(fair.size, fair.units, fair.seed), calendar.REGISTERED, progress)


def approve(fair: Fair, progress: Progress) -> None:
    """Units first, then their people."""
    approve_all(fair.edition, context=ActionContext(calendar.APPROVED, fair.organiser))


STEPS = (
    Step("Take the delegation tree", take_delegations),
    Step("Register visitors", take_visitors),
    Step("Take purchase needs", take_needs),
    Step("Approve units and visitors", approve),
)
