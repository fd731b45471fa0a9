"""Buyers suggested to an exhibitor: ask them to meet, or say that they are not for it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.actions import decline
from emporion.domain.matching.queries import suggestions_to, visitor_suggested_to
from emporion.domain.meetings.actions import ask_to_meet
from emporion.domain.meetings.models import MeetingRequest
from emporion.web.doors import done, private_page
from emporion.web.exhibitor.views import contracted
from emporion.web.words import REQUEST

SHOWN = 30
REASONS = 3


@login_required
def suggestions(request: HttpRequest, organisation: int) -> HttpResponse:
    """The top of its list, each with the strongest reasons and what has come of it."""
    here, exhibitor = contracted(request, organisation)
    shown = {"here": here, "suggestions": _shown(exhibitor)}
    return private_page(request, "exhibitor/suggestions.html", here.edition, shown)


@require_POST
@login_required
def suggestion(request: HttpRequest, organisation: int, visitor: int) -> HttpResponse:
    """Ask a suggested buyer to meet, or turn the suggestion down."""
    here, exhibitor = contracted(request, organisation)
    if (suggested := visitor_suggested_to(exhibitor, visitor)) is None:
        raise Http404
    facts: dict[str, Any] = {"by_exhibitor": True, "at": timezone.now(), "actor": here.user}
    deeds = {
        "ask": (lambda: ask_to_meet(suggested, exhibitor, **facts), _("Asked to meet. The answer comes by e-mail.")),
        "decline": (lambda: decline(suggested, exhibitor, **facts), _("Not suggested again.")),
    }
    if (chosen := deeds.get(request.POST.get("deed", ""))) is None:
        raise Http404
    done(request, *chosen)
    return redirect("my_suggestions", organisation)


def _shown(exhibitor: Exhibitor) -> list[dict[str, Any]]:
    states = dict(MeetingRequest.objects.filter(exhibitor=exhibitor).values_list("visitor", "state"))
    language = get_language() or "en"
    return [
        {
            "visitor": one.visitor,
            "reasons": [term.sentence(language, to_exhibitor=True) for term in one.terms[:REASONS]],
            "state": REQUEST.get(states.get(one.visitor.pk, "")),
        }
        for one in suggestions_to(exhibitor, limit=SHOWN)
    ]
