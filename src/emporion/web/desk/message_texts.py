"""The automatic messages of an edition: when each is sent, how they went out, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.desk.queries.views import history_of
from emporion.domain.editions.models import Edition
from emporion.domain.notices.actions import TEXTS, reset_text, subject_of_text, try_text, write_text
from emporion.domain.notices.queries import (
    Outcome,
    by_language,
    latest_of,
    opted_out,
    outcomes_of,
    texts_of,
    undelivered,
)
from emporion.domain.notices.rules.kinds import KINDS, Kind
from emporion.domain.notices.rules.texts import in_braces, require_body, require_subject
from emporion.language.message_texts import message_text, product_text
from emporion.web.desk.message_words import GROUPS, INVENTED, WORDS
from emporion.web.desk.messages import TextsForm
from emporion.web.shell.access import action_context, edition_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import done, private_page

MOST_SHOWN = 50
ENDS = {"en": "en", "zh-hans": "zh"}


class OwnTextForm(TextsForm):
    """What an edition says instead of the product."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for field in self.fields.values():
            field.required = True

    def require(self, name: str, text: str) -> None:
        (require_subject if name.startswith("subject") else require_body)(self.kind, text)


def texts(request: HttpRequest) -> HttpResponse:
    """The messages with when each is sent and how those of the edition went out."""
    edition = edition_of(request)
    outcomes, own = outcomes_of(edition), texts_of(edition)
    groups = [
        (group.title, [
            {
                "template": template, "words": words, "own": template in own,
                "outcome": outcomes.get(template, Outcome()),
            }
            for template, words in group.messages.items()
        ])
        for group in GROUPS
    ]  # fmt: skip
    return private_page(
        request, "desk/message_texts.html", edition, {"groups": groups, "out": len(opted_out(edition.fair))}
    )


def text(request: HttpRequest, template: str) -> HttpResponse:
    """A message: its text in each language of the fair, how that reads, a test to oneself, the product's text again."""
    edition = edition_of(request)
    kind = KINDS.get(template)
    if kind is None or not kind.own:
        raise Http404(_("There is no such message."))
    own = texts_of(edition).get(template)
    form = OwnTextForm(
        request.POST if _typed(request) else None, kind=kind, languages=edition.fair.languages,
        initial=_initial(edition, template, by_language(vars(own)) if own else {}),
    )  # fmt: skip
    if request.method == "POST" and _done(request, edition, template, form):
        return redirect(fair_url(request, "office_message_text", template))
    shown = _shown(request, edition, template, form)
    context = {
        "form": form, "words": WORDS[template], "own": own, "kind": kind, "needed": in_braces(sorted(kind.needed)),
        "fields": [(f"{{{name}}}", name in kind.needed, name in kind.may_lack) for name in kind.fields],
        "reads": shown, "latest": latest_of(edition, template), "history": _history(edition, template),
        "outcome": outcomes_of(edition).get(template, Outcome()),
        "undelivered": undelivered(edition, template)[:MOST_SHOWN],
        "within": {"address": fair_url(request, "office_message_texts"), "title": _("Automatic messages")},
    }  # fmt: skip
    return private_page(request, "desk/message_text.html", edition, context, status=422 if form.errors else 200)


def _typed(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("action") != "reset"


def _done(request: HttpRequest, edition: Edition, template: str, form: OwnTextForm) -> bool:
    """Do what the button says; whether that is done, and the page is to be shown anew."""
    action, context = request.POST.get("action"), action_context(request)
    if action == "reset":
        said = _("The message has the product's text again.")
        return done(request, lambda: reset_text(edition, template, context=context), said)
    if not form.is_valid() or action not in ("keep", "test"):
        return False
    texts = _apart_from_product(template, form.cleaned_data)
    if action == "keep":
        said = _("Kept. Messages that leave from now on read so.")
        return done(request, lambda: write_text(edition, template, texts, context=context), said)
    said = _("A test is on its way to %(address)s.") % {"address": person(request).email}
    facts = _invented(KINDS[template])
    # What was typed is shown again, for nothing of it is kept yet.
    done(request, partial(try_text, edition, template, form.cleaned_data, facts, context=context), said)
    return False


def _initial(edition: Edition, template: str, own: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """What the form begins with: the edition's own words, else the product's."""
    found = {}
    for language, end in ENDS.items():
        found[f"subject_{end}"], found[f"body_{end}"] = own.get(language) or product_text(template, language)
    return found


def _apart_from_product(template: str, typed: Mapping[str, str]) -> dict[str, str]:
    """The texts that differ from the product's; the others follow the product."""
    kept = {name: typed.get(name, "").replace("\r\n", "\n").strip() for name in TEXTS}
    for language, end in ENDS.items():
        if (kept[f"subject_{end}"], kept[f"body_{end}"]) == product_text(template, language):
            kept[f"subject_{end}"] = kept[f"body_{end}"] = ""
    return kept


def _shown(request: HttpRequest, edition: Edition, template: str, form: OwnTextForm) -> list[tuple[str, str, str]]:
    """How the text reads in each language: to the latest reader where that was asked for, else to an invented one."""
    if form.is_bound and not form.is_valid():
        return []
    texts = by_language(form.cleaned_data if form.is_bound else form.initial)
    latest = latest_of(edition, template) if request.POST.get("action") == "look_latest" else None
    facts = latest.context if latest is not None else _invented(KINDS[template])
    link = f"{settings.PUBLIC_URL or 'https://…'}/…"
    return [
        ("zh-Hans" if language == "zh-hans" else "en",
         *message_text(template, facts, edition, language, link=link, own=texts))
        for language in edition.fair.languages if language in ENDS
    ]  # fmt: skip


def _invented(kind: Kind) -> dict[str, Any]:
    return {name: INVENTED[name] for name in kind.fields if name in INVENTED}


def _history(edition: Edition, template: str) -> list[dict[str, Any]]:
    """Who changed the text when, the latest first, with what it said from then on."""
    return [
        {"at": entry.at, "by": entry.actor, "texts": by_language(entry.data.get("texts", {})).values()}
        for entry in history_of(subject_of_text(edition, template))[:MOST_SHOWN]
    ]
