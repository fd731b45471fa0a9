"""How often the classifier proposes the right subheading, and whether its probabilities hold, by kind of text.

Run: ``.venv/bin/python benchmarks/hs.py [--json] [--picture FILE.svg]``. All cases are kept apart from tuning. The
index terms are asked of a finder that was not told them: it is made anew, which takes a minute or two. China's official
line names are asked of one that was told none of them. ``hs_tuning.py`` learns the weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import altair as alt
import hs_cases as held
import numpy as np

from emporion.domain.marketaccess import classification
from emporion.kernels.hs.answer import Answer
from emporion.kernels.hs.calibration import debiased_error, expected_error
from emporion.kernels.hs.finder import Finder
from emporion.kernels.hs.reading import Reading

GOALS = {"index": (0.60, 0.82), "queries": (0.40, 0.65), "rulings en": (0.70, 0.88), "rulings zh": (0.70, 0.88)}
ERROR_GOAL = 0.08
BINS, TOP = 5, 20


@dataclass(frozen=True)
class Asked:
    """The cases of a kind and their answers."""

    name: str
    truth: str
    cases: Sequence[held.Case]
    answers: Sequence[Answer]

    def first(self) -> list[bool]:
        """Whether the first proposal is right, for each case."""
        return [bool(one.found) and one.found[0].hs6 in case.right for one, case in self._pairs()]

    def five(self) -> list[bool]:
        """Whether one of five proposals is right."""
        return self._among(5)

    def twenty(self) -> list[bool]:
        """Whether one of twenty proposals is right."""
        return self._among(TOP)

    def heading(self) -> list[bool]:
        """Whether the first proposal has the right heading."""
        return [
            bool(one.found) and one.found[0].hs6[:4] in {code[:4] for code in case.right} for one, case in self._pairs()
        ]

    def _among(self, count: int) -> list[bool]:
        return [any(found.hs6 in case.right for found in one.found[:count]) for one, case in self._pairs()]

    def sure(self) -> list[float]:
        """The probability given to the first proposal."""
        return [one.found[0].score if one.found else 0.0 for one in self.answers]

    def _pairs(self) -> Iterator[tuple[Answer, held.Case]]:
        return zip(self.answers, self.cases, strict=True)

    def figures(self) -> dict[str, object]:
        """First, in five, calibration errors of both, and what share is answered as sure, with how many of it right."""
        first, five, sure = np.array(self.first()), np.array(self.five()), np.array([one.sure for one in self.answers])
        return {
            "cases": len(self.cases), "truth": self.truth, "first": _share(first), "five": _share(five),
            "heading": _share(self.heading()), "twenty": _share(self.twenty()),
            "error_first": round(expected_error(self.sure(), first.tolist()), 3),
            "error_by_chance": round(error_by_chance(self.sure()), 3),
            "error_debiased": round(debiased_error(self.sure(), first.tolist()), 3),
            "given": round(float(np.mean(self.sure())), 3),
            "error_five": round(expected_error([one.among for one in self.answers], five.tolist()), 3),
            "sure": _share(sure), "right_where_sure": _share(first[sure]) if sure.any() else None,
        }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--picture", type=Path, help="where to draw the calibration curves (.svg)")
    options = parser.parse_args()
    start = perf_counter()
    finder = classification.finder()
    finder.find("tea", 1)
    loaded = perf_counter() - start
    asked = list(_asked(finder))
    found = {
        "load_seconds": round(loaded, 2), "milliseconds_a_text": _milliseconds(finder),
        "kinds": {one.name: one.figures() for one in asked}, "services": services(finder),
    }  # fmt: skip
    if options.picture:
        picture(asked).save(str(options.picture))
    print(json.dumps(found, indent=1) if options.json else table(found))


def _asked(finder: Finder) -> Iterator[Asked]:
    terms = [case for case in held.index_terms() if case.part == held.APART]
    forgetful = held.finder_without(finder, held.names_of(terms))
    yield _all("index", "UK official index", terms, forgetful)
    outside = [case for case in held.outside() if case.part == held.APART]
    yield _all("queries", "this product, by the wording of the HS", _of(outside, held.QUERY), forgetful)
    rulings = _of(outside, held.RULING)
    yield _all("rulings en", "US and Chinese customs", _in(rulings, "en"), forgetful)
    yield _all("rulings zh", "US and Chinese customs", _in(rulings, "zh"), forgetful)
    new = {(kind, lang): _in(_of(outside, kind), lang) for kind in held.OF_RULINGS for lang in ("en", "zh")}
    yield _all("rulings' titles en", "US customs", new[held.TITLED, "en"], forgetful)
    yield _all("lines of rulings en", "US customs", new[held.CONDENSED, "en"], forgetful)
    yield _all("lines of rulings zh", "Chinese customs", new[held.CONDENSED, "zh"], forgetful)
    yield _all("descriptions en", "US customs", new[held.DESCRIBED, "en"], forgetful)
    yield _all("descriptions zh", "Chinese customs", new[held.DESCRIBED, "zh"], forgetful)
    yield _all("brochures", "this product, by the wording of the HS", _of(outside, held.BROCHURE), forgetful)
    yield _all("own, kept apart", "this product", held.own("kept_apart", held.OWN, held.APART), finder)
    yield _all("own, blind", "this product", held.own("blind", held.BLIND, held.APART), finder)
    lines = held.official_lines()
    unread = held.finder_without(finder, held.names_of(lines))
    yield _all("official names zh", "China's tariff", [case for case in lines if case.part == held.APART], unread)


def _all(name: str, truth: str, cases: Sequence[held.Case], finder: Finder) -> Asked:
    return Asked(name, truth, cases, finder.find_all([case.text for case in cases], TOP))


def _of(cases: Sequence[held.Case], kind: str) -> list[held.Case]:
    return [case for case in cases if case.kind == kind]


def _in(cases: Sequence[held.Case], language: str) -> list[held.Case]:
    return [case for case in cases if case.language == language]


def services(finder: Finder) -> dict[str, object]:
    """The share of services told as such, and of goods whose names sound like services that are not."""
    outside = [case for case in held.outside() if case.part == held.APART]
    readings = {kind: [finder.reading(case.text) for case in _of(outside, kind)] for kind in (held.SERVICE, held.GOODS)}
    return {
        "services": len(readings[held.SERVICE]),
        "told": _share([one is Reading.SERVICE for one in readings[held.SERVICE]]),
        "goods": len(readings[held.GOODS]),
        "goods_kept": _share([one is Reading.GOODS for one in readings[held.GOODS]]),
    }


def _milliseconds(finder: Finder) -> float:
    """One text after another, as a server is asked."""
    texts = [case.text for case in held.own("blind", held.BLIND, held.APART)]
    start = perf_counter()
    for text in texts:
        finder.find(text, 12)
    return round(1000 * (perf_counter() - start) / len(texts), 1)


def error_by_chance(probability: Sequence[float], draws: int = 200) -> float:
    """The calibration error that so many cases show on average even where every probability holds exactly."""
    rng, given = np.random.default_rng(0), np.array(probability)
    found = [expected_error(probability, (rng.random(len(given)) < given).tolist()) for _ in range(draws)]
    return float(np.mean(found))


def _share(hits: Sequence[bool]) -> float:
    return round(float(np.mean(hits)), 3)


def picture(asked: Sequence[Asked]) -> alt.LayerChart:
    """Probability given against share that was right, for each kind in bins of equal size, beside the diagonal."""
    rows = [row for one in asked for row in _curve(one)]
    scale = alt.Scale(domain=[0, 1])
    points = alt.Chart(alt.Data(values=rows)).mark_line(point=True).encode(
        x=alt.X("given:Q", scale=scale, title="probability given to the first proposal"),
        y=alt.Y("right:Q", scale=scale, title="share of first proposals that were right"),
        color=alt.Color("kind:N", title=None, sort=[one.name for one in asked]),
    )  # fmt: skip
    ideal = alt.Chart(alt.Data(values=[{"given": 0, "right": 0}, {"given": 1, "right": 1}]))
    line = ideal.mark_line(strokeDash=[4, 4], color="grey").encode(x="given:Q", y="right:Q")
    return (line + points).properties(width=420, height=420)


def _curve(one: Asked) -> list[dict[str, object]]:
    given, right = np.array(one.sure()), np.array(one.first(), dtype=float)
    bins = np.array_split(np.argsort(given, kind="stable"), BINS)
    return [
        {"kind": one.name, "given": round(float(given[own].mean()), 3), "right": round(float(right[own].mean()), 3)}
        for own in bins
    ]


def table(found: dict[str, object]) -> str:
    """The figures as lines."""
    lines = [f"loaded in {found['load_seconds']} s, {found['milliseconds_a_text']} ms a text"]
    lines.append(
        f"{'':20}{'cases':>6}{'first':>8}{'in five':>9}{'in 20':>7}{'heading':>9}{'ECE first':>11}{'by chance':>10}"
        f"{'debiased':>10}{'given':>8}{'ECE five':>10}{'sure':>7}{'right':>7}"
    )
    for name, one in found["kinds"].items():  # type: ignore[attr-defined]
        shown = f"{one['cases']:>6}{one['first']:>8}{one['five']:>9}{one['twenty']:>7}{one['heading']:>9}"
        shown += f"{one['error_first']:>11}{one['error_by_chance']:>10}"
        shown += f"{one['error_debiased']:>10}{one['given']:>8}{one['error_five']:>10}"
        goal = f"  goal {GOALS[name][0]:.2f} / {GOALS[name][1]:.2f}, ECE {ERROR_GOAL}" if name in GOALS else ""
        lines.append(f"{name:20}{shown}{one['sure']:>7}{one['right_where_sure'] or '':>7}  {one['truth']}{goal}")
    lines.append(f"services: {found['services']}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
