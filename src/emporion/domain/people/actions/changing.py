"""A visitor changes a registration with all that hangs on it: the badge and the meetings."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.admission.actions import make_anew, revoke_badge
from emporion.domain.admission.models import Badge
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions import cancel
from emporion.domain.meetings.queries import requests_of
from emporion.domain.meetings.rules.requests import LIVE
from emporion.domain.visitors import rules
from emporion.domain.visitors.actions import cancel_visitor
from emporion.domain.visitors.actions.changing import change_registration
from emporion.domain.visitors.actions.registration import OwnUnit, Person
from emporion.domain.visitors.models import Visitor


@transaction.atomic
def change_visit(visitor: Visitor, person: Person, *, own: OwnUnit | None, context: ActionContext) -> Visitor:
    """Change what a person stated: a new name makes the badge anew, a new review revokes it.

    Raises what ``change_registration`` does.
    """
    change = change_registration(visitor, person, own=own, context=context)
    visitor = Visitor.objects.select_related("edition__fair").get(pk=visitor.pk)
    badge = Badge.objects.filter(visitor=visitor, revoked=None).first()
    if badge is not None and change.state_after == rules.REGISTERED:
        revoke_badge(badge, context=context, why="reviewed again")
    elif badge is not None and change.name:
        make_anew(badge, visitor, context=context)
    return visitor


@transaction.atomic
def cancel_visit(visitor: Visitor, *, context: ActionContext) -> Visitor:
    """Cancel a registration and the meetings that are ahead; each exhibitor is told. Raises: WrongState."""
    cancelled = cancel_visitor(visitor, context=context)
    for request in requests_of(visitor).filter(state__in=LIVE):
        meeting = getattr(request, "meeting", None)
        if meeting is None or meeting.slot.starts > context.at:
            cancel(request, by_exhibitor=False, context=context)
    return cancelled
