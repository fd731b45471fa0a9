"""Learn the classifier's weights and what they are worth, on tuning cases alone; the cases kept apart are not read.

Run: ``.venv/bin/python benchmarks/hs_tuning.py`` (some ten minutes on one core), after ``emporion hs --rebuild``.
Index terms are asked of finders that were not told them: by turns of four folds, and never those kept apart.
"""

from __future__ import annotations

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
from emporion.kernels.hs import calibration, fitting
from emporion.kernels.hs.finder import EVIDENCE, NAMED, Finder, weights_as_csv

Table = NDArray[np.float64]
FORGOTTEN = (*NAMED, "name meant", "name in heading meant")
# The names were written by people who knew some cases, so a part of what is learnt is learnt without them.
WITHOUT_NAMES, RIDGE, HEADING = 0.1, 0.001, 0.3
CANDIDATES = 200
WORTH = {held.INDEX: 1.0, held.OWN: 1.0, held.QUERY: 1.5, held.RULING: 2.0}
# Probabilities are learnt on truth made by others.
TRUSTED = {held.INDEX: 1.0, held.QUERY: 1.0, held.RULING: 3.0}
FOLDER = Path(files.__file__).parents[2] / "data"


@dataclass(frozen=True)
class Ranked:
    """A case with the evidence of its likeliest subheadings: which are right, which of the right heading."""

    case: held.Case
    finder: Finder
    table: Table

    def places(self) -> NDArray[np.int64]:
        """The likeliest subheadings by the weights so far, and the right ones."""
        best = np.argsort(-(self.table @ self.finder.weights))[:CANDIDATES]
        right = [place for place, code in enumerate(self.finder.nomenclature.codes) if code in self.case.right]
        return np.unique([*best, *right])


def main() -> None:
    ranked = list(_ranked(classification.finder()))
    batch = _batch(ranked)
    weights = _weights(*batch, start=ranked[0].finder.weights)
    (FOLDER / classification.WEIGHTS).write_text(weights_as_csv(weights), "utf-8")
    made = _calibration([one for one in ranked if one.case.kind in TRUSTED], weights)
    for name, rows in zip((classification.CALIBRATION, classification.STEPS), calibration.as_rows(made), strict=True):
        with (FOLDER / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)
    print(weights_as_csv(weights))


def _ranked(finder: Finder) -> Iterator[Ranked]:
    """Every tuning case with its evidence; an index term asked of a finder that was not told its fold."""
    terms = held.index_terms()
    apart = held.names_of([case for case in terms if case.part == held.APART])
    for fold in range(held.FOLDS):
        cases = [case for case in terms if case.part == held.TUNING and case.fold == fold]
        yield from _asked(held.finder_without(finder, apart | held.names_of(cases)), cases)
        print("fold", fold, len(cases), flush=True)
    cases = [case for case in held.outside() if case.part == held.TUNING and case.right]
    cases += held.own("tuning", held.OWN, held.TUNING)
    yield from _asked(held.finder_without(finder, apart), cases)


def _asked(finder: Finder, cases: list[held.Case]) -> Iterator[Ranked]:
    for start in range(0, len(cases), 64):
        some = cases[start : start + 64]
        for case, table in zip(some, finder.evidence([case.text for case in some]), strict=True):
            yield Ranked(case, finder, table.astype(np.float32))


def _batch(ranked: list[Ranked]) -> tuple[Table, Table, Table, Table, Table]:
    """Evidence of shape (cases, places, kinds); masks of places held, right, and of the right heading; worth."""
    places = [one.places() for one in ranked]
    shape = len(ranked), max(map(len, places))
    evidence = np.zeros((*shape, len(EVIDENCE)), np.float32)
    inside, right, same = (np.zeros(shape, bool) for _ in range(3))
    for row, (one, own) in enumerate(zip(ranked, places, strict=True)):
        codes = [one.finder.nomenclature.codes[place] for place in own]
        evidence[row, : len(own)] = one.table[own]
        inside[row, : len(own)] = True
        right[row, : len(own)] = [code in one.case.right for code in codes]
        same[row, : len(own)] = [code[:4] in {one[:4] for one in one.case.right} for code in codes]
    worth = np.array([WORTH[one.case.kind] for one in ranked], np.float32)
    return evidence, inside, right, same, worth / worth.sum()


def _weights(evidence: Table, inside: Table, right: Table, same: Table, worth: Table, start: Table) -> Table:
    known = np.array([0.0 if name in FORGOTTEN else 1.0 for name in EVIDENCE])

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
        for share, mask in ((1 - WITHOUT_NAMES, np.ones(len(EVIDENCE))), (WITHOUT_NAMES, known)):
            value, gradient = likelihood(weights * mask)
            total, slope = total + share * value, slope + share * gradient * mask
        return total, slope

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x)


def _calibration(ranked: list[Ranked], weights: Table) -> calibration.Calibration:
    signs, first, five = [], [], []
    for one in ranked:
        scores = one.table @ weights
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        best = [one.finder.nomenclature.codes[place] for place in np.argsort(-scores, kind="stable")[:5]]
        signs.append(one.finder.signs(one.case.text, one.table, scores, shares))
        first.append(best[0] in one.case.right)
        five.append(not one.case.right.isdisjoint(best))
    worth = np.array([TRUSTED[one.case.kind] for one in ranked])
    right = {calibration.FIRST: np.array(first, float), calibration.FIVE: np.array(five, float)}
    return fitting.fit(np.array(signs), right, worth)


if __name__ == "__main__":
    main()
