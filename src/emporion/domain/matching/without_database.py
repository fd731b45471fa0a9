"""Suggestions for two plain lists: no edition, no records, the same points, prices and words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from emporion.domain.matching.queries.texts import Text, closest, profile
from emporion.domain.matching.rules import (
    OWN_SECTOR,
    VISITOR_MEETINGS,
    FloatArray,
    Term,
    Weights,
    exhibitor_meetings,
    meaning,
    short_title,
    unasked,
    wanted_size,
)
from emporion.domain.reason import Name
from emporion.kernels import matching
from emporion.kernels.matching import Problem, Result
from emporion.kernels.matching.evaluate import pair_scores
from emporion.kernels.text.encoder import Encoder

SIZES = 5
# A cell may name several things.
THINGS = re.compile(r"[;；、|\n]")
# Texts encoded, and pairs explained, at a time.
BATCH = 500
# Cells hold names of goods, and short names are more alike than needs told at length: two names of chapters that have
# nothing to do with each other reach this cosine in 2 of 100 cases (0.35 in 9), two of one subheading in 63.
ALIKE = 0.45
Key = tuple[str, str]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Profile:
    """One side's row: its name, the words of its sectors, its HS codes, what it shows or looks for in its own words.

    ``size`` is an exhibitor's area in m², a visitor's purchasing size from 0 to 5.
    """

    row: int
    name: str
    sectors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    text: str = ""
    size: int = 0


@dataclass(frozen=True)
class ExhibitorProfile(Profile):
    """An exhibitor's row: also whom it wants to meet, in words and by the purchasing size to be reached (0: any)."""

    buyers_wanted: str = ""
    least_purchases: int = 0


@dataclass(frozen=True)
class Matched:
    """The lists of both sides, with the columns that explain them. ``columns`` are those of what visitors want."""

    problem: Problem
    result: Result
    columns: list[Key]
    texts: slice
    needed: list[list[Text]]
    shown: list[list[Text]]
    vectors: Mapping[str, FloatArray]

    def explained_plan(self) -> tuple[int, float]:
        """How many of the plan's meetings are of pairs that are suggested, and their worth.

        The others have nothing in common: they suit each other by size alone, or their texts are hardly alike.
        """
        plan, explained = self.result.plan, np.zeros(len(self.result.plan), bool)
        for first in range(0, len(plan), BATCH):
            some = slice(first, first + BATCH)
            explained[some] = [bool(why) for why in self.why(*plan[some].T.tolist())]
        return int(explained.sum()), float(pair_scores(self.problem, plan[explained]).sum(dtype=np.float64))

    def visitor_suggestions(self, visitor: int) -> Iterator[tuple[int, float, bool, tuple[Term, ...]]]:
        """Exhibitor's row, score less price, whether it is among the first places, and why; best first.

        Who has nothing in common is no suggestion, and is left out.
        """
        result = self.result
        places = [
            (exhibitor, score, first)
            for lists, scores, first in (
                (result.visitor_lists, result.visitor_scores, True),
                (result.further_lists, result.further_scores, False),
            )
            for exhibitor, score in zip(lists[visitor].tolist(), scores[visitor].tolist(), strict=True)
            if exhibitor >= 0
        ]
        found = [exhibitor for exhibitor, _, _ in places]
        for (exhibitor, score, first), why in zip(places, self.why([visitor] * len(found), found), strict=True):
            if why:
                yield exhibitor, score, first, why

    def exhibitor_suggestions(self, exhibitor: int) -> Iterator[tuple[int, float, bool, tuple[Term, ...]]]:
        """Visitor's row, score less price, whether the exhibitor is among that visitor's first places, and why.

        Best first; who has nothing in common is left out.
        """
        lists, scores = self.result.exhibitor_lists[exhibitor], self.result.exhibitor_scores[exhibitor]
        found, points = lists[lists >= 0].tolist(), scores[lists >= 0].tolist()
        firsts = (self.result.visitor_lists[found] == exhibitor).any(axis=1).tolist()
        for visitor, score, first, why in zip(
            found, points, firsts, self.why(found, [exhibitor] * len(found)), strict=True
        ):
            if why:
                yield visitor, score, first, why

    def why(self, visitors: Sequence[int], exhibitors: Sequence[int]) -> list[tuple[Term, ...]]:
        """For each pair of the two sequences the terms that are told of its score, strongest first.

        Points of texts that are not alike enough to say so are told of none. Who suits by size alone has nothing in
        common: no term.
        """
        problem, keys = self.problem, len(self.columns)
        wants, offers = problem.visitor_wants[list(visitors)], problem.exhibitor_offers[list(exhibitors)]
        texts = np.einsum("pk,pk->p", wants[:, self.texts], offers[:, self.texts]).tolist()
        sizes = problem.exhibitor_wants[list(exhibitors)] * problem.visitor_offers[list(visitors)]
        terms = [list(self._alike(*pair)) for pair in zip(visitors, exhibitors, texts, strict=True)]
        points = wants[:, :keys] * offers[:, :keys]
        for pair, place in np.argwhere(points > 0).tolist():
            terms[pair].append(_term(*self.columns[place], float(points[pair, place])))
        for pair, place in np.argwhere(sizes > 0).tolist():
            if place and terms[pair]:
                terms[pair].append(Term("least_size", float(sizes[pair, place])))
        return [tuple(sorted(some, key=_strongest)) for some in terms]

    def _alike(self, visitor: int, exhibitor: int, points: float) -> Iterator[Term]:
        """The term that names the two closest texts of a pair; none where no two are alike enough."""
        if points > 0 and (pair := closest(self.needed[visitor], self.shown[exhibitor], self.vectors, ALIKE)):
            wish, product = (Name(short_title(text.en), "") for text in pair)
            yield Term(f"text_{pair[1].kind}", points, {"wish": wish, "product": product})


def match_profiles(
    exhibitors: Sequence[ExhibitorProfile],
    visitors: Sequence[Profile],
    encoder: Encoder,
    *,
    seed: int = 0,
    executor: Executor | None = None,
    weights: Weights | None = None,
    progress: Progress | None = None,
) -> Matched:
    """Suggest both sides to each other from what the two lists say.

    Shared sectors (compared as words), HS chapters and headings, and the likeness of texts by ``encoder`` make what a
    visitor wants; an exhibitor wants buyers that import as much as it asks for, or else the larger ones the larger its
    stand, and none in particular when it states neither. Rows of one name on both lists are never suggested to each
    other. ``progress`` gets (done, total, what).
    """
    points = weights or Weights()
    columns = _columns(exhibitors, visitors)
    texts = slice(len(columns), len(columns) + encoder.dimensions)
    needed = [_texts(one.text, "needed", unasked) for one in visitors]
    shown = [_texts(one.text, "shown", str) + _texts(one.buyers_wanted, "wanted", str) for one in exhibitors]
    vectors = _vectors([*needed, *shown], encoder, progress)
    area = np.array([one.size for one in exhibitors], np.int64)
    seeks, offers = _sizes(exhibitors, visitors, points)
    problem = Problem(
        visitor_wants=np.hstack(
            [_wanted(visitors, columns, points), points.text * _profiles(needed, vectors, encoder)]
        ),
        exhibitor_offers=np.hstack([_shown(exhibitors, columns), _profiles(shown, vectors, encoder)]),
        exhibitor_wants=seeks,
        visitor_offers=offers,
        visitor_capacity=np.full(len(visitors), VISITOR_MEETINGS, np.int32),
        exhibitor_capacity=exhibitor_meetings(area, np.zeros(len(area), bool)).astype(np.int32),
        hidden=_same_name(exhibitors, visitors),
    )
    result = matching.solve(problem, seed=seed, executor=executor, progress=progress)
    return Matched(problem, result, columns, texts, needed, shown, vectors)


def _strongest(term: Term) -> float:
    return -term.points


def _keys(profile: Profile) -> dict[str, set[str]]:
    """The keys of a row by their kind; words are compared without regard to capitals and full-width signs."""
    return {
        "sector": {unicodedata.normalize("NFKC", word).strip().casefold() for word in profile.sectors},
        "chapter": {code[:2] for code in profile.codes},
        "heading": {code[:4] for code in profile.codes if len(code) >= 4},
    }


def _columns(exhibitors: Sequence[Profile], visitors: Sequence[Profile]) -> list[Key]:
    shown, wanted = ({(kind, key) for one in side for kind, keys in _keys(one).items() for key in keys}
                     for side in (exhibitors, visitors))  # fmt: skip
    return sorted(shown & wanted)


def _wanted(visitors: Sequence[Profile], columns: list[Key], weights: Weights) -> FloatArray:
    worth = {"sector": weights.sector, "chapter": weights.chapter, "heading": weights.heading}
    return _filled(visitors, columns, lambda kind, count: worth[kind] / np.sqrt(count))


def _shown(exhibitors: Sequence[Profile], columns: list[Key]) -> FloatArray:
    return _filled(exhibitors, columns, lambda kind, count: OWN_SECTOR)


def _filled(side: Sequence[Profile], columns: list[Key], worth: Callable[[str, int], float]) -> FloatArray:
    places = {key: place for place, key in enumerate(columns)}
    factors = np.zeros((len(side), len(columns)), np.float32)
    for row, one in enumerate(side):
        for kind, keys in _keys(one).items():
            for key in keys:
                if (place := places.get((kind, key))) is not None:
                    factors[row, place] = worth(kind, len(keys))
    return factors


def _sizes(
    exhibitors: Sequence[ExhibitorProfile], visitors: Sequence[Profile], weights: Weights
) -> tuple[FloatArray, FloatArray]:
    """How much each exhibitor wants, and each visitor has, size in general and each least size that is asked for."""
    area, least, size = (
        np.array(column, np.int64)
        for column in (
            [one.size for one in exhibitors],
            [one.least_purchases for one in exhibitors],
            [one.size for one in visitors],
        )
    )
    least_sizes = np.unique(least[least > 0])
    by_stand = wanted_size(area) * ((area > 0) & (least == 0))
    seeks = np.column_stack([by_stand, least[:, None] == least_sizes]) * np.float32(weights.size)
    return seeks.astype(np.float32), np.column_stack([size / SIZES, size[:, None] >= least_sizes]).astype(np.float32)


def _texts(cell: str, kind: str, quoted: Callable[[str], str]) -> list[Text]:
    """What a cell says, one text for each thing in it; what holds no word to compare is left out."""
    parts = [part.strip() for part in THINGS.split(cell)]
    return [Text(kind, quoted(part), quoted(part), texts) for part in parts if (texts := meaning(part))]


def _vectors(texts: Sequence[Sequence[Text]], encoder: Encoder, progress: Progress | None) -> dict[str, FloatArray]:
    """The vectors of texts by their digests; those that mean the same are encoded once."""
    distinct = {text.digest: text.meaning for some in texts for text in some}
    vectors: dict[str, FloatArray] = {}
    digests = list(distinct)
    for start in range(0, len(digests), BATCH):
        batch = digests[start : start + BATCH]
        vectors.update(zip(batch, encoder.encode([distinct[digest] for digest in batch]), strict=True))
        if progress:
            progress(len(vectors), len(distinct), "texts")
    return vectors


def _profiles(texts: Sequence[Sequence[Text]], vectors: Mapping[str, FloatArray], encoder: Encoder) -> FloatArray:
    """The mean direction of what each row says, zero where nothing was said."""
    rows = np.zeros((len(texts), encoder.dimensions), np.float32)
    for place, some in enumerate(texts):
        if (direction := profile(some, vectors)) is not None:
            rows[place] = direction
    return rows


def _same_name(exhibitors: Sequence[Profile], visitors: Sequence[Profile]) -> np.ndarray:
    rows: dict[str, list[int]] = {}
    for row, one in enumerate(exhibitors):
        rows.setdefault(one.name.casefold(), []).append(row)
    pairs = [(v, e) for v, one in enumerate(visitors) for e in rows.get(one.name.casefold(), [])]
    return np.array(pairs, np.int32).reshape(-1, 2)


def _term(kind: str, key: str, points: float) -> Term:
    if kind == "sector":
        return Term("sector", points, {"name": Name(key, "")})
    return Term(f"code_{kind}", points, {"code": key})
