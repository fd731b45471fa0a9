"""Sessions of the programme at the desk: times, place, speakers, cancelled or not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.desk.queries.show import SESSIONS as QUEUE
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.programme.actions import (
    SessionFacts,
    add_session,
    cancel_session,
    change_session,
    restore_session,
)
from emporion.domain.programme.models import Session
from emporion.domain.staff.rules import MEETINGS
from emporion.web.desk import facts, filters
from emporion.web.desk.filters import Column, Filter, fixed
from emporion.web.desk.kinds.kind import Decision, Editor, Kind
from emporion.web.desk.shown import Link, Shown
from emporion.web.services.forms import MomentField
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.forms import offer, offer_records
from emporion.web.shell.labels import SESSIONS
from emporion.web.shell.states import State
from emporion.web.shell.templatetags.fair import moment, words

HELD = {
    "planned": State(gettext_lazy("Takes place"), "good", "circle-check"),
    "cancelled": State(gettext_lazy("Cancelled"), "bad", "circle-x"),
}
SHOWN = Shown(
    QUEUE, gettext_lazy("Sessions of the programme"), gettext_lazy("Title, number or speaker"), HELD, "",
    (Filter("kind", gettext_lazy("Kind"), fixed(SESSIONS)), filters.HALL),
    (
        Column(gettext_lazy("Title"), lambda one: words(one, "title")),
        Column(gettext_lazy("Number"), lambda one: filters.number(one.number)),
        Column(gettext_lazy("Begins"), lambda one: moment(one.starts)),
        Column(gettext_lazy("Kind"), lambda one: str(SESSIONS[one.kind])),
        Column(gettext_lazy("Place"), lambda one: words(one, "place")),
        Column(gettext_lazy("Speakers"), lambda one: ", ".join(words(each) for each in one.speakers.all())),
    ),
    {}, (MEETINGS,), adds=gettext_lazy("Add a session"),
    beside=(Link(gettext_lazy("By day, with what clashes"), "office_programme"),),
)  # fmt: skip
DECISIONS = {
    "cancel": Decision(
        gettext_lazy("Cancel the session"), gettext_lazy("The session is cancelled."), ("planned",),
        lambda one, _text, context: cancel_session(one, context=context),
    ),
    "restore": Decision(
        gettext_lazy("Hold it after all"), gettext_lazy("The session takes place."), ("cancelled",),
        lambda one, _text, context: restore_session(one, context=context),
    ),
}  # fmt: skip


class HallChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among halls, by their codes."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.code)


class SessionForm(forms.Form):
    """A session, with its speakers one a line."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=20, help_text=gettext_lazy("As in F-01."))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200, required=False)
    title_zh = forms.CharField(label=gettext_lazy("Title in Chinese"), max_length=200, required=False)
    starts = MomentField(label=gettext_lazy("Begins"))
    ends = MomentField(label=gettext_lazy("Ends"))
    hall = HallChoice(
        label=gettext_lazy("Hall"), queryset=None, required=False,
        empty_label=gettext_lazy("In no hall"),
    )  # fmt: skip
    place_en = forms.CharField(label=gettext_lazy("Place in English"), max_length=100, required=False)
    place_zh = forms.CharField(label=gettext_lazy("Place in Chinese"), max_length=100, required=False)
    speakers = forms.CharField(
        label=gettext_lazy("Speakers"), required=False, widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("One a line; after a comma the position, as in “Ada Mensah, Minister of Trade”."),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", SESSIONS.items())
        offer_records(self, "hall", edition.halls.order_by("code"))
        if not edition.fair.speaks_chinese:
            del self.fields["title_zh"], self.fields["place_zh"]
            self.fields["title_en"].required = True

    def clean_speakers(self) -> list[tuple[str, str]]:
        """Names and positions; a name that does not fit is told."""
        found = []
        for line in self.cleaned_data["speakers"].splitlines():
            name, _comma, position = (part.strip() for part in line.replace("，", ",").partition(","))
            if len(name) > 150 or len(position) > 150:
                raise forms.ValidationError(_("“%(name)s…” is too long; keep to 150 characters.") % {"name": name[:40]})
            if name:
                found.append((name, position))
        return found


def _form(edition: Edition, one: Session | None, data: Any) -> forms.Form:
    return SessionForm(data, edition=edition, initial=_first(one) if one else {})


def _first(one: Session) -> dict[str, Any]:
    names = ("number", "kind", "title_en", "title_zh", "starts", "ends", "hall", "place_en", "place_zh")
    speakers = (", ".join(filter(None, (each.name, each.position))) for each in one.speakers.all())
    return {**{name: getattr(one, name) for name in names}, "speakers": "\n".join(speakers)}


def _save(edition: Edition, one: Session | None, form: forms.Form, context: ActionContext) -> object:
    kept = {name: getattr(one, name) for name in ("title_zh", "place_zh")} if one else {"title_zh": "", "place_zh": ""}
    stated = SessionFacts(**{**kept, **form.cleaned_data})
    return change_session(one, stated, context=context) if one else add_session(edition, stated, context=context)


def of_session(request: HttpRequest, one: Session) -> dict[str, Any]:
    """A session with its speakers."""
    day = one.starts.astimezone(one.edition.zone).date()
    speakers = [(words(each), each.position or "–") for each in one.speakers.all()]
    return {
        "name": words(one, "title"), "state": HELD[one.state],  # type: ignore[attr-defined]
        "parts": [
            (_("Session"), facts.stated([
                (_("Number"), one.number), (_("Kind"), SESSIONS[one.kind]), (_("Begins"), moment(one.starts)),
                (_("Ends"), moment(one.ends)), (_("Place"), words(one, "place")),
                (_("Hall"), one.hall.code if one.hall else ""), (_("Host"), words(one.host)),
            ])),
            *([(_("Speakers"), speakers)] if speakers else []),
        ],
        "groups": [], "links": [(_("In the programme"), fair_url(request, "programme_day", day))],
        "subjects": [subject_of(one)],
    }  # fmt: skip


KIND = Kind(
    SHOWN, of_session, DECISIONS,
    Editor(_form, _save, (MEETINGS,), {
        "session_number_taken": "number", "session_needs_title": "title_en",
        "session_ends_before_it_starts": "ends", "session_outside_the_show": "starts",
    }, gettext_lazy("Times are those of the venue.")),
)  # fmt: skip
