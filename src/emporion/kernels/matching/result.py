"""What is answered: both sides' lists, prices, a plan within the quotas and a bound on every plan."""

from __future__ import annotations

from dataclasses import dataclass

from emporion.kernels.matching.problem import Floats, Ints


@dataclass(frozen=True)
class Result:
    """Lists for both sides and how good they are.

    ``visitor_lists (V, k)`` and ``exhibitor_lists (E, m)`` hold rows of the other side, best first, padded with -1.
    ``visitor_scores`` is the score less the exhibitor's price, ``exhibitor_scores`` the score less the visitor's
    price; padding is 0. A price is what a place is worth to the others: a pair with a score above the price would
    displace somebody. ``plan (n, 2)`` are the meetings (visitor row, exhibitor row) the auction settled on: within
    both quotas, every one of them on its visitor's list. ``objective`` is the sum of their scores, ``bound`` what no
    plan within the quotas can pass (up to the rounding of float32), ``gap`` their distance as a share of the bound.
    ``list_load (E,)`` counts the visitors' lists each exhibitor stands on. ``further_lists (V, k)`` and
    ``further_scores`` fill a shorter list up to its length with what else is worth a look, best first by score less
    ``attention_prices (E,)``: a request there has less of a chance. They count in no list load, and a price of
    attention is above 0 only where so many would look that others are worth showing too.
    ``iterations`` counts those of the price search, ``rounds`` the rankings. ``dither`` is the most
    by which a score was moved to tell ties apart, 0 when there were few. ``seconds`` is None without a clock.
    """

    visitor_lists: Ints
    visitor_scores: Floats
    further_lists: Ints
    further_scores: Floats
    exhibitor_lists: Ints
    exhibitor_scores: Floats
    visitor_prices: Floats
    exhibitor_prices: Floats
    attention_prices: Floats
    plan: Ints
    list_load: Ints
    objective: float
    bound: float
    gap: float
    beta: float
    dither: float
    iterations: int
    rounds: int
    seed: int
    seconds: float | None
    stopped: str

    def __str__(self) -> str:
        time = "" if self.seconds is None else f" in {self.seconds:.1f} s"
        return (
            f"{len(self.plan):,} meetings worth {self.objective:,.1f} of at most {self.bound:,.1f} "
            f"(gap {self.gap:.2%}){time}; {self.stopped}"
        )
