"""The first page of a fair's office: what waits, how the fair fills, what comes next, what the person may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import phase_words
from emporion.domain.reason import Phrase
from emporion.domain.staff import rules
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import LIST_ROLES, Held
from emporion.web.desk import waiting as _own_sources  # noqa: F401 – it tells what waits in the rooms of the desk
from emporion.web.desk.charts import pictures_of
from emporion.web.desk.preparation import preparations
from emporion.web.shell.access import displayed_edition, fair_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import private_page
from emporion.web.shell.staff import office_page
from emporion.web.shell.waiting import Asked, Waiting, sources

NEXT_DATES = 5


@dataclass(frozen=True)
class Room:
    """A page of the office: the name of its address, what it is called, and the roles that open it."""

    name: str
    title: Promise
    roles: tuple[str, ...]


ROOMS = (
    Room("office_applications", gettext_lazy("Applications"), (rules.REVIEWER,)),
    Room("office_exhibitors", gettext_lazy("Exhibitors"), (rules.REVIEWER, rules.HALLS, rules.FINANCE)),
    Room("office_products", gettext_lazy("Products and debuts"), (rules.REVIEWER,)),
    Room("office_areas", gettext_lazy("Exhibition areas"), (rules.HALLS, rules.REVIEWER)),
    Room("office_halls", gettext_lazy("Halls"), (rules.HALLS,)),
    Room("office_stands", gettext_lazy("Stands"), (rules.HALLS, rules.REVIEWER)),
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
    Room("office_programme", gettext_lazy("Clashes and cancellations"), (rules.MEETINGS,)),
    Room("office_sessions", gettext_lazy("Sessions of the programme"), (rules.MEETINGS,)),
    Room("office_meetings", gettext_lazy("Meetings"), (rules.MEETINGS,)),
    Room("office_deals", gettext_lazy("Deals"), (rules.FINANCE,)),
    Room("office_runs", gettext_lazy("Runs: allocation, suggestions, timetable"), (rules.HALLS, rules.MEETINGS)),
    Room("office_timetable", gettext_lazy("Timetable of meetings"), (rules.MEETINGS,)),
    Room("office_late", gettext_lazy("Late exhibitors"), (rules.REVIEWER, rules.HALLS)),
    Room("office_sale", gettext_lazy("Sale of stands"), (rules.HALLS,)),
    Room("office_plans", gettext_lazy("Plans of halls"), (rules.HALLS,)),
    Room("office_designs", gettext_lazy("Stand designs"), (rules.HALLS,)),
    Room("office_passes", gettext_lazy("Exhibitors' passes"), (rules.HALLS, rules.GATE)),
    Room("office_contracts", gettext_lazy("Contracts"), (rules.FINANCE, rules.REVIEWER)),
    Room("office_invoices", gettext_lazy("Invoices"), (rules.FINANCE,)),
    Room("office_payments", gettext_lazy("Payments"), (rules.FINANCE,)),
    Room("office_terms", gettext_lazy("Your address, account and terms"), (rules.FINANCE,)),
    Room("office_services", gettext_lazy("Services and equipment"), (rules.HALLS, rules.FINANCE)),
    Room("office_prices", gettext_lazy("Price list"), (rules.FINANCE,)),
    Room("office_rates", gettext_lazy("Reference rates"), (rules.FINANCE,)),
    Room("office_tasks", gettext_lazy("Background work"), rules.ROLES),
    Room("office_outbox", gettext_lazy("Messages sent and waiting"), (rules.OWNER,)),
    Room("office_group_messages", gettext_lazy("Messages to groups"), (rules.REVIEWER, rules.REGISTRATION)),
    Room("office_message_texts", gettext_lazy("Automatic messages"), (rules.OWNER,)),
    Room("office_dates", gettext_lazy("Dates of the edition"), rules.ROLES),
    Room("office_next_edition", gettext_lazy("The next edition"), (rules.OWNER,)),
    Room("office_staff", gettext_lazy("Who works here"), (rules.OWNER,)),
)

# What belongs together on the page; a room that stands in no group comes in the last one.
GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Exhibitors"),
        (
            "office_applications", "office_exhibitors", "office_products", "office_late", "office_passes",
            "office_invitations", "office_claims", "office_organisation_doubles",
        ),
    ),
    (
        gettext_lazy("Halls and stands"),
        (
            "office_areas", "office_halls", "office_plans", "office_sale", "office_stands", "office_runs",
            "office_designs", "office_services",
        ),
    ),
    (
        gettext_lazy("Visitors"),
        ("office_visitors", "office_units", "office_delegations", "office_doubles"),
    ),
    (
        gettext_lazy("Programme and meetings"),
        ("office_sessions", "office_programme", "office_meetings", "office_timetable", "office_deals"),
    ),
    (
        gettext_lazy("Money"),
        (
            "office_prices", "office_terms", "office_contracts", "office_invoices", "office_payments", "office_rates",
        ),
    ),
    (
        gettext_lazy("Lists and messages"),
        ("office_lists", "office_group_messages", "office_message_texts", "office_outbox", "office_tasks"),
    ),
    (gettext_lazy("The edition"), ("office_dates", "office_staff", "office_next_edition")),
)  # fmt: skip


@office_page()
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person's decision, how the fair fills, what comes next, and the pages their roles open."""
    held = held_at(person(request), fair_of(request))
    edition, now = displayed_edition(request), timezone.now()
    owns = edition is not None and rules.may(held, ())
    context = {
        "waiting": waiting_for(Asked(request, edition, held, now)) if edition else [],
        "preparations": preparations(request, edition, now) if edition and owns else [],
        "pictures": pictures_of(edition, held, now) if edition else [],
        "dates": _next_dates(edition, now) if edition else [],
        "groups": _groups(request, held), "records": reverse("admin:index"),
        "setup": reverse("admin:editions_edition_change", args=[edition.pk]) if edition and owns else "",
    }  # fmt: skip
    return private_page(request, "desk/home.html", edition, context)


def waiting_for(asked: Asked) -> list[Waiting]:
    """What waits for somebody in these roles, what is urgent first."""
    found = [
        one
        for roles, source in sources()
        if rules.may(asked.held, roles, reading=True)
        for one in source(asked)
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one.urgent)


def _groups(request: HttpRequest, held: list[Held]) -> list[tuple[Promise, list[dict[str, object]]]]:
    """The pages that these roles open, by group; groups without any are left out."""
    opened = {room.name: room for room in ROOMS if rules.may(held, room.roles, reading=True)}
    grouped = {name for _, names in GROUPS for name in names}
    last = len(GROUPS) - 1
    found = []
    for place, (title, names) in enumerate(GROUPS):
        rest = [name for name in opened if name not in grouped] if place == last else []
        rooms = [opened[name] for name in (*names, *rest) if name in opened]
        if rooms:
            found.append((title, [{"title": one.title, "address": fair_url(request, one.name)} for one in rooms]))
    return found


def _next_dates(edition: Edition, now: datetime) -> list[tuple[datetime, Phrase, bool]]:
    """The next openings and closings of the edition's phases: when, which phase, and whether it opens."""
    turns = [
        (moment, phase_words(phase.kind), opens)
        for phase in edition.phases.all()
        for moment, opens in ((phase.opens, True), (phase.closes, False))
        if moment > now
    ]
    return sorted(turns, key=lambda turn: turn[0])[:NEXT_DATES]
