"""Signing in and out, and the page from which one goes on."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from emporion.domain.accounts.models import User
from emporion.domain.exhibitors.queries import applications_for
from emporion.domain.organisations.queries import organisations_for
from emporion.web.accounts import throttle
from emporion.web.accounts.forms import SignInForm
from emporion.web.shell.access import own_visit, person, shown_edition
from emporion.web.shell.respond import form_page, private_page
from emporion.web.shell.states import APPLICATION, REGISTRATION


@sensitive_post_parameters("password")
def signin(request: HttpRequest) -> HttpResponse:
    """Sign in by address and password; staff go on to the office, everybody else to their own fair."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (user := _recognised(request, form)):
        login(request, user)
        return redirect(_onward(request, user))
    goal = request.POST.get("next") or request.GET.get("next", "")
    return form_page(request, "accounts/signin.html", shown_edition(), {"form": form, "next": goal})


@require_POST
def signout(request: HttpRequest) -> HttpResponse:
    """Sign out; only a form does so, never a link that a page loads by itself."""
    logout(request)
    return redirect("home")


@login_required
def my(request: HttpRequest) -> HttpResponse:
    """One's own fair: the organisations one acts for and one's own visit, each with its state."""
    user, edition = person(request), shown_edition()
    organisations = organisations_for(user).filter(representatives__user=user)
    applied = {one.organisation_id: one for one in applications_for(user).filter(edition=edition)}
    rows = [(one, applied[one.pk].state if one.pk in applied else "") for one in organisations]
    context = {
        "organisations": [{"it": one, "state": APPLICATION.get(state)} for one, state in rows],
        "visit": (visit := own_visit(user, edition) if edition else None),
        "visit_state": REGISTRATION[visit.state] if visit else None,
    }
    return private_page(request, "accounts/my.html", edition, context)


def _recognised(request: HttpRequest, form: SignInForm) -> User | None:
    email, password = form.cleaned_data["email"].lower(), form.cleaned_data["password"]
    if throttle.must_wait(email):
        form.add_error(None, _("Too many attempts with this address. Wait a quarter of an hour and try again."))
        return None
    user = authenticate(request, username=email, password=password)
    if not isinstance(user, User):
        throttle.failed(email)
        form.add_error(None, _("Address and password do not belong together. Check both and try again."))
        return None
    throttle.succeeded(email)
    return user


def _onward(request: HttpRequest, user: User) -> str:
    """Where the person meant to go, when that is on this site, else their own door."""
    goal = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure()):
        return goal
    return reverse("admin:index") if user.is_staff else reverse("my")
