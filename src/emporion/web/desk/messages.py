"""Messages to all whom a list's filter finds: written in both languages, looked at, tried on oneself, sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from emporion.domain.desk.actions import begin_message, release_message, try_message, write_message
from emporion.domain.desk.models import GroupMessage
from emporion.domain.desk.queries.messages import QUEUES as WRITTEN_TO
from emporion.domain.desk.queries.messages import audience, messages_of, outcome_of, readers_of
from emporion.domain.desk.rules import FIELDS
from emporion.domain.editions.rules import CHINESE
from emporion.domain.notices.rules.texts import filled, require_fields
from emporion.domain.refusal import refusal_of
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import areas_of
from emporion.language import written
from emporion.web.desk.lists import QUEUES
from emporion.web.desk.queues import parsed, takes, terms_of
from emporion.web.shell.access import action_context, edition_of, fair_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import start_task
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import done, private_page
from emporion.web.shell.templatetags.fair import words
from emporion.web.shell.whole_numbers import whole_number

MOST_SHOWN = 50


class TextsForm(forms.Form):
    """What a message says, in each language of the fair."""

    subject_en = forms.CharField(label=gettext_lazy("Subject, in English"), max_length=150, required=False)
    body_en = forms.CharField(label=gettext_lazy("Text, in English"), max_length=5000, required=False,
                              widget=forms.Textarea(attrs={"rows": 8}))  # fmt: skip
    subject_zh = forms.CharField(label=gettext_lazy("Subject, in Chinese"), max_length=150, required=False)
    body_zh = forms.CharField(label=gettext_lazy("Text, in Chinese"), max_length=5000, required=False,
                              widget=forms.Textarea(attrs={"rows": 8}))  # fmt: skip

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unspoken = [end for language, end in (("en", "_en"), (CHINESE, "_zh")) if language not in languages]
        for name in [name for name in self.fields if name.endswith(tuple(unspoken) or ("/",))]:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name, text in list(found.items()):
            if refusal := refusal_of(lambda: self.require(name, text)):  # noqa: B023
                self.add_error(name, sentence(refusal))
        return found

    def require(self, name: str, text: str) -> None:
        """Raises: FieldUnknown, BraceAlone."""
        require_fields(text, FIELDS)


def messages(request: HttpRequest) -> HttpResponse:
    """The messages that were written, each with how it went out, and the lists from which one begins."""
    edition = edition_of(request)
    own = [queue for queue in WRITTEN_TO if takes(request, QUEUES[queue])]
    found = messages_of(edition).filter(queue__in=own)[:MOST_SHOWN]
    lists = [{"title": QUEUES[queue].title, "address": fair_url(request, QUEUES[queue].address)} for queue in own]
    return private_page(request, "desk/messages.html", edition, {"messages_written": found, "lists": lists})


@require_POST
def begin(request: HttpRequest, queue: str) -> HttpResponse:
    """Begin a message to those whom the list's filter finds."""
    if queue not in WRITTEN_TO:
        raise Http404
    shown = QUEUES[queue]
    if not takes(request, shown):
        raise PermissionDenied
    terms = terms_of(request, shown, parsed(request.POST.get("query", "")))
    made = begin_message(edition_of(request), queue, terms, context=action_context(request))
    return redirect(fair_url(request, "office_group_message", made.pk))


def message(request: HttpRequest, pk: int) -> HttpResponse:
    """A message: its texts, to whom it goes, how it reads; a test to oneself; once sent, how it went out."""
    edition, found = edition_of(request), _message(request, pk)
    languages = edition.fair.languages
    usual = {name: getattr(found, name) for name in TextsForm.base_fields}
    form = TextsForm(request.POST if request.method == "POST" else None, initial=usual, languages=languages)
    if request.method == "POST" and found.sent is None and form.is_valid():
        if _done(request, found, form):
            return redirect(fair_url(request, "office_group_message", pk))
        found.refresh_from_db()
    elif request.method == "POST" and found.sent is not None:
        return redirect(fair_url(request, "office_group_message", pk))
    count, out = audience(found) if found.sent is None else (0, 0)
    context = {
        "it": found, "form": form, "count": count, "out": out, "list": QUEUES[found.queue].title,
        "reads": _reads(found) if found.sent is None else [], "fields": [f"{{{name}}}" for name in FIELDS],
        "outcome": outcome_of(found) if found.sent else None, "found_at": _found_at(request, found),
        "within": {"address": fair_url(request, "office_group_messages"), "title": _("Messages to groups")},
    }  # fmt: skip
    return private_page(request, "desk/message.html", edition, context, status=422 if form.errors else 200)


def _done(request: HttpRequest, found: GroupMessage, form: TextsForm) -> bool:
    """Keep the texts; then try them on oneself, or send them."""
    action, context = request.POST.get("action"), action_context(request)
    texts = {name: getattr(found, name) for name in TextsForm.base_fields} | form.cleaned_data
    if not done(request, lambda: write_message(found, texts), _("The message is kept as a draft.")):
        return False
    found.refresh_from_db()
    if action == "test":
        said = _("A test is on its way to %(address)s.") % {"address": person(request).email}
        return done(request, lambda: try_message(found, person(request), context=context), said)
    if action == "send":
        said = _("The message goes out now.")
        if not done(request, lambda: release_message(found, context=context), said):
            return False
        start_task("group_message", found.edition, {"message": found.pk}, request)
    return True


def _reads(found: GroupMessage) -> list[tuple[str, str, str]]:
    """How the message reads to its first reader: the language, subject and text."""
    reader = next(readers_of(found), None)
    if reader is None:
        return []
    values = {
        "name": str(written(reader.name)), "number": reader.number,
        "organisation": str(written(reader.organisation)) if reader.organisation else "",
        "fair": words(found.edition.fair), "edition": words(found.edition),
    }  # fmt: skip
    texts = (("en", found.subject_en, found.body_en), ("zh-Hans", found.subject_zh, found.body_zh))
    return [(language, filled(subject, values), filled(body, values)) for language, subject, body in texts if body]


def _found_at(request: HttpRequest, found: GroupMessage) -> str:
    """The list with the message's filter."""
    query = urlencode({"state": "all", **{name: value for name, value in found.terms.items() if name != "areas"}})
    return f"{fair_url(request, QUEUES[found.queue].address)}?{query}"


def _message(request: HttpRequest, pk: int) -> GroupMessage:
    """A message to a list that the person may take out; a reviewer of some areas sees only those to these areas."""
    key = whole_number(str(pk))
    found = messages_of(edition_of(request)).filter(pk=key).select_related("edition__fair").first() if key else None
    if found is None:
        raise Http404
    if not takes(request, QUEUES[found.queue]):
        raise PermissionDenied
    areas = areas_of(held_at(person(request), fair_of(request)))
    if areas is not None and found.queue == "applications" and found.terms.get("areas") != ",".join(sorted(areas)):
        raise Http404
    return found
