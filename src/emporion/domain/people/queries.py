"""What is asked about invitations and about records that wait for the person they are of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import confirmed_addresses
from emporion.domain.admission.models import Badge, Entry
from emporion.domain.editions.models import Edition, Fair
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.matching.models import Mark
from emporion.domain.organisations.models import Organisation
from emporion.domain.people import rules
from emporion.domain.people.models import Invitation
from emporion.domain.visitors.models import Delegation, Visitor


def invitation_with(token: str) -> Invitation:
    """The invitation to which a link leads.

    Raises: InvitationNotFound.
    """
    joined = Invitation.objects.select_related(
        "fair", "organisation", "visitor__edition", "exhibitor__organisation", "delegation__edition__fair"
    )
    found = joined.filter(token_hash=rules.hash_of(token)).first()
    if found is None:
        raise rules.InvitationNotFound()
    return found


def open_invitations(fair: Fair) -> QuerySet[Invitation]:
    """The fair's invitations that wait for an answer, the newest first."""
    joined = Invitation.objects.select_related(
        "organisation", "visitor", "exhibitor__organisation", "delegation", "invited_by"
    )
    return joined.filter(fair=fair, accepted=None, withdrawn=None).order_by("-id")


def colleagues_invited(organisation: Organisation) -> QuerySet[Invitation]:
    """The colleagues whom an organisation has invited and who have not answered, the newest first."""
    return Invitation.objects.filter(
        organisation=organisation, kind=Invitation.Kind.COLLEAGUE, accepted=None, withdrawn=None
    ).order_by("-id")


def contractors_invited(exhibitor: Exhibitor) -> QuerySet[Invitation]:
    """The contractors whom an exhibitor has invited and who have not answered, the newest first."""
    return Invitation.objects.filter(exhibitor=exhibitor, accepted=None, withdrawn=None).order_by("-id")


def invited_to(delegation: Delegation, kind: str) -> QuerySet[Invitation]:
    """Who has been invited to lead (``leader``) a delegation or a sub-group, or to register with it (``member``).

    Those who have not answered, the newest first.
    """
    inside = Q(delegation__path=delegation.path) | Q(delegation__path__startswith=f"{delegation.path}.")
    open_ones = Invitation.objects.filter(inside, kind=kind, accepted=None, withdrawn=None)
    return open_ones.filter(delegation__edition=delegation.edition_id).select_related("delegation").order_by("-id")


def delegation_joined(user: User, edition: Edition) -> Delegation | None:
    """The delegation whose invitation to register a person has accepted, the newest one."""
    accepted = Invitation.objects.filter(kind=Invitation.Kind.MEMBER, accepted_by=user, delegation__edition=edition)
    found = accepted.select_related("delegation").order_by("-accepted", "-id").first()
    return found.delegation if found else None


def visits_at(addresses: Collection[str]) -> QuerySet[Visitor]:
    """The registrations of nobody's account that were made with one of these addresses (in lower case)."""
    unclaimed = Visitor.objects.filter(user=None).exclude(email="")
    return unclaimed.alias(address=Lower("email")).filter(address__in=addresses)


def organisations_at(addresses: Collection[str]) -> QuerySet[Organisation]:
    """The organisations that gave one of these addresses (in lower case) as their contact's."""
    known = Application.objects.exclude(contact_email="").alias(address=Lower("contact_email"))
    return Organisation.objects.filter(pk__in=known.filter(address__in=addresses).values("organisation"))


def records_waiting(user: User) -> tuple[QuerySet[Visitor], QuerySet[Organisation]]:
    """The visits and the organisations that a person may claim by an address they have confirmed."""
    addresses = confirmed_addresses(user)
    visits = visits_at(addresses).select_related("edition", "unit__organisation")
    # One registration per person and edition: an edition that the account visits already is left to the desk.
    visits = visits.exclude(edition__in=user.visits.values("edition"))
    organisations = organisations_at(addresses).exclude(representatives__user=user)
    return visits.order_by("edition", "number"), organisations.order_by("name")


def visitors_to_invite(edition: Edition) -> QuerySet[Visitor]:
    """The edition's visitors with an address and no account, whom nobody has invited."""
    invited = Invitation.objects.filter(kind=Invitation.Kind.VISITOR, withdrawn=None, visitor__edition=edition)
    waiting = Visitor.objects.filter(edition=edition, user=None).exclude(email="").exclude(state="cancelled")
    return waiting.exclude(pk__in=invited.values("visitor")).order_by("number")


def applications_to_invite(edition: Edition) -> QuerySet[Application]:
    """The edition's applications with a contact's address whose organisation nobody acts for, and nobody invited."""
    invited = Invitation.objects.filter(kind=Invitation.Kind.CONTACT, withdrawn=None, fair=edition.fair_id)
    waiting = Application.objects.filter(edition=edition, organisation__representatives=None)
    waiting = waiting.exclude(contact_email="").exclude(organisation__in=invited.values("organisation"))
    return waiting.select_related("organisation").order_by("id")


def data_of(user: User) -> dict[str, Any]:
    """Everything that is recorded of a person under their account, as it is given to them: account, visits, roles."""
    visits = Visitor.objects.filter(user=user).select_related("edition__fair", "unit__organisation", "unit__delegation")
    return {
        "account": {
            "email": user.email, "name": user.name, "name_latin": user.name_latin, "language": user.language,
            "confirmed_addresses": sorted(confirmed_addresses(user)),
        },
        "visits": [_visit_data(one) for one in visits.order_by("edition", "number")],
        "organisations": [
            {"name": str(one.organisation), "roles": list(one.roles), "position": one.position}
            for one in user.represents.select_related("organisation").order_by("pk")
        ],
        "delegations_led": [
            {"path": one.delegation.path, "name": one.delegation.name_en, "since": one.appointed}
            for one in user.leads.select_related("delegation").order_by("pk")
        ],
        "invitations": [
            {"kind": one.kind, "address": one.address, "sent": one.sent, "accepted": one.accepted}
            for one in Invitation.objects.filter(accepted_by=user).order_by("pk")
        ],
    }  # fmt: skip


_STATED = (
    "number", "name", "name_latin", "email", "phone", "document", "position", "sectors", "hs_headings", "days", "state",
    "review", "consent", "registered", "decided", "reason",
)  # fmt: skip


def _visit_data(visitor: Visitor) -> dict[str, Any]:
    """One registration with its badge, entries, questions, consents, meetings asked for, marks and chosen sessions."""
    badge = Badge.objects.filter(visitor=visitor).first()
    entries = Entry.objects.filter(badge=badge).order_by("at") if badge else Entry.objects.none()
    asked = visitor.meeting_requests.select_related("exhibitor__organisation").order_by("pk")
    marks = Mark.objects.filter(visitor=visitor, by_exhibitor=False).select_related("exhibitor__organisation")
    sessions = visitor.chosen_sessions.select_related("session").order_by("session__starts")
    return {
        "edition": str(visitor.edition), "country": visitor.country_id,
        **{name: getattr(visitor, name) for name in _STATED},
        "unit": str(visitor.unit) if visitor.unit else "",
        "delegation": visitor.unit.delegation.path if visitor.unit and visitor.unit.delegation else "",
        "badge": {"number": badge.number, "issued": badge.issued, "revoked": badge.revoked} if badge else None,
        "entries": [{"at": one.at, "gate": one.gate} for one in entries],
        "questions": [
            {"question": one.text, "asked": one.asked, "answer": one.answer, "answered": one.answered}
            for one in visitor.questions.all()
        ],
        "consents": [{"consent": one.consent, "at": one.at} for one in visitor.consents.all()],
        "meetings": [
            {"exhibitor": str(one.exhibitor.organisation), "state": one.state, "wish": one.wish, "at": one.requested}
            for one in asked
        ],
        "marks": [
            {"exhibitor": str(one.exhibitor.organisation), "kind": one.kind, "at": one.at}
            for one in marks.order_by("pk")
        ],
        "sessions": [{"title": one.session.title_en, "at": one.at} for one in sessions],
    }  # fmt: skip
