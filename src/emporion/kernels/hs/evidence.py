"""The evidence for each subheading: of words, names, meaning and traits, of the whole text and of the thing it names.

Evidence is a row per subheading and a column per kind (``EVIDENCE``). ``SUMMED`` kinds are summed with weights to find
the likely ones; the others tell these apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emporion.kernels.hs.indexes import (
    MeaningOfTexts,
    chinese_tokens,
    lexical_indexes,
    places_of,
    plain_evidence,
    prior_evidence,
    span_of,
    trait_values,
)
from emporion.kernels.hs.learned import Headings
from emporion.kernels.hs.names import Names
from emporion.kernels.hs.nomenclature import Nomenclature
from emporion.kernels.hs.query import Query, parse_query
from emporion.kernels.hs.thing import last_word, thing_of
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
SUMMED = (*LEXICAL, *NAMED, *PLAIN, *SENTENCE, *LEARNT, *AGREES, *DIFFERS)
PRIOR = ("names", "share of names", "subheadings", "first of heading")
VOTED = ("voted", "heading voted", "chapter voted")
THING_SENTENCE = tuple(name for name in SENTENCE if name != "any in heading meant")
THING_LEXICAL = tuple(name for name in LEXICAL if name != "chapter")
LAST_WORD = ("title", "heading", "whole", "named", "near name")
OF_THING = (*VOTED, *THING_SENTENCE, "heading learnt")
WORDS_OF_THING = (*THING_LEXICAL, *NAMED)
OF_TEXT = ("long", "chinese", "more than the thing")
TOLD_APART = (
    *PRIOR, *VOTED, *(f"{name}, thing" for name in OF_THING), "heading learnt, whole text",
    *(f"{name}, thing" for name in WORDS_OF_THING), *(f"{name}, last word" for name in LAST_WORD), *OF_TEXT,
)  # fmt: skip
EVIDENCE = (*SUMMED, *TOLD_APART)
# The first columns of evidence rest on words, not on meaning alone.
OF_WORDS = len(LEXICAL) + len(NAMED)
NAME_FOUND = EVIDENCE.index("named")
MEANT = slice(OF_WORDS + len(PLAIN), OF_WORDS + len(PLAIN) + len(SENTENCE))
PART_WORDS = frozenset(tokens("part spare accessory component 零件 配件 部件 零部件"))
# What is learnt of headings is learnt from short texts: it says less of long ones.
FEW_WORDS = 4
LEAST_LOGARITHM = 14.0
LOGARITHMS = 5.0
# The texts that vote for what they lead to, and how much more the nearer ones count.
VOTERS, NEARER, LEAST_VOTE = 80, 20.0, 1e-3
LONG = 20


@dataclass(frozen=True)
class Meaning:
    """What a text's vector says: ``SENTENCE`` evidence, votes, and the learnt logarithms of heading and chapter."""

    sentence: Sequence[Table]
    votes: Sequence[Table]
    heading: Table
    chapter: Table


class Evidence:
    """Indexes of the nomenclature, made once, and what they say of a text."""

    def __init__(
        self, nomenclature: Nomenclature, encoder: Encoder | None, vectors: TextVectors | None, learnt: Headings | None
    ) -> None:
        self.nomenclature, self.encoder, self.vectors, self.learnt = nomenclature, encoder, vectors, learnt
        codes = nomenclature.codes
        self.headings = sorted({code[:4] for code in codes})
        self.heading_of = places_of([code[:4] for code in codes], self.headings)
        chapters = sorted({code[:2] for code in codes})
        self._chapter_of = places_of([code[:2] for code in codes], chapters)
        self._chapter_of_heading = places_of([code[:2] for code in self.headings], chapters)
        self._chapters = BM25(
            [tokens(f"{nomenclature.titles[one]} {nomenclature.chinese.get(one, '')}") for one in chapters]
        )
        self._lexical = lexical_indexes(nomenclature, self.headings)
        self._chinese = [BM25(chinese_tokens(nomenclature, some)) for some in (codes, self.headings)]
        self.names = Names([name for _, name in nomenclature.names])
        self.named = [np.arange(*span_of(codes, code)) for code, _ in nomenclature.names]
        self._named_headings = [np.unique(self.heading_of[places]) for places in self.named]
        self._plain = plain_evidence(nomenclature)
        self._prior = prior_evidence(nomenclature, self.heading_of)
        self._values = trait_values(traits_of(codes, nomenclature.titles))
        self._texts = MeaningOfTexts(nomenclature, self.heading_of) if vectors is not None else None

    def knows(self, token: str) -> bool:
        """Whether a description or a name holds a token."""
        return self._lexical[-1].holds(token) or self.names.holds(token)

    def queries(self, texts: Sequence[str]) -> list[Query]:
        """The texts as queries."""
        return [parse_query(text, self.nomenclature.words, self.names.head) for text in texts]

    def tables(self, texts: Sequence[str]) -> list[Table]:
        """For each text a table of shape (subheadings, kinds of evidence)."""
        things = [thing_of(text) for text in texts]
        whole, of_thing = self._of_meaning(texts), self._of_meaning(things)
        return [
            np.stack([*self._summed(one, whole[place]), *self._told_apart(one, things[place], whole[place],
                                                                          of_thing[place])]).T
            for place, one in enumerate(self.queries(texts))
        ]  # fmt: skip

    def _summed(self, one: Query, meaning: Meaning) -> list[Table]:
        words = min(1.0, FEW_WORDS / max(len(tokens(one.text)), 1))
        return [
            *self._of_words(one), *self._of_names(one), *self._of_plain(one), *meaning.sentence,
            meaning.heading * words, meaning.chapter * words, *self._of_traits(one.text),
        ]  # fmt: skip

    def _told_apart(self, one: Query, thing: str, whole: Meaning, of_thing: Meaning) -> list[Table]:
        of_words, of_names = self._of_words_and_names(thing)
        of_last, of_last_names = self._of_words_and_names(last_word(thing))
        facts = (min(len(tokens(one.text)), LONG) / LONG, float(is_chinese(one.text)), float(thing != one.text))
        return [
            *self._prior, *whole.votes, *of_thing.votes, *_without(of_thing.sentence, SENTENCE, THING_SENTENCE),
            of_thing.heading, whole.heading, *_without(of_words, LEXICAL, THING_LEXICAL), *of_names,
            of_last[0], of_last[1], of_last[4], of_last_names[0], of_last_names[2],
            *(np.full(len(self.heading_of), fact) for fact in facts),
        ]  # fmt: skip

    def _of_words_and_names(self, text: str) -> tuple[list[Table], list[Table]]:
        [one] = self.queries([text])
        return self._of_words(one), self._of_names(one)

    def _of_words(self, one: Query) -> list[Table]:
        titles, headings, national, whole = (index.shares(one.weights) for index in self._lexical)
        chapters = self._chapters.shares(one.weights)
        chinese, above = (index.shares(one.weights) for index in self._chinese)
        return [
            titles, headings[self.heading_of], chapters[self._chapter_of], national, whole, self._raised(whole),
            chinese, above[self.heading_of],
        ]  # fmt: skip

    def _of_names(self, one: Query) -> list[Table]:
        near = self.names.near(one)
        met = {hit.place: hit.strength for hit in self.names.hits(one)}
        close = {int(place): float(near[place]) for place in np.argsort(-near)[:40] if near[place] > 0}
        return [*self._spread(met), *self._spread(close)]

    def _of_plain(self, one: Query) -> list[Table]:
        lines, other, parts = self._plain
        return [lines, other, parts * (0.0 if one.own_tokens & PART_WORDS else 1.0)]

    def _of_meaning(self, texts: Sequence[str]) -> list[Meaning]:
        if self.encoder is None or self.vectors is None or self._texts is None or not texts:
            none = np.zeros(len(self.nomenclature.codes))
            return [Meaning([none] * len(SENTENCE), [none] * len(VOTED), none, none) for _ in texts]
        distinct = list(dict.fromkeys(texts))
        projected = self.vectors.projected(self.encoder.encode(distinct))
        learnt = self._of_learnt(projected)
        found = {
            text: Meaning(self._texts.spread(row.astype(float)), self._votes(row.astype(float)), *learnt[place])
            for place, (text, row) in enumerate(zip(distinct, self.vectors.cosines(projected), strict=True))
        }
        return [found[text] for text in texts]

    def _votes(self, cosines: Table) -> list[Table]:
        """Logarithms of the shares of subheading, heading and chapter among the nearest texts."""
        assert self._texts is not None
        nearest = np.argpartition(-cosines, min(VOTERS, len(cosines) - 1))[:VOTERS]
        weights = np.exp(NEARER * (cosines[nearest] - cosines[nearest].max()))
        codes, headings = self._texts.codes[nearest], self._texts.headings[nearest]
        chapters = np.where(headings >= 0, self._chapter_of_heading[headings], -1)
        shares = (
            _shares(places, weights, size)[own]
            for places, size, own in (
                (codes, len(self.heading_of), slice(None)), (headings, len(self.headings), self.heading_of),
                (chapters, int(self._chapter_of.max()) + 1, self._chapter_of),
            )
        )  # fmt: skip
        return [np.log(one + LEAST_VOTE) / -np.log(LEAST_VOTE) for one in shares]

    def _of_learnt(self, projected: NDArray[np.float32]) -> list[tuple[Table, Table]]:
        """Logarithms of the shares of heading and chapter as learnt."""
        if self.learnt is None:
            return [(np.zeros(len(self.nomenclature.codes)),) * 2 for _ in projected]
        chapters = np.array([int(code[:2]) for code in self.learnt.codes])
        found = []
        for logs in self.learnt.log_shares(projected):
            of_chapter = np.log(np.bincount(chapters, np.exp(logs)) + 1e-9)[[int(code[:2]) for code in self.headings]]
            heading, chapter = (
                np.maximum(one, -LEAST_LOGARITHM)[self.heading_of] / LOGARITHMS for one in (logs, of_chapter)
            )
            found.append((heading, chapter))
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
            own[self.named[place]] = np.maximum(own[self.named[place]], strength)
            above[self._named_headings[place]] = np.maximum(above[self._named_headings[place]], strength)
        return own, above[self.heading_of]

    def _raised(self, values: Table) -> Table:
        above = np.zeros(len(self.headings))
        np.maximum.at(above, self.heading_of, values)
        return above[self.heading_of]


def _without(found: Sequence[Table], kinds: Sequence[str], wanted: Sequence[str]) -> list[Table]:
    """The evidence of the wanted kinds."""
    return [one for one, kind in zip(found, kinds, strict=True) if kind in wanted]


def _shares(places: NDArray[np.int64], weights: Table, size: int) -> Table:
    """The share of the weight that each place has; a place below 0 is none."""
    held = places >= 0
    votes = np.bincount(places[held], weights[held], minlength=size)
    return votes / max(float(votes.sum()), 1e-9)
