"""An exhibitor registers its people for passes: staff for the show, builders for build-up and dismantling."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.admission.actions import ask_for_passes, register_staff, remove_staff
from emporion.domain.admission.models import StaffMember
from emporion.domain.admission.queries import build_days_of, open_request, staff_of, staff_quota
from emporion.domain.designs.queries import is_approved, needs_design
from emporion.domain.exhibitors.models import Exhibitor
from emporion.web.admission.forms import MORE_FIELDS, PERSON_FIELDS, MoreForm, PersonForm
from emporion.web.shell.access import action_context, contracted
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, done, form_page

Kind = StaffMember.Kind


def staff(request: HttpRequest, organisation: int, kind: str = Kind.STAFF) -> HttpResponse:
    """Who has a pass, how many are left, and forms for one more person and for more passes."""
    here, exhibitor = contracted(request, organisation)
    asks, context = "more" in request.POST, action_context(request)
    form = PersonForm(request.POST if request.method == "POST" and not asks else None)
    more = MoreForm(request.POST if asks else None, prefix="more")
    back = redirect(fair_url(request, _address(kind), organisation))
    if accepted(more, lambda: ask_for_passes(exhibitor, kind, **more.cleaned_data, context=context), MORE_FIELDS):
        messages.success(request, _("Your request is with the organiser, who answers by e-mail."))
        return back
    if accepted(form, lambda: register_staff(exhibitor, kind, **form.cleaned_data, context=context), PERSON_FIELDS):
        messages.success(request, _("Registered. The pass is made."))
        return back
    shown = {"here": here, "form": form, "more": more, "kind": kind, **_passes(exhibitor, kind)}
    return form_page(request, "admission/staff.html", here.edition, shown)


def builders(request: HttpRequest, organisation: int) -> HttpResponse:
    """The same for those who build the stand, once its design is approved."""
    return staff(request, organisation, Kind.BUILDER)


@require_POST
def member(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """Take a person off the list."""
    _here, exhibitor = contracted(request, organisation)
    found = staff_of(exhibitor).filter(pk=pk).first()
    if found is None:
        raise Http404
    kind = found.kind
    done(
        request,
        lambda: remove_staff(found, context=action_context(request)),
        _("Removed. The pass is refused at the gates from now on."),
    )
    return redirect(fair_url(request, _address(kind), organisation))


def _address(kind: str) -> str:
    return "my_builders" if kind == Kind.BUILDER else "my_staff"


def _passes(exhibitor: Exhibitor, kind: str) -> dict[str, Any]:
    people, quota = list(staff_of(exhibitor).filter(kind=kind)), staff_quota(exhibitor, kind)
    return {
        "people": people,
        "quota": quota,
        "left": max(0, quota.passes - len(people)),
        "asked": open_request(exhibitor, kind),
        "builds": needs_design(exhibitor),
        "approved": is_approved(exhibitor),
        "days": build_days_of(exhibitor.edition),
    }
