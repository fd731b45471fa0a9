"""What the desk's page of one record states: everything that was said, and what stands beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from emporion.domain.desk.queries import beside
from emporion.domain.editions.queries import sectors_of
from emporion.domain.exhibitors.models import Application
from emporion.domain.exhibitors.queries import attendance_of, papers_of, questions_of
from emporion.domain.journal.actions import subject_of
from emporion.domain.organisations.models import Organisation
from emporion.domain.visitors.models import VisitingUnit, Visitor
from emporion.domain.visitors.queries import questions_about
from emporion.web.exhibitors.forms import PAPERS, other_facts
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.states import APPLICATION, OWNERSHIPS, PURCHASES, REGISTRATION, REGISTRATION_OF_UNIT, STANDS
from emporion.web.shell.templatetags.fair import figure, moment, words

Facts = list[tuple[Any, Any]]
MOST_PEOPLE = 50


def of_application(request: HttpRequest, one: Application) -> dict[str, Any]:
    """An application: what it asks, its organisation, co-exhibitors, likely twins, earlier editions."""
    contract = beside.contract_of(one)
    co = beside.co_applications(one)
    return {
        "name": words(one.organisation), "state": APPLICATION[one.state],
        "parts": [(_("Application"), _asked(one)), (_("Organisation"), organisation(one.organisation))],
        "questions": questions_of(one), "papers": papers_of(one.organisation, one.edition), "kinds": PAPERS,
        "attended": [held for held in attendance_of(one.organisation, one.edition) if held.came],
        "acting": beside.people_acting(one.organisation), "contract": contract,
        "groups": groups(
            (_("Co-exhibitors on this application"),
             [link(request, "office_applications_one", other, APPLICATION[other.state]) for other in co]),
        ),
        "twins": [(pair.first, pair.second) for pair in beside.alike_organisations(one.organisation)],
        "twins_at": fair_url(request, "office_organisation_doubles"),
        "subjects": [subject_of(one), *([subject_of(contract)] if contract else []), subject_of(one.organisation)],
    }  # fmt: skip


def of_unit(request: HttpRequest, one: VisitingUnit) -> dict[str, Any]:
    """A visiting unit with its people."""
    people = beside.people_in(one)[:MOST_PEOPLE]
    facts: Facts = [
        (_("Trading group"), words(one.delegation)), (_("Yearly imports"), PURCHASES[one.purchasing_size]),
        (_("Registered"), moment(one.registered)), (_("Decided"), moment(one.decided) if one.decided else ""),
        (_("Reason"), one.reason),
    ]  # fmt: skip
    return {
        "name": words(one.organisation), "state": REGISTRATION_OF_UNIT[one.state],
        "parts": [(_("Visiting unit"), stated(facts)), (_("Organisation"), organisation(one.organisation))],
        "questions": questions_about(one),
        "acting": beside.people_acting(one.organisation),
        "groups": groups(
            (_("People of this unit"),
             [link(request, "office_visitors_one", person, REGISTRATION[person.state]) for person in people]),
        ),
        "twins": [(pair.first, pair.second) for pair in beside.alike_organisations(one.organisation)],
        "twins_at": fair_url(request, "office_organisation_doubles"), "subjects": [subject_of(one)],
    }  # fmt: skip


def of_visitor(request: HttpRequest, one: Visitor) -> dict[str, Any]:
    """A registration: the person, their unit, registrations alike."""
    sectors = {sector.number: words(sector) for sector in sectors_of(one.edition.fair)}
    facts: Facts = [
        (_("Number"), one.number), (_("Country or region"), words(one.country)), (_("Position"), one.position),
        (_("E-mail address"), one.email), (_("Telephone"), one.phone), (_("Identity document"), one.document),
        (_("Sectors of interest"), ", ".join(sectors.get(number, str(number)) for number in one.sectors)),
        (_("HS headings"), ", ".join(one.hs_headings)), (_("Registered"), moment(one.registered)),
        (_("Decided"), moment(one.decided) if one.decided else ""), (_("Reason"), one.reason),
        (_("Has an account"), _("yes") if one.user_id else _("no")),
    ]  # fmt: skip
    unit = [link(request, "office_units_one", one.unit, REGISTRATION_OF_UNIT[one.unit.state])] if one.unit else []
    return {
        "name": words(one), "state": REGISTRATION[one.state], "parts": [(_("Registration"), stated(facts))],
        "questions": questions_about(one),
        "groups": groups((_("Visiting unit"), unit)),
        "twins": [(pair.first, pair.second) for pair in beside.alike_visitors(one)],
        "twins_at": fair_url(request, "office_doubles"), "subjects": [subject_of(one)],
    }  # fmt: skip


def _asked(one: Application) -> Facts:
    facts: Facts = [
        (_("Exhibition area"), words(one.area)), (_("Country or region"), words(one.origin)),
        (_("Main exhibitor"), words(one.main.organisation) if one.main else ""),
        (_("Stand"), "" if one.main else f"{STANDS[one.stand]}, {figure(one.area_m2)} m²"),
        (_("Free booth"), _("asked for") if one.requests_free_booth else ""),
        (_("Pavilion"), words(one.pavilion)), *other_facts(one),
        (_("Buyers wanted"), one.buyers_wanted),
        (_("Who import at least"), PURCHASES[one.least_purchases] if one.least_purchases else ""),
        (_("Answer to"), one.contact_email),
        (_("Handed in"), moment(one.submitted) if one.submitted else ""),
        (_("Decided"), moment(one.reviewed) if one.reviewed else ""), (_("Decided by"), words(one.reviewer)),
        (_("Reason"), one.reason),
    ]  # fmt: skip
    return stated(facts)


def organisation(one: Organisation) -> Facts:
    """What is stated of an organisation."""
    return stated([
        (_("Name"), one.name), (_("Chinese name"), one.name_zh), (_("Country or region"), words(one.country)),
        (_("Registered number"), one.registered_number), (_("Ownership"), OWNERSHIPS.get(one.ownership, "")),
        (_("Website"), one.website), (_("About"), one.about_en), (_("About, in Chinese"), one.about_zh),
    ])  # fmt: skip


def stated(facts: Facts) -> Facts:
    """Without what is not stated."""
    return [(label, value) for label, value in facts if value not in ("", None)]


def link(request: HttpRequest, name: str, record: Any, state: Any = None, called: str = "") -> dict[str, Any]:
    """A record that stands beside another, with its page and its state."""
    title = called or words(getattr(record, "organisation", record))
    return {"name": title, "to": name, "address": fair_url(request, name, record.pk), "state": state}


def groups(*found: tuple[str, list[dict[str, Any]]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Records beside this one by what they are; kinds of which there are none are left out."""
    return [(title, links) for title, links in found if links]
