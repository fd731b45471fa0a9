"""Records of the desk changed by hand, and added where the office adds them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import may
from emporion.web.desk.lists import QUEUES
from emporion.web.desk.records import EDITORS, FACTS, record_of
from emporion.web.desk.shown import Shown
from emporion.web.shell.access import action_context, edition_of, fair_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, form_page
from emporion.web.shell.staff import READING


def new(request: HttpRequest, queue: str) -> HttpResponse:
    """Add a record."""
    shown = QUEUES[queue]
    return _form(request, shown, None, str(shown.adds), fair_url(request, shown.address))


def change(request: HttpRequest, queue: str, pk: int) -> HttpResponse:
    """Change a record."""
    shown = QUEUES[queue]
    record = record_of(request, shown, pk)
    title = _("Change %(name)s") % {"name": FACTS[queue](request, record)["name"]}
    return _form(request, shown, record, title, fair_url(request, shown.record, pk))


def _form(request: HttpRequest, shown: Shown, record: Any, title: str, back: str) -> HttpResponse:
    edition, editor = edition_of(request), EDITORS[shown.queue.key]
    if not may(held_at(person(request), fair_of(request)), editor.roles, reading=request.method in READING):
        raise PermissionDenied
    form = editor.form(edition, record, request.POST or None)

    def save() -> bool:
        editor.save(edition, record, form, action_context(request))
        return True

    if request.method == "POST" and accepted(form, save, editor.fields):
        messages.success(request, _("Saved."))
        return redirect(back)
    within = {"address": fair_url(request, shown.address), "title": shown.title}
    page = {"form": form, "title": title, "back": back, "within": within, "intro": editor.intro}
    return form_page(request, "desk/change.html", edition, page)
