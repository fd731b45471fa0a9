"""Orders are free to change until the deadline; after it they only grow, at a surcharge, until the last orders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.reason import Name
from emporion.domain.services.rules import (
    MOST_PIECES,
    DeadlineAfterClose,
    NotOffered,
    Ordered,
    OrderFixed,
    OrdersClosed,
    QuantityOutOfRange,
    SurchargeOutOfRange,
    Terms,
    changed_order,
    charged_each,
    require_terms,
)

DEADLINE = datetime(2023, 10, 1, tzinfo=UTC)
CLOSES = datetime(2023, 11, 4, tzinfo=UTC)
POWER = Terms(Name("Power, 3 kW", "3 千瓦电力"), DEADLINE, CLOSES, offered=True)
BEFORE, AFTER = DEADLINE - timedelta(seconds=1), DEADLINE


@given(st.integers(0, 20), st.integers(0, 20))
def test_until_the_deadline_any_quantity_stands_without_a_surcharge(before: int, wanted: int) -> None:
    assert changed_order(Ordered(before, 0), wanted, POWER, BEFORE) == Ordered(wanted, 0)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_after_it_only_what_is_added_is_late(early: int, late: int, added: int) -> None:
    after = changed_order(Ordered(early, late), early + late + added, POWER, AFTER)
    assert after == Ordered(early, late + added)


def test_after_it_nothing_is_taken_back() -> None:
    with pytest.raises(OrderFixed) as refused:
        changed_order(Ordered(2, 1), 2, POWER, AFTER)
    assert refused.value.data == {"service": POWER.name, "deadline": DEADLINE, "ordered": 3}


def test_after_the_last_orders_nothing_changes_and_the_same_order_is_no_change() -> None:
    with pytest.raises(OrdersClosed):
        changed_order(Ordered(2, 0), 3, POWER, CLOSES)
    assert changed_order(Ordered(2, 0), 2, POWER, CLOSES) == Ordered(2, 0)


def test_what_is_offered_no_longer_can_only_be_reduced() -> None:
    gone = POWER._replace(offered=False)
    assert changed_order(Ordered(2, 0), 1, gone, BEFORE) == Ordered(1, 0)
    with pytest.raises(NotOffered):
        changed_order(Ordered(2, 0), 3, gone, BEFORE)


@pytest.mark.parametrize("quantity", [-1, MOST_PIECES + 1])
def test_quantities_have_bounds(quantity: int) -> None:
    with pytest.raises(QuantityOutOfRange):
        changed_order(Ordered(0, 0), quantity, POWER, BEFORE)


@pytest.mark.parametrize(
    ("quantity", "price", "surcharge", "amount"),
    [(2, "120.00", 0, "240.00"), (1, "0.05", 50, "0.08"), (3, "33.35", 30, "130.08"), (9999, "0.01", 0, "99.99")],
)
def test_amounts_are_exact_to_the_cent(quantity: int, price: str, surcharge: int, amount: str) -> None:
    assert quantity * charged_each(Decimal(price), surcharge) == Decimal(amount)


def test_terms_are_in_order() -> None:
    require_terms(DEADLINE, DEADLINE, 500)
    with pytest.raises(DeadlineAfterClose):
        require_terms(CLOSES, DEADLINE, 0)
    with pytest.raises(SurchargeOutOfRange):
        require_terms(DEADLINE, CLOSES, 501)
