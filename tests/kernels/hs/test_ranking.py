"""The networks that rank likely subheadings anew: what they can learn, how they are stored, when they are refused."""

import numpy as np
import pytest

from emporion.domain.marketaccess import classification
from emporion.kernels.hs import ranking, ranking_fit
from emporion.kernels.hs.evidence import EVIDENCE
from emporion.kernels.hs.finder import CANDIDATES, VOTED_FOR, Finder

KINDS = ("name", "material")


def either_but_not_both(cases: int) -> ranking_fit.Lists:
    """Four subheadings a case, one for each pair of two facts; right is the one with a name and no material."""
    rng = np.random.default_rng(5)
    pairs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    order = np.array([rng.permutation(4) for _ in range(cases)])
    evidence = pairs[order] + rng.normal(0, 0.05, (cases, 4, 2)).astype(np.float32)
    # A second kind of case holds only the others: right is the one with a material and no name.
    right = order == 2
    half = cases // 2
    right[:half] = order[:half] == 1
    evidence[:half][order[:half] == 2] = [1, 1]
    evidence[half:][order[half:] == 1] = [1, 1]
    everywhere = np.ones((cases, 4), bool)
    return ranking_fit.Lists(evidence, everywhere, right, right, np.ones(cases, np.float32))


def first_right(ranker: ranking.Ranker, lists: ranking_fit.Lists) -> float:
    best = ranker.scores(lists.evidence).argmax(axis=1)
    return float(lists.right[np.arange(len(best)), best].mean())


def test_networks_learn_what_no_sum_can_tell() -> None:
    lists = either_but_not_both(800)
    learnt = ranking_fit.fit(lists, KINDS, np.zeros(2), seeds=(0, 1))
    assert first_right(learnt, lists) > 0.95


def test_places_that_are_not_held_teach_nothing() -> None:
    lists = either_but_not_both(200)
    wider = ranking_fit.Lists(
        *(np.concatenate([one, np.zeros_like(one)], axis=1) for one in (lists.evidence, lists.held)),
        *(np.concatenate([one, np.ones_like(one)], axis=1) for one in (lists.right, lists.same)),
        lists.worth,
    )
    narrow, wide = (ranking_fit.fit(one, KINDS, np.zeros(2), seeds=(3,)) for one in (lists, wider))
    assert first_right(wide, lists) == pytest.approx(first_right(narrow, lists), abs=0.05)


def test_a_stored_ranker_scores_the_same_and_belongs_to_its_evidence() -> None:
    lists = either_but_not_both(100)
    learnt = ranking_fit.fit(lists, KINDS, np.array([1.0, 2.0]), seeds=(0, 1))
    again = ranking.load(ranking.saved(learnt), KINDS)
    assert (again.scores(lists.evidence) == learnt.scores(lists.evidence)).all()
    assert len(again.networks) == 2
    with pytest.raises(ranking.RankerStale):
        ranking.load(ranking.saved(learnt), ("material", "name"))


def test_a_seed_gives_one_network() -> None:
    lists = either_but_not_both(100)
    first, second = (ranking_fit.fit(lists, KINDS, np.zeros(2), seeds=(4,)) for _ in range(2))
    assert (first.scores(lists.evidence) == second.scores(lists.evidence)).all()


def test_the_shipped_networks_rank_only_the_likely_and_those_that_answers_leave() -> None:
    finder = classification.finder()
    [table] = finder.evidence(["women's jacket"])
    assert table.shape == (len(finder.nomenclature.codes), len(EVIDENCE))
    likely = finder.candidates(table)
    assert CANDIDATES <= len(likely) <= CANDIDATES + VOTED_FOR
    scores = finder.scores(table)
    others = np.setdiff1d(np.arange(len(scores)), likely)
    assert scores[others].max() < scores[likely].min()
    left = np.array([code.startswith("6204") for code in finder.nomenclature.codes])
    assert left[np.argsort(-finder.scores(table, left))[: left.sum()]].all()


def test_without_networks_the_sum_ranks() -> None:
    shipped = classification.finder()
    plain = Finder(shipped.nomenclature, None, None, classification.weights())
    [table] = plain.evidence(["grape press"])
    assert (plain.scores(table) == table @ plain.weights).all()
