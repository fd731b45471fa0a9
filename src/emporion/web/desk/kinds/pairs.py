"""Pairs of records that may be one, at the desk: merged or kept apart, one by one or many at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from emporion.domain.desk.queries import pairs
from emporion.domain.journal.actions import subject_of
from emporion.domain.organisations.actions import decide_duplicate
from emporion.domain.organisations.models import LikelyDuplicate
from emporion.domain.staff.rules import REGISTRATION, REVIEWER
from emporion.domain.visitors.actions import keep_visitors_apart, merge_visitors
from emporion.domain.visitors.models import LikelyVisitorDuplicate, Visitor
from emporion.web.desk import facts, filters
from emporion.web.desk.acts import BulkAction
from emporion.web.desk.filters import Column, Filter, fixed
from emporion.web.desk.kinds.kind import Decision, Kind
from emporion.web.desk.shown import Link, Shown
from emporion.web.shell.states import State
from emporion.web.shell.templatetags.fair import moment, words
from emporion.web.visitors.doubles import REASONS

STATES = {
    "open": State(gettext_lazy("To be decided"), "wait", "clock"),
    "different": State(gettext_lazy("Kept apart"), "done", "circle-check"),
}
Choice = LikelyDuplicate.Decision


def _merges(count: int) -> str:
    return ngettext("Merge %(count)d pair", "Merge %(count)d pairs", count)


def _keeps(count: int) -> str:
    return ngettext("Keep %(count)d pair apart", "Keep %(count)d pairs apart", count)


ORGANISATIONS = Shown(
    pairs.ORGANISATIONS, gettext_lazy("Organisations that may be one, many at once"), gettext_lazy("Organisation"),
    STATES, "open", (filters.COUNTRY,),
    (
        Column(gettext_lazy("First"), lambda one: words(one.first)),
        Column(gettext_lazy("Second"), lambda one: words(one.second)),
        Column(gettext_lazy("Country or region"), lambda one: words(one.first.country)),
        Column(gettext_lazy("Registered numbers"), lambda one: _numbers(one)),
    ),
    {
        "same": BulkAction(
            "organisation_pairs_merge", gettext_lazy("Merge"), _merges, pairs.merging_of_organisations, key="a",
            sends_message=False, final=True,
        ),
        "different": BulkAction(
            "organisation_pairs_apart", gettext_lazy("Keep apart"), _keeps, pairs.keeping_apart, key="r",
            sends_message=False,
        ),
    },
    (REVIEWER, REGISTRATION),
    beside=(Link(gettext_lazy("One by one"), "office_organisation_doubles"),),
)  # fmt: skip
VISITORS = Shown(
    pairs.VISITORS, gettext_lazy("Registrations that may be one person's, many at once"),
    gettext_lazy("Name or number"), STATES, "open",
    (Filter("alike", gettext_lazy("What is alike"), fixed(REASONS)), filters.COUNTRY),
    (
        Column(gettext_lazy("First"), lambda one: _person(one.first)),
        Column(gettext_lazy("Second"), lambda one: _person(one.second)),
        Column(gettext_lazy("What is alike"), lambda one: str(REASONS[one.reason])),
        Column(gettext_lazy("Visiting unit"), lambda one: _units(one)),
    ),
    {
        "merge": BulkAction(
            "visitor_pairs_merge", gettext_lazy("Merge"), _merges, pairs.merging_of_visitors, key="a",
            sends_message=False, final=True,
        ),
        "apart": BulkAction(
            "visitor_pairs_apart", gettext_lazy("Keep apart"), _keeps, pairs.keeping_apart, key="r",
            sends_message=False,
        ),
    },
    (REGISTRATION,),
    beside=(Link(gettext_lazy("One by one"), "office_doubles"),),
)  # fmt: skip
OF_ORGANISATIONS = {
    "same": Decision(
        gettext_lazy("Merge them"), gettext_lazy("The organisations are one now."), ("open",),
        lambda one, _text, context: decide_duplicate(one, decision=Choice.SAME, context=context), leaves=True,
    ),
    "different": Decision(
        gettext_lazy("Keep them apart"), gettext_lazy("They stay two organisations."), ("open",),
        lambda one, _text, context: decide_duplicate(one, decision=Choice.DIFFERENT, context=context),
    ),
}  # fmt: skip
OF_VISITORS = {
    "merge": Decision(
        gettext_lazy("Merge them"), gettext_lazy("The registrations are one now."), tuple(STATES),
        lambda one, _text, context: merge_visitors(one, context=context), leaves=True,
    ),
    "apart": Decision(
        gettext_lazy("Keep them apart"), gettext_lazy("They stay two people."), ("open",),
        lambda one, _text, context: keep_visitors_apart(one, context=context),
    ),
}  # fmt: skip


def of_organisations(_request: HttpRequest, one: LikelyDuplicate) -> dict[str, Any]:
    """Two organisations beside each other."""
    return {
        "name": f"{words(one.first)} · {words(one.second)}", "state": STATES[one.decision],
        "parts": [(words(side), facts.organisation(side)) for side in (one.first, one.second)],
        "groups": [], "subjects": [subject_of(one.first), subject_of(one.second)],
    }  # fmt: skip


def of_visitors(request: HttpRequest, one: LikelyVisitorDuplicate) -> dict[str, Any]:
    """Two registrations beside each other."""
    both = (one.first, one.second)
    return {
        "name": f"{words(one.first)} · {words(one.second)}", "state": STATES[one.decision],
        "parts": [(_person(side), _registration(side)) for side in both],
        "groups": facts.groups((_("Registrations"), [
            facts.link(request, "office_visitors_one", side, called=side.number) for side in both
        ])),
        "subjects": [subject_of(side) for side in both],
    }  # fmt: skip


def _registration(one: Visitor) -> facts.Facts:
    return facts.stated([
        (_("Number"), one.number), (_("Country or region"), words(one.country)),
        (_("Visiting unit"), words(one.unit.organisation) if one.unit else ""), (_("Position"), one.position),
        (_("E-mail address"), one.email), (_("Telephone"), one.phone), (_("Registered"), moment(one.registered)),
        (_("Has an account"), _("yes") if one.user_id else _("no")),
    ])  # fmt: skip


def _person(one: Visitor) -> str:
    return f"{words(one)}, {one.number}"


def _numbers(one: LikelyDuplicate) -> str:
    return " · ".join(side.registered_number or "–" for side in (one.first, one.second))


def _units(one: LikelyVisitorDuplicate) -> str:
    named = {words(side.unit.organisation) for side in (one.first, one.second) if side.unit}
    return ", ".join(sorted(named))


KINDS = (Kind(ORGANISATIONS, of_organisations, OF_ORGANISATIONS), Kind(VISITORS, of_visitors, OF_VISITORS))
