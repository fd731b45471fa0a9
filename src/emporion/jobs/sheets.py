"""A delegation's meetings as a PDF, a sheet for each person."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from emporion.domain.meetings.queries import days_of_delegation, meetings_by_day
from emporion.domain.meetings.rules import require_few_sheets
from emporion.domain.visitors.models import Delegation
from emporion.domain.work.models import TaskDocument
from emporion.jobs.running import Outcome, Run
from emporion.paper import laid_out, written

# People laid out at a time; twenty take a second.
AT_A_TIME = 20


def delegation_sheets(run: Run) -> Outcome:
    """Lay the sheets out in the language asked for, some people at a time, and join them into one file."""
    arguments = run.task.arguments
    delegation = Delegation.objects.get(edition=run.edition, path=arguments["delegation"])
    with translation.override(arguments["language"]), timezone.override(run.edition.zone):
        people = [(visitor, meetings_by_day(held)) for visitor, held in days_of_delegation(delegation)]
        require_few_sheets(len(people))
        parts = []
        for start in range(0, max(len(people), 1), AT_A_TIME):
            shown = {"delegation": delegation, "edition": run.edition, "people": people[start : start + AT_A_TIME]}
            parts.append(laid_out(render_to_string("meetings/paper.html", shown)))
            run.progress(min(start + AT_A_TIME, len(people)), len(people))
    made = joined(parts)
    document = TaskDocument(name=f"meetings-{delegation.path}.pdf", content_type="application/pdf", content=made)
    return Outcome({"people": len(people)}, document)


def joined(parts: list[Any]) -> bytes:
    """The pages of all parts as one PDF."""
    return written(parts[0].copy([page for part in parts for page in part.pages]))
