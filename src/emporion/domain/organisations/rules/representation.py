"""Who may act for an organisation, and in which roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from emporion.domain.reason import ProperName
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


class OtherFairDecides(Refusal):
    """{fair} has no record of {organisation}. The claim is decided where it takes part: {knowing}."""


class StatementNeeded(Refusal):
    """{organisation} takes part in no fair yet. State how you checked that {person} acts for it."""


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


def require_remaining_manager(others: int, *, person: ProperName, organisation: ProperName) -> None:
    """Refuse to leave an organisation without a manager; ``others`` counts those who manage it besides the person.

    Raises: LastManager.
    """
    if not others:
        raise LastManager(person=person, organisation=organisation)


def decides(fair: int, knowing: Collection[int], claimed_at: int) -> bool:
    """Whether the desk of a fair decides a claim: of every fair that knows the organisation by an application, a
    contract, a visiting unit or an earlier edition; where none does, of the fair at whose pages the claim was made.
    """
    return fair in knowing if knowing else fair == claimed_at


def check_decides(
    fair: int, knowing: Mapping[int, str], claimed_at: int, *, name: str, organisation: ProperName
) -> None:
    """``knowing``: the names of the fairs that know the organisation. Raises: OtherFairDecides."""
    if not decides(fair, knowing, claimed_at):
        raise OtherFairDecides(fair=name, organisation=organisation, knowing=", ".join(sorted(knowing.values())))


def check_statement(statement: str, knowing: Collection[int], *, person: ProperName, organisation: ProperName) -> None:
    """Where no fair knows an organisation, a claim is accepted on a statement alone of how it was checked.

    Raises: StatementNeeded, EvidenceTooLong.
    """
    if not knowing and not statement.strip():
        raise StatementNeeded(person=person, organisation=organisation)
    if len(statement) > LONGEST_EVIDENCE:
        raise EvidenceTooLong(longest=LONGEST_EVIDENCE, length=len(statement))


def require_evidence(evidence: str, organisation: ProperName) -> None:
    """Raises: EvidenceNeeded, EvidenceTooLong."""
    if not evidence.strip():
        raise EvidenceNeeded(organisation=organisation)
    if len(evidence) > LONGEST_EVIDENCE:
        raise EvidenceTooLong(longest=LONGEST_EVIDENCE, length=len(evidence))
