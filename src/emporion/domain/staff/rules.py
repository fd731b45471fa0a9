"""What each role of an organiser's staff may do."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from emporion.domain.reason import ProperName
from emporion.domain.refusal import Refusal

OWNER, REVIEWER, HALLS, REGISTRATION, GATE = "owner", "reviewer", "halls", "registration", "gate"
MEETINGS, FINANCE, STATISTICS, AUDITOR = "meetings", "finance", "statistics", "auditor"
ROLES = (OWNER, REVIEWER, HALLS, REGISTRATION, GATE, MEETINGS, FINANCE, STATISTICS, AUDITOR)

# Whose work each kind of background work is; who may ask for it may run it again.
WORK_ROLES = {
    "allocation": (HALLS,),
    "allocation_publication": (HALLS,),
    "free_booths": (HALLS, REVIEWER),
    "badges": (GATE, REGISTRATION),
    "matching": (MEETINGS,),
    "timetable": (MEETINGS,),
    "publication": (MEETINGS,),
    "replan": (MEETINGS,),
    "replan_preview": (MEETINGS,),
    "delegation_sheets": (MEETINGS, REGISTRATION),
    "duplicates": (REGISTRATION, REVIEWER),
    "visitors_approval": (REGISTRATION, GATE),
    "visitors_rejection": (REGISTRATION, GATE),
    "visitors_badges": (REGISTRATION, GATE),
    "visitors_invitation": (REGISTRATION, GATE),
    "visitor_duplicates": (REGISTRATION,),
    "units_approval": (REGISTRATION,),
    "units_rejection": (REGISTRATION,),
    "units_review": (REGISTRATION,),
    "visitors_review": (REGISTRATION, GATE),
    "invite_visitors": (REGISTRATION,),
    "invite_contacts": (REGISTRATION,),
    "billing": (FINANCE,),
    "services_invoices": (FINANCE,),
    "applications_approval": (REVIEWER,),
    "applications_rejection": (REVIEWER,),
    "applications_reopening": (REVIEWER,),
    "contracts": (REVIEWER,),
    "contacts_invitation": (REVIEWER,),
    "free_booth_grants": (REVIEWER, HALLS),
    "stands_locking": (HALLS,),
    "stands_unlocking": (HALLS,),
    "organisation_pairs_merge": (REVIEWER, REGISTRATION),
    "organisation_pairs_apart": (REVIEWER, REGISTRATION),
    "visitor_pairs_merge": (REGISTRATION,),
    "visitor_pairs_apart": (REGISTRATION,),
    # Whoever brings lists brings them again; roles differ by list.
    "list_check": (),
    "list_import": (),
    # A list that somebody takes out is theirs, and the owner's.
    "list_export": (),
    "group_message": (REVIEWER, REGISTRATION),
}
# Who may bring a list of which kind, beside the owner.
LIST_ROLES = {
    "exhibitors": (REVIEWER,),
    "participations": (REVIEWER,),
    "products": (REVIEWER,),
    "visitors": (REGISTRATION,),
    "needs": (REGISTRATION,),
    "delegations": (REGISTRATION,),
    "halls": (HALLS,),
    "sessions": (MEETINGS,),
    "deals": (FINANCE,),
    "investments": (FINANCE,),
    "fapiaos": (FINANCE,),
}
# Work on applications, of which a reviewer may be limited to those of an area.
BY_AREA = frozenset({
    "applications_approval", "applications_rejection", "applications_reopening", "contracts", "contacts_invitation",
    "group_message",
})  # fmt: skip


class UnknownStaffRole(Refusal):
    """There is no staff role “{role}”: choose among {roles}."""


class AreaOnlyForReviewers(Refusal):
    """Only a reviewer can be limited to an exhibition area; leave the area empty for the role “{role}”."""


class UnknownArea(Refusal):
    """No edition of this fair has an exhibition area “{area}”: choose among {areas}."""


class LastOwner(Refusal):
    """{person} is the only owner of {fair}. Appoint another owner first."""


@dataclass(frozen=True)
class Held:
    """A role that somebody holds; ``area`` is empty where it covers all."""

    role: str
    area: str = ""


def may(held: Iterable[Held], wanted: Collection[str], *, reading: bool = False, area: str = "") -> bool:
    """Whether one of the roles held lets its holder do what takes one of the roles ``wanted``.

    An owner may do everything. An auditor may read everything (``reading``). A reviewer limited to an area may act on
    that area alone; with no ``area`` asked, on whatever the page then narrows down to it.
    """
    return any(_lets(one, wanted, reading, area) for one in held)


def _lets(one: Held, wanted: Collection[str], reading: bool, area: str) -> bool:
    if one.role == OWNER or (one.role == AUDITOR and reading):
        return True
    return one.role in wanted and (not one.area or not area or one.area == area)


def areas_of(held: Iterable[Held]) -> frozenset[str] | None:
    """The areas to which a reviewer is limited; none when at least one role covers all areas."""
    held = list(held)
    if any(one.role in (OWNER, AUDITOR) or (one.role == REVIEWER and not one.area) for one in held):
        return None
    return frozenset(one.area for one in held if one.role == REVIEWER)


def areas_within(held: Iterable[Held], roles: Collection[str]) -> frozenset[str] | None:
    """The areas to which somebody is limited among records that these roles open; none where they see all of them."""
    opening = [one for one in held if may([one], roles, reading=True)]
    return None if any(one.role != REVIEWER for one in opening) else areas_of(opening)


def may_run(held: Collection[Held], kind: str, *, own: bool) -> bool:
    """Whether somebody may run a kind of background work again; ``own``: they have asked for it themselves.

    A reviewer who is limited to an area runs no others' work on applications, which may be of other areas.
    """
    return may(held, WORK_ROLES[kind]) and (own or kind not in BY_AREA or areas_of(held) is None)


def may_bring(held: Collection[Held], kind: str) -> bool:
    """Whether somebody may bring a list of a kind; a reviewer who is limited to an area brings none."""
    roles = LIST_ROLES[kind]
    return may(held, roles) and (roles != (REVIEWER,) or areas_of(held) is None)


def require_role(role: str, area: str, areas: Collection[str]) -> None:
    """Raises: UnknownStaffRole, AreaOnlyForReviewers, UnknownArea."""
    if role not in ROLES:
        raise UnknownStaffRole(role=role, roles=", ".join(ROLES))
    if area and role != REVIEWER:
        raise AreaOnlyForReviewers(role=role)
    if area and area not in areas:
        raise UnknownArea(area=area, areas=", ".join(sorted(areas)) or "—")


def require_remaining_owner(others: int, *, person: ProperName, fair: str) -> None:
    """Refuse to leave a fair without an owner; ``others`` counts its owners besides the person.

    Raises: LastOwner.
    """
    if not others:
        raise LastOwner(person=person, fair=fair)
