"""The edition's first page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from emporion.domain.editions.models import Phase
from emporion.domain.editions.queries import phases_by_kind
from emporion.domain.exhibitors.queries import areas_with_exhibitors
from emporion.domain.marketaccess.queries import has_free_booths
from emporion.domain.programme.queries import next_sessions
from emporion.domain.statistics.queries import figures_version
from emporion.web.programme.public import with_days
from emporion.web.shell import access
from emporion.web.shell.labels import SESSIONS
from emporion.web.shell.page_cache import cached_page
from emporion.web.shell.respond import page
from emporion.web.statistics import charts
from emporion.web.statistics.public import FIGURES_PAGE_SECONDS, headline, reads_exactly

MAX_SESSIONS = 5


@cached_page(seconds=FIGURES_PAGE_SECONDS)
def home(request: HttpRequest) -> HttpResponse:
    """When and where, the fair in figures, where exhibitors come from, its areas, how to take part, what comes next."""
    if request.edition is None:  # type: ignore[attr-defined]
        return page(request, "editions/none.html", None)
    edition = access.public_edition(request)
    now = timezone.now()
    version = figures_version(edition, now, exact=reads_exactly(request))
    sessions, upcoming = next_sessions(edition, now, MAX_SESSIONS)
    phases = phases_by_kind(edition)
    figures = headline(edition, version)
    context: dict[str, Any] = {
        # Of a fair that has nothing yet, a row of noughts says nothing.
        "figures": figures if any(figure.value for figure in figures) else [],
        "map": charts.origins(edition, version),
        "origins": charts.foremost(edition, version),
        "areas": areas_with_exhibitors(edition),
        "phases": phases,
        "applying": _is_open(phases.get(Phase.Kind.APPLICATION), now),
        "registering": _is_open(phases.get(Phase.Kind.REGISTRATION), now),
        "sessions": with_days(sessions),
        "upcoming": upcoming,
        "kinds": SESSIONS,
        "free_booths": has_free_booths(edition),
    }
    return page(request, "editions/home.html", edition, context)


def _is_open(phase: Phase | None, at: dt.datetime) -> bool:
    return phase is not None and phase.window.holds(at)
