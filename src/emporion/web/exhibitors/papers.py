"""Papers of applications, for those who review them."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from emporion.domain.exhibitors.queries import handed_in_paper
from emporion.domain.staff.rules import REVIEWER
from emporion.web.shell.access import fair_of
from emporion.web.shell.files import sent
from emporion.web.shell.staff import office


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Fetch a paper of an application that was handed in; a reviewer of one area gets that area's alone."""
    found = handed_in_paper(fair_of(request), pk)
    if found is None:
        raise Http404
    paper, application = found
    office(request, REVIEWER, area=application.area.code)
    return sent(paper)
