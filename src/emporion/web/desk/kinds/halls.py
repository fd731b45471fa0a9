"""Halls at the desk: their code, their area, which exhibition areas they serve. Their plan is drawn elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.desk.actions import HallFacts, add_hall, change_hall, remove_hall
from emporion.domain.desk.queries.exhibition import HALLS as QUEUE
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.editions.rules import MODULE_M, MOST_MODULES
from emporion.domain.journal.actions import subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.staff.rules import HALLS
from emporion.web.desk import facts
from emporion.web.desk.filters import Column
from emporion.web.desk.kinds.kind import Decision, Editor, Kind
from emporion.web.desk.shown import Link, Shown
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.forms import NamedChoices
from emporion.web.shell.states import State
from emporion.web.shell.templatetags.fair import figure, words

# How far a hall may lie from the corner of the site, in metres.
FARTHEST_M = 100_000
PLACES = {
    "indoor": State(gettext_lazy("Indoors"), "good", "house"),
    "outdoor": State(gettext_lazy("Outdoors"), "done", "sun"),
}
SHOWN = Shown(
    QUEUE, gettext_lazy("Halls"), gettext_lazy("Code"), PLACES, "", (),
    (
        Column(gettext_lazy("Hall"), lambda one: one.code),
        Column(gettext_lazy("Exhibition areas"), lambda one: ", ".join(words(area) for area in one.areas.all())),
        Column(gettext_lazy("Gross area, m²"), lambda one: figure(one.gross_area_m2), number=True),
        Column(gettext_lazy("Floor, m"), lambda one: _floor(one), number=True),
        Column(gettext_lazy("Stands"), lambda one: figure(one.stand_count), number=True),
    ),
    {}, (HALLS,), heading=gettext_lazy("Where"), adds=gettext_lazy("Add a hall"),
    beside=(Link(gettext_lazy("Plans of the halls"), "halls"),),
)  # fmt: skip
DECISIONS = {
    "remove": Decision(
        gettext_lazy("Remove the hall"), gettext_lazy("The hall is removed."), tuple(PLACES),
        lambda one, _text, context: remove_hall(one, context=context), when=lambda one: not one.stand_count,
        leaves=True,
    ),
}  # fmt: skip


class HallForm(forms.Form):
    """A hall."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=10, help_text=gettext_lazy("As in 4.1 or NH."))
    width_m = forms.IntegerField(
        label=gettext_lazy("Width, m"), min_value=MODULE_M, max_value=MODULE_M * MOST_MODULES, step_size=MODULE_M,
        help_text=gettext_lazy("In steps of 3 m, from west to east."),
    )  # fmt: skip
    depth_m = forms.IntegerField(
        label=gettext_lazy("Depth, m"), min_value=MODULE_M, max_value=MODULE_M * MOST_MODULES, step_size=MODULE_M,
        help_text=gettext_lazy("In steps of 3 m, from north to south."),
    )  # fmt: skip
    gross_area_m2 = forms.IntegerField(
        label=gettext_lazy("Gross area, m²"), min_value=1, max_value=10**7,
        help_text=gettext_lazy("As contracted with the venue, aisles included."),
    )  # fmt: skip
    indoor = forms.BooleanField(label=gettext_lazy("Indoors"), required=False, initial=True)
    level = forms.IntegerField(
        label=gettext_lazy("Floor of the building"), min_value=-9, max_value=99, initial=0, required=False,
        help_text=gettext_lazy("0 is the ground floor."),
    )  # fmt: skip
    site_x = forms.FloatField(
        label=gettext_lazy("Place on the site: metres to the east"), required=False, min_value=-FARTHEST_M,
        max_value=FARTHEST_M,
        help_text=gettext_lazy("Of the hall's north-west corner. With it, ways from hall to hall are measured."),
    )  # fmt: skip
    site_y = forms.FloatField(
        label=gettext_lazy("Place on the site: metres to the south"), required=False, min_value=-FARTHEST_M,
        max_value=FARTHEST_M,
    )  # fmt: skip
    site_turn = forms.FloatField(
        label=gettext_lazy("Turned clockwise, in degrees"), required=False, min_value=-360, max_value=360, initial=0,
    )  # fmt: skip
    areas = NamedChoices(
        label=gettext_lazy("Exhibition areas it serves"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = self.fields["areas"]
        assert isinstance(areas, NamedChoices)
        areas.queryset = edition.areas.order_by("number")


def _form(edition: Edition, one: Hall | None, data: Any) -> forms.Form:
    return HallForm(data, edition=edition, initial=_first(one) if one else {})


def _first(one: Hall) -> dict[str, Any]:
    return {
        "code": one.code, "width_m": one.width_modules * MODULE_M, "depth_m": one.depth_modules * MODULE_M,
        "gross_area_m2": one.gross_area_m2, "indoor": one.indoor, "areas": one.areas.all(), "level": one.level,
        "site_x": one.site_x, "site_y": one.site_y, "site_turn": one.site_turn,
    }  # fmt: skip


def _save(edition: Edition, one: Hall | None, form: forms.Form, context: ActionContext) -> object:
    found = form.cleaned_data
    stated = HallFacts(
        found["code"], found["width_m"] // MODULE_M, found["depth_m"] // MODULE_M, found["gross_area_m2"],
        found["indoor"], found["level"] or 0, found["site_x"], found["site_y"], found["site_turn"] or 0.0,
    )  # fmt: skip
    if one is None:
        return add_hall(edition, stated, found["areas"], context=context)
    return change_hall(one, stated, found["areas"], context=context)


def of_hall(request: HttpRequest, one: Hall) -> dict[str, Any]:
    """A hall, with the way to its plan and its stands."""
    stands = f"{fair_url(request, 'office_stands')}?hall={one.code}"
    return {
        "name": _("Hall %(code)s") % {"code": one.code}, "state": PLACES[one.state],  # type: ignore[attr-defined]
        "parts": [(_("Hall"), facts.stated([
            (_("Code"), one.code), (_("Gross area"), f"{figure(one.gross_area_m2)} m²"), (_("Floor, m"), _floor(one)),
            (_("Stands"), figure(one.stand_count)),  # type: ignore[attr-defined]
        ]))],
        "groups": facts.groups((_("Exhibition areas it serves"), [
            facts.link(request, "office_areas_one", area) for area in one.areas.all()
        ])),
        "links": [(_("Plan of the hall"), fair_url(request, "hall", one.code)), (_("Its stands"), stands)],
        "subjects": [subject_of(one, one.code)],
    }  # fmt: skip


def _floor(one: Hall) -> str:
    return f"{figure(one.width_modules * MODULE_M)} × {figure(one.depth_modules * MODULE_M)}"


KIND = Kind(
    SHOWN, of_hall, DECISIONS,
    Editor(_form, _save, (HALLS,), {
        "hall_code_not_fit": "code", "code_taken": "code", "floor_not_fit": "width_m", "hall_in_use": "code",
        "area_of_other_edition": "areas",
    }),
)  # fmt: skip
