"""Exhibition areas at the desk: their names, their order, which exhibition they belong to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.desk.actions import AreaFacts, add_area, change_area, remove_area
from emporion.domain.desk.queries.exhibition import AREAS
from emporion.domain.editions.models import Edition, ExhibitionArea
from emporion.domain.journal.actions import subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.staff.rules import HALLS, REVIEWER
from emporion.web.desk import facts
from emporion.web.desk.filters import Column
from emporion.web.desk.kinds.kind import Decision, Editor, Kind
from emporion.web.desk.shown import Shown
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.forms import NamedChoice, offer, offer_sectors
from emporion.web.shell.states import State
from emporion.web.shell.templatetags.fair import figure, words

SCOPES = {
    "country": State(gettext_lazy("Country exhibition"), "done", "flag"),
    "enterprise": State(gettext_lazy("Enterprise exhibition"), "good", "building-2"),
}
SHOWN = Shown(
    AREAS, gettext_lazy("Exhibition areas"), gettext_lazy("Name or code"), SCOPES, "", (),
    (
        Column(gettext_lazy("Exhibition area"), words),
        Column(gettext_lazy("Code"), lambda one: one.code),
        Column(gettext_lazy("Place in the order"), lambda one: figure(one.number), number=True),
        Column(gettext_lazy("Halls"), lambda one: ", ".join(sorted(hall.code for hall in one.halls.all()))),
        Column(gettext_lazy("Exhibitors"), lambda one: figure(one.exhibitor_count), number=True),
        Column(gettext_lazy("Stands"), lambda one: figure(one.stand_count), number=True),
    ),
    {}, (HALLS, REVIEWER), heading=gettext_lazy("Exhibition"), adds=gettext_lazy("Add an exhibition area"),
)  # fmt: skip
DECISIONS = {
    "remove": Decision(
        gettext_lazy("Remove the area"), gettext_lazy("The area is removed."), tuple(SCOPES),
        lambda one, _text, context: remove_area(one, context=context), roles=(HALLS,),
        when=lambda one: not one.exhibitor_count and not one.stand_count, leaves=True,
    ),
}  # fmt: skip


class AreaForm(forms.Form):
    """An exhibition area."""

    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=100)
    name_zh = forms.CharField(label=gettext_lazy("Name in Chinese"), max_length=100, required=False)
    code = forms.SlugField(
        label=gettext_lazy("Code"), max_length=40, help_text=gettext_lazy("As it stands in lists, as in food.")
    )
    number = forms.IntegerField(
        label=gettext_lazy("Place in the order"), min_value=1, max_value=100,
        help_text=gettext_lazy("It also gives its colour on the plans."),
    )  # fmt: skip
    scope = forms.ChoiceField(label=gettext_lazy("Exhibition"))
    sector = NamedChoice(
        label=gettext_lazy("Sector"), queryset=None, required=False, empty_label=gettext_lazy("Not stated")
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "scope", ((key, state.words) for key, state in SCOPES.items()))
        offer_sectors(self, "sector", edition.fair)
        if not edition.fair.speaks_chinese:
            del self.fields["name_zh"]


def _form(edition: Edition, one: ExhibitionArea | None, data: Any) -> forms.Form:
    return AreaForm(data, edition=edition, initial=_first(one) if one else {"number": edition.areas.count() + 1})


def _first(one: ExhibitionArea) -> dict[str, Any]:
    return {name: getattr(one, name) for name in AreaFacts.__dataclass_fields__}


def _save(edition: Edition, one: ExhibitionArea | None, form: forms.Form, context: ActionContext) -> object:
    stated = AreaFacts(**{**(_first(one) if one else {}), **form.cleaned_data})
    return change_area(one, stated, context=context) if one else add_area(edition, stated, context=context)


def of_area(request: HttpRequest, one: ExhibitionArea) -> dict[str, Any]:
    """An exhibition area with its halls."""
    queues = (
        ("office_applications", _("Its applications"), (REVIEWER,)),
        ("office_exhibitors", _("Its exhibitors"), (REVIEWER, HALLS)),
        ("office_stands", _("Its stands"), (REVIEWER, HALLS)),
    )
    return {
        "name": words(one), "state": SCOPES[one.state],  # type: ignore[attr-defined]
        "parts": [(_("Exhibition area"), facts.stated([
            (_("Name in English"), one.name_en), (_("Name in Chinese"), one.name_zh), (_("Code"), one.code),
            (_("Place in the order"), figure(one.number)), (_("Sector"), words(one.sector)),
            (_("Exhibitors"), figure(one.exhibitor_count)),  # type: ignore[attr-defined]
            (_("Stands"), figure(one.stand_count)),  # type: ignore[attr-defined]
        ]))],
        "groups": facts.groups((_("Halls"), [
            facts.link(request, "office_halls_one", hall, called=hall.code) for hall in one.halls.order_by("code")
        ])),
        "links": [
            (title, f"{fair_url(request, name)}?area={one.code}&state=all", roles) for name, title, roles in queues
        ],
        "subjects": [subject_of(one, one.code)],
    }  # fmt: skip


KIND = Kind(
    SHOWN, of_area, DECISIONS,
    Editor(_form, _save, (HALLS,), {
        "code_not_fit": "code", "code_taken": "code", "chinese_name_missing": "name_zh", "area_in_use": "code",
    }),
)  # fmt: skip
