"""Who may act for an organisation, and in which roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from emporion.domain.refusal import Refusal

MANAGES, CATALOGUE, MEETINGS, DEALS, LEADS = "manages", "catalogue", "meetings", "deals", "leads"
ROLES = (MANAGES, CATALOGUE, MEETINGS, DEALS, LEADS)
LONGEST_EVIDENCE = 2000


class RolesNeeded(Refusal):
    """Choose at least one role for {person}."""


class UnknownRole(Refusal):
    """There is no role “{role}”: choose among {roles}."""


class LastManager(Refusal):
    """{person} is the only one who manages {organisation}. Let somebody else manage it first."""


class EvidenceNeeded(Refusal):
    """Say how the organiser can check that you act for {organisation}: a name, a telephone number, a register entry."""


class EvidenceTooLong(Refusal):
    """Use at most {longest} characters to show that you act for the organisation; yours has {length}."""


class AlreadyActsFor(Refusal):
    """{person} already acts for {organisation}."""


class ClaimWaits(Refusal):
    """You have already claimed to act for {organisation}; the organiser has not decided yet."""


class ClaimDecided(Refusal):
    """The claim of {person} to act for {organisation} is already {state}."""


class ClaimReasonNeeded(Refusal):
    """Give a reason: the person who is turned down receives it."""


def may(roles: Collection[str], role: str) -> bool:
    """Whether somebody with these roles may act in ``role``: who manages an organisation may do all."""
    return role in roles or MANAGES in roles


def require_roles(roles: Iterable[str], person: str) -> list[str]:
    """The roles without repetition, in their usual order.

    Raises: RolesNeeded, UnknownRole.
    """
    wanted = set(roles)
    if unknown := sorted(wanted - set(ROLES)):
        raise UnknownRole(role=unknown[0], roles=", ".join(ROLES))
    if not wanted:
        raise RolesNeeded(person=person)
    return [role for role in ROLES if role in wanted]


def require_remaining_manager(others: int, *, person: str, organisation: str) -> None:
    """Refuse to leave an organisation without a manager; ``others`` counts those who manage it besides the person.

    Raises: LastManager.
    """
    if not others:
        raise LastManager(person=person, organisation=organisation)


def require_evidence(evidence: str, organisation: str) -> None:
    """Raises: EvidenceNeeded, EvidenceTooLong."""
    if not evidence.strip():
        raise EvidenceNeeded(organisation=organisation)
    if len(evidence) > LONGEST_EVIDENCE:
        raise EvidenceTooLong(longest=LONGEST_EVIDENCE, length=len(evidence))
