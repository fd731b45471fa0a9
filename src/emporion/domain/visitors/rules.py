"""What is allowed at registration: real units first, then their people; never an exhibitor's staff."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from emporion.domain.editions.rules import Window, require_open
from emporion.domain.reason import Phrase, ProperName, Reason
from emporion.domain.refusal import Refusal

REGISTERED, APPROVED, REJECTED, CANCELLED = "registered", "approved", "rejected", "cancelled"
# From which states a decision may be taken; approving anew somebody rejected is allowed, as long as nobody cancelled.
DECIDABLE = {APPROVED: (REGISTERED, REJECTED), REJECTED: (REGISTERED, APPROVED), CANCELLED: (REGISTERED, APPROVED)}


LONGEST_PATH = 60
_PATH = re.compile(r"[A-Za-z0-9]+(\.[A-Za-z0-9]+)*")


class RegistrationNotOpen(Refusal):
    """Registration has not opened yet: {phase} from {opens}."""


class RegistrationClosed(Refusal):
    """Registration has closed: {phase} until {closes}."""


class UnitNotApproved(Refusal):
    """{name} cannot be approved before the unit is: {unit} is still {state}. Decide on the unit first."""


class WrongState(Refusal):
    """{name} is {state} and cannot become {target}."""


class ExhibitorsStaff(Refusal):
    """{email} belongs to an exhibitor's staff, who enter with an exhibitor's pass and cannot register as visitors."""


class DelegationFull(Refusal):
    """{delegation} may register {quota} people and has {registered}: raise its quota or register with another."""


class DelegationDayFull(Refusal):
    """On {day} {quota} people of {delegation} may come, and {coming} do: choose other days or raise the quota."""


class DayOutsideTheShow(Refusal):
    """{day} is no day of the show, which is from {first_day} to {last_day}."""


class UnitElsewhere(Refusal):
    """{unit} is registered for this edition outside {delegation}; ask the organiser to move it."""


class LeaderOfSubGroups(Refusal):
    """You name the leaders of your sub-groups; the organiser names those of {delegation}."""


class PathNotUsable(Refusal):
    """“{path}” cannot be a path: write codes of letters and digits joined by full stops, as 07.031."""


class GroupMissing(Refusal):
    """There is no group {group} that {path} could belong to; add it first."""


class PathTaken(Refusal):
    """There is already a delegation at {path}."""


class DelegationGone(Refusal):
    """There is no delegation at {path} any more."""


class AddressRegistered(Refusal):
    """A person with the address {email} is already registered for this edition. Use one address for each person."""


class DocumentRegistered(Refusal):
    """A person with the document {document} is already registered for this edition."""


class BothHaveRecords(Refusal):
    """“{kept}” and “{absorbed}” both have {what} of their own. Cancel one of the registrations instead."""


class PairDecided(Refusal):
    """Somebody has already decided on this pair."""


class PairOfAccounts(Refusal):
    """“{kept}” and “{absorbed}” belong to two accounts, so they stay two people."""


class RegistrationNumberTaken(Refusal):
    """The registration number {number} belongs to somebody else in this edition."""


# A page shows them all; who buys more brings a list.
MAX_NEEDS = 50


class NeedsCurrency(Refusal):
    """An amount needs its currency: choose one."""


class NeedCodeUnknown(Refusal):
    """The Harmonized System 2022 has no code {code}; give two, four or six digits of one that exists, or none."""


class TooManyNeeds(Refusal):
    """Your unit has noted {count} needs; no more can be noted one by one. Take some back, or send the organiser a
    list."""


def require_currency(amount: Decimal | None, currency: str) -> None:
    """Raises: NeedsCurrency."""
    if amount is not None and not currency:
        raise NeedsCurrency()


def require_few_needs(count: int) -> None:
    """Raises: TooManyNeeds."""
    if count >= MAX_NEEDS:
        raise TooManyNeeds(count=count)


def document_key(document: str) -> str:
    """The number of an identity document as it is stored and compared: in capitals, without spaces and hyphens."""
    return "".join(unicodedata.normalize("NFKC", document).upper().split()).replace("-", "")


class NotAsked(Refusal):
    """{name} is {state}; the organiser asks only about registrations that wait for its decision."""


class NotToChange(Refusal):
    """The edition is over: what you stated stays as it was."""


class NoNewApplication(Refusal):
    """This registration was {state}, and this edition takes no new one from the same person."""


class BadgeMadeAnew(Reason):
    """Your badge is made anew; the one you have no longer opens the gates."""


class ReviewedAnew(Reason):
    """The organiser reviews your registration again, and you cannot enter before it is approved."""


class StaysApproved(Reason):
    """You stay approved."""


class ReviewGoesOn(Reason):
    """The organiser reviews what you state now."""


class HandedInAgain(Reason):
    """Your registration is handed in again, and the organiser decides anew."""


class MessagesGoTo(Reason):
    """Messages about your visit go to {email} from now on."""

    email: str


class Change(NamedTuple):
    """What changes in a registration, and what it comes from: its state, whether a badge is made.

    ``reviews``: the edition reviews who changes the organisation after approval.
    """

    state: str
    name: bool
    unit: bool
    email: str
    badge: bool
    reviews: bool

    @property
    def state_after(self) -> str:
        """The state when the change is made."""
        if self.state in (REJECTED, CANCELLED) or (self.state == APPROVED and self.unit and self.reviews):
            return REGISTERED
        return self.state


def effects_of(change: Change) -> list[Reason]:
    """What a change does, told before it is made."""
    told: list[Reason] = []
    if change.state in (REJECTED, CANCELLED):
        told.append(HandedInAgain())
    elif change.state == REGISTERED:
        told.append(ReviewGoesOn())
    elif change.state_after == REGISTERED:
        told.append(ReviewedAnew())
    else:
        told.append(StaysApproved())
    if change.badge and (change.name or change.state_after == REGISTERED):
        told.append(BadgeMadeAnew())
    return [*told, MessagesGoTo(change.email)] if change.email else told


def require_change(state: str, *, over: bool, reapply: bool) -> None:
    """Refuse a change after the edition, and a new application where the edition takes none.

    Raises: NotToChange, NoNewApplication.
    """
    if over:
        raise NotToChange()
    if state == REJECTED and not reapply:
        raise NoNewApplication(state=Phrase(state))


def require_asked(name: ProperName, state: str) -> None:
    """Raises: NotAsked."""
    if state != REGISTERED:
        raise NotAsked(name=name, state=Phrase(state))


def require_registration_open(window: Window | None, at: datetime) -> None:
    """Refuse a registration outside its phase of the edition.

    Raises: PhaseNotPlanned, RegistrationNotOpen, RegistrationClosed.
    """
    require_open(window, at, phase=Phrase("visitors register"), early=RegistrationNotOpen, late=RegistrationClosed)


def require_transition(name: ProperName, state: str, target: str) -> None:
    """Refuse a decision that the present state does not allow."""
    if state not in DECIDABLE[target]:
        raise WrongState(name=name, state=Phrase(state), target=Phrase(target))


def require_unit_approved(name: ProperName, unit: ProperName, state: str) -> None:
    """Refuse to approve a person whose unit is not approved."""
    if state != APPROVED:
        raise UnitNotApproved(name=name, unit=unit, state=Phrase(state))


def require_not_staff(email: str, staff: Collection[str]) -> None:
    """Refuse an exhibitor's staff; ``staff`` holds their addresses in lower case."""
    if email and email.lower() in staff:
        raise ExhibitorsStaff(email=email)


def require_quota(delegation: str, quota: int | None, registered: int) -> None:
    """Refuse one more person when a delegation, its sub-groups included, has as many as it may."""
    if quota is not None and registered >= quota:
        raise DelegationFull(delegation=delegation, quota=quota, registered=registered)


# What exhibitors may have of a person, by the person's consent.
SHARED = {
    "none": (),
    "name": ("name", "organisation"),
    "email": ("name", "organisation", "email"),
    "phone": ("name", "organisation", "email", "phone"),
}


def require_day_quota(delegation: str, day: date, quota: int, coming: int) -> None:
    """Refuse one more person on a day on which as many of a delegation come as may. Raises: DelegationDayFull."""
    if coming >= quota:
        raise DelegationDayFull(delegation=delegation, day=day, quota=quota, coming=coming)


def require_days(days: Collection[date], first_day: date, last_day: date) -> None:
    """Raises: DayOutsideTheShow."""
    for day in days:
        if not first_day <= day <= last_day:
            raise DayOutsideTheShow(day=day, first_day=first_day, last_day=last_day)


def is_within(path: str, branch: str) -> bool:
    """Whether a delegation's path is a branch or below it: ``07.031`` is within ``07``, ``071`` is not."""
    return path == branch or path.startswith(f"{branch}.")


def require_below(path: str, branch: str, delegation: str) -> None:
    """Leaders name those of their sub-groups alone. Raises: LeaderOfSubGroups."""
    if path == branch or not is_within(path, branch):
        raise LeaderOfSubGroups(delegation=delegation)


def require_path(path: str) -> None:
    """Raises: PathNotUsable."""
    if len(path) > LONGEST_PATH or not _PATH.fullmatch(path):
        raise PathNotUsable(path=path)


def branches(path: str) -> tuple[str, ...]:
    """A delegation's path and those above it, the nearest first: ``07.031`` gives ``07.031``, ``07``."""
    parts = path.split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts), 0, -1))
