"""The meetings that are worth most within both quotas: an auction on the sparse graph.

Bertsekas and Castañón, "The auction algorithm for the transportation problem" (Annals of Operations Research 20,
1989), with each pair met at most once. Bidders (the side with fewer places) take the partners that leave them the
largest surplus and bid up to what their next best alternative would leave them plus one step; a partner that is full
lets its lowest bid go. Prices start at 0 and only rise, so a partner with room to spare has price 0, and the plan is
within one step for each meeting of the best on this graph.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from emporion.kernels.matching.compiled import compiled
from emporion.kernels.matching.graph import Offsets, Side
from emporion.kernels.matching.problem import Floats, Ints
from emporion.kernels.matching.scan import insert

# Bids for each pair before the auction is cut off: a guard against long price wars among bidders that are all alike.
BIDS_PER_PAIR = 200


@dataclass(frozen=True)
class Outcome:
    """Which pairs meet, and both sides' prices in units of the score.

    ``held`` marks the pairs of the side given; ``bidder_prices`` is what one place more would bring a bidder,
    ``item_prices`` the lowest bid an item holds, 0 while it has room. ``bids`` counts the bids.
    """

    held: npt.NDArray[np.bool_]
    bidder_prices: Floats
    item_prices: Floats
    bids: int


def auction(side: Side, bidder_capacity: Ints, item_capacity: Ints, step: float) -> Outcome:
    """Run the auction; ``step`` in units of the score."""
    room = np.minimum(item_capacity, np.bincount(side.item, minlength=item_capacity.size))
    heap_start = np.concatenate([[0], np.cumsum(room)]).astype(np.int64)
    heap_bid = np.empty(heap_start[-1], np.float32)
    heap_pair = np.empty(heap_start[-1], np.int64)
    heap_size = np.zeros(item_capacity.size, np.int32)
    held = np.zeros(side.item.size, np.bool_)
    bidder = np.repeat(np.arange(bidder_capacity.size, dtype=np.int32), np.diff(side.start))
    limit = BIDS_PER_PAIR * side.item.size + 1
    bids = _run(
        side.start, side.item, side.score, bidder, bidder_capacity, item_capacity, step, limit,
        heap_start, heap_bid, heap_pair, heap_size, held,
    )  # fmt: skip
    full = (heap_size >= item_capacity) & (room > 0)
    item_prices = np.zeros(item_capacity.size, np.float32)
    item_prices[full] = heap_bid[heap_start[:-1][full]]
    bidder_prices = _next_best(side.start, side.item, side.score, held, item_prices)
    return Outcome(held, bidder_prices, item_prices, int(bids))


@compiled
def _run(
    start: Offsets,
    item: Ints,
    score: Floats,
    bidder: Ints,
    bidder_capacity: Ints,
    item_capacity: Ints,
    step: float,
    limit: int,
    heap_start: Offsets,
    heap_bid: Floats,
    heap_pair: Offsets,
    heap_size: Ints,
    held: npt.NDArray[np.bool_],
) -> int:
    bidders = start.size - 1
    queue = np.arange(bidders).astype(np.int32)
    waiting = np.ones(bidders, np.bool_)
    holds = np.zeros(bidders, np.int32)
    most = 0
    for who in range(bidders):
        most = max(most, min(bidder_capacity[who], start[who + 1] - start[who]))
    surplus, chosen = np.empty(most + 1, np.float32), np.empty(most + 1, np.int32)
    head, length, bids = 0, bidders, 0
    while length > 0 and bids < limit:
        who = queue[head]
        head, length = (head + 1) % bidders, length - 1
        waiting[who] = False
        need = min(bidder_capacity[who], start[who + 1] - start[who]) - holds[who]
        count = _best(start[who], start[who + 1], need + 1, item, score, held, item_capacity,
                      heap_start, heap_bid, heap_size, surplus, chosen)  # fmt: skip
        alternative = surplus[need] if count > need else np.float32(0.0)
        for entry in range(min(count, need)):
            pair = start[who] + chosen[entry]
            bid = score[pair] - alternative + np.float32(step)
            lost = _place_bid(item[pair], pair, bid, item_capacity, heap_start, heap_bid, heap_pair, heap_size)
            held[pair] = True
            holds[who] += 1
            bids += 1
            if lost >= 0:
                held[lost] = False
                loser = bidder[lost]
                holds[loser] -= 1
                if not waiting[loser]:
                    waiting[loser] = True
                    queue[(head + length) % bidders] = loser
                    length += 1
    return bids


@compiled
def _best(
    first: int,
    last: int,
    wanted: int,
    item: Ints,
    score: Floats,
    held: npt.NDArray[np.bool_],
    item_capacity: Ints,
    heap_start: Offsets,
    heap_bid: Floats,
    heap_size: Ints,
    surplus: Floats,
    chosen: Ints,
) -> int:
    """The ``wanted`` pairs not held with the largest surplus above 0, best first; returns how many there are."""
    count = 0
    kept, places = surplus[:wanted], chosen[:wanted]
    for pair in range(first, last):
        value = score[pair]
        if not held[pair] and value > 0 and (count < wanted or value > kept[count - 1]):
            other = item[pair]
            if heap_size[other] >= item_capacity[other]:
                value -= heap_bid[heap_start[other]]
            if value > 0 and (count < wanted or value > kept[count - 1]):
                count = insert(kept, places, count, value, pair - first)
    return count


@compiled
def _place_bid(
    item: int,
    pair: int,
    bid: float,
    item_capacity: Ints,
    heap_start: Offsets,
    heap_bid: Floats,
    heap_pair: Offsets,
    heap_size: Ints,
) -> int:
    """Put a bid into an item's heap of bids, lowest on top; returns the pair that had to go, or -1."""
    base = heap_start[item]
    if heap_size[item] < item_capacity[item]:
        place = heap_size[item]
        heap_size[item] += 1
        while place > 0 and heap_bid[base + (place - 1) // 2] > bid:
            heap_bid[base + place] = heap_bid[base + (place - 1) // 2]
            heap_pair[base + place] = heap_pair[base + (place - 1) // 2]
            place = (place - 1) // 2
        heap_bid[base + place], heap_pair[base + place] = bid, pair
        return -1
    lost = heap_pair[base]
    _sink(heap_bid[base : base + heap_size[item]], heap_pair[base : base + heap_size[item]], bid, pair)
    return int(lost)


@compiled
def _sink(bids: Floats, pairs: Offsets, bid: float, pair: int) -> None:
    place = 0
    while 2 * place + 1 < bids.size:
        child = 2 * place + 1
        if child + 1 < bids.size and bids[child + 1] < bids[child]:
            child += 1
        if bids[child] >= bid:
            break
        bids[place], pairs[place] = bids[child], pairs[child]
        place = child
    bids[place], pairs[place] = bid, pair


@compiled
def _next_best(start: Offsets, item: Ints, score: Floats, held: npt.NDArray[np.bool_], item_prices: Floats) -> Floats:
    prices = np.zeros(start.size - 1, np.float32)
    for who in range(start.size - 1):
        for pair in range(start[who], start[who + 1]):
            if not held[pair]:
                prices[who] = max(prices[who], score[pair] - item_prices[item[pair]])
    return prices
