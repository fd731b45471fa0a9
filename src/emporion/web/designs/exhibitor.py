"""The design of an exhibitor's own stand, and the contractors whom it lets see it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.designs.actions import dismiss_contractor
from emporion.domain.designs.queries import contractors_of, needs_design
from emporion.domain.people.actions import invite_contractor, withdraw_invitation
from emporion.domain.people.queries import contractors_invited
from emporion.web.designs.drawings import drawing, handed_in, shown
from emporion.web.designs.forms import ContractorForm, DesignForm
from emporion.web.shell.access import action_context, contracted
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, done, form_page
from emporion.web.shell.whole_numbers import key_in


def design(request: HttpRequest, organisation: int) -> HttpResponse:
    """The design with its state, a form for the next version, and who builds."""
    here, exhibitor = contracted(request, organisation)
    form = DesignForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and handed_in(request, exhibitor, form):
        messages.success(request, _("The design is handed in. The organiser's decision comes by e-mail."))
        return redirect(fair_url(request, "my_design", organisation))
    context = {
        "here": here, "form": form, "needed": needs_design(exhibitor), "contractor_form": ContractorForm(),
        "contractors": contractors_of(exhibitor), "invited": contractors_invited(exhibitor),
        **shown(exhibitor, lambda pk: fair_url(request, "my_drawing", organisation, pk)),
    }  # fmt: skip
    return form_page(request, "designs/exhibitor.html", here.edition, context)


def own_drawing(request: HttpRequest, organisation: int, pk: int) -> HttpResponseBase:
    """A drawing of the own design, and what is said of it."""
    here, exhibitor = contracted(request, organisation)
    context = {"here": here, "back": fair_url(request, "my_design", organisation)}
    return drawing(request, exhibitor, pk, "designs/own_drawing.html", context, of_office=False)


@require_POST
def contractors(request: HttpRequest, organisation: int) -> HttpResponse:
    """Invite a contractor to the design; dismiss one, or take an invitation back."""
    _here, exhibitor = contracted(request, organisation)
    context, back = action_context(request), redirect(fair_url(request, "my_design", organisation))
    if pk := request.POST.get("dismiss", ""):
        found = contractors_of(exhibitor).filter(pk=key_in(pk)).first()
        if found is None:
            raise Http404
        done(request, lambda: dismiss_contractor(found, context=context), _("The contractor sees the design no more."))
        return back
    if pk := request.POST.get("withdraw", ""):
        invitation = contractors_invited(exhibitor).filter(pk=key_in(pk)).first()
        if invitation is None:
            raise Http404
        done(request, lambda: withdraw_invitation(invitation, context=context), _("The invitation is withdrawn."))
        return back
    form = ContractorForm(request.POST)
    if accepted(form, lambda: invite_contractor(exhibitor, form.cleaned_data["address"], context=context), {}):
        messages.success(request, _("The invitation is on its way."))
    else:
        messages.error(request, "; ".join(str(error[0]) for error in form.errors.values()))
    return back
