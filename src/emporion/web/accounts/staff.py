"""Who works for the organiser of a fair: its owner appoints staff by mail, gives roles and takes them away."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from emporion.domain.people.actions import invite_staff, withdraw_invitation
from emporion.domain.people.queries import open_invitations
from emporion.domain.refusal import Refusal
from emporion.domain.staff import rules
from emporion.domain.staff.actions import revoke_role
from emporion.domain.staff.queries import areas_by_code, staff_of
from emporion.language import written
from emporion.web.shell.access import action_context, displayed_edition, fair_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.forms import offer
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import done, form_page
from emporion.web.shell.staff import office_page

ROLE_NAMES = {
    "owner": gettext_lazy("Owner: everything, and who works here"),
    "reviewer": gettext_lazy("Reviewer: applications and contracts"),
    "halls": gettext_lazy("Halls: stands, plans, allocation"),
    "registration": gettext_lazy("Registration: visitors, claims, invitations"),
    "gate": gettext_lazy("Gate: badges and entries"),
    "meetings": gettext_lazy("Meetings: times, timetable, suggestions"),
    "finance": gettext_lazy("Finance: fees, deals, investments"),
    "statistics": gettext_lazy("Statistics: figures and the bulletin"),
    "auditor": gettext_lazy("Auditor: reads everything, changes nothing"),
}


class StaffForm(forms.Form):
    """Whom to invite to the office, and as what."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("", gettext_lazy("Choose one")), *((role, ROLE_NAMES[role]) for role in rules.ROLES)],
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Exhibition area"), required=False,
        help_text=gettext_lazy("Only for reviewers: they then see and decide this area's applications alone."),
    )  # fmt: skip


@office_page(rules.OWNER)
def staff(request: HttpRequest) -> HttpResponse:
    """Who works here, who is invited, and a form to invite."""
    form = StaffForm(request.POST or None)
    areas = {code: written(name) for code, name in areas_by_code(fair_of(request)).items()}
    offer(form, "area", [("", _("All areas")), *areas.items()])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        context = action_context(request)
        try:
            invite_staff(fair_of(request), typed["address"], typed["role"], area=typed["area"], context=context)
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The invitation to %(who)s is on its way.") % {"who": typed["address"]})
            return redirect(fair_url(request, "office_staff"))
    rows = [{"it": one, "role": ROLE_NAMES[one.role]} for one in staff_of(fair_of(request))]
    invited = [
        {"it": one, "role": ROLE_NAMES[one.staff_role]}
        for one in open_invitations(fair_of(request)).filter(kind="staff")
    ]
    page_context: dict[str, object] = {"form": form, "rows": rows, "invited": invited, "areas": areas}
    return form_page(request, "accounts/staff.html", displayed_edition(request), page_context)


@require_POST
@office_page(rules.OWNER)
def staff_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role from a member of the staff."""
    held = staff_of(fair_of(request)).filter(pk=pk).first()
    if held is None:
        raise Http404
    context = action_context(request)
    done(request, lambda: revoke_role(held, context=context), _("The role is taken away."))
    return redirect(fair_url(request, "office_staff"))


@require_POST
@office_page(rules.OWNER)
def staff_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an invitation to the staff."""
    invitation = open_invitations(fair_of(request)).filter(kind="staff", pk=pk).first()
    if invitation is None:
        raise Http404
    context = action_context(request)
    done(request, lambda: withdraw_invitation(invitation, context=context), _("The invitation is withdrawn."))
    return redirect(fair_url(request, "office_staff"))
