"""Late exhibitors before the organiser, and the days by which everything is due."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.editions.queries import local_day
from emporion.domain.preparation.actions import set_task_days
from emporion.domain.preparation.queries import days_of, late_exhibitors, of_exhibitors, tasks_of
from emporion.domain.preparation.rules import CONTRACT, DAYS, LATE, PAPERS, TASKS
from emporion.web.preparation.words import WORDS
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.paging import page_after
from emporion.web.shell.respond import accepted, form_page, private_page

HELP = {
    CONTRACT: gettext_lazy("Whoever is approved later has three weeks. Without a day, everybody has three weeks."),
    PAPERS: gettext_lazy("Leave it empty where you ask for no licence."),
}


class DaysForm(forms.Form):
    """By when each task is due."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in DAYS:
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[kind] = forms.DateField(
                label=str(WORDS[kind].title), widget=widget, required=kind in TASKS, help_text=HELP.get(kind, "")
            )


def late(request: HttpRequest) -> HttpResponse:
    """The exhibitors that are late, with what; all or those of one task."""
    edition = edition_of(request)
    today, kind = local_day(edition, timezone.now()), request.GET.get("task", "")
    days = of_exhibitors(days_of(edition))
    kind = kind if kind in days else ""
    found = late_exhibitors(edition, today, kind)
    page = page_after(found, request.GET.get("after", ""), "number")
    rows = [
        {"exhibitor": one, "late": [task for task in tasks_of(one, days, today) if task.state == LATE]}
        for one in page.rows
    ]
    context = {
        "rows": rows, "page": page, "count": found.count(), "kind": kind, "words": WORDS,
        "days": [(WORDS[one], one, day, day < today) for one, day in days.items()],
    }  # fmt: skip
    return private_page(request, "preparation/late.html", edition, context)


def days(request: HttpRequest) -> HttpResponse:
    """Set by when exhibitors do what they have to."""
    edition = edition_of(request)
    form = DaysForm(request.POST or None, initial=days_of(edition))

    def save() -> bool:
        set_task_days(edition, form.cleaned_data, context=action_context(request))
        return True

    if accepted(form, save, {}):
        messages.success(request, _("Saved. Exhibitors see the new days at once."))
        return redirect(fair_url(request, "office_late"))
    return form_page(request, "preparation/days.html", edition, {"form": form})
