"""The dates and the rules of an edition: what they are, what a change would do, what they were before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.desk.queries.changes import effect_of_dates, effect_of_rules
from emporion.domain.desk.queries.views import history_of
from emporion.domain.editions.actions import set_phases, set_rules
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import phase_words, phases_by_kind
from emporion.domain.editions.rules import Window, require_hours, require_window
from emporion.domain.journal.actions import subject_of
from emporion.domain.reference.rules.rates import LONGEST_LIMIT
from emporion.domain.refusal import refusal_of
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import may
from emporion.language import translate, written
from emporion.web.editions.setup.forms import NaiveMoment
from emporion.web.shell.access import action_context, edition_of, fair_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import private_page

MOST_CHANGES = 20
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


class DatesForm(forms.Form):
    """From when to when each phase is, on the venue's clocks; a phase may have no days yet."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition, phases = edition, phases_by_kind(edition)
        for kind in Phase.Kind.values:
            phase, words = phases.get(kind), written(phase_words(kind))
            for bound, called in (("opens", _("from")), ("closes", _("until"))):
                moment = getattr(phase, bound).astimezone(edition.zone).replace(tzinfo=None) if phase else None
                widget = forms.DateTimeInput(format=FORMATS[0], attrs={"type": "datetime-local"})
                label = f"{words}: {called}"
                self.fields[f"{kind}_{bound}"] = NaiveMoment(
                    label=label[0].upper() + label[1:], initial=moment, widget=widget, input_formats=FORMATS,
                    required=phase is not None,
                )  # fmt: skip

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The two fields of each phase."""
        return [{"opens": self[f"{kind}_opens"], "closes": self[f"{kind}_closes"]} for kind in Phase.Kind.values]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for kind, window in self._windows(found).items():
            if refusal := refusal_of(lambda: require_window(window)):  # noqa: B023
                self.add_error(f"{kind}_closes", sentence(refusal))
        return found

    def windows(self) -> dict[str, Window]:
        """The phases whose days are typed."""
        return self._windows(self.cleaned_data)

    def _windows(self, found: Mapping[str, Any]) -> dict[str, Window]:
        windows = {}
        for kind in Phase.Kind.values:
            opens, closes = found.get(f"{kind}_opens"), found.get(f"{kind}_closes")
            if opens and closes:
                windows[kind] = Window(self._moment(opens), self._moment(closes))
        return windows

    def _moment(self, naive: dt.datetime) -> dt.datetime:
        return naive.replace(tzinfo=self.edition.zone)


class RulesForm(forms.Form):
    """The hours of the show, free booths and rates."""

    opens_daily = forms.TimeField(label=gettext_lazy("The show opens each day at"), required=False,
                                  widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))  # fmt: skip
    closes_daily = forms.TimeField(label=gettext_lazy("It closes at"), required=False,
                                   widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))  # fmt: skip
    free_booth_quota = forms.IntegerField(
        label=gettext_lazy("Free booths to be granted"), min_value=0, max_value=10_000
    )
    rate_days = forms.IntegerField(
        label=gettext_lazy("Days for which a reference rate counts"), min_value=1,
        validators=[MaxValueValidator(LONGEST_LIMIT)],
    )  # fmt: skip
    review_new_unit = forms.BooleanField(
        label=gettext_lazy("Review approved visitors again who change their organisation"), required=False
    )
    visitors_reapply = forms.BooleanField(
        label=gettext_lazy("Let visitors who were rejected apply again"), required=False
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        hours = found.get("opens_daily"), found.get("closes_daily")
        if refusal := refusal_of(lambda: require_hours(*hours)):
            self.add_error("closes_daily", sentence(refusal))
        return found


def dates(request: HttpRequest) -> HttpResponse:
    """The phases; a change is looked at before it is made."""
    edition = edition_of(request)
    form = DatesForm(_typed(request), edition=edition)
    valid = request.method == "POST" and form.is_valid()
    if valid and "confirmed" in request.POST:
        changed = set_phases(edition, form.windows(), context=action_context(request))
        return _made(request, "office_dates", changed)
    effect = effect_of_dates(edition, form.windows(), timezone.now()) if valid else []
    context = {"form": form, "title": _("Dates of the edition"), "changed": _changed(form) if valid else []}
    return _page(request, edition, "edition.dates_changed", {**context, "effect": [translate(one) for one in effect]})


def rules(request: HttpRequest) -> HttpResponse:
    """The rules; a change is looked at before it is made."""
    edition = edition_of(request)
    usual = {name: getattr(edition, name) for name in RulesForm.base_fields}
    form = RulesForm(_typed(request), initial=usual)
    valid = request.method == "POST" and form.is_valid()
    if valid and "confirmed" in request.POST:
        changed = set_rules(edition, form.cleaned_data, context=action_context(request))
        return _made(request, "office_rules", changed)
    effect = effect_of_rules(edition, form.cleaned_data) if valid else []
    context = {"form": form, "title": _("Rules of the edition"), "changed": _changed(form) if valid else []}
    return _page(request, edition, "edition.rules_changed", {**context, "effect": [translate(one) for one in effect]})


def _typed(request: HttpRequest) -> Any:
    """What was typed, by an owner; others read."""
    if request.method != "POST":
        return None
    if not _types(request):
        raise PermissionDenied
    return request.POST


def _types(request: HttpRequest) -> bool:
    return may(held_at(person(request), fair_of(request)), ())


def _made(request: HttpRequest, name: str, changed: list[str]) -> HttpResponse:
    if changed:
        messages.success(request, _("The change is made."))
    return redirect(fair_url(request, name))


def _changed(form: forms.Form) -> list[tuple[str, str, str]]:
    """The fields that were changed, with what they say now and then."""
    return [
        (str(form.fields[name].label), _text(form.fields[name].initial or form.initial.get(name)),
         _text(form.cleaned_data.get(name)))
        for name in form.changed_data
    ]  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:%H:%M}" if isinstance(value, dt.time) else "–" if value is None else str(value)


def _page(request: HttpRequest, edition: Edition, event: str, context: dict[str, Any]) -> HttpResponse:
    history = [_told(entry) for entry in history_of(subject_of(edition)).filter(event=event)[:MOST_CHANGES]]
    shown = {**context, "history": history, "types": _types(request), "zone_key": edition.zone.key}
    status = 422 if context["form"].errors else 200
    return private_page(request, "desk/dates.html", edition, shown, status=status)


def _told(entry: Any) -> dict[str, Any]:
    """A change of the journal's: what it was of, before and after."""
    phases, others = entry.data.get("phases", {}), entry.data.get("rules", {})
    lines = [(written(phase_words(kind)), _span(one["before"]), _span(one["after"])) for kind, one in phases.items()]
    lines += [
        (str(RulesForm.base_fields[name].label), _plain(one["before"]), _plain(one["after"]))
        for name, one in others.items()
        if name in RulesForm.base_fields
    ]
    return {"at": entry.at, "by": entry.actor, "lines": lines}


def _plain(value: Any) -> str:
    return "–" if value is None else _text(value)


def _span(moments: list[str]) -> str:
    """From when to when, on the venue's clocks, which the page has in force."""
    local = [timezone.localtime(dt.datetime.fromisoformat(moment)) for moment in moments]
    return " – ".join(f"{moment:%Y-%m-%d %H:%M}" for moment in local) or "–"
