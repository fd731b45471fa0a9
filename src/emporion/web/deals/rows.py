"""Deals as each side sees them: state, what it may still do, confirming and withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from emporion.domain.deals.actions import confirm_deal, withdraw_deal
from emporion.domain.deals.models import Deal
from emporion.domain.deals.queries import in_edition_currency
from emporion.domain.deals.rules.deals import SIDES, Side, deal_state, may_confirm
from emporion.web.shell.access import action_context
from emporion.web.shell.respond import done
from emporion.web.shell.states import DEAL


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
    listed = list(deals)
    converted = in_edition_currency(listed)
    return [_row(deal, side) | {"converted": converted.get(deal.pk)} for deal in listed]


def _row(deal: Deal, side: Side) -> dict[str, Any]:
    confirmed = [each for each in SIDES if getattr(deal, f"{each}_confirmed")]
    withdrawn = bool(deal.withdrawn)
    return {
        "it": deal,
        "state": DEAL[deal_state(side, confirmed, withdrawn=withdrawn)],
        "may_confirm": may_confirm(side, confirmed, withdrawn=withdrawn),
    }
