"""The office lays out the tree of delegations: who leads them, how many may come and on which days."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from emporion.domain.people.actions import invite_leader
from emporion.domain.people.models import Invitation
from emporion.domain.people.queries import invited_to
from emporion.domain.staff.rules import REGISTRATION
from emporion.domain.visitors import queries
from emporion.domain.visitors.actions import add_delegation, approve_delegation, dismiss_leader, set_quotas
from emporion.domain.visitors.models import Delegation
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, done, form_page
from emporion.web.shell.show_days import show_days
from emporion.web.shell.staff import office_page
from emporion.web.visitors.delegation_forms import GroupForm, OwnLeaderForm, QuotaForm

FIELDS = {"path_not_usable": "path", "group_missing": "path", "path_taken": "path"}


@office_page(REGISTRATION)
def tree_page(request: HttpRequest) -> HttpResponse:
    """The whole tree with its quotas and leaders, and the form for another group."""
    edition, form = edition_of(request), GroupForm(request.POST or None)
    if request.method == "POST" and (added := accepted(form, lambda: _add(request, form), FIELDS)) is not None:
        messages.success(request, _("The group is added."))
        return redirect(fair_url(request, "office_delegation", added.path))
    leaders: dict[str, list[Any]] = {}
    for one in queries.leaders_of(edition):
        leaders.setdefault(one.delegation.path, []).append(one.user)
    rows = [{"it": one, "leaders": leaders.get(one.path, [])} for one in queries.tree(edition)]
    return form_page(request, "visitors/office_delegations.html", edition, {"rows": rows, "form": form})


def _add(request: HttpRequest, form: GroupForm) -> Delegation:
    typed, context = form.cleaned_data, action_context(request)
    names = (typed["name_en"], typed["name_zh"] or typed["name_en"])
    return add_delegation(edition_of(request), typed["path"], *names, quota=typed["quota"], context=context)


@office_page(REGISTRATION)
def one(request: HttpRequest, path: str) -> HttpResponse:
    """One delegation: its counts, its quotas, its leaders; another leader is invited here."""
    delegation = _delegation(request, path)
    form = OwnLeaderForm(request.POST or None)
    if request.method == "POST" and accepted(form, lambda: _invite(request, delegation, form), {}) is not None:
        messages.success(request, _("The invitation is on its way."))
        return redirect(fair_url(request, "office_delegation", path))
    return _page(request, delegation, form, None)


def _page(request: HttpRequest, delegation: Delegation, form: OwnLeaderForm, limits: QuotaForm | None) -> HttpResponse:
    edition, days = edition_of(request), show_days(edition_of(request))
    coming = dict(zip(days, queries.coming_by_day(delegation, days), strict=True))
    limits = limits or QuotaForm(edition=edition, initial=_stated(delegation))
    context = {
        "delegation": delegation, "own": queries.tree(edition, delegation.path)[0], "form": form, "limits": limits,
        "registered": queries.registered_in(delegation),
        "days": [(field, coming[day]) for day, field in zip(days, limits.day_fields, strict=True)],
        "leaders": queries.leaders_within(delegation).filter(delegation=delegation),
        "invited": invited_to(delegation, Invitation.Kind.LEADER).filter(delegation=delegation),
    }  # fmt: skip
    return form_page(request, "visitors/office_delegation.html", edition, context)


def _stated(delegation: Delegation) -> dict[str, int | None]:
    by_day = {day.isoformat(): count for day, count in queries.day_quotas(delegation).items()}
    return {"quota": delegation.quota, **by_day}


def _invite(request: HttpRequest, delegation: Delegation, form: OwnLeaderForm) -> Invitation:
    return invite_leader(delegation, form.cleaned_data["address"], context=action_context(request))


@require_POST
@office_page(REGISTRATION)
def quotas(request: HttpRequest, path: str) -> HttpResponse:
    """Set how many may register and how many may come on each day."""
    delegation = _delegation(request, path)
    form = QuotaForm(request.POST, edition=edition_of(request))
    context = action_context(request)
    if accepted(form, lambda: set_quotas(delegation, form.cleaned_data["quota"], form.by_day, context=context), {}):
        messages.success(request, _("The quotas are set."))
        return redirect(fair_url(request, "office_delegation", path))
    return _page(request, delegation, OwnLeaderForm(), form)


@require_POST
@office_page(REGISTRATION)
def approval(request: HttpRequest, path: str) -> HttpResponse:
    """Approve the units that wait and the people whom their leader has confirmed."""
    approved = approve_delegation(_delegation(request, path), context=action_context(request))
    told = ngettext("%(count)s person is approved.", "%(count)s people are approved.", approved.people)
    messages.success(request, told % {"count": approved.people})
    return redirect(fair_url(request, "office_delegation", path))


@require_POST
@office_page(REGISTRATION)
def leader(request: HttpRequest, path: str, pk: int) -> HttpResponse:
    """Take a leader's delegation away."""
    found = queries.leaders_within(_delegation(request, path)).filter(pk=pk).first()
    if found is None:
        raise Http404
    done(request, lambda: dismiss_leader(found, context=action_context(request)), _("They lead it no longer."))
    return redirect(fair_url(request, "office_delegation", path))


def _delegation(request: HttpRequest, path: str) -> Delegation:
    found = queries.delegation_at(edition_of(request), path)
    if found is None:
        raise Http404(_("There is no such delegation in this edition."))
    return found
