"""The office invites people who came by a list to come in: one, or all of an edition in the background."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from emporion.domain.exhibitors.queries import application_with_contact
from emporion.domain.people.actions import invite_contact, invite_visitor, withdraw_invitation
from emporion.domain.people.queries import applications_to_invite, open_invitations, visitors_to_invite
from emporion.domain.staff.rules import REGISTRATION
from emporion.domain.visitors.queries import visitor_named
from emporion.web.shell.access import action_context, edition_of, fair_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import start_tasks
from emporion.web.shell.respond import done, private_page
from emporion.web.shell.staff import office_page

MAX_ROWS = 100


class OneForm(forms.Form):
    """One person by the number or the address that the office has at hand."""

    who = forms.CharField(label=gettext_lazy("Registration number, or the contact's e-mail address"), max_length=254)


@office_page(REGISTRATION)
def invitations(request: HttpRequest) -> HttpResponse:
    """How many wait for an invitation, who has been invited and has not answered, and the ways to invite."""
    waiting = open_invitations(fair_of(request)).exclude(kind="staff")
    context = {
        "form": OneForm(), "visitors": visitors_to_invite(edition_of(request)).count(),
        "contacts": applications_to_invite(edition_of(request)).count(),
        "invited": waiting[:MAX_ROWS], "count": waiting.count(),
    }  # fmt: skip
    return private_page(request, "accounts/invitations.html", edition_of(request), context)


@require_POST
@office_page(REGISTRATION)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite one person, or ask a worker to invite everybody of a kind."""
    if (everybody := request.POST.get("all")) in ("visitors", "contacts"):
        start_tasks(request, f"invite_{everybody}", [edition_of(request)])
    else:
        _invite_one(request, request.POST.get("who", "").strip())
    return redirect(fair_url(request, "office_invitations"))


def _invite_one(request: HttpRequest, who: str) -> None:
    context, message = action_context(request), _("The invitation is on its way.")
    if visitor := visitor_named(edition_of(request), who):
        done(request, lambda: invite_visitor(visitor, context=context), message)
        return
    if application := application_with_contact(edition_of(request), who):
        done(
            request,
            lambda: invite_contact(
                fair_of(request), application.organisation, application.contact_email, context=context
            ),
            message,
        )
        return
    messages.error(request, _("Nobody in this edition has the number or address “%(who)s”.") % {"who": who})


@require_POST
@office_page(REGISTRATION)
def invitation_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an invitation that has not been accepted."""
    invitation = open_invitations(fair_of(request)).exclude(kind="staff").filter(pk=pk).first()
    if invitation is None:
        raise Http404
    context = action_context(request)
    done(request, lambda: withdraw_invitation(invitation, context=context), _("The invitation is withdrawn."))
    return redirect(fair_url(request, "office_invitations"))
