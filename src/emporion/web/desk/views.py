"""Views of a list that a person saves and comes back to."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.desk.actions import remove_view, save_view
from emporion.web.desk.lists import QUEUES
from emporion.web.desk.queues import parsed
from emporion.web.shell.access import fair_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import done
from emporion.web.shell.whole_numbers import key_in


@require_POST
def view(request: HttpRequest, queue: str) -> HttpResponse:
    """Save the filter under a name, or forget a view."""
    if queue not in QUEUES:
        raise Http404
    user, fair, query = person(request), fair_of(request), urlencode(parsed(request.POST.get("query", "")))
    if removed := request.POST.get("remove"):
        remove_view(user, fair, queue, key_in(removed))
    else:
        name = request.POST.get("name", "")
        done(request, lambda: save_view(user, fair, queue, name, query), _("The view is saved."))
    return redirect(f"{fair_url(request, QUEUES[queue].address)}{'?' if query else ''}{query}")
