"""What was computed is kept for one version of what it rests on, for one computation at a time, and within bounds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from emporion.domain.cache import Cache, clear_all


@pytest.fixture
def plans():
    return Cache("plans of halls", most=2)


class Counted:
    """Computes the number of times it was asked, from 1."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return self.times


def test_a_value_is_computed_once_for_a_version_and_again_for_the_next(plans):
    compute = Counted()
    assert [plans.get("hall 1", version, compute) for version in (7, 7, 8, 8)] == [1, 1, 2, 2]


def test_keys_and_caches_have_values_of_their_own(plans):
    others, compute = Cache("others"), Counted()
    assert [plans.get("hall 1", 1, compute), plans.get("hall 2", 1, compute)] == [1, 2]
    assert others.get("hall 1", 1, compute) == 3


def test_a_value_that_is_none_is_cached_as_any_other(plans):
    asked = []
    assert [plans.get("no plan", 1, lambda: asked.append(1)) for _ in range(2)] == [None, None]
    assert asked == [1]


def test_without_a_version_nothing_is_cached_or_returned_from_the_cache(plans):
    compute = Counted()
    assert plans.get("hall 1", 1, compute) == 1
    assert [plans.get("hall 1", None, compute), plans.get("hall 1", None, compute)] == [2, 3]
    assert plans.get("hall 1", 1, compute) == 1


def test_the_keys_asked_for_last_stay_up_to_the_most(plans):
    compute = Counted()
    for key in ("hall 1", "hall 2", "hall 1", "hall 3"):
        plans.get(key, 1, compute)
    assert len(plans) == 2
    assert plans.get("hall 1", 1, compute) == 1
    assert plans.get("hall 2", 1, compute) == 4


def test_a_computation_that_fails_keeps_nothing_and_locks_nobody_out(plans):
    with pytest.raises(ZeroDivisionError):
        plans.get("hall 1", 1, lambda: 1 // 0)
    assert plans.get("hall 1", 1, lambda: "plan") == "plan"


def test_of_many_at_once_one_computes_and_all_get_its_value(plans):
    compute, together = Counted(), Barrier(4)

    def ask(_number):
        together.wait()
        return plans.get("hall 1", 1, compute)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [1, 1, 1, 1]


def test_who_asks_for_another_key_does_not_wait(plans):
    begun, go_on = Event(), Event()

    def slow():
        begun.set()
        assert go_on.wait(600)
        return "slow"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(plans.get, "hall 1", 1, slow)
        assert begun.wait(600)
        assert plans.get("hall 2", 1, lambda: "fast") == "fast"
        go_on.set()
        assert waiting.result() == "slow"


def test_everything_is_forgotten_at_once(plans):
    compute = Counted()
    plans.get("hall 1", 1, compute)
    clear_all()
    assert plans.get("hall 1", 1, compute) == 2
