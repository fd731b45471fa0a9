"""What happens to stands on sale: held, requested, confirmed, waited for, drawn, cut, joined, exchanged, moved."""

from emporion.domain.selling.actions.changes import merge_stands, move_exhibitor, split_stand, swap_stands
from emporion.domain.selling.actions.holds import choose_stand, give_back, hold_stand, renew_hold
from emporion.domain.selling.actions.offers import settle
from emporion.domain.selling.actions.requests import accept_with_stand, confirm_stand, request_stand, take_back
from emporion.domain.selling.actions.sale import put_on_sale, set_location, set_sale_rules, take_off_sale
from emporion.domain.selling.actions.wishes import (
    draw_stands,
    join_waiting_list,
    leave_waiting_list,
    set_priority,
    set_wishes,
)

__all__ = [
    "accept_with_stand",
    "choose_stand",
    "confirm_stand",
    "draw_stands",
    "give_back",
    "hold_stand",
    "join_waiting_list",
    "leave_waiting_list",
    "merge_stands",
    "move_exhibitor",
    "put_on_sale",
    "renew_hold",
    "request_stand",
    "set_location",
    "set_priority",
    "set_sale_rules",
    "set_wishes",
    "settle",
    "split_stand",
    "swap_stands",
    "take_back",
    "take_off_sale",
]
