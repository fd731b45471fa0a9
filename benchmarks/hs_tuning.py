"""Learn the classifier's weights, networks and what they are worth, on tuning cases alone; others are not read.

Run: ``.venv/bin/python benchmarks/hs_tuning.py [--keep-weights]`` (some five minutes on one core), after
``emporion hs --rebuild``; with the option the networks and probabilities alone are learnt anew.
Index terms are asked of finders that were not told them: by turns of four folds, and never those kept apart. China's
lines are asked of one that was told none of their names. Probabilities are learnt from answers of networks that were
not taught the case, by the same folds.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import hs_cases as held
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from emporion.domain.marketaccess import classification
from emporion.domain.reference import files
from emporion.kernels.hs import calibration, fitting, ranking, ranking_fit
from emporion.kernels.hs.evidence import EVIDENCE, NAMED, SUMMED
from emporion.kernels.hs.finder import Finder, shares_of, weights_as_csv
from emporion.kernels.hs.ranking_fit import Lists
from emporion.kernels.text.words import is_chinese, tokens

Table = NDArray[np.float64]
FORGOTTEN = (*NAMED, "name meant", "name in heading meant")
# The names were written by people who knew some cases, so a part of what is learnt is learnt without them.
WITHOUT_NAMES, RIDGE, HEADING = 0.1, 0.001, 0.3
CONSIDERED = 200
WORTH = {held.INDEX: 1.0, held.OWN: 1.0, held.QUERY: 1.5, held.RULING: 2.0, held.LINE: 0.5,
         held.LISTED: 0.5, held.PREFIXED: 1.0, held.HIDDEN: 0.5,
         held.TITLED: 0.5, held.CONDENSED: 1.0, held.DESCRIBED: 1.0}  # fmt: skip
# Probabilities are learnt on truth made by others.
TRUSTED = {held.INDEX: 1.0, held.QUERY: 1.0, held.RULING: 3.0, held.LINE: 1.0, held.TITLED: 1.0, held.CONDENSED: 2.0,
           held.DESCRIBED: 2.0}  # fmt: skip
# The networks that vote.
SEEDS = (0, 1, 2, 3)
FOLDER = Path(files.__file__).parents[2] / "data"


@dataclass(frozen=True)
class Ranked:
    """A case with the evidence of its likeliest subheadings and of the right ones; which of them are ranked anew."""

    case: held.Case
    finder: Finder
    places: NDArray[np.int64]
    table: Table
    candidate: NDArray[np.bool_]

    @property
    def codes(self) -> list[str]:
        """The subheadings of the rows."""
        return [self.finder.nomenclature.codes[place] for place in self.places]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep-weights", action="store_true")
    keep = parser.parse_args().keep_weights
    ranked = list(_ranked(classification.finder()))
    weights = ranked[0].finder.weights
    if not keep:
        weights = _weights(_lists(ranked), start=weights)
    (FOLDER / classification.WEIGHTS).write_text(weights_as_csv(weights), "utf-8")
    learn(ranked, weights)
    print(weights_as_csv(weights))


def learn(ranked: list[Ranked], weights: Table) -> None:
    """Write the networks, and what their shares are worth."""
    made = ranking_fit.fit(_candidates(ranked), EVIDENCE, weights, SEEDS)
    (FOLDER / classification.RANKER).write_bytes(ranking.saved(made))
    trusted, rankers = _out_of_fold(ranked, weights)
    probabilities = _calibration(trusted, rankers)
    tables = (classification.CALIBRATION, classification.STEPS, classification.LINES)
    for name, rows in zip(tables, calibration.as_rows(probabilities), strict=True):
        with (FOLDER / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)


def _ranked(finder: Finder) -> Iterator[Ranked]:
    """Every tuning case with its evidence; an index term asked of a finder that was not told its fold."""
    terms = held.index_terms()
    apart = held.names_of([case for case in terms if case.part == held.APART])
    for fold in range(held.FOLDS):
        cases = [case for case in terms if case.part == held.TUNING and case.fold == fold]
        yield from _asked(held.finder_without(finder, apart | held.names_of(cases)), cases)
        print("fold", fold, len(cases), flush=True)
    lines = held.official_lines()
    unread = held.finder_without(finder, apart | held.names_of(lines))
    yield from _asked(unread, [case for case in lines if case.part == held.TUNING])
    cases = [case for case in held.outside() if case.part == held.TUNING and case.right]
    cases += held.own("tuning", held.OWN, held.TUNING)
    names = held.names()
    hidden = [case for case in names if case.kind == held.HIDDEN]
    yield from _asked(held.finder_without(finder, apart), cases + [case for case in names if case.kind != held.HIDDEN])
    secret = apart | held.names_of(hidden)
    yield from _asked(held.finder_without(finder, secret, listed_too=True), hidden)


def _asked(finder: Finder, cases: list[held.Case]) -> Iterator[Ranked]:
    for start in range(0, len(cases), 64):
        some = cases[start : start + 64]
        for case, table in zip(some, finder.evidence([case.text for case in some]), strict=True):
            yield _of_table(case, finder, table)


def _of_table(case: held.Case, finder: Finder, table: Table) -> Ranked:
    own = finder.candidates(table)
    best = np.argsort(-(table @ finder.weights))[:CONSIDERED]
    right = [place for place, code in enumerate(finder.nomenclature.codes) if code in case.right]
    places = np.unique([*own, *best, *right])
    return Ranked(case, finder, places, table[places].astype(np.float32), np.isin(places, own))


def _candidates(ranked: list[Ranked]) -> Lists:
    """The subheadings that are ranked anew, as the networks meet them."""
    own = [
        Ranked(one.case, one.finder, one.places[one.candidate], one.table[one.candidate], one.candidate[one.candidate])
        for one in ranked
    ]
    return _lists(own)


def _lists(ranked: list[Ranked]) -> Lists:
    shape = len(ranked), max(len(one.places) for one in ranked)
    evidence = np.zeros((*shape, len(EVIDENCE)), np.float32)
    inside, right, same = (np.zeros(shape, bool) for _ in range(3))
    for row, one in enumerate(ranked):
        size, headings = len(one.places), {code[:4] for code in one.case.right}
        evidence[row, :size], inside[row, :size] = one.table, True
        right[row, :size] = [code in one.case.right for code in one.codes]
        same[row, :size] = [code[:4] in headings for code in one.codes]
    worth = np.array([WORTH[one.case.kind] for one in ranked], np.float32)
    return Lists(evidence, inside, right, same, worth / worth.sum())


def _weights(lists: Lists, start: Table) -> Table:
    """The weights of the summed kinds; the others have none."""
    summed = len(SUMMED)
    evidence, inside, right, same, worth = (
        lists.evidence[:, :, :summed], lists.held, lists.right, lists.same, lists.worth
    )  # fmt: skip
    known = np.array([0.0 if name in FORGOTTEN else 1.0 for name in SUMMED])

    def likelihood(weights: Table) -> tuple[float, Table]:
        scores = np.where(inside, evidence @ weights.astype(np.float32), -1e9)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        hit, near = (np.maximum((shares * mask).sum(axis=1), 1e-9)[:, None] for mask in (right, same))
        value = -(worth * (np.log(hit) + HEADING * np.log(near))[:, 0]).sum()
        pull = (1 + HEADING) * shares - shares * right / hit - HEADING * shares * same / near
        return float(value), np.einsum("cp,cpk->k", pull * worth[:, None], evidence)

    def loss(weights: Table) -> tuple[float, Table]:
        total, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for share, mask in ((1 - WITHOUT_NAMES, np.ones(summed)), (WITHOUT_NAMES, known)):
            value, gradient = likelihood(weights * mask)
            total, slope = total + share * value, slope + share * gradient * mask
        return total, slope

    found = minimize(loss, start[:summed], jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    return np.concatenate([found, np.zeros(len(EVIDENCE) - summed)])


def _out_of_fold(ranked: list[Ranked], weights: Table) -> tuple[list[Ranked], list[ranking.Ranker]]:
    """The trusted cases, and for each the networks that were not taught its fold."""
    rankers = [
        ranking_fit.fit(_candidates([one for one in ranked if one.case.fold != fold]), EVIDENCE, weights, SEEDS)
        for fold in range(held.FOLDS)
    ]
    trusted = [one for one in ranked if one.case.kind in TRUSTED]
    return trusted, [rankers[one.case.fold] for one in trusted]


def _calibration(ranked: list[Ranked], rankers: list[ranking.Ranker]) -> calibration.Calibration:
    signs, first, five = [], [], []
    for one, ranker in zip(ranked, rankers, strict=True):
        own = one.candidate
        scores = ranker.scores(one.table[own])
        shares, codes = shares_of(scores), np.array(one.codes)[own]
        best = codes[np.argsort(-scores, kind="stable")[:5]]
        signs.append(one.finder.signs(one.case.text, one.table[own], scores, shares, one.places[own]))
        first.append(best[0] in one.case.right)
        five.append(not one.case.right.isdisjoint(best.tolist()))
    worth = np.array([TRUSTED[one.case.kind] for one in ranked])
    right = {calibration.FIRST: np.array(first, float), calibration.FIVE: np.array(five, float)}
    kinds = [calibration.kind_of(len(tokens(one.case.text)), is_chinese(one.case.text)) for one in ranked]
    return fitting.fit(np.array(signs), right, worth, kinds, [one.case.fold for one in ranked])


if __name__ == "__main__":
    main()
