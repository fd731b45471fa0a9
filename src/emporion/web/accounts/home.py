"""The first page of a fair's office: what the person may open there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, ngettext

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.queries import waiting
from emporion.domain.organisations.queries import open_claims
from emporion.domain.staff import rules
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import LIST_ROLES, Held, areas_of
from emporion.domain.visitors.queries import waiting_units, waiting_visitors
from emporion.web.accounts.preparation import preparations
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
    Room("office_applications", gettext_lazy("Applications"), (rules.REVIEWER,)),
    Room("office_units", gettext_lazy("Visiting units"), (rules.REGISTRATION,)),
    Room("office_visitors", gettext_lazy("Visitors"), (rules.REGISTRATION, rules.GATE)),
    Room(
        "office_organisation_doubles",
        gettext_lazy("Organisations that may be one"),
        (rules.REVIEWER, rules.REGISTRATION),
    ),
    Room(
        "office_lists", gettext_lazy("Lists from spreadsheets"), tuple({r for one in LIST_ROLES.values() for r in one})
    ),
    Room("office_delegations", gettext_lazy("Delegations"), (rules.REGISTRATION,)),
    Room("office_invitations", gettext_lazy("Invitations"), (rules.REGISTRATION,)),
    Room("office_claims", gettext_lazy("Claims of organisations"), (rules.REGISTRATION, rules.REVIEWER)),
    Room("office_doubles", gettext_lazy("Registrations that may be one person's"), (rules.REGISTRATION,)),
    Room("office_programme", gettext_lazy("Programme"), (rules.MEETINGS,)),
    Room("office_timetable", gettext_lazy("Timetable of meetings"), (rules.MEETINGS,)),
    Room("office_prices", gettext_lazy("Price list"), (rules.FINANCE,)),
    Room("office_rates", gettext_lazy("Reference rates"), (rules.FINANCE,)),
    Room("office_tasks", gettext_lazy("Background work"), rules.ROLES),
    Room("office_outbox", gettext_lazy("Messages"), (rules.OWNER,)),
    Room("office_next_edition", gettext_lazy("The next edition"), (rules.OWNER,)),
    Room("office_staff", gettext_lazy("Who works here"), (rules.OWNER,)),
)
# The lists of records that each role works with, of one edition.
LISTS = (
    Room("exhibitors_exhibitor", gettext_lazy("Exhibitors"), (rules.REVIEWER, rules.HALLS, rules.FINANCE)),
    Room("booths_stand", gettext_lazy("Stands"), (rules.HALLS, rules.REVIEWER)),
    Room("deals_deal", gettext_lazy("Deals"), (rules.FINANCE,)),
)


@office_page()
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person's decision, the pages and lists that their roles open, and the way to all records."""
    held = held_at(person(request), fair_of(request))
    edition = displayed_edition(request)
    rooms = [
        {"title": room.title, "address": fair_url(request, room.name)}
        for room in ROOMS
        if rules.may(held, room.roles, reading=True)
    ]
    context = {
        "waiting": _waiting(request, held, edition),
        "preparations": preparations(request, edition, timezone.now()) if edition and rules.may(held, ()) else [],
        "lists": _lists(held, edition),
        "rooms": rooms,
        "setup": reverse("admin:editions_edition_change", args=[edition.pk]) if edition and rules.may(held, ()) else "",
        "records": reverse("admin:index"),
    }
    return private_page(request, "accounts/office.html", edition, context)


def _waiting(request: HttpRequest, held: list[Held], edition: Edition | None) -> list[dict[str, str]]:
    """What waits for the decision of somebody with these roles: how much, and where it is decided."""
    found = []
    if edition and rules.may(held, (rules.REVIEWER,)):
        own = waiting(edition)
        if (areas := areas_of(held)) is not None:
            own = own.filter(area__code__in=areas)
        if count := own.count():
            text = ngettext("%(count)s application waits for review", "%(count)s applications wait for review", count)
            address = fair_url(request, "office_applications")
            found.append({"text": text % {"count": f"{count:,}"}, "address": address})
    if edition and rules.may(held, (rules.REGISTRATION,)):
        found += _waiting_registrations(request, edition)
    if rules.may(held, (rules.REGISTRATION, rules.REVIEWER)) and (count := open_claims(fair_of(request)).count()):
        text = ngettext("%(count)s claim waits for a decision", "%(count)s claims wait for a decision", count)
        found.append({"text": text % {"count": f"{count:,}"}, "address": fair_url(request, "office_claims")})
    return found


def _waiting_registrations(request: HttpRequest, edition: Edition) -> list[dict[str, str]]:
    """The visiting units and the visitors that wait for approval, each with its list."""
    units, visitors = waiting_units(edition).count(), waiting_visitors(edition).count()
    found = [
        (ngettext("%(count)s visiting unit waits for approval", "%(count)s visiting units wait for approval", units),
         "office_units", units),
        (ngettext("%(count)s visitor waits for approval", "%(count)s visitors wait for approval", visitors),
         "office_visitors", visitors),
    ]  # fmt: skip
    return [
        {"text": text % {"count": f"{count:,}"}, "address": fair_url(request, name)}
        for text, name, count in found
        if count
    ]


def _lists(held: list[Held], edition: Edition | None) -> list[dict[str, object]]:
    if edition is None:
        return []
    opened = [one for one in LISTS if rules.may(held, one.roles, reading=True)]
    return [{"title": one.title, "address": _address(one.name, edition)} for one in opened]


def _address(name: str, edition: Edition, **filters: str) -> str:
    """The list of an edition's records in the back office."""
    query = {**filters, "edition__id__exact": str(edition.pk)}
    return f"{reverse(f'admin:{name}_changelist')}?{urlencode(query)}"
