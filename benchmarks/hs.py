"""How often the finder proposes the right subheading, on cases kept apart from those its weights were tuned on.

Run: ``.venv/bin/python benchmarks/hs.py [--json]``. Beside it, in the same run: 150 blind cases, written by somebody
who had seen neither the finder nor its names; the finder without its listed names; a plain hybrid of BM25 over all
descriptions and the encoder's cosine with titles, with neither names nor weights; and China's official line names
asked of a finder that was never told them.
``--tune`` learns the weights on the tuning cases and writes them; the kept-apart cases are not read then.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from emporion.domain.marketaccess import classification
from emporion.domain.marketaccess.classification import FOLDER
from emporion.domain.reference import files
from emporion.kernels.hs.finder import EVIDENCE, Finder, weights_as_csv

Table = NDArray[np.float64]
TARGETS = {"top1": 0.45, "top5": 0.70, "heading5": 0.85}
PLAIN = {"whole": 1.0, "title meant": 1.0}
FORGOTTEN = ("named", "named in heading", "near name", "near name in heading", "name meant", "name in heading meant")
# The names were written by someone who had seen the tuning cases, so a part of what is learnt is learnt without them.
WITHOUT_NAMES, RIDGE, HEADING = 0.35, 0.004, 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--tune", action="store_true")
    options = parser.parse_args()
    start = perf_counter()
    finder = classification.finder()
    loaded = perf_counter() - start
    if options.tune:
        tune(finder)
        return
    official = by_language(*withheld(finder))["zh"]
    blind = cases("blind")
    found = {
        "load_seconds": round(loaded, 2),
        **measured(finder, cases("kept_apart")),
        "blind": by_language(finder, blind, finder.evidence([case["text"] for case in blind]), finder.weights),
        "official_names": official,
    }
    print(json.dumps(found, indent=1) if options.json else told(found))


def cases(name: str) -> list[dict[str, str]]:
    """The cases of a file: text, language, hs6, and in some what is as right."""
    return list(files.rows(f"{FOLDER}/cases_{name}.csv"))


def measured(finder: Finder, some: Sequence[dict[str, str]]) -> dict[str, object]:
    """The three figures for all cases and by language, the plain hybrid's beside them, and texts a second."""
    start = perf_counter()
    tables = finder.evidence([case["text"] for case in some])
    seconds = perf_counter() - start
    plain = np.array([PLAIN.get(name, 0.0) for name in EVIDENCE])
    forgotten = np.array([1.0 if name in FORGOTTEN else 0.0 for name in EVIDENCE])
    return {
        "cases": len(some), "texts_a_second": round(len(some) / seconds, 1), "targets": TARGETS,
        "finder": by_language(finder, some, tables, finder.weights),
        "without_names": by_language(finder, some, tables, finder.weights * (1 - forgotten)),
        "plain_hybrid": by_language(finder, some, tables, plain),
    }  # fmt: skip


def withheld(finder: Finder) -> tuple[Finder, list[dict[str, str]], list[Table], Table]:
    """China's official names as cases, asked of a finder that was never told them.

    Nobody wrote these for the finder: they are the schedule's own words for eight-digit lines.
    """
    official = set(classification.chinese_names())
    some = [{"text": name, "language": "zh", "hs6": code} for code, name in sorted(official)]
    own = set(classification.listed_names())
    told = [pair for pair in finder.nomenclature.names if pair not in official or pair in own]
    book = replace(finder.nomenclature, names=tuple(told))
    rows = {text: place for place, text in enumerate(finder.nomenclature.texts)}
    kept = replace(finder.vectors, rows=finder.vectors.rows[[rows[text] for text in book.texts]])
    forgetful = Finder(book, finder.encoder, kept, finder.weights)
    return forgetful, some, forgetful.evidence([case["text"] for case in some]), finder.weights


def by_language(
    finder: Finder, some: Sequence[dict[str, str]], tables: Sequence[Table], weights: Table
) -> dict[str, dict[str, float]]:
    """Figures for all cases, English ones and Chinese ones."""
    hits = np.array([_hits(finder, _right(case), table @ weights) for case, table in zip(some, tables, strict=True)])
    languages = np.array([case["language"] for case in some])
    parts = {"all": languages != "", "en": languages == "en", "zh": languages == "zh"}
    return {
        name: {
            "cases": int(held.sum()),
            **dict(zip(TARGETS, hits[held].mean(axis=0).round(3).tolist(), strict=True)),
        }
        for name, held in parts.items()
        if held.any()
    }


def _right(case: dict[str, str]) -> set[str]:
    return {case["hs6"], *case.get("also", "").split()}


def _hits(finder: Finder, right: set[str], scores: Table) -> tuple[bool, bool, bool]:
    best = [finder.nomenclature.codes[place] for place in np.argsort(-scores, kind="stable")[:5]]
    same_heading = {code[:4] for code in right} & {code[:4] for code in best}
    return best[0] in right, not right.isdisjoint(best), bool(same_heading)


def told(found: dict[str, object]) -> str:
    """The figures as a table."""
    lines = [f"{found['cases']} cases, loaded in {found['load_seconds']} s, {found['texts_a_second']} texts a second"]
    for kind in ("finder", "without_names", "plain_hybrid", "blind"):
        for name, figures in found[kind].items():  # type: ignore[attr-defined]
            shown = "  ".join(f"{what} {value}" for what, value in figures.items())
            lines.append(f"{kind:14}{name:5}{shown}")
    lines.append(f"{'official names, withheld':24}{found['official_names']}")
    return "\n".join(lines)


def tune(finder: Finder) -> None:
    """Learn the weights: listwise likelihood of the right subheading and of its heading, and a ridge."""
    some = cases("tuning")
    tables = np.stack(finder.evidence([case["text"] for case in some]))
    right = np.array([finder.nomenclature.codes.index(case["hs6"]) for case in some])
    known = np.array([0.0 if name in FORGOTTEN else 1.0 for name in EVIDENCE])
    same = np.array([[code[:4] == case["hs6"][:4] for code in finder.nomenclature.codes] for case in some])
    start = finder.weights

    def loss(weights: Table) -> tuple[float, Table]:
        parts = [(1 - WITHOUT_NAMES, np.ones(len(EVIDENCE))), (WITHOUT_NAMES, known)]
        total, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for share, mask in parts:
            value, gradient = _likelihood(tables, weights * mask, right, same)
            total, slope = total + share * value, slope + share * gradient * mask
        return total, slope

    bounds = [(None, 0) if name == "parts" else (None, None) if name == "other" else (0, None) for name in EVIDENCE]
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 60})
    path = Path(files.__file__).parents[2] / "data" / classification.WEIGHTS
    path.write_text(weights_as_csv(best.x), "utf-8")
    print(f"loss {best.fun:.4f}")
    print(weights_as_csv(best.x), by_language(finder, some, list(tables), best.x))


def _likelihood(tables: Table, weights: Table, right: NDArray[np.int64], same: Table) -> tuple[float, Table]:
    scores = tables @ weights
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores)
    shares /= shares.sum(axis=1, keepdims=True)
    within = shares * same
    held = np.maximum(within.sum(axis=1, keepdims=True), 1e-12)
    rows = np.arange(len(right))
    value = -np.log(np.maximum(shares[rows, right], 1e-12)) - HEADING * np.log(held[:, 0])
    pull = (1 + HEADING) * shares - HEADING * within / held
    pull[rows, right] -= 1
    return float(value.mean()), np.einsum("ts,tsk->k", pull, tables) / len(right)


if __name__ == "__main__":
    main()
