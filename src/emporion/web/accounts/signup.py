"""Taking part: a person with an account brings an organisation, as an exhibitor, or a visit, as a buyer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emporion.domain.organisations.rules.refusals import OrganisationKnown
from emporion.domain.people.actions import register_or_claim_organisation, register_or_claim_visit
from emporion.domain.people.queries import delegation_joined, records_waiting
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.actions.registration import OwnUnit
from emporion.web.accounts.claim import claim_token
from emporion.web.accounts.forms import FIELDS, ExhibitorForm, VisitForm
from emporion.web.shell.access import displayed_edition, edition_of, fair_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import form_page, private_page, refused_in

# Whoever has no account yet opens one first, confirms the address, and comes back here.
account_required = login_required(login_url="account_signup")


def signup(request: HttpRequest) -> HttpResponse:
    """Which side of the fair?"""
    return private_page(request, "accounts/signup.html", displayed_edition(request), {})


@account_required
def exhibitor(request: HttpRequest) -> HttpResponse:
    """An organisation that the person acts for, on its way to an application; one that is known is claimed."""
    user, form = person(request), ExhibitorForm(request.POST or None, fair=fair_of(request))
    if request.method == "POST" and form.is_valid():
        position = form.cleaned_data["position"]
        try:
            organisation = register_or_claim_organisation(form.row(), user, position=position, at=timezone.now())
        except OrganisationKnown as known:
            return redirect(fair_url(request, "claim", claim_token(known.data["organisation"], user)))
        except Refusal as refusal:
            refused_in(form, refusal, FIELDS)
        else:
            return redirect(fair_url(request, "my_exhibitor", organisation.pk))
    return form_page(request, "accounts/exhibitor.html", displayed_edition(request), {"form": form})


@account_required
def visitor(request: HttpRequest) -> HttpResponse:
    """The person and the unit that they buy for; whoever a list has registered is led to that record instead."""
    user, edition = person(request), edition_of(request)
    form = VisitForm(request.POST or None, edition=edition, user=user)
    if request.method == "GET" and records_waiting(user)[0].filter(edition=edition).exists():
        return redirect("my")
    if request.method == "POST" and form.is_valid():
        organisation = form.row()
        own = OwnUnit(organisation, form.cleaned_data["purchasing_size"]) if organisation else None
        try:
            register_or_claim_visit(edition, form.person(), user, own=own, at=timezone.now())
        except Refusal as refusal:
            refused_in(form, refusal, FIELDS)
        else:
            return redirect(fair_url(request, "my_visit"))
    return form_page(
        request, "accounts/visitor.html", edition, {"form": form, "delegation": delegation_joined(user, edition)}
    )
