"""Deals as each side sees them: state, what it may still do, confirming and withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from emporion.domain.accounts.models import User
from emporion.domain.deals.actions import confirm_deal, withdraw_deal
from emporion.domain.deals.models import Deal
from emporion.domain.deals.queries import deals_for
from emporion.domain.deals.rules.deals import Side, counts
from emporion.domain.visitors.models import Visitor
from emporion.web.shell.access import action_context
from emporion.web.shell.respond import done
from emporion.web.shell.states import DEAL, State


def handle_deal(request: HttpRequest, deal: Deal | None, side: Side) -> None:
    """Confirm or withdraw a deal for the side whose door this is."""
    if deal is None:
        raise Http404
    context = action_context(request)
    actions = {
        "confirm": (lambda: confirm_deal(deal, side=side, context=context), _("Confirmed.")),
        "withdraw": (
            lambda: withdraw_deal(deal, context=context),
            _("Withdrawn. It stays on record but no longer counts."),
        ),
    }
    chosen = actions.get(request.POST.get("action", ""))
    if chosen is None:
        raise Http404
    done(request, *chosen)


def deal_rows(deals: Iterable[Deal], side: Side) -> list[dict[str, Any]]:
    """Deals with their state as this side sees it, and what it may still do."""
    return [{"it": deal, "state": _deal_state(deal, side), "may_confirm": _may_confirm(deal, side)} for deal in deals]


def _may_confirm(deal: Deal, side: Side) -> bool:
    return deal.withdrawn is None and getattr(deal, f"{side}_confirmed") is None


def _deal_state(deal: Deal, side: Side) -> State:
    confirmed = {"exhibitor_confirmed": bool(deal.exhibitor_confirmed), "buyer_confirmed": bool(deal.buyer_confirmed)}
    if deal.withdrawn:
        return DEAL["withdrawn"]
    if counts(**confirmed, withdrawn=False):
        return DEAL["counted"]
    return DEAL["ours"] if _may_confirm(deal, side) else DEAL["theirs"]


def deals_of_unit(user: User, here: Visitor) -> list[Deal]:
    """The unit's deals that the person may speak for; none for those who only visit with it."""
    found = deals_for(user, here.edition).filter(buyer=here.unit, buyer__organisation__representatives__user=user)
    return list(found.prefetch_related("evidence").order_by("-signed", "-number")) if here.unit else []
