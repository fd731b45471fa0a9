"""Taking part: a person with an account brings an organisation, as an exhibitor, or a visit, as a buyer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.organisations.rules.refusals import OrganisationKnown
from emporion.domain.people.actions import register_or_claim_organisation, register_or_claim_visit
from emporion.domain.people.queries import delegation_joined, records_waiting
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.actions.registration import OwnUnit
from emporion.web.accounts.claim import claim_token
from emporion.web.accounts.forms import FIELDS, MANY, STEP_TITLES, VISIT_STEPS, ExhibitorForm, VisitForm
from emporion.web.shell.access import displayed_edition, edition_of, fair_of, own_visit, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import form_page, private_page, refused_in
from emporion.web.shell.steps import CHECK, Steps

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
def visitor(request: HttpRequest, step: str = "you") -> HttpResponse:
    """The person, then the unit that they buy for, then all of it to be checked.

    Whoever a list has registered is led to that record instead, whoever is registered to their own page.
    """
    user, edition = person(request), edition_of(request)
    if own_visit(user, edition) is not None:
        return redirect(fair_url(request, "my_visit"))
    if step == "you" and request.method == "GET" and records_waiting(user)[0].filter(edition=edition).exists():
        return redirect("my")
    steps = Steps(
        request, f"registration:{edition.pk}", VISIT_STEPS,
        lambda data: VisitForm(data, edition=edition, user=user),
    )  # fmt: skip
    if step == CHECK:
        return _checked(request, edition, steps)
    form = steps.at(step)
    if request.method == "POST" and not form.errors:
        return redirect(_step_at(request, steps.keep(step)))
    return _step_page(request, edition, step, form)


def _checked(request: HttpRequest, edition: Edition, steps: Steps[VisitForm]) -> HttpResponse:
    """All that was typed, to be checked; by POST the person is registered."""
    form = steps.whole()
    if wrong := steps.wrong(form):
        return redirect(_step_at(request, wrong))
    if request.method == "POST" and steps.is_as_seen:
        own = OwnUnit(form.row(), form.cleaned_data["purchasing_size"])
        wrong = steps.done(
            form,
            lambda: register_or_claim_visit(edition, form.person(), person(request), own=own, at=timezone.now()),
            FIELDS,
        )
        return _step_page(request, edition, wrong, form) if wrong else redirect(fair_url(request, "my_visit"))
    parts = [(STEP_TITLES[step], _step_at(request, step), answers) for step, answers in steps.answers(form)]
    context = {"parts": parts, "seen": steps.seen, "changed": request.method == "POST"}
    return private_page(request, "accounts/visitor_check.html", edition, context)


def _step_at(request: HttpRequest, step: str) -> str:
    return fair_url(request, "signup_visitor") if step == "you" else fair_url(request, f"signup_visitor_{step}")


def _step_page(request: HttpRequest, edition: Edition, step: str, form: VisitForm) -> HttpResponse:
    names = list(VISIT_STEPS)
    context = {
        "form": form, "here": _step_at(request, step), "title": STEP_TITLES[step], "number": names.index(step) + 1,
        "fields": [(form[name], name in MANY) for name in VISIT_STEPS[step] if name in form.fields],
        "before": _step_at(request, names[0]) if step != names[0] else "",
        "delegation": delegation_joined(person(request), edition),
    }  # fmt: skip
    return form_page(request, "accounts/visitor.html", edition, context)
