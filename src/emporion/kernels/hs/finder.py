"""The finder: lexical and sentence evidence for each subheading, weighed together.

Evidence is a row per subheading and a column per kind (``EVIDENCE``); the score is their weighted sum turned to shares
by a softmax. The weights are learnt on the tuning cases (``benchmarks/hs.py --tune``) by the likelihood of the right
subheading and of its heading (listwise ranking, Cao et al. 2007).
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from emporion.kernels.hs import nomenclature as kinds
from emporion.kernels.hs.names import Names
from emporion.kernels.hs.nomenclature import Nomenclature, without_exclusions, without_exclusions_zh
from emporion.kernels.hs.query import Query, parse_query
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
EVIDENCE = (*LEXICAL, *NAMED, *PLAIN, *SENTENCE)
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
PART_WORDS = frozenset(tokens("part spare accessory component 零件 配件 部件 零部件"))


@dataclass(frozen=True, slots=True)
class Found:
    """A likely subheading: ``score`` is its share of all (0 to 1), ``because`` the words that led there."""

    hs6: str
    score: float
    because: tuple[str, ...]


class Finder:
    """Indexes the nomenclature once; every text then costs a few sums over the subheadings."""

    def __init__(
        self, nomenclature: Nomenclature, encoder: Encoder | None, vectors: TextVectors | None, weights: Table
    ) -> None:
        self.nomenclature, self.encoder, self.vectors, self.weights = nomenclature, encoder, vectors, weights
        codes = nomenclature.codes
        self.headings = sorted({code[:4] for code in codes})
        self._heading_of = _places([code[:4] for code in codes], self.headings)
        chapters = sorted({code[:2] for code in codes})
        self._chapter_of = _places([code[:2] for code in codes], chapters)
        self._chapters = BM25(
            [tokens(f"{nomenclature.titles[one]} {nomenclature.chinese.get(one, '')}") for one in chapters]
        )
        self._lexical = _lexical(nomenclature, self.headings)
        self._chinese = [BM25(_in_chinese(nomenclature, some)) for some in (codes, self.headings)]
        self._names = Names([name for _, name in nomenclature.names])
        self._named = [self._under(code) for code, _ in nomenclature.names]
        self._named_headings = [np.unique(self._heading_of[places]) for places in self._named]
        self._plain = _plain(nomenclature)
        self._texts = _Texts(nomenclature, self._heading_of) if vectors is not None else None

    def __getstate__(self) -> dict[str, object]:
        """What a stored finder holds: all but the texts that only its making reads."""
        return {**self.__dict__, "nomenclature": replace(self.nomenclature)}

    def find(self, text: str, top: int = 5) -> list[Found]:
        """The ``top`` likeliest subheadings of a text, best first.

        None for a text without words, for one that lies nearer to nonsense than to any description, and where no word
        of it is known and no description means nearly the same.
        """
        return self.find_all([text], top)[0]

    def find_all(self, texts: Sequence[str], top: int = 5) -> list[list[Found]]:
        """Many texts at once, in order; equal texts are encoded once."""
        return [
            self._best(one, table @ self.weights, top, weak=not table[:, :OF_WORDS].any())
            if one.weights and not self._names_no_goods(one, table)
            else []
            for one, table in zip(self.queries(texts), self.evidence(texts), strict=True)
        ]

    def _names_no_goods(self, one: Query, table: Table) -> bool:
        """Whether a text that holds no listed name means nonsense rather than anything described."""
        if self.encoder is None or table[:, NAME_FOUND].any():
            return False
        described = float(table[:, -len(SENTENCE) :].max())
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
            np.column_stack([*self._of_words(one), *self._of_names(one), *self._of_plain(one), *meaning[place]])
            for place, one in enumerate(self.queries(texts))
        ]

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
        if self.encoder is None or self.vectors is None or self._texts is None:
            return [[np.zeros(len(self.nomenclature.codes))] * len(SENTENCE) for _ in texts]
        return [self._texts.spread(row.astype(float)) for row in self.vectors.cosines(self.encoder.encode(texts))]

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
        return np.arange(*_span(self.nomenclature.codes, code))

    def _best(self, one: Query, scores: Table, top: int, *, weak: bool) -> list[Found]:
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        if weak and shares.max() < LEAST_SHARE_BY_MEANING:
            return []
        order = np.argsort(-shares, kind="stable")[:top]
        return [
            Found(self.nomenclature.codes[place], float(shares[place]), self._because(one, int(place)))
            for place in order
        ]

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


class _Texts:
    """Which subheadings, headings and names each text stands for."""

    def __init__(self, nomenclature: Nomenclature, heading_of: NDArray[np.int64]) -> None:
        codes, texts = nomenclature.codes, nomenclature.texts
        self._size, self._heading_of = len(codes), heading_of
        headings = sorted({code[:4] for code in codes})
        self._rows = {
            kind: np.array([place for place, text in enumerate(texts) if text.kind == kind], dtype=np.int64)
            for kind in kinds.KINDS
        }
        self._national = _places([texts[row].code for row in self._rows[kinds.NATIONAL]], codes)
        self._above = _places([texts[row].code[:4] for row in self._rows[kinds.NAME]], headings)
        self._spans = [_span(codes, texts[row].code) for row in self._rows[kinds.NAME]]
        self._headings = len(headings)
        self._chinese = [
            (rows, _places([texts[row].code for row in rows], among))
            for rows, among in ((self._rows[kinds.CHINESE_TITLE], codes), (self._rows[kinds.CHINESE_HEADING], headings))
        ]

    def spread(self, cosines: Table) -> list[Table]:
        """``SENTENCE`` evidence of a row of cosines with the texts."""
        titles = cosines[self._rows[kinds.TITLE]]
        headings = cosines[self._rows[kinds.HEADING]][self._heading_of]
        national = titles.copy()
        np.maximum.at(national, self._national, cosines[self._rows[kinds.NATIONAL]])
        raised = np.zeros(self._headings)
        np.maximum.at(raised, self._heading_of, national)
        named = cosines[self._rows[kinds.NAME]]
        own, above = np.zeros(self._size), np.zeros(self._headings)
        np.maximum.at(above, self._above, named)
        for place in np.argsort(named)[-60:]:
            first, last = self._spans[place]
            own[first:last] = np.maximum(own[first:last], named[place])
        return [
            titles, headings, national, raised[self._heading_of], own, above[self._heading_of],
            *self._in_chinese(cosines),
        ]  # fmt: skip

    def _in_chinese(self, cosines: Table) -> tuple[Table, Table]:
        own, above = np.zeros(self._size), np.zeros(self._headings)
        for found, (rows, places) in zip((own, above), self._chinese, strict=True):
            found[places] = cosines[rows]
        return own, above[self._heading_of]


def _span(codes: Sequence[str], prefix: str) -> tuple[int, int]:
    """Where the codes under a prefix begin and end in an ordered list."""
    return bisect_left(codes, prefix), bisect_left(codes, prefix + "~")


def _places(codes: Sequence[str], among: Sequence[str]) -> NDArray[np.int64]:
    """The place of each code in an ordered list."""
    return np.searchsorted(np.array(among), np.array(codes)).astype(np.int64)


def _lexical(nomenclature: Nomenclature, headings: Sequence[str]) -> tuple[BM25, ...]:
    """BM25 over titles, heading titles, national descriptions and all of it joined with the chapter's title."""
    titles = {code: tokens(without_exclusions(title)) for code, title in nomenclature.titles.items()}
    codes = nomenclature.codes
    national = {code: [one for text in nomenclature.national.get(code, ()) for one in tokens(text)] for code in codes}
    whole = [titles[one] * 2 + titles[one[:4]] + titles[one[:2]] + national[one] for one in codes]
    return (
        BM25([titles[one] for one in codes]), BM25([titles[one] for one in headings]),
        BM25([national[one] for one in codes]), BM25(whole),
    )  # fmt: skip


def _in_chinese(nomenclature: Nomenclature, codes: Sequence[str]) -> list[list[str]]:
    """The tokens of the Chinese titles, none where there is no title."""
    return [tokens(without_exclusions_zh(nomenclature.chinese.get(code, ""))) for code in codes]


def _plain(nomenclature: Nomenclature) -> tuple[Table, Table, Table]:
    """Logarithm of the national lines, whether a title is a rest (*n.e.c.*), whether it is of parts."""
    lines = np.log1p(np.array([nomenclature.lines.get(code, 0) for code in nomenclature.codes], dtype=float))
    titles = [nomenclature.titles[code].lower() for code in nomenclature.codes]
    other = np.array([1.0 if "n.e.c" in title or "other than" in title else 0.0 for title in titles])
    return lines, other, np.array([1.0 if "parts" in _plain_words(title) else 0.0 for title in titles])


def _plain_words(title: str) -> set[str]:
    """Plain lower-case words of a title."""
    return set(title.replace(";", " ").replace(",", " ").split())


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
