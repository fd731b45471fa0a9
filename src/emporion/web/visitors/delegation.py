"""A delegation's leader: the tree below, its people and their review, invitations, leaders of sub-groups."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from emporion.domain.people.actions import invite_leader, invite_member, invite_people, withdraw_invitation
from emporion.domain.people.models import Invitation
from emporion.domain.people.queries import invited_to, visitors_to_invite
from emporion.domain.refusal import Refusal
from emporion.domain.visitors import queries
from emporion.domain.visitors.actions import confirm_people, decline_people, dismiss_leader
from emporion.domain.visitors.models import Delegation, VisitingUnit, Visitor
from emporion.domain.visitors.rules import require_below
from emporion.web.shell.access import action_context
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.leading import above
from emporion.web.shell.paging import page_after
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import accepted, done, form_page, private_page
from emporion.web.shell.show_days import show_days
from emporion.web.shell.states import REVIEW, review_of
from emporion.web.shell.whole_numbers import whole_number
from emporion.web.visitors.delegation_forms import AddressesForm, LeaderForm, ReviewForm

MAX_ROWS = 200


def heading(request: HttpRequest, delegation: Delegation) -> dict[str, Any]:
    """What the head of these pages shows: whose they are, and the groups above that one leads, too."""
    return {"delegation": delegation, "above": above(request, delegation)}


def overview(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """How many come, on which days and within which quotas; the sub-groups and units below."""
    own, *below = queries.tree(delegation.edition, delegation.path)
    days, quotas = show_days(delegation.edition), queries.day_quotas(delegation)
    coming = queries.coming_by_day(delegation, days)
    units = queries.units_within(delegation).filter(delegation=delegation).select_related("organisation__country")
    found = page_after(units, request.GET.get("after", ""), "organisation__name")
    context = {
        **heading(request, delegation), "own": own, "below": [{"it": one} for one in below], "units": found,
        "registered": queries.registered_in(delegation),
        "days": [(day, count, quotas.get(day)) for day, count in zip(days, coming, strict=True)],
        "leaders": queries.leaders_within(delegation).filter(delegation=delegation),
    }  # fmt: skip
    return private_page(request, "visitors/delegation.html", delegation.edition, context)


def people(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """The people, to be found and narrowed; those who await the decision are confirmed or declined here."""
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and accepted(form, lambda: _review(request, delegation, form), {}) is not None:
        return redirect(request.get_full_path())
    state, text = request.GET.get("state", ""), request.GET.get("q", "")
    unit = _unit(delegation, request.GET.get("unit", ""))
    matching = _matching(queries.named(queries.people_within(delegation), text), state, unit)
    found = page_after(matching, request.GET.get("after", ""), "number")
    chosen = set(form["people"].value() or ()) if form.is_bound else set()
    rows = [{"it": one, "state": review_of(one), "chosen": str(one.pk) in chosen} for one in found.rows]
    context = {
        **heading(request, delegation), "form": form, "rows": rows, "after": found.after, "count": matching.count(),
        "state": state, "text": text, "unit": unit, "states": [(key, one.words) for key, one in REVIEW.items()],
        "waiting": queries.people_within(delegation).filter(**WAITING).count(),
    }  # fmt: skip
    return form_page(request, "visitors/delegation_people.html", delegation.edition, context)


WAITING = {"state": Visitor.State.REGISTERED, "review": Visitor.Review.NONE}


def _matching(people: QuerySet[Visitor], state: str, unit: VisitingUnit | None) -> QuerySet[Visitor]:
    if unit is not None:
        people = people.filter(unit=unit)
    if state == "waiting":
        return people.filter(**WAITING)
    if state == "confirmed":
        return people.filter(state=Visitor.State.REGISTERED, review=Visitor.Review.CONFIRMED)
    if state == "declined":
        return people.filter(state=Visitor.State.REJECTED, review=Visitor.Review.DECLINED)
    return people.filter(state=state) if state in Visitor.State.values else people


def _unit(delegation: Delegation, typed: str) -> VisitingUnit | None:
    """The unit whose people are asked for, of this delegation."""
    key = whole_number(typed)
    return None if key is None else queries.units_within(delegation).filter(pk=key).first()


def _review(request: HttpRequest, delegation: Delegation, form: ReviewForm) -> bool:
    context, keys = action_context(request), form.cleaned_data["people"]
    if form.everybody:
        keys = list(queries.people_within(delegation).filter(**WAITING).values_list("pk", flat=True))
    if form.declines:
        count = decline_people(delegation, keys, reason=form.cleaned_data["reason"], context=context)
        told = ngettext(
            "%(count)s person is declined and told why.", "%(count)s people are declined and told why.", count
        )
    else:
        count = confirm_people(delegation, keys, context=context)
        told = ngettext("%(count)s person is confirmed.", "%(count)s people are confirmed.", count)
    messages.success(request, told % {"count": count})
    return True


def inviting(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Invite people to register with the delegation, by their addresses."""
    form = AddressesForm(request.POST or None)
    if request.method == "POST" and accepted(form, lambda: _invite(request, delegation, form), {}) is not None:
        return redirect(fair_url(request, "my_delegation_invite", delegation.path))
    invited, inside = invited_to(delegation, Invitation.Kind.MEMBER), queries.people_within(delegation)
    context = {
        **heading(request, delegation), "form": form, "invited": invited[:MAX_ROWS], "count": invited.count(),
        "registered": visitors_to_invite(delegation.edition).filter(pk__in=inside.order_by().values("pk")).count(),
    }  # fmt: skip
    return form_page(request, "visitors/delegation_invite.html", delegation.edition, context)


def _invite(request: HttpRequest, delegation: Delegation, form: AddressesForm) -> bool:
    addresses, context = form.cleaned_data["addresses"], action_context(request)
    for address in addresses:
        invite_member(delegation, address, context=context)
    count = len(addresses)
    told = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count)
    messages.success(request, told % {"count": count})
    return True


@require_POST
def inviting_registered(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Send those whom a list has registered the link to their registration."""
    count = invite_people(delegation, context=action_context(request))
    told = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count)
    messages.success(request, told % {"count": count})
    return redirect(fair_url(request, "my_delegation_invite", delegation.path))


@require_POST
def withdrawal(request: HttpRequest, delegation: Delegation, pk: int) -> HttpResponse:
    """Take an invitation back that nobody has accepted: of a member, or of a sub-group's leader."""
    members, leaders = (invited_to(delegation, kind) for kind in (Invitation.Kind.MEMBER, Invitation.Kind.LEADER))
    member = members.filter(pk=pk).first()
    found = member or leaders.exclude(delegation=delegation).filter(pk=pk).first()
    if found is None:
        raise Http404
    done(
        request, lambda: withdraw_invitation(found, context=action_context(request)), _("The invitation is withdrawn.")
    )
    page = "my_delegation_invite" if member else "my_delegation_leaders"
    return redirect(fair_url(request, page, delegation.path))


def leaders(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Who leads the sub-groups; others are invited to."""
    form = LeaderForm(request.POST or None, delegation=delegation)
    if request.method == "POST" and accepted(form, lambda: _invite_leader(request, delegation, form), {}) is not None:
        return redirect(fair_url(request, "my_delegation_leaders", delegation.path))
    context = {
        **heading(request, delegation), "form": form, "leaders": queries.leaders_within(delegation),
        "invited": invited_to(delegation, Invitation.Kind.LEADER), "sub_groups": form.has_sub_groups,
    }  # fmt: skip
    return form_page(request, "visitors/delegation_leaders.html", delegation.edition, context)


def _invite_leader(request: HttpRequest, delegation: Delegation, form: LeaderForm) -> bool:
    below = form.cleaned_data["delegation"]
    require_below(below.path, delegation.path, str(below))
    invite_leader(below, form.cleaned_data["address"], context=action_context(request))
    messages.success(request, _("The invitation is on its way."))
    return True


@require_POST
def dismissal(request: HttpRequest, delegation: Delegation, pk: int) -> HttpResponse:
    """Take a sub-group's leadership away; that of the own group is the organiser's to take."""
    found = queries.leaders_within(delegation).filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        require_below(found.delegation.path, delegation.path, str(found.delegation))
    except Refusal as refusal:
        raise PermissionDenied(sentence(refusal)) from refusal
    done(request, lambda: dismiss_leader(found, context=action_context(request)), _("They lead it no longer."))
    return redirect(fair_url(request, "my_delegation_leaders", delegation.path))
