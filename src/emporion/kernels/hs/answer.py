"""What the finder answers: proposals and their probability, or why there are none, and a question that would decide."""

from __future__ import annotations

from dataclasses import dataclass

from emporion.kernels.hs.reading import Reading

# Below this probability of the first proposal the finder asks.
SURE = 0.6
# The question whose answer is a heading or a subheading.
CODE = "code"


class AnswerUnknown(ValueError):
    """An answer names no question, or no value of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A likely subheading: ``score`` is the probability that it is right, ``because`` the words that led there."""

    hs6: str
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to a question: a trait's value, or the heading or subheading it stands for; ``share`` of the likely."""

    value: str
    share: float


@dataclass(frozen=True, slots=True)
class Question:
    """What would decide: a trait of the goods, or ``code`` where only the nomenclature's own words tell them apart."""

    key: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """``found`` best first, ``among`` the probability that one of five is right; one question where it is not sure."""

    text: str
    reading: Reading
    found: tuple[Found, ...] = ()
    among: float = 0.0
    questions: tuple[Question, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the first proposal is more likely right than not, with some margin."""
        return bool(self.found) and self.found[0].score >= SURE
