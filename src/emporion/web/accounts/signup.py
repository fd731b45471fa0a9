"""Opening an account and bringing an organisation, as an exhibitor, or a visit, as a buyer: in one go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters

from emporion.domain.accounts.actions import open_own_account
from emporion.domain.accounts.models import User
from emporion.domain.organisations.actions import register_own_organisation
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.actions import register_oneself
from emporion.web.accounts.forms import FIELDS, AccountForm, ExhibitorForm, VisitForm
from emporion.web.shell.access import edition_of, person, shown_edition
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import form_page, private_page, refused_in

BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"


def signup(request: HttpRequest) -> HttpResponse:
    """Which side of the fair?"""
    return private_page(request, "accounts/signup.html", shown_edition(request), {})


@sensitive_post_parameters("password")
def exhibitor(request: HttpRequest) -> HttpResponse:
    """A person and the organisation that they act for, on their way to an application."""
    account, form = _account(request), ExhibitorForm(request.POST or None)

    def bring(user: User, at: datetime) -> HttpResponse:
        position = form.cleaned_data["position"]
        organisation = register_own_organisation(form.row(), user, position=position, at=at)
        return redirect(fair_url(request, "my_exhibitor", organisation.pk))

    if answer := _brought(request, account, form, bring):
        return answer
    return form_page(request, "accounts/exhibitor.html", shown_edition(request), {"account": account, "form": form})


@sensitive_post_parameters("password")
def visitor(request: HttpRequest) -> HttpResponse:
    """A person and the unit that they buy for, registered for the current edition."""
    edition, account, form = edition_of(request), _account(request), VisitForm(request.POST or None)

    def bring(user: User, at: datetime) -> HttpResponse:
        size = form.cleaned_data["purchasing_size"]
        register_oneself(edition, form.person(user), user, organisation=form.row(), purchasing_size=size, at=at)
        return redirect(fair_url(request, "my_visit"))

    if answer := _brought(request, account, form, bring):
        return answer
    return form_page(request, "accounts/visitor.html", edition, {"account": account, "form": form})


def _account(request: HttpRequest) -> AccountForm | None:
    """The part of the form that opens an account; who is signed in has one."""
    return None if request.user.is_authenticated else AccountForm(request.POST or None)


def _brought(
    request: HttpRequest,
    account: AccountForm | None,
    form: ExhibitorForm | VisitForm,
    bring: Callable[[User, datetime], HttpResponse],
) -> HttpResponse | None:
    """Open the account and do what it was opened for, both or neither; none when something needs mending."""
    if request.method != "POST" or not all([form.is_valid(), account is None or account.is_valid()]):
        return None
    try:
        with transaction.atomic():
            user = _opened(account) if account else person(request)
            answer = bring(user, timezone.now())
    except Refusal as refusal:
        beside = account if account and FIELDS.get(refusal.code) in account.fields else form
        refused_in(beside, refusal, FIELDS)
        return None
    if account:
        login(request, user, backend=BY_PASSWORD)
    return answer


def _opened(account: AccountForm) -> User:
    typed = account.cleaned_data
    language = get_language() or "en"
    return open_own_account(typed["email"], name=typed["name"], password=typed["password"], language=language)
