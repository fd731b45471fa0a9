"""Which organisations a person should look at as one.

Two are likely the same when they stand in one country and

* their normalised names are equal (they were kept apart because their registered numbers differ, or one has none),
* or one of them has no registered number, and their names consist of the same words in another order, or differ in a
  few letters only. Two registered numbers are two entries in a register: a letter's difference proves nothing then.

Names that are to differ in a few letters are compared within blocks that share the first or the last word (the first
or last two characters of a Chinese or Japanese name); in large blocks only with their neighbours in the alphabet
(sorted neighbourhood: Hernández and Stolfo, "The merge/purge problem for large databases", SIGMOD 1995). So the
number of comparisons grows with the number of names, not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

SAME_NAME = "the same name in the same country"
SAME_WORDS = "the same words in another order"
LIKE_NAME = "nearly the same name"
LEAST_RATIO = 0.9
SMALL_BLOCK = 30
NEIGHBOURS = 6
_DIGITS = re.compile(r"\d+")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


class Known(NamedTuple):
    """An organisation as it is compared; ``country`` empty for international organisations."""

    id: int
    country: str
    name_key: str
    number: str


class LikelyPair(NamedTuple):
    """Two organisations, the lower id first, and why they may be one."""

    first: int
    second: int
    why: str


def likely_pairs(organisations: Iterable[Known]) -> list[LikelyPair]:
    """The pairs that a person should look at, each once, in the order of their ids."""
    by_country: defaultdict[str, list[Known]] = defaultdict(list)
    for known in sorted(organisations):
        by_country[known.country].append(known)
    found: dict[tuple[int, int], str] = {}
    for group in by_country.values():
        leaders = _same(group, lambda known: known.name_key, SAME_NAME, found)
        leaders = _same(leaders, lambda known: " ".join(sorted(known.name_key.split())), SAME_WORDS, found)
        for end in (0, -1):
            _alike(leaders, end, found)
    return [LikelyPair(*pair, why) for pair, why in sorted(found.items())]


def _same(group: list[Known], key: Callable[[Known], str], why: str, found: dict[tuple[int, int], str]) -> list[Known]:
    """Pair those of equal key with the first of them; one of each key goes on, without a number if there is one."""
    alike: defaultdict[str, list[Known]] = defaultdict(list)
    for known in group:
        alike[key(known)].append(known)
    for first, *others in alike.values():
        for other in others:
            if why == SAME_NAME or not (first.number and other.number):
                found.setdefault((first.id, other.id), why)
    return [min(members, key=lambda known: (known.number != "", known.id)) for members in alike.values()]


def _alike(group: list[Known], end: int, found: dict[tuple[int, int], str]) -> None:
    """Pair those of one block whose names differ in a few letters."""
    blocks: defaultdict[str, list[Known]] = defaultdict(list)
    for known in group:
        blocks[_block(known.name_key, end)].append(known)
    for block in blocks.values():
        for one, other in _compared(block):
            if not (one.number and other.number) and are_alike(one.name_key, other.name_key):
                found.setdefault((min(one.id, other.id), max(one.id, other.id)), LIKE_NAME)


def _block(key: str, end: int) -> str:
    """What names of one block share: their first (``end`` 0) or last (-1) word, or two characters of Chinese."""
    if _HAN.search(key):
        return key[:2] if end == 0 else key[-2:]
    return key.split()[end]


def _compared(block: list[Known]) -> Iterator[tuple[Known, Known]]:
    """Every pair of a small block; of a large one each name with its neighbours in the alphabet."""
    if len(block) <= SMALL_BLOCK:
        yield from combinations(block, 2)
        return
    ordered = sorted(block, key=lambda known: known.name_key)
    for place, known in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
            yield known, other


def are_alike(one: str, other: str) -> bool:
    """Whether two normalised names differ in a few letters only; numbers in them must be equal."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(ratio() >= LEAST_RATIO for ratio in ratios)
