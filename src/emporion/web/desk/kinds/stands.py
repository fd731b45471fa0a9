"""Stands at the desk: number, kind, who shows on them, locked or not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from emporion.domain.booths.actions import change_stand, lock_stand, unlock_stand
from emporion.domain.booths.models import Stand
from emporion.domain.desk.actions import put_exhibitor
from emporion.domain.desk.queries import effects
from emporion.domain.desk.queries.exhibition import STANDS
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.staff.rules import HALLS, REVIEWER
from emporion.web.desk import facts, filters
from emporion.web.desk.acts import BulkAction
from emporion.web.desk.filters import Column, Filter, fixed
from emporion.web.desk.kinds.kind import Decision, Editor, Kind
from emporion.web.desk.shown import Link, Shown
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.forms import offer
from emporion.web.shell.labels import OPEN_SIDES
from emporion.web.shell.labels import STANDS as STAND_KINDS
from emporion.web.shell.states import State
from emporion.web.shell.templatetags.fair import figure, words

HELD = {
    "occupied": State(gettext_lazy("Occupied"), "good", "circle-check"),
    "vacant": State(gettext_lazy("Vacant"), "wait", "circle"),
}
ACTS = {
    "lock": BulkAction(
        "stands_locking", gettext_lazy("Lock"),
        lambda count: ngettext("Lock %(count)d stand", "Lock %(count)d stands", count),
        effects.locking_of_stands(True), sends_message=False,
    ),
    "unlock": BulkAction(
        "stands_unlocking", gettext_lazy("Unlock"),
        lambda count: ngettext("Unlock %(count)d stand", "Unlock %(count)d stands", count),
        effects.locking_of_stands(False), sends_message=False,
    ),
}  # fmt: skip
PLACED = Filter(
    "held", gettext_lazy("Which stands"),
    fixed({
        "locked": gettext_lazy("Locked in their place"), "loose": gettext_lazy("Not locked"),
        "free": gettext_lazy("Free booths"), "pavilion": gettext_lazy("Of a pavilion"),
    }),
)  # fmt: skip
SHOWN = Shown(
    STANDS, gettext_lazy("Stands"), gettext_lazy("Stand number or exhibitor"), HELD, "",
    (filters.HALL, filters.AREA, Filter("kind", gettext_lazy("Kind of stand"), fixed(STAND_KINDS)), PLACED),
    (
        Column(gettext_lazy("Stand"), lambda one: filters.number(one.number)),
        Column(gettext_lazy("Exhibitors"), lambda one: _names(one)),
        Column(gettext_lazy("Exhibition area"), lambda one: words(one.area)),
        Column(gettext_lazy("Kind"), lambda one: str(STAND_KINDS[one.kind])),
        Column(gettext_lazy("Net area, m²"), lambda one: figure(one.area_m2), number=True),
        Column(gettext_lazy("Locked"), lambda one: _("locked") if one.locked else ""),
    ),
    ACTS, (HALLS, REVIEWER), beside=(Link(gettext_lazy("Allocate the halls"), "office_runs"),),
)  # fmt: skip
DECISIONS = {
    "lock": Decision(
        gettext_lazy("Lock in its place"), gettext_lazy("The stand stays here when halls are allocated again."),
        tuple(HELD), lambda one, _text, context: lock_stand(one, context=context), roles=(HALLS,),
        when=lambda one: not one.locked,
    ),
    "unlock": Decision(
        gettext_lazy("Unlock"), gettext_lazy("The stand may be placed anew when halls are allocated again."),
        tuple(HELD), lambda one, _text, context: unlock_stand(one, context=context), roles=(HALLS,),
        when=lambda one: bool(one.locked),
    ),
    "put": Decision(
        gettext_lazy("Put an exhibitor here"), gettext_lazy("The exhibitor is on the stand."), tuple(HELD),
        lambda one, number, context: put_exhibitor(one.edition, number, one.number, context=context),
        asks="exhibitor", roles=(HALLS,),
    ),
}  # fmt: skip


class StandForm(forms.Form):
    """A stand's number and kind."""

    number = forms.CharField(
        label=gettext_lazy("Number"), max_length=20,
        help_text=gettext_lazy("It begins with the hall, as in 4.1-A012."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Kind of stand"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", STAND_KINDS.items())


def _form(_edition: Edition, one: Stand, data: Any) -> forms.Form:
    return StandForm(data, initial={"number": one.number, "kind": one.kind})


def _save(_edition: Edition, one: Stand, form: forms.Form, context: ActionContext) -> object:
    return change_stand(one, **form.cleaned_data, context=context)


def of_stand(request: HttpRequest, one: Stand) -> dict[str, Any]:
    """A stand and who shows on it."""
    held = sorted(one.occupancies.all(), key=lambda each: (-each.area_m2, each.exhibitor.number))
    return {
        "name": _("Stand %(number)s") % {"number": one.number}, "state": HELD[one.state],  # type: ignore[attr-defined]
        "parts": [(_("Stand"), facts.stated([
            (_("Hall"), one.hall.code), (_("Exhibition area"), words(one.area)), (_("Pavilion"), words(one.pavilion)),
            (_("Kind"), STAND_KINDS[one.kind]), (_("Net area"), f"{figure(one.area_m2)} m²"),
            (_("Open sides"), OPEN_SIDES[one.open_sides]), (_("Free booth"), _("yes") if one.free else ""),
            (_("Locked"), _("yes") if one.locked else _("no")),
        ]))],
        "groups": facts.groups((_("Exhibitors on it"), [
            facts.link(request, "office_exhibitors_one", each.exhibitor, called=_with_share(each)) for each in held
        ])),
        "links": [(_("On the plan"), fair_url(request, "stand", one.hall.code, one.number))],
        "subjects": [subject_of(one)],
    }  # fmt: skip


def _with_share(occupancy: Any) -> str:
    name = words(occupancy.exhibitor.organisation)
    return f"{name}, {figure(occupancy.area_m2)} m²" if occupancy.area_m2 else name


def _names(one: Stand) -> str:
    return ", ".join(words(each.exhibitor.organisation) for each in one.occupancies.all())


KIND = Kind(
    SHOWN, of_stand, DECISIONS,
    Editor(_form, _save, (HALLS,), {"stand_number_not_fit": "number", "stand_number_taken": "number"}),
)  # fmt: skip
