"""The first page of a fair's office: what the person may open there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from emporion.domain.staff import rules
from emporion.domain.staff.queries import held_at
from emporion.web.shell.access import displayed_edition, fair_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import private_page
from emporion.web.shell.staff import office_page


@dataclass(frozen=True)
class Room:
    """A page of the office: the name of its address, what it is called, and the roles that open it."""

    name: str
    title: Promise
    roles: tuple[str, ...]


ROOMS = (
    Room("office_invitations", gettext_lazy("Invite people to come in"), (rules.REGISTRATION,)),
    Room("office_claims", gettext_lazy("Claims of organisations"), (rules.REGISTRATION, rules.REVIEWER)),
    Room("office_doubles", gettext_lazy("Registrations that may be one person's"), (rules.REGISTRATION,)),
    Room("office_timetable", gettext_lazy("Timetable of meetings"), (rules.MEETINGS,)),
    Room("office_tasks", gettext_lazy("Background work"), rules.ROLES),
    Room("office_outbox", gettext_lazy("Messages"), (rules.OWNER,)),
    Room("office_staff", gettext_lazy("Who works here"), (rules.OWNER,)),
)


@office_page()
def home(request: HttpRequest) -> HttpResponse:
    """The pages that the person's roles open, and the way to the lists of records."""
    held = held_at(person(request), fair_of(request))
    rooms = [
        {"title": room.title, "address": fair_url(request, room.name)}
        for room in ROOMS
        if rules.may(held, room.roles, reading=True)
    ]
    edition = displayed_edition(request)
    setup = reverse("admin:editions_edition_change", args=[edition.pk]) if edition and rules.may(held, ()) else ""
    context = {"rooms": rooms, "setup": setup, "records": reverse("admin:index")}
    return private_page(request, "accounts/office.html", edition, context)
