"""The ledger of deals at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.deals.actions import withdraw_deal
from emporion.domain.deals.models import Deal
from emporion.domain.deals.queries import in_edition_currency
from emporion.domain.desk.queries import beside
from emporion.domain.desk.queries.choices import currencies_of_deals
from emporion.domain.desk.queries.show import DEALS
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import subject_of
from emporion.domain.refusal import Refusal
from emporion.domain.staff.rules import FINANCE
from emporion.web.desk import facts, filters
from emporion.web.desk.filters import Column, Filter, fixed
from emporion.web.desk.kinds.kind import Decision, Kind
from emporion.web.desk.shown import Shown
from emporion.web.shell.refusals import sentence
from emporion.web.shell.states import DEAL, DEAL_KINDS, State
from emporion.web.shell.templatetags.fair import figure, moment, short_date, words

STATES = {
    "counted": DEAL["counted"],
    "buyer": State(gettext_lazy("Awaits the buyer"), "wait", "clock"),
    "exhibitor": State(gettext_lazy("Awaits the exhibitor"), "wait", "clock"),
    "both": State(gettext_lazy("Awaits both sides"), "wait", "circle-alert"),
    "withdrawn": DEAL["withdrawn"],
}


def _currencies(edition: Edition) -> filters.Choices:
    return ((code, code) for code in currencies_of_deals(edition))


EVIDENCE = Filter(
    "evidence", gettext_lazy("Papers"), fixed({"yes": gettext_lazy("With papers"), "no": gettext_lazy("Without")})
)
SHOWN = Shown(
    DEALS, gettext_lazy("Deals"), gettext_lazy("Number, exhibitor or buyer"), STATES, "",
    (
        Filter("kind", gettext_lazy("Kind"), fixed(DEAL_KINDS)),
        Filter("currency", gettext_lazy("Currency"), _currencies),
        Filter("country", gettext_lazy("Country of origin"), filters.country_choices), EVIDENCE,
    ),
    (
        Column(gettext_lazy("Number"), lambda one: filters.number(one.number)),
        Column(gettext_lazy("Exhibitor"), lambda one: words(one.exhibitor.organisation)),
        Column(gettext_lazy("Buyer"), lambda one: words(one.buyer.organisation)),
        Column(gettext_lazy("Amount a year"), lambda one: _amount(one), number=True),
        Column(gettext_lazy("Signed on"), lambda one: short_date(one.signed)),
    ),
    {}, (FINANCE,),
)  # fmt: skip
DECISIONS = {
    "withdraw": Decision(
        gettext_lazy("Withdraw the deal"), gettext_lazy("Withdrawn. It stays on record but no longer counts."),
        tuple(state for state in STATES if state != "withdrawn"),
        lambda one, reason, context: withdraw_deal(one, context=context, reason=reason), asks="withdrawal",
    ),
}  # fmt: skip


def of_deal(request: HttpRequest, one: Deal) -> dict[str, Any]:
    """A deal with both sides, who has confirmed it, and its papers."""
    stated = [
        (_("Kind"), DEAL_KINDS[one.kind]), (_("Subject"), one.subject), (_("Amount a year"), _amount(one)),
        (_("In the currency of the edition"), _converted(one)), (_("Signed on"), short_date(one.signed)),
        (_("Country of origin"), words(one.origin)),
        (_("Confirmed by the exhibitor"), moment(one.exhibitor_confirmed) if one.exhibitor_confirmed else _("no")),
        (_("Confirmed by the buyer"), moment(one.buyer_confirmed) if one.buyer_confirmed else _("no")),
        (_("Withdrawn"), moment(one.withdrawn) if one.withdrawn else ""),
    ]  # fmt: skip
    papers = [(paper.name, moment(paper.added)) for paper in beside.evidence_of(one)]
    return {
        "name": _("Deal %(number)s") % {"number": one.number}, "state": STATES[one.state],  # type: ignore[attr-defined]
        "parts": [(_("Deal"), facts.stated(stated)), *([(_("Papers"), papers)] if papers else [])],
        "groups": facts.groups(
            (_("Exhibitor"), [facts.link(request, "office_exhibitors_one", one.exhibitor)]),
            (_("Buyer"), [facts.link(request, "office_units_one", one.buyer)]),
        ),
        "subjects": [subject_of(one)],
    }  # fmt: skip


def _amount(one: Deal) -> str:
    return f"{figure(one.amount)} {one.currency_id}"


def _converted(one: Deal) -> str:
    found = in_edition_currency([one]).get(one.pk)
    if found is None:
        return ""
    return sentence(found) if isinstance(found, Refusal) else f"{figure(found.amount)} {one.edition.currency_id}"


KIND = Kind(SHOWN, of_deal, DECISIONS)
