"""When an application may be made, and which way it goes: draft → submitted → approved → contract signed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from emporion.domain.editions.rules import PhaseNotOpen, PhaseOver, Window, require_open
from emporion.domain.reason import Phrase
from emporion.domain.refusal import Refusal


class ApplicationsNotOpenYet(PhaseNotOpen):
    """Applications open on {opens}; apply from then on."""


class ApplicationsClosed(PhaseOver):
    """Applications closed on {closes}; ask the organiser whether late ones are accepted."""


class AlreadyApplied(Refusal):
    """“{organisation}” has already applied to this edition; change that application instead."""


class MainExhibitorNeeded(Refusal):
    """“{main}” has not applied to this edition; a co-exhibitor needs a main exhibitor with an application."""


class MainIsCoExhibitor(Refusal):
    """“{main}” is a co-exhibitor itself; name the main exhibitor on whose stand both show."""


class MainNotApproved(Refusal):
    """The main exhibitor's application has not been approved; decide on it first."""


class MainWithoutContract(Refusal):
    """The main exhibitor has not signed its contract, which covers its co-exhibitors too; sign that one first."""


class ContactNeeded(Refusal):
    """The application has no e-mail address to send the decision to."""


class ReasonNeeded(Refusal):
    """A rejection needs a reason; the applicant receives it."""


class StateForbids(Refusal):
    """An application that is {state} cannot be {action}."""


class AreaOfOtherEdition(Refusal):
    """The area “{area}” belongs to another edition; choose one of this edition."""


# Each action's participle, and the states it leads from. Doing an action twice changes nothing.
ACTIONS = {
    "submitted": frozenset({"draft"}),
    "changed": frozenset({"draft", "submitted"}),
    "asked about": frozenset({"submitted"}),
    "approved": frozenset({"submitted"}),
    "rejected": frozenset({"submitted"}),
    "reopened": frozenset({"rejected", "approved", "withdrawn", "cancelled"}),
    "withdrawn": frozenset({"draft", "submitted", "approved"}),
    "contracted": frozenset({"approved"}),
}
IN_WORDS = {
    "contracted": Phrase("under contract"),
    "changed": Phrase("changed"),
    "asked about": Phrase("asked about"),
}
# A co-exhibitor may only join a main exhibitor that is on the way, or there.
ALIVE = frozenset({"draft", "submitted", "approved", "contracted"})
ACCEPTED = frozenset({"approved", "contracted"})


def require_applications_open(window: Window | None, at: datetime, *, phase: Phrase) -> None:
    """Refuse an application outside the days set for it.

    Raises: PhaseNotPlanned, ApplicationsNotOpenYet, ApplicationsClosed.
    """
    require_open(window, at, phase=phase, early=ApplicationsNotOpenYet, late=ApplicationsClosed)


def require_may(state: str, action: str) -> None:
    """Refuse an action that does not follow from the application's state.

    Raises: StateForbids.
    """
    if state not in ACTIONS[action]:
        raise StateForbids(state=IN_WORDS.get(state, Phrase(state)), action=IN_WORDS.get(action, Phrase(action)))


def require_main(*, name: str, state: str, is_co_exhibitor: bool) -> None:
    """Refuse a main exhibitor that cannot be one.

    Raises: MainIsCoExhibitor, MainExhibitorNeeded.
    """
    if is_co_exhibitor:
        raise MainIsCoExhibitor(main=name)
    if state not in ALIVE:
        raise MainExhibitorNeeded(main=name)


def require_reviewable(*, contact_email: str, main_state: str | None) -> None:
    """Refuse to approve an application that lacks what a contract needs; ``main_state`` of a co-exhibitor only.

    Raises: MainNotApproved, ContactNeeded.
    """
    if main_state is not None:
        if main_state not in ACCEPTED:
            raise MainNotApproved()
    elif not contact_email:
        raise ContactNeeded()


def contract_number(edition: int, serial: int) -> str:
    """The number of the edition's contract with that serial, as ``06-00123``."""
    return f"{edition:02d}-{serial:05d}"


def co_exhibitor_number(main: str, serial: int) -> str:
    """The number of a main exhibitor's co-exhibitor with that serial, as ``06-00123-C1``."""
    return f"{main}-C{serial}"


def next_serial(numbers: Iterable[str]) -> int:
    """The serial after the highest that contract numbers, or one contract's co-exhibitor numbers, have used."""
    return max((int(number.rsplit("-", 1)[1].lstrip("C")) for number in numbers), default=0) + 1


def editions_in_a_row(editions: Collection[int], until: int) -> int:
    """How many editions without a gap end with ``until``; 0 when it did not take part in that one."""
    came, row = set(editions), 0
    while until - row in came:
        row += 1
    return row
