"""Who acts for an organisation: its managers invite colleagues, give them roles, and take those away."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from emporion.domain.organisations.actions import change_roles, dismiss
from emporion.domain.organisations.queries import representatives_of
from emporion.domain.organisations.rules.representation import ROLES
from emporion.domain.people.actions import invite_colleague, withdraw_invitation
from emporion.domain.people.queries import colleagues_invited
from emporion.domain.refusal import Refusal
from emporion.web.shell.access import action_context, place
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import done, form_page
from emporion.web.shell.states import ORGANISATION_ROLES


class RolesForm(forms.Form):
    """The roles of somebody who acts for an organisation."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), choices=[(role, ORGANISATION_ROLES[role]) for role in ROLES],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class ColleagueForm(RolesForm):
    """Whom to invite, and to what."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    field_order = ("address", "roles")


def people(request: HttpRequest, organisation: int) -> HttpResponse:
    """The people who act for the organisation, the invitations that wait, and a form to invite."""
    here = place(request, organisation)
    form = ColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        context = action_context(request)
        try:
            invite_colleague(
                here.edition.fair, here.organisation, form.cleaned_data["address"],
                roles=form.cleaned_data["roles"], context=context,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            confirmation = _("The invitation to %(who)s is on its way.") % {"who": form.cleaned_data["address"]}
            messages.success(request, confirmation)
            return redirect(fair_url(request, "my_people", organisation))
    rows = [
        {"it": one, "form": RolesForm(initial={"roles": one.roles}, auto_id=f"id_{one.pk}_%s")}
        for one in representatives_of(here.organisation)
    ]
    page_context: dict[str, object] = {
        "here": here, "form": form, "rows": rows, "role_names": ORGANISATION_ROLES,
        "invited": colleagues_invited(here.organisation),
    }  # fmt: skip
    return form_page(request, "organisations/people.html", here.edition, page_context)


@require_POST
def colleague(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """Give a representative other roles, or let them act for the organisation no longer."""
    here = place(request, organisation)
    representative = representatives_of(here.organisation).filter(pk=pk).first()
    if representative is None:
        raise Http404
    context = action_context(request)
    if "dismiss" in request.POST:
        done(request, lambda: dismiss(representative, context=context), _("They no longer act for the organisation."))
    else:
        roles = request.POST.getlist("roles")
        done(request, lambda: change_roles(representative, roles, context=context), _("The roles are changed."))
    if representative.user_id == here.user.pk and "dismiss" in request.POST:
        return redirect("my")
    return redirect(fair_url(request, "my_people", organisation))


@require_POST
def colleague_invitation(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """Take back an invitation that a colleague has not accepted."""
    here = place(request, organisation)
    invitation = colleagues_invited(here.organisation).filter(pk=pk).first()
    if invitation is None:
        raise Http404
    context = action_context(request)
    done(request, lambda: withdraw_invitation(invitation, context=context), _("The invitation is withdrawn."))
    return redirect(fair_url(request, "my_people", organisation))
