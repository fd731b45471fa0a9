"""The finder: evidence of words, names, meaning and traits for each subheading, weighed together.

The weighted sum of evidence (``evidence.py``) finds the likely subheadings, small networks (``ranking.py``) rank these
anew, and a softmax turns their scores to shares. Both are learnt (``benchmarks/hs_tuning.py``) by the likelihood of the
right subheading and of its heading (listwise ranking, Cao et al. 2007); what a share is worth as a probability is
learnt too (``calibration.py``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from emporion.kernels.hs import questions
from emporion.kernels.hs.answer import SURE, Answer, AnswerUnknown, Found
from emporion.kernels.hs.calibration import Calibration, kind_of, signs_of
from emporion.kernels.hs.evidence import EVIDENCE, MEANT, NAME_FOUND, OF_WORDS, SUMMED, Evidence
from emporion.kernels.hs.learned import Headings
from emporion.kernels.hs.nomenclature import Nomenclature
from emporion.kernels.hs.query import Query
from emporion.kernels.hs.ranking import Ranker
from emporion.kernels.hs.reading import Reading, is_service, unread
from emporion.kernels.hs.traits import traits_of
from emporion.kernels.hs.vectors import TextVectors
from emporion.kernels.text.encoder import Encoder
from emporion.kernels.text.words import is_chinese, tokens

Table = NDArray[np.float64]
BATCH = 64
# A text found by meaning alone counts when its best subheading has this share; words of no goods stay below it.
LEAST_SHARE_BY_MEANING = 0.08
# What people type who name no goods. A short text without a meaning lies near short names whatever they name, but
# nearer to these; one without a known word must lie that much nearer to a description.
NONSENSE = ("zzz", "xxx", "asdf", "qwerty", "foo", "foo bar", "blah blah", "lorem ipsum", "hmm", "abc", "hello", "love",
            "good morning", "nothing", "你好", "哈哈", "啊啊啊", "无")  # fmt: skip
NONSENSE_MARGIN = 0.1
# The subheadings that the networks rank anew: the likeliest by the sum, and those that most of the nearest texts mean.
CANDIDATES, VOTED_FOR = 100, 40
# What a subheading gains that a listed name leads to which is the whole text: of 123 index terms that are one by chance
# 86 % have its code.
NAME_IS_TEXT = 1.0
# What others have less than the least likely of these: nothing is left to them.
BELOW = 50.0
ELECTED = tuple(EVIDENCE.index(name) for name in ("voted", "heading voted", "voted, thing", "heading voted, thing"))
ALL = slice(None)
SIGNS_OF_BEST = (
    "named", "near name", "whole", "title", "name meant", "title meant", "chinese title", "voted", "heading voted",
    "more than the thing", "other",
)  # fmt: skip


class Finder:
    """Indexes the nomenclature once; every text then costs a few sums over the subheadings."""

    def __init__(
        self,
        nomenclature: Nomenclature,
        encoder: Encoder | None,
        vectors: TextVectors | None,
        weights: Table,
        learnt: Headings | None = None,
        calibration: Calibration | None = None,
        ranker: Ranker | None = None,
    ) -> None:
        self.nomenclature, self.encoder, self.vectors, self.weights = nomenclature, encoder, vectors, weights
        self.learnt, self.calibration, self.ranker = learnt, calibration, ranker
        self._evidence = Evidence(nomenclature, encoder, vectors, learnt)
        self.traits = traits_of(nomenclature.codes, nomenclature.titles)

    def __getstate__(self) -> dict[str, object]:
        """What a stored finder holds: all but the texts that only its making reads."""
        return {**self.__dict__, "nomenclature": replace(self.nomenclature)}

    def find(self, text: str, top: int = 5, answers: Mapping[str, str] | None = None) -> Answer:
        """The ``top`` likeliest subheadings of a text, best first; ``answers`` are those to earlier questions.

        No proposal for a text in another language or script, for a service, for one without words, for one that lies
        nearer to nonsense than to any description, and where no word of it is known and no description means nearly
        the same. Raises ``AnswerUnknown``.
        """
        return self.find_all([text], top, answers)[0]

    def find_all(self, texts: Sequence[str], top: int = 5, answers: Mapping[str, str] | None = None) -> list[Answer]:
        """Many texts, in order, all with the same answers to earlier questions."""
        left = questions.allowed(answers, self.nomenclature.codes, self.traits) if answers else None
        return [
            answer
            for start in range(0, len(texts), BATCH)
            for answer in self._find_some(texts[start : start + BATCH], top, left)
        ]

    def _find_some(self, texts: Sequence[str], top: int, left: NDArray[np.bool_] | None) -> list[Answer]:
        readings = [self.reading(text) for text in texts]
        goods = [text for text, reading in zip(texts, readings, strict=True) if reading is Reading.GOODS]
        answers = (
            self._answer(one, table, top, left)
            for one, table in zip(self._evidence.queries(goods), self.evidence(goods), strict=True)
        )
        return [
            next(answers) if reading is Reading.GOODS else Answer(text, reading)
            for text, reading in zip(texts, readings, strict=True)
        ]

    def reading(self, text: str) -> Reading:
        """Whether a text can be read, and whether it names goods."""
        if not tokens(text) and not any(character.isalpha() for character in text):
            return Reading.NOTHING
        if (not_read := unread(text, self._evidence.knows)) is not None:
            return not_read
        if not tokens(text):
            return Reading.NOTHING
        return Reading.SERVICE if is_service(text) and not self._evidence.names.is_name(text) else Reading.GOODS

    def is_answer(self, key: str, value: str) -> bool:
        """Whether a question has such a choice."""
        try:
            questions.allowed({key: value}, self.nomenclature.codes, self.traits)
        except AnswerUnknown:
            return False
        return True

    def _answer(self, one: Query, table: Table, top: int, left: NDArray[np.bool_] | None) -> Answer:
        if self._names_no_goods(one, table):
            return Answer(one.text, Reading.NOTHING)
        scores = self.scores(table, left)
        for place in self._evidence.names.that_are(one.text):
            scores[self._evidence.named[place]] += NAME_IS_TEXT
        shares = shares_of(scores)
        if not table[:, :OF_WORDS].any() and shares.max() < LEAST_SHARE_BY_MEANING:
            return Answer(one.text, Reading.NOTHING)
        order = [int(place) for place in np.argsort(-shares, kind="stable")[:top]]
        probable, among = self._probable(one, table, scores, shares)
        found = [Found(self.nomenclature.codes[place], float(probable[place]), self._because(one, place))
                 for place in order if left is None or left[place]]  # fmt: skip
        question = None
        if found[0].score < SURE:
            question = questions.question(one.text, self.nomenclature.codes, shares, self.traits)
        return Answer(one.text, Reading.GOODS, tuple(found), among, (question,) if question else ())

    def evidence(self, texts: Sequence[str]) -> list[Table]:
        """For each text a table of shape (subheadings, kinds of evidence)."""
        return self._evidence.tables(texts)

    def candidates(self, table: Table, left: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """The places of the subheadings that are ranked anew: the likeliest by the sum, and by votes."""
        summed = table @ self.weights
        elected = table[:, ELECTED].sum(axis=1)
        if left is not None:
            summed, elected = (np.where(left, one, one.min() - BELOW) for one in (summed, elected))
        return np.union1d(_best(summed, CANDIDATES), _best(elected, VOTED_FOR))

    def scores(self, table: Table, left: NDArray[np.bool_] | None = None) -> Table:
        """The score of each subheading, of which a softmax makes shares; ``left`` are those that answers leave."""
        summed: Table = table @ self.weights
        if left is not None:
            summed = np.where(left, summed, summed.min() - BELOW)
        if self.ranker is None:
            return summed
        own = self.candidates(table, left)
        ranked = self.ranker.scores(table[own])
        scores: Table = summed - summed.max() + ranked.min() - BELOW
        scores[own] = ranked if left is None else np.where(left[own], ranked, ranked.min() - BELOW)
        return scores

    def _probable(self, one: Query, table: Table, scores: Table, shares: Table) -> tuple[Table, float]:
        """Probability of each subheading and of the first five together: the shares where nothing was calibrated."""
        order = np.argsort(-shares, kind="stable")
        if self.calibration is None:
            return shares, float(shares[order[:5]].sum())
        kind = kind_of(len(tokens(one.text)), is_chinese(one.text))
        first, five = self.calibration.probabilities(self.signs(one.text, table, scores, shares), kind)
        probable = shares * (1 - five) / max(1 - float(shares[order[:5]].sum()), 1e-9)
        others = shares[order[1:5]]
        probable[order[1:5]] = others * (five - first) / max(float(others.sum()), 1e-9)
        probable[order[0]] = first
        probable[order] = np.minimum.accumulate(probable[order])
        return probable, five

    def signs(
        self, text: str, table: Table, scores: Table, shares: Table, places: NDArray[np.int64] | slice = ALL
    ) -> Table:
        """What tells how far the ranking of a text can be trusted; ``places`` are those of the rows given."""
        row = table[int(np.argmax(shares))]
        best = {name: float(row[EVIDENCE.index(name)]) for name in SIGNS_OF_BEST}
        headings = self._evidence.heading_of[places]
        return signs_of(shares, scores, table @ self.weights, headings, best, len(tokens(text)), is_chinese(text))

    def _names_no_goods(self, one: Query, table: Table) -> bool:
        """Whether a text that holds no listed name means nonsense rather than anything described."""
        if self.encoder is None or table[:, NAME_FOUND].any():
            return False
        described = float(table[:, MEANT].max())
        least = 0.0 if table[:, :OF_WORDS].any() else NONSENSE_MARGIN
        return float((self._nonsense @ self.encoder.encode([one.text])[0]).max()) > described - least

    @cached_property
    def _nonsense(self) -> NDArray[np.float32]:
        assert self.encoder is not None
        return self.encoder.encode(NONSENSE)

    def _because(self, one: Query, place: int) -> tuple[str, ...]:
        """Names that lead to the subheading, then words of the text found in its descriptions, strongest first."""
        hits = [hit.name for hit in sorted(self._evidence.names.hits(one), key=lambda hit: -hit.strength)
                if place in self._evidence.named[hit.place]]  # fmt: skip
        held = self._words_of(place) - frozenset(tokens(" ".join(hits)))
        words = sorted((token for token in one.weights if token in held), key=lambda token: -one.weights[token])
        sources = (one.because[token] for token in words)
        # A pair of Chinese characters is no word: pairs that follow each other are shown as what they make together.
        whole = [word for word in sources if word not in held or not is_chinese(word)]
        runs = (run for run in one.runs(held) if not any(run in word for word in (*hits, *whole)))
        return tuple(dict.fromkeys([*hits, *whole, *runs]))[:6] or ("meaning",)

    def _words_of(self, place: int) -> frozenset[str]:
        code, titles = self.nomenclature.codes[place], self.nomenclature.titles
        above = [code, code[:4], code[:2]]
        texts = [*(titles[one] for one in above), *(self.nomenclature.chinese.get(one, "") for one in above)]
        texts += self.nomenclature.national.get(code, ())
        return frozenset(tokens(" ".join(texts)))


def shares_of(scores: Table) -> Table:
    """The softmax of scores."""
    shares: Table = np.exp(scores - scores.max())
    return shares / float(shares.sum())


def _best(values: Table, count: int) -> NDArray[np.int64]:
    return np.argsort(-values, kind="stable")[:count]


def weights_of(rows: Iterable[Mapping[str, str]]) -> Table:
    """The weights in the order of ``EVIDENCE``, 0 where it is not summed, of rows (``evidence``, ``weight``)."""
    given = {row["evidence"]: float(row["weight"]) for row in rows}
    return np.array([given[name] if name in SUMMED else 0.0 for name in EVIDENCE])


def weights_as_csv(values: Table) -> str:
    """Weights as the text of their file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["evidence", "weight"])
    writer.writerows((name, f"{value:.4f}") for name, value in zip(SUMMED, values, strict=False))
    return out.getvalue()
