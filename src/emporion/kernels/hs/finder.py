"""The finder: evidence of words, names, meaning and traits for each subheading, weighed together.

Evidence is a row per subheading and a column per kind (``EVIDENCE``); its weighted sum, turned to shares by a softmax,
ranks. The weights are learnt (``benchmarks/hs_tuning.py``) by the likelihood of the right subheading and of its heading
(listwise ranking, Cao et al. 2007); what a share is worth as a probability is learnt too (``calibration.py``).
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
from emporion.kernels.hs.calibration import Calibration, signs_of
from emporion.kernels.hs.indexes import (
    MeaningOfTexts,
    chinese_tokens,
    lexical_indexes,
    places_of,
    plain_evidence,
    span_of,
    trait_values,
)
from emporion.kernels.hs.learned import Headings
from emporion.kernels.hs.names import Names
from emporion.kernels.hs.nomenclature import Nomenclature
from emporion.kernels.hs.query import Query, parse_query
from emporion.kernels.hs.reading import Reading, is_service, unread
from emporion.kernels.hs.traits import MACHINE, PART, TRAITS, traits_of
from emporion.kernels.hs.vectors import TextVectors
from emporion.kernels.text.bm25 import BM25
from emporion.kernels.text.encoder import Encoder
from emporion.kernels.text.words import is_chinese, tokens

Table = NDArray[np.float64]
LEXICAL = ("title", "heading", "chapter", "national", "whole", "whole in heading", "chinese title",
           "chinese heading")  # fmt: skip
NAMED = ("named", "named in heading", "near name", "near name in heading")
PLAIN = ("lines", "other", "parts")
SENTENCE = ("title meant", "heading meant", "national meant", "any in heading meant", "name meant",
            "name in heading meant", "chinese title meant", "chinese heading meant")  # fmt: skip
LEARNT = ("heading learnt", "chapter learnt")
AGREES = tuple(f"{trait.key} agrees" for trait in TRAITS)
DIFFERS = tuple(f"{trait.key} differs" for trait in TRAITS)
EVIDENCE = (*LEXICAL, *NAMED, *PLAIN, *SENTENCE, *LEARNT, *AGREES, *DIFFERS)
BATCH = 64
# The first columns of evidence rest on words, not on meaning alone.
OF_WORDS = len(LEXICAL) + len(NAMED)
NAME_FOUND = EVIDENCE.index("named")
# A text found by meaning alone counts when its best subheading has this share; words of no goods stay below it.
LEAST_SHARE_BY_MEANING = 0.08
# What people type who name no goods. A short text without a meaning lies near short names whatever they name, but
# nearer to these; one without a known word must lie that much nearer to a description.
NONSENSE = ("zzz", "xxx", "asdf", "qwerty", "foo", "foo bar", "blah blah", "lorem ipsum", "hmm", "abc", "hello", "love",
            "good morning", "nothing", "你好", "哈哈", "啊啊啊", "无")  # fmt: skip
NONSENSE_MARGIN = 0.1
MEANT = slice(OF_WORDS + len(PLAIN), OF_WORDS + len(PLAIN) + len(SENTENCE))
PART_WORDS = frozenset(tokens("part spare accessory component 零件 配件 部件 零部件"))
# What is learnt of headings is learnt from short texts: it says less of long ones.
FEW_WORDS = 4
LEAST_LOGARITHM = 14.0
SIGNS_OF_BEST = ("named", "near name", "whole", "title", "name meant", "title meant", "chinese title")


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
    ) -> None:
        self.nomenclature, self.encoder, self.vectors, self.weights = nomenclature, encoder, vectors, weights
        self.learnt, self.calibration = learnt, calibration
        codes = nomenclature.codes
        self.headings = sorted({code[:4] for code in codes})
        self._heading_of = places_of([code[:4] for code in codes], self.headings)
        chapters = sorted({code[:2] for code in codes})
        self._chapter_of = places_of([code[:2] for code in codes], chapters)
        self._chapters = BM25(
            [tokens(f"{nomenclature.titles[one]} {nomenclature.chinese.get(one, '')}") for one in chapters]
        )
        self._lexical = lexical_indexes(nomenclature, self.headings)
        self._chinese = [BM25(chinese_tokens(nomenclature, some)) for some in (codes, self.headings)]
        self._names = Names([name for _, name in nomenclature.names])
        self._named = [self._under(code) for code, _ in nomenclature.names]
        self._named_headings = [np.unique(self._heading_of[places]) for places in self._named]
        self._plain = plain_evidence(nomenclature)
        self.traits = traits_of(codes, nomenclature.titles)
        self._values = trait_values(self.traits)
        self._texts = MeaningOfTexts(nomenclature, self._heading_of) if vectors is not None else None

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
            for one, table in zip(self.queries(goods), self.evidence(goods), strict=True)
        )
        return [
            next(answers) if reading is Reading.GOODS else Answer(text, reading)
            for text, reading in zip(texts, readings, strict=True)
        ]

    def reading(self, text: str) -> Reading:
        """Whether a text can be read, and whether it names goods."""
        if not tokens(text) and not any(character.isalpha() for character in text):
            return Reading.NOTHING
        if (not_read := unread(text, self._is_known)) is not None:
            return not_read
        if not tokens(text):
            return Reading.NOTHING
        return Reading.SERVICE if is_service(text) and not self._names.is_name(text) else Reading.GOODS

    def is_answer(self, key: str, value: str) -> bool:
        """Whether a question has such a choice."""
        try:
            questions.allowed({key: value}, self.nomenclature.codes, self.traits)
        except AnswerUnknown:
            return False
        return True

    def _is_known(self, token: str) -> bool:
        return self._lexical[-1].holds(token) or self._names.holds(token)

    def _answer(self, one: Query, table: Table, top: int, left: NDArray[np.bool_] | None) -> Answer:
        if self._names_no_goods(one, table):
            return Answer(one.text, Reading.NOTHING)
        scores = table @ self.weights
        if left is not None:
            scores = np.where(left, scores, scores.min() - 50)
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
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

    def _probable(self, one: Query, table: Table, scores: Table, shares: Table) -> tuple[Table, float]:
        """Probability of each subheading and of the first five together: the shares where nothing was calibrated."""
        order = np.argsort(-shares, kind="stable")
        if self.calibration is None:
            return shares, float(shares[order[:5]].sum())
        first, five = self.calibration.probabilities(self.signs(one.text, table, scores, shares))
        probable = shares * (1 - five) / max(1 - float(shares[order[:5]].sum()), 1e-9)
        others = shares[order[1:5]]
        probable[order[1:5]] = others * (five - first) / max(float(others.sum()), 1e-9)
        probable[order[0]] = first
        probable[order] = np.minimum.accumulate(probable[order])
        return probable, five

    def signs(self, text: str, table: Table, scores: Table, shares: Table) -> Table:
        """What tells how far the ranking of a text can be trusted."""
        row = table[int(np.argmax(shares))]
        best = {name: float(row[EVIDENCE.index(name)]) for name in SIGNS_OF_BEST}
        return signs_of(shares, scores, self._heading_of, best, len(tokens(text)), is_chinese(text))

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

    def queries(self, texts: Sequence[str]) -> list[Query]:
        """The texts as queries."""
        return [parse_query(text, self.nomenclature.words, self._names.head) for text in texts]

    def evidence(self, texts: Sequence[str]) -> list[Table]:
        """For each text a table of shape (subheadings, kinds of evidence)."""
        meaning = self._of_meaning(texts)
        return [
            np.stack([*self._of_words(one), *self._of_names(one), *self._of_plain(one), *meaning[place],
                      *self._of_traits(one.text)]).T
            for place, one in enumerate(self.queries(texts))
        ]  # fmt: skip

    def _of_words(self, one: Query) -> list[Table]:
        titles, headings, national, whole = (index.shares(one.weights) for index in self._lexical)
        chapters = self._chapters.shares(one.weights)
        chinese, above = (index.shares(one.weights) for index in self._chinese)
        return [
            titles, headings[self._heading_of], chapters[self._chapter_of], national, whole, self._raised(whole),
            chinese, above[self._heading_of],
        ]  # fmt: skip

    def _of_names(self, one: Query) -> list[Table]:
        near = self._names.near(one)
        met = {hit.place: hit.strength for hit in self._names.hits(one)}
        close = {int(place): float(near[place]) for place in np.argsort(-near)[:40] if near[place] > 0}
        return [*self._spread(met), *self._spread(close)]

    def _of_plain(self, one: Query) -> list[Table]:
        lines, other, parts = self._plain
        return [lines, other, parts * (0.0 if one.own_tokens & PART_WORDS else 1.0)]

    def _of_meaning(self, texts: Sequence[str]) -> list[list[Table]]:
        if self.encoder is None or self.vectors is None or self._texts is None or not texts:
            return [[np.zeros(len(self.nomenclature.codes))] * (len(SENTENCE) + len(LEARNT)) for _ in texts]
        projected = self.vectors.projected(self.encoder.encode(texts))
        learnt = self._of_learnt(texts, projected)
        return [
            [*self._texts.spread(row.astype(float)), *learnt[place]]
            for place, row in enumerate(self.vectors.cosines(projected))
        ]

    def _of_learnt(self, texts: Sequence[str], projected: NDArray[np.float32]) -> list[tuple[Table, Table]]:
        """Logarithms of the shares of heading and chapter as learnt, the less the more words a text has."""
        if self.learnt is None:
            return [(np.zeros(len(self.nomenclature.codes)),) * 2 for _ in texts]
        chapters = np.array([int(code[:2]) for code in self.learnt.codes])
        found = []
        for text, logs in zip(texts, self.learnt.log_shares(projected), strict=True):
            of_chapter = np.log(np.bincount(chapters, np.exp(logs)) + 1e-9)[[int(code[:2]) for code in self.headings]]
            worth = min(1.0, FEW_WORDS / max(len(tokens(text)), 1)) / 5
            found.append(
                tuple(np.maximum(one, -LEAST_LOGARITHM)[self._heading_of] * worth for one in (logs, of_chapter))
            )
        return found

    def _of_traits(self, text: str) -> list[Table]:
        """For each trait whether a subheading has what the text says of it, then whether it has another value."""
        agrees, differs = [], []
        for trait in TRAITS:
            held, some = self._values[trait.key]
            stated = trait.of_text(text)
            same = np.logical_or.reduce(
                [held[value] for value in stated if value in held] or [np.zeros(len(some), bool)]
            )
            if trait.key == MACHINE:
                agrees.append(same & bool(stated))
                differs.append(~same & bool(stated))
            else:
                agrees.append(same)
                differs.append(some & ~same & bool(stated or trait.key == PART))
        return [one.astype(float) for one in (*agrees, *differs)]

    def _spread(self, by_name: Mapping[int, float]) -> tuple[Table, Table]:
        """The best name of each subheading, and of each heading."""
        own, above = np.zeros(len(self.nomenclature.codes)), np.zeros(len(self.headings))
        for place, strength in by_name.items():
            own[self._named[place]] = np.maximum(own[self._named[place]], strength)
            above[self._named_headings[place]] = np.maximum(above[self._named_headings[place]], strength)
        return own, above[self._heading_of]

    def _raised(self, values: Table) -> Table:
        above = np.zeros(len(self.headings))
        np.maximum.at(above, self._heading_of, values)
        return above[self._heading_of]

    def _under(self, code: str) -> NDArray[np.int64]:
        return np.arange(*span_of(self.nomenclature.codes, code))

    def _because(self, one: Query, place: int) -> tuple[str, ...]:
        """Names that lead to the subheading, then words of the text found in its descriptions, strongest first."""
        hits = [hit.name for hit in sorted(self._names.hits(one), key=lambda hit: -hit.strength)
                if place in self._named[hit.place]]  # fmt: skip
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


def weights_of(rows: Iterable[Mapping[str, str]]) -> Table:
    """The weights in the order of ``EVIDENCE``, of rows with the columns ``evidence`` and ``weight``."""
    given = {row["evidence"]: float(row["weight"]) for row in rows}
    return np.array([given[name] for name in EVIDENCE])


def weights_as_csv(values: Table) -> str:
    """Weights as the text of their file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["evidence", "weight"])
    writer.writerows((name, f"{value:.4f}") for name, value in zip(EVIDENCE, values, strict=True))
    return out.getvalue()
