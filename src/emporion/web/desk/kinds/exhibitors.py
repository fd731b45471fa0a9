"""Exhibitors at the desk: what is public of them, their stand, their co-exhibitors, their contract."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.billing.actions import cancel_contract
from emporion.domain.booths.actions import grant_free_booth, release_stand
from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.desk.actions import put_exhibitor, set_public_data
from emporion.domain.desk.queries import beside
from emporion.domain.desk.queries.exhibition import EXHIBITORS
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.exhibitors.queries import attendance_of
from emporion.domain.journal.actions import subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.staff.rules import FINANCE, HALLS, REVIEWER
from emporion.web.desk import facts, filters
from emporion.web.desk.filters import Column, Filter, fixed
from emporion.web.desk.kinds.kind import Decision, Editor, Kind
from emporion.web.desk.shown import Shown
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.forms import NamedChoice, offer_sectors
from emporion.web.shell.states import State
from emporion.web.shell.templatetags.fair import figure, short_date, words

MOST_PRODUCTS = 50
PLACES = {
    "placed": State(gettext_lazy("Has a stand"), "good", "circle-check"),
    "unplaced": State(gettext_lazy("No stand yet"), "wait", "clock"),
}


def _pavilions(edition: Edition) -> filters.Choices:
    return ((one.code, words(one)) for one in edition.pavilions.order_by("code"))


SHOWS = Filter(
    "shows", gettext_lazy("Which exhibitors"),
    fixed({
        "main": gettext_lazy("Main exhibitors"), "co": gettext_lazy("Co-exhibitors"),
        "free": gettext_lazy("With a free booth"), "asked": gettext_lazy("Free booth asked for, not granted"),
        "nothing": gettext_lazy("Without a product"), "silent": gettext_lazy("Without a description"),
    }),
)  # fmt: skip
SHOWN = Shown(
    EXHIBITORS, gettext_lazy("Exhibitors"), gettext_lazy("Organisation or contract number"), PLACES, "",
    (filters.AREA, filters.COUNTRY, Filter("pavilion", gettext_lazy("Pavilion"), _pavilions), SHOWS),
    (
        Column(gettext_lazy("Organisation"), lambda one: words(one.organisation)),
        Column(gettext_lazy("Number"), lambda one: filters.number(one.number)),
        Column(gettext_lazy("Country or region"), lambda one: words(one.origin)),
        Column(gettext_lazy("Exhibition area"), lambda one: words(one.area)),
        Column(gettext_lazy("Stand"), lambda one: filters.number(_stand(one))),
        Column(gettext_lazy("With"), lambda one: words(one.main.organisation) if one.main else ""),
    ),
    {}, (REVIEWER, HALLS, FINANCE),
)  # fmt: skip
DECISIONS = {
    "put": Decision(
        gettext_lazy("Put on a stand"), gettext_lazy("The exhibitor is on the stand."), ("unplaced",),
        lambda one, number, context: put_exhibitor(one.edition, one.number, number, context=context), asks="stand",
        roles=(HALLS,),
    ),
    "release": Decision(
        gettext_lazy("Take off the stand"), gettext_lazy("The exhibitor is off its stand."), ("placed",),
        lambda one, _text, context: release_stand(one, context=context), roles=(HALLS,),
    ),
    "free": Decision(
        gettext_lazy("Grant a free booth"), gettext_lazy("The free booth is granted."), tuple(PLACES),
        lambda one, _text, context: grant_free_booth(one, day=local_day(one.edition, context.at), context=context),
        roles=(REVIEWER, HALLS),
        when=lambda one: one.main_id is None and one.application.requests_free_booth and not hasattr(one, "free_booth"),
    ),
    "cancel": Decision(
        gettext_lazy("Cancel the contract"),
        gettext_lazy("The contract is cancelled; the exhibitor is told why, and so is who was to meet it."),
        tuple(PLACES),
        lambda one, reason, context: cancel_contract(one.application, reason=reason, context=context),
        asks="cancellation", roles=(REVIEWER, FINANCE), when=lambda one: one.main_id is None, leaves=True,
    ),
}  # fmt: skip


class PublicDataForm(forms.Form):
    """What visitors read of an exhibitor."""

    name = forms.CharField(label=gettext_lazy("Name, as registered"), max_length=200)
    name_zh = forms.CharField(label=gettext_lazy("Name in Chinese"), max_length=200, required=False)
    sector = NamedChoice(
        label=gettext_lazy("Sector"), queryset=None, required=False, empty_label=gettext_lazy("Not stated")
    )
    website = forms.URLField(label=gettext_lazy("Website"), required=False, max_length=200, assume_scheme="https")
    about_en = forms.CharField(
        label=gettext_lazy("About it, in English"), max_length=4_000, required=False,
        widget=forms.Textarea({"rows": 6}),
    )  # fmt: skip
    about_zh = forms.CharField(
        label=gettext_lazy("About it, in Chinese"), max_length=4_000, required=False,
        widget=forms.Textarea({"rows": 6}),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_sectors(self, "sector", edition.fair)
        if not edition.fair.speaks_chinese:
            del self.fields["name_zh"], self.fields["about_zh"]


def _form(edition: Edition, one: Exhibitor, data: Any) -> forms.Form:
    return PublicDataForm(data, edition=edition, initial=_first(one))


def _first(one: Exhibitor) -> dict[str, Any]:
    own = one.organisation
    stated = {name: getattr(own, name) for name in ("name", "name_zh", "website", "about_en", "about_zh")}
    return {**stated, "sector": one.sector}


def _save(_edition: Edition, one: Exhibitor, form: forms.Form, context: ActionContext) -> object:
    return set_public_data(one, {**_first(one), **form.cleaned_data}, context=context)


def of_exhibitor(request: HttpRequest, one: Exhibitor) -> dict[str, Any]:
    """An exhibitor: its contract, its stand, its co-exhibitors, its products."""
    occupancy = getattr(one, "occupancy", None)
    stand = [facts.link(request, "office_stands_one", each, called=each.number) for each in _stands(occupancy)]
    co = beside.co_exhibitors(one)
    main = [facts.link(request, "office_exhibitors_one", one.main)] if one.main else []
    products = beside.products_of(one)[:MOST_PRODUCTS]
    return {
        "name": words(one.organisation), "state": PLACES[one.state],  # type: ignore[attr-defined]
        "parts": [(_("Exhibitor"), _facts(one)), (_("Organisation"), facts.organisation(one.organisation))],
        "groups": facts.groups(
            (_("Stand"), stand), (_("Main exhibitor"), main),
            (_("Co-exhibitors"), [facts.link(request, "office_exhibitors_one", other) for other in co]),
            (_("Products"), [facts.link(request, "office_products_one", other) for other in products]),
        ),
        "attended": [held for held in attendance_of(one.organisation, one.edition) if held.came],
        "acting": beside.people_acting(one.organisation),
        "links": [
            (_("Its page as visitors see it"), fair_url(request, "exhibitor", one.number)),
            (_("Application"), fair_url(request, "office_applications_one", one.application_id), (REVIEWER,)),
            (_("Contract and invoices"), fair_url(request, "office_contract", one.application_id), (FINANCE, REVIEWER)),
        ],
        "twins": [(pair.first, pair.second) for pair in beside.alike_organisations(one.organisation)],
        "twins_at": fair_url(request, "office_organisation_doubles"),
        "subjects": [
            subject_of(one), subject_of(one.application), subject_of(one.organisation),
            *(subject_of(each) for each in _stands(occupancy)),
        ],
    }  # fmt: skip


def _facts(one: Exhibitor) -> facts.Facts:
    grant = getattr(one, "free_booth", None)
    return facts.stated([
        (_("Contract number"), one.number), (_("Signed on"), short_date(one.signed)),
        (_("Exhibition area"), words(one.area)), (_("Sector"), words(one.sector)),
        (_("Country or region"), words(one.origin)), (_("Pavilion"), words(one.pavilion)),
        (_("Stand"), f"{_stand(one)} {_share(one)}".strip()),
        (_("Free booth"), short_date(grant.granted) if grant else ""),
        (_("Answer to"), one.application.contact_email),
    ])  # fmt: skip


def _stand(one: Exhibitor) -> str:
    occupancy = getattr(one, "occupancy", None)
    return occupancy.stand.number if occupancy else ""


def _stands(occupancy: Occupancy | None) -> list[Stand]:
    return [occupancy.stand] if occupancy else []


def _share(one: Exhibitor) -> str:
    occupancy = getattr(one, "occupancy", None)
    return f"({figure(occupancy.area_m2)} m²)" if occupancy and occupancy.area_m2 else ""


KIND = Kind(
    SHOWN, of_exhibitor, DECISIONS,
    Editor(_form, _save, (REVIEWER,), {
        "name_of_another": "name", "organisation_without_name": "name", "name_too_long": "name",
    }, gettext_lazy("Visitors read this on the exhibitor's page. Lists that use the old name still find it.")),
)  # fmt: skip
