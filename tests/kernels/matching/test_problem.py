"""What a market may look like, and what is refused by the name of its field."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from emporion.kernels.matching import Params, Problem
from tests.kernels.matching.markets import market_of_scores, random_market


@pytest.fixture
def small() -> Problem:
    return random_market(4, 3, seed=1)


@pytest.mark.parametrize("field", ["visitor_wants", "exhibitor_offers", "exhibitor_wants", "visitor_offers"])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_factor_that_is_not_finite_is_refused_with_its_row(small: Problem, field: str, bad: float) -> None:
    factors = getattr(small, field).copy()
    factors[2, 1] = bad
    with pytest.raises(ValueError, match=rf"^{field} must be finite: row 2 "):
        replace(small, **{field: factors})


@pytest.mark.parametrize("field", ["visitor_capacity", "exhibitor_capacity"])
@pytest.mark.parametrize("bad", [0, -3, 1.5, np.nan])
def test_a_quota_is_a_whole_number_of_at_least_one(small: Problem, field: str, bad: float) -> None:
    capacity = getattr(small, field).astype(float)
    capacity[1] = bad
    with pytest.raises(ValueError, match=rf"^{field} must be whole numbers of at least 1: row 1 is {bad}"):
        replace(small, **{field: capacity})


def test_quotas_must_have_one_number_for_each_row(small: Problem) -> None:
    with pytest.raises(
        ValueError, match=r"^visitor_capacity must have one number for each of 4 rows, got shape \(3,\)"
    ):
        replace(small, visitor_capacity=np.ones(3))


def test_both_sides_of_a_product_need_the_same_columns(small: Problem) -> None:
    with pytest.raises(
        ValueError, match=r"^visitor_wants and exhibitor_offers must have the same columns, got 4 and 5"
    ):
        replace(small, exhibitor_offers=np.zeros((3, 5), np.float32))


def test_both_factors_of_a_side_need_the_same_rows(small: Problem) -> None:
    with pytest.raises(ValueError, match=r"^visitor_wants and visitor_offers must have the same rows, got 4 and 5"):
        replace(small, visitor_offers=np.zeros((5, 4), np.float32))


def test_factors_need_two_dimensions(small: Problem) -> None:
    with pytest.raises(ValueError, match=r"^visitor_wants must have two dimensions .* got shape \(4,\)"):
        replace(small, visitor_wants=np.zeros(4, np.float32))


@pytest.mark.parametrize("pair", [(4, 0), (0, 3), (-1, 0), (0, -1)])
def test_a_hidden_pair_out_of_range_is_refused(small: Problem, pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"^hidden is out of range: pair 1 is .* 4 visitors and 3 exhibitors"):
        replace(small, hidden=np.array([(0, 0), pair]))


def test_hidden_pairs_are_whole_numbers(small: Problem) -> None:
    with pytest.raises(ValueError, match=r"^hidden must be whole numbers of shape"):
        replace(small, hidden=np.array([[0.0, 1.0]]))


def test_scores_that_would_overflow_are_refused(small: Problem) -> None:
    with pytest.raises(ValueError, match=r"^visitor_wants and exhibitor_offers are too large"):
        replace(
            small,
            visitor_wants=small.visitor_wants * np.float32(1e20),
            exhibitor_offers=small.exhibitor_offers * np.float32(1e20),
        )


def test_lists_of_numbers_and_other_types_are_converted() -> None:
    problem = market_of_scores([[1, 2], [3, 4]], hidden=[(0, 1)])
    assert problem.visitor_wants.dtype == np.float32
    assert problem.visitor_capacity.tolist() == [1, 1]
    assert problem.hidden.tolist() == [[0, 1]]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("beta", 0.0),
        ("beta", float("nan")),
        ("beta_share", -1.0),
        ("visitor_list", 0),
        ("exhibitor_list", 0),
        ("sample_share", 0.0),
        ("sample_share", 1.5),
        ("sample_iterations", 0),
        ("polish_passes", -1),
        ("max_load_over_quota", 0.5),
        ("max_load_over_quota", float("nan")),
        ("block_rows", 0),
        ("bid_step", 0.0),
        ("rounds", 0),
    ],
)
def test_a_parameter_out_of_range_is_refused_by_name(field: str, value: float) -> None:
    with pytest.raises(ValueError, match=rf"^Params\.{field} must be"):
        Params(**{field: value})
