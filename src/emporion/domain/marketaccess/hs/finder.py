"""The finder: lexical and sentence evidence for each subheading, weighed together.

Evidence is a row per subheading and a column per kind (``EVIDENCE``); the score is their weighted sum turned to shares
by a softmax. The weights are learnt on the tuning cases (``benchmarks/hs.py --tune``) by the likelihood of the right
subheading and of its heading (listwise ranking, Cao et al. 2007).
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from emporion.domain.marketaccess.hs import book as books
from emporion.domain.marketaccess.hs import vectors
from emporion.domain.marketaccess.hs.asked import Asked, asked
from emporion.domain.marketaccess.hs.book import Book
from emporion.domain.marketaccess.hs.names import Names
from emporion.domain.reference import files
from emporion.kernels.text.bm25 import BM25
from emporion.kernels.text.encoder import Encoder, SentenceEncoder
from emporion.kernels.text.words import is_chinese, tokens

Table = NDArray[np.float64]
LEXICAL = ("title", "heading", "chapter", "national", "whole", "whole in heading", "chinese title",
           "chinese heading")  # fmt: skip
NAMED = ("named", "named in heading", "near name", "near name in heading")
PLAIN = ("lines", "other", "parts")
SENTENCE = ("title meant", "heading meant", "national meant", "any in heading meant", "name meant",
            "name in heading meant", "chinese title meant", "chinese heading meant")  # fmt: skip
EVIDENCE = (*LEXICAL, *NAMED, *PLAIN, *SENTENCE)
# Evidence that stands on words, not on meaning alone.
WORDED = len(LEXICAL) + len(NAMED)
NAME_MET = EVIDENCE.index("named")
# A text that is met by meaning alone is met when its best subheading has this share; words of no goods stay below it.
LEAST_BY_MEANING = 0.08
# What people type who name no goods. A short text without a meaning lies near short names whatever they name, but
# nearer to these; one without a known word must lie that much nearer to a description.
NONSENSE = ("zzz", "xxx", "asdf", "qwerty", "foo", "foo bar", "blah blah", "lorem ipsum", "hmm", "abc", "hello", "love",
            "good morning", "nothing", "你好", "哈哈", "啊啊啊", "无")  # fmt: skip
NEARER = 0.1
WEIGHTS = f"{books.FOLDER}/weights.csv"
PART_WORDS = frozenset(tokens("part spare accessory component 零件 配件 部件 零部件"))


@dataclass(frozen=True, slots=True)
class Found:
    """A likely subheading: ``score`` is its share of all (0 to 1), ``because`` the words that led there."""

    hs6: str
    score: float
    because: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The row of ``emporion hs --json``."""
        return {"hs6": self.hs6, "score": round(self.score, 4), "because": list(self.because)}


class Finder:
    """Reads the book once; every text then costs a few sums over the subheadings."""

    def __init__(self, book: Book, encoder: Encoder | None, kept: vectors.Kept | None, weights: Table) -> None:
        self.book, self.encoder, self.kept, self.weights = book, encoder, kept, weights
        codes = book.codes
        self.headings = sorted({code[:4] for code in codes})
        self._heading_of = _places([code[:4] for code in codes], self.headings)
        chapters = sorted({code[:2] for code in codes})
        self._chapter_of = _places([code[:2] for code in codes], chapters)
        self._chapters = BM25([tokens(f"{book.titles[one]} {book.chinese.get(one, '')}") for one in chapters])
        self._lexical = _lexical(book, self.headings)
        self._chinese = [BM25(_in_chinese(book, some)) for some in (codes, self.headings)]
        self._names = Names([name for _, name in book.names])
        self._named = [self._under(code) for code, _ in book.names]
        self._named_headings = [np.unique(self._heading_of[places]) for places in self._named]
        self._plain = _plain(book)
        self._texts = _Texts(book, self._heading_of) if kept is not None else None

    def find(self, text: str, top: int = 5) -> list[Found]:
        """The ``top`` likeliest subheadings of a text, best first.

        None for a text without words, for one that lies nearer to nonsense than to any description, and where no word
        of it is known and no description means nearly the same.
        """
        return self.find_all([text], top)[0]

    def find_all(self, texts: Sequence[str], top: int = 5) -> list[list[Found]]:
        """Many texts at once, in order; equal texts are encoded once."""
        return [
            self._best(one, table @ self.weights, top, weak=not table[:, :WORDED].any())
            if one.query and not self._names_no_goods(one, table)
            else []
            for one, table in zip(self.asked(texts), self.evidence(texts), strict=True)
        ]

    def _names_no_goods(self, one: Asked, table: Table) -> bool:
        """Whether a text that holds no listed name means nonsense rather than anything described."""
        if self.encoder is None or table[:, NAME_MET].any():
            return False
        described = float(table[:, -len(SENTENCE) :].max())
        least = 0.0 if table[:, :WORDED].any() else NEARER
        return float((self._nonsense @ self.encoder.encode([one.text])[0]).max()) > described - least

    @cached_property
    def _nonsense(self) -> NDArray[np.float32]:
        assert self.encoder is not None
        return self.encoder.encode(NONSENSE)

    def asked(self, texts: Sequence[str]) -> list[Asked]:
        """The texts as read."""
        return [asked(text, self.book.words, self._names.head) for text in texts]

    def evidence(self, texts: Sequence[str]) -> list[Table]:
        """For each text a table of shape (subheadings, kinds of evidence)."""
        meant = self._meant(texts)
        return [
            np.column_stack([*self._of_words(one), *self._of_names(one), *self._of_plain(one), *meant[place]])
            for place, one in enumerate(self.asked(texts))
        ]

    def _of_words(self, one: Asked) -> list[Table]:
        titles, headings, national, whole = (index.shares(one.query) for index in self._lexical)
        chapters = self._chapters.shares(one.query)
        chinese, above = (index.shares(one.query) for index in self._chinese)
        return [
            titles, headings[self._heading_of], chapters[self._chapter_of], national, whole, self._raised(whole),
            chinese, above[self._heading_of],
        ]  # fmt: skip

    def _of_names(self, one: Asked) -> list[Table]:
        near = self._names.near(one)
        met = {hit.place: hit.strength for hit in self._names.met(one)}
        close = {int(place): float(near[place]) for place in np.argsort(-near)[:40] if near[place] > 0}
        return [*self._spread(met), *self._spread(close)]

    def _of_plain(self, one: Asked) -> list[Table]:
        lines, other, parts = self._plain
        return [lines, other, parts * (0.0 if one.own & PART_WORDS else 1.0)]

    def _meant(self, texts: Sequence[str]) -> list[list[Table]]:
        if self.encoder is None or self.kept is None or self._texts is None:
            return [[np.zeros(len(self.book.codes))] * len(SENTENCE) for _ in texts]
        return [self._texts.spread(row.astype(float)) for row in self.kept.cosines(self.encoder.encode(texts))]

    def _spread(self, by_name: Mapping[int, float]) -> tuple[Table, Table]:
        """The best name of each subheading, and of each heading."""
        own, above = np.zeros(len(self.book.codes)), np.zeros(len(self.headings))
        for place, strength in by_name.items():
            own[self._named[place]] = np.maximum(own[self._named[place]], strength)
            above[self._named_headings[place]] = np.maximum(above[self._named_headings[place]], strength)
        return own, above[self._heading_of]

    def _raised(self, values: Table) -> Table:
        above = np.zeros(len(self.headings))
        np.maximum.at(above, self._heading_of, values)
        return above[self._heading_of]

    def _under(self, code: str) -> NDArray[np.int64]:
        return np.arange(*_span(self.book.codes, code))

    def _best(self, one: Asked, scores: Table, top: int, *, weak: bool) -> list[Found]:
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        if weak and shares.max() < LEAST_BY_MEANING:
            return []
        order = np.argsort(-shares, kind="stable")[:top]
        return [Found(self.book.codes[place], float(shares[place]), self._because(one, int(place))) for place in order]

    def _because(self, one: Asked, place: int) -> tuple[str, ...]:
        """Names that lead to the subheading, then words of the text found in its descriptions, strongest first."""
        hits = [hit.name for hit in sorted(self._names.met(one), key=lambda hit: -hit.strength)
                if place in self._named[hit.place]]  # fmt: skip
        held = self._words_of(place) - frozenset(tokens(" ".join(hits)))
        words = sorted((token for token in one.query if token in held), key=lambda token: -one.query[token])
        said = (one.because[token] for token in words)
        # A pair of Chinese characters is no word: pairs that follow each other are told as what they make together.
        told = [word for word in said if word not in held or not is_chinese(word)]
        runs = (run for run in one.runs(held) if not any(run in word for word in (*hits, *told)))
        return tuple(dict.fromkeys([*hits, *told, *runs]))[:6] or ("meaning",)

    def _words_of(self, place: int) -> frozenset[str]:
        code, titles = self.book.codes[place], self.book.titles
        above = [code, code[:4], code[:2]]
        texts = [*(titles[one] for one in above), *(self.book.chinese.get(one, "") for one in above)]
        texts += self.book.national.get(code, ())
        return frozenset(tokens(" ".join(texts)))


class _Texts:
    """Which subheadings, headings and names each kept text stands for."""

    def __init__(self, book: Book, heading_of: NDArray[np.int64]) -> None:
        codes, texts = book.codes, book.texts
        self._size, self._heading_of = len(codes), heading_of
        headings = sorted({code[:4] for code in codes})
        self._rows = {
            kind: np.array([place for place, text in enumerate(texts) if text.kind == kind], dtype=np.int64)
            for kind in books.KINDS
        }
        self._national = _places([texts[row].code for row in self._rows[books.NATIONAL]], codes)
        self._above = _places([texts[row].code[:4] for row in self._rows[books.NAME]], headings)
        self._spans = [_span(codes, texts[row].code) for row in self._rows[books.NAME]]
        self._headings = len(headings)
        self._chinese = [
            (rows, _places([texts[row].code for row in rows], among))
            for rows, among in ((self._rows[books.CHINESE_TITLE], codes), (self._rows[books.CHINESE_HEADING], headings))
        ]

    def spread(self, cosines: Table) -> list[Table]:
        """``SENTENCE`` evidence of a row of cosines with the kept texts."""
        titles = cosines[self._rows[books.TITLE]]
        headings = cosines[self._rows[books.HEADING]][self._heading_of]
        national = titles.copy()
        np.maximum.at(national, self._national, cosines[self._rows[books.NATIONAL]])
        raised = np.zeros(self._headings)
        np.maximum.at(raised, self._heading_of, national)
        named = cosines[self._rows[books.NAME]]
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


def _lexical(book: Book, headings: Sequence[str]) -> tuple[BM25, ...]:
    """BM25 over titles, heading titles, national descriptions and all of it joined with the chapter's title."""
    titles = {code: tokens(books.meant(title)) for code, title in book.titles.items()}
    national = {code: [one for text in book.national.get(code, ()) for one in tokens(text)] for code in book.codes}
    whole = [titles[one] * 2 + titles[one[:4]] + titles[one[:2]] + national[one] for one in book.codes]
    return (
        BM25([titles[one] for one in book.codes]), BM25([titles[one] for one in headings]),
        BM25([national[one] for one in book.codes]), BM25(whole),
    )  # fmt: skip


def _in_chinese(book: Book, codes: Sequence[str]) -> list[list[str]]:
    """The tokens of the Chinese titles, none where there is no title."""
    return [tokens(books.meant_in_chinese(book.chinese.get(code, ""))) for code in codes]


def _plain(book: Book) -> tuple[Table, Table, Table]:
    """Logarithm of the national lines, whether a title is a rest (*n.e.c.*), whether it is of parts."""
    lines = np.log1p(np.array([book.lines.get(code, 0) for code in book.codes], dtype=float))
    titles = [book.titles[code].lower() for code in book.codes]
    other = np.array([1.0 if "n.e.c" in title or "other than" in title else 0.0 for title in titles])
    return lines, other, np.array([1.0 if "parts" in tokens_of(title) else 0.0 for title in titles])


def tokens_of(title: str) -> set[str]:
    """Plain lower-case words of a title."""
    return set(title.replace(";", " ").replace(",", " ").split())


def weights() -> Table:
    """The shipped weights in the order of ``EVIDENCE``."""
    read = {row["evidence"]: float(row["weight"]) for row in files.rows(WEIGHTS)}
    return np.array([read[name] for name in EVIDENCE])


def written(values: Table) -> str:
    """Weights as the text of their file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["evidence", "weight"])
    writer.writerows((name, f"{value:.4f}") for name, value in zip(EVIDENCE, values, strict=True))
    return out.getvalue()


def shipped() -> Finder:
    """The finder over the shipped book; without the encoder's package it stands on words and names alone.

    Raises ``VectorsStale`` where the kept vectors do not belong to the shipped texts.
    """
    book, encoder = books.shipped(), SentenceEncoder()
    if not encoder.installed():
        return Finder(book, None, None, weights())
    return Finder(book, encoder, vectors.kept(book, encoder), weights())
