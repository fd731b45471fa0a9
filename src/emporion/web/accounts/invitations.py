"""What somebody meets who opens the link of an invitation, and records that wait under a confirmed address."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.accounts.queries import confirmed_addresses
from emporion.domain.people import rules
from emporion.domain.people.actions import accept_invitation, claim_organisation_by_address, claim_visit
from emporion.domain.people.models import Invitation
from emporion.domain.people.queries import invitation_with, records_waiting
from emporion.domain.refusal import Refusal
from emporion.web.accounts import staff
from emporion.web.shell.access import action_context, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import done, private_page
from emporion.web.shell.states import ORGANISATION_ROLES


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation offers, and the button that accepts it; a stranger signs in or opens an account first.

    To whom it was sent is shown to nobody else: whoever has the link without the address learns no address.
    """
    try:
        found = invitation_with(token)
    except rules.InvitationNotFound as refusal:
        raise Http404(sentence(refusal)) from refusal
    if request.method == "POST" and request.user.is_authenticated:
        user = person(request)
        context = action_context(request)
        if done(request, lambda: accept_invitation(found, user, context=context), _("The invitation is accepted.")):
            return redirect(_goal(found))
        return redirect("invitation", token)
    return private_page(
        request,
        "accounts/invitation.html",
        None,
        {"invitation": found, "roles": _roles(found), **_state(request, found)},
    )


def _goal(invitation: Invitation) -> str:
    """Where one goes on who has accepted: to the registration, the organisation's page, or the office."""
    if invitation.visitor is not None:
        return fair_url(invitation.visitor.edition, "my_visit")
    if invitation.exhibitor is not None:
        return fair_url(invitation.exhibitor.edition, "builder_design", invitation.exhibitor.number)
    if invitation.kind == Invitation.Kind.LEADER and invitation.delegation is not None:
        return fair_url(invitation.delegation.edition, "my_delegation", invitation.delegation.path)
    if invitation.kind == Invitation.Kind.MEMBER and invitation.delegation is not None:
        return fair_url(invitation.delegation.edition, "signup_visitor")
    if not invitation.fair.editions.filter(current=True).exists():
        return reverse("my")
    if invitation.organisation is not None:
        return fair_url(invitation.fair, "my_exhibitor", invitation.organisation.pk)
    return fair_url(invitation.fair, "office")


def _roles(invitation: Invitation) -> list[object]:
    """What the person will do, where the invitation is to some roles among several."""
    if invitation.kind == Invitation.Kind.COLLEAGUE:
        return [ORGANISATION_ROLES[role] for role in invitation.roles]
    return [staff.ROLE_NAMES[invitation.staff_role]] if invitation.kind == Invitation.Kind.STAFF else []


def _state(request: HttpRequest, found: Invitation) -> dict[str, object]:
    """Where this account goes on that has accepted; else why nobody can accept, or whether this account may."""
    if found.accepted and found.accepted_by_id == request.user.pk:
        return {"done": _goal(found)}
    try:
        rules.require_open(accepted=found.accepted, withdrawn=found.withdrawn, expires=found.expires, at=timezone.now())
    except Refusal as refusal:
        return {"closed": sentence(refusal)}
    user = request.user
    if not user.is_authenticated:
        return {}
    return {"mine": found.address.lower() in confirmed_addresses(person(request))}


@login_required
@require_POST
def claim_visit_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a registration that was made with one's own address."""
    user = person(request)
    visitor = records_waiting(user)[0].filter(pk=pk).first()
    if visitor is None:
        raise Http404
    context = action_context(request)
    done(request, lambda: claim_visit(visitor, user, context=context), _("This registration is yours now."))
    return redirect("my")


@login_required
@require_POST
def claim_organisation_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over an organisation whose known contact has one's own address."""
    user = person(request)
    organisation = records_waiting(user)[1].filter(pk=pk).first()
    if organisation is None:
        raise Http404
    context = action_context(request)
    done(
        request,
        lambda: claim_organisation_by_address(organisation, user, context=context),
        _("You manage this organisation now."),
    )
    return redirect("my")
