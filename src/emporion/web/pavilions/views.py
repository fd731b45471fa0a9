"""Who manages a pavilion sees how far each of its exhibitors is, and helps: invites, registers staff, describes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from emporion.domain.admission.actions import register_staff
from emporion.domain.admission.models import StaffMember
from emporion.domain.admission.queries import staff_of, staff_quota
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.models import Pavilion
from emporion.domain.exhibitors.queries import pavilions_managed_by
from emporion.domain.organisations.actions import describe
from emporion.domain.organisations.models import Organisation
from emporion.domain.people.actions import invite_colleague
from emporion.domain.people.models import Invitation
from emporion.domain.people.queries import colleagues_invited
from emporion.domain.preparation.queries.pavilions import Member, members_with_progress
from emporion.language import proper_name
from emporion.spreadsheets.rejects import inert
from emporion.web.admission.forms import PERSON_FIELDS, PersonForm
from emporion.web.organisations.people import ColleagueForm
from emporion.web.organisations.profile import ProfileForm, stated_of
from emporion.web.preparation.words import STATES, WORDS
from emporion.web.shell.access import Place, action_context, place
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, form_page, private_page
from emporion.web.shell.states import APPLICATION

# With its mark, Excel opens the file as UTF-8.
MARK = "\ufeff"
HEAD = ("organisation", "country", "application", "contract", "stand", "tasks late", "staff", "products", "contact")


def managed(request: HttpRequest, organisation: int, pavilion: int) -> tuple[Place, Pavilion]:
    """A pavilion of the edition that the organisation manages; for everybody else there is none."""
    here = place(request, organisation)
    found = pavilions_managed_by(here.organisation, here.edition).filter(pk=pavilion).first()
    if found is None:
        raise Http404(_("You manage no pavilion at this address."))
    found.edition = here.edition
    return here, found


def overview(request: HttpRequest, organisation: int, pavilion: int) -> HttpResponse:
    """The exhibitors of the pavilion, each with its application, contract, stand, late tasks, staff and products."""
    here, own = managed(request, organisation, pavilion)
    members = _members(here, own)
    rows = [{"it": one, "state": APPLICATION[one.application.state]} for one in members]
    sums = {
        "signed": sum(one.exhibitor is not None for one in members),
        "placed": sum(bool(one.stand) for one in members),
        "late": sum(bool(one.late) for one in members),
    }
    shown = {"here": here, "pavilion": own, "rows": rows, "sums": sums}
    return private_page(request, "pavilions/pavilion.html", here.edition, shown)


@require_safe
def download(request: HttpRequest, organisation: int, pavilion: int) -> HttpResponse:
    """The same list as a CSV."""
    here, own = managed(request, organisation, pavilion)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows([inert(str(cell)) for cell in _cells(one)] for one in _members(here, own))
    answer = HttpResponse(MARK + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"pavilion-{own.code}.csv") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _cells(one: Member) -> Iterator[object]:
    application = one.application
    yield proper_name(application.organisation.proper_name)
    yield application.organisation.country_id or ""
    yield application.state
    yield one.exhibitor.number if one.exhibitor else ""
    yield one.stand.number if one.stand else ""
    yield len(one.late)
    yield one.staff
    yield one.products
    yield application.contact_email


def _members(here: Place, own: Pavilion) -> list[Member]:
    return members_with_progress(own, local_day(here.edition, timezone.now()))


def member(request: HttpRequest, organisation: int, pavilion: int, pk: int) -> HttpResponse:
    """One exhibitor of the pavilion, and the forms by which its manager helps it."""
    here, own = managed(request, organisation, pavilion)
    found = next((one for one in _members(here, own) if one.application.pk == pk), None)
    if found is None:
        raise Http404
    forms = _forms(request, here, found)
    if done := _helped(request, here, found, forms):
        messages.success(request, done)
        return redirect(fair_url(request, "my_pavilion_member", organisation, pavilion, pk))
    shown = {
        "here": here, "pavilion": own, "member": found, "state": APPLICATION[found.application.state],
        **forms._asdict(), **_details(found),
    }  # fmt: skip
    return form_page(request, "pavilions/member.html", here.edition, shown)


STAFF = StaffMember.Kind.STAFF


class Forms(NamedTuple):
    """The forms of a member's page; one of them is filled in at a time."""

    invitation: ColleagueForm
    person: PersonForm
    profile: ProfileForm


def _forms(request: HttpRequest, here: Place, found: Member) -> Forms:
    typed = {request.POST.get("do", ""): request.POST} if request.method == "POST" else {}
    subject, contact = found.application.organisation, found.application.contact_email
    return Forms(
        ColleagueForm(typed.get("invite"), initial={"address": contact}),
        PersonForm(typed.get("staff")),
        ProfileForm(typed.get("profile"), here=here, initial=stated_of(subject)),
    )


def _helped(request: HttpRequest, here: Place, found: Member, forms: Forms) -> str:
    """Do what was asked for, and say so; empty where nothing was done."""
    context, subject, exhibitor = action_context(request), found.application.organisation, found.exhibitor
    invitation, person, profile = forms

    def invited() -> Invitation:
        asked = invitation.cleaned_data
        roles = asked["roles"]
        return invite_colleague(here.edition.fair, subject, asked["address"], roles=roles, context=context)

    def described() -> Organisation:
        return describe(subject, **{**stated_of(subject), **profile.cleaned_data}, context=context)

    def registered() -> StaffMember:
        assert exhibitor is not None
        return register_staff(exhibitor, STAFF, **person.cleaned_data, context=context)

    if exhibitor is not None and accepted(person, registered, PERSON_FIELDS) is not None:
        return _("Registered. The pass is made.")
    if not found.may_be_invited:
        return ""
    if accepted(invitation, invited, {}) is not None:
        return _("The invitation is on its way.")
    return _("Saved.") if accepted(profile, described, {}) is not None else ""


def _details(found: Member) -> dict[str, Any]:
    """What is shown of a member beside its row: invitations that wait, tasks, people and how many more there may be."""
    shown: dict[str, Any] = {
        "invited": colleagues_invited(found.application.organisation),
        "tasks": [{"it": one, "words": WORDS[one.kind], "state": STATES[one.state]} for one in found.tasks],
    }
    if found.exhibitor:
        people = list(staff_of(found.exhibitor).filter(kind=STAFF))
        shown |= {"people": people, "quota": staff_quota(found.exhibitor, STAFF)}
    return shown
