"""The one question whose answer would narrow the likely subheadings most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from emporion.kernels.hs.answer import CODE, AnswerUnknown, Choice, Question
from emporion.kernels.hs.traits import BY_KEY, TRAITS

Table = NDArray[np.float64]
# The likely subheadings a question is about, and the least share an answer of it must have.
CONSIDERED, LEAST = 20, 0.08
MOST_CHOICES = 6


def question(
    text: str, codes: Sequence[str], shares: Table, traits: Mapping[str, Sequence[frozenset[str]]]
) -> Question | None:
    """The trait that splits the likely subheadings most evenly, unless the text tells it already; else their codes."""
    likely = [int(place) for place in np.argsort(-shares, kind="stable")[:CONSIDERED]]
    scored = [
        (_information(choices), Question(trait.key, choices))
        for trait in TRAITS
        if not trait.of_text(text) and len(choices := _choices(likely, shares, traits[trait.key])) > 1
    ]
    best = max(scored, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] > LEAST else _by_code(likely, codes, shares)


def _choices(likely: Sequence[int], shares: Table, values: Sequence[frozenset[str]]) -> tuple[Choice, ...]:
    held: dict[str, float] = {}
    for place in likely:
        for value in values[place]:
            held[value] = held.get(value, 0.0) + float(shares[place]) / len(values[place])
    return _largest(held)


def _largest(held: Mapping[str, float]) -> tuple[Choice, ...]:
    found = [Choice(value, share) for value, share in held.items() if share >= LEAST]
    return tuple(sorted(found, key=lambda one: (-one.share, one.value))[:MOST_CHOICES])


def _information(choices: Sequence[Choice]) -> float:
    """The expected logarithm of how much an answer leaves, over the share that an answer decides on."""
    whole = sum(one.share for one in choices)
    return -sum(one.share * float(np.log(one.share / whole)) for one in choices)


def _by_code(likely: Sequence[int], codes: Sequence[str], shares: Table) -> Question | None:
    """Headings where several are likely, else the subheadings of one."""
    for length in (4, 6):
        held: dict[str, float] = {}
        for place in likely:
            held[codes[place][:length]] = held.get(codes[place][:length], 0.0) + float(shares[place])
        if len(choices := _largest(held)) > 1:
            return Question(CODE, choices)
    return None


def allowed(
    answers: Mapping[str, str], codes: Sequence[str], traits: Mapping[str, Sequence[frozenset[str]]]
) -> NDArray[np.bool_]:
    """Which subheadings the answers leave: those that have the value answered, and those open to any.

    Raises ``AnswerUnknown``.
    """
    left = np.ones(len(codes), dtype=bool)
    for key, value in answers.items():
        left &= _allowed(key, value, codes, traits)
    return left


def _allowed(
    key: str, value: str, codes: Sequence[str], traits: Mapping[str, Sequence[frozenset[str]]]
) -> NDArray[np.bool_]:
    if key == CODE:
        left = np.array([code.startswith(value) for code in codes])
        if not value or not left.any():
            raise AnswerUnknown(value)
        return left
    if key not in BY_KEY or value not in BY_KEY[key].values:
        raise AnswerUnknown(f"{key}={value}")
    return np.array([not values or value in values for values in traits[key]])
