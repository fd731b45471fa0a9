"""Sentence vectors of the book's texts, kept small: turned to their main directions and rounded to one byte each."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emporion.domain.marketaccess.hs.book import FOLDER, Book
from emporion.domain.reference import files
from emporion.kernels.text.encoder import Encoder, Vectors

FILE = f"{FOLDER}/vectors.npz"
KEPT = 256
STEPS = 127
BLOCK = 2048


class VectorsStale(ValueError):
    """The kept vectors were made of other texts or by another encoder: run ``emporion hs --rebuild``."""


@dataclass(frozen=True)
class Kept:
    """``rows`` of shape (texts, directions), of length one times ``scale``; ``turn`` brings a query to them."""

    rows: NDArray[np.int8]
    scale: float
    turn: NDArray[np.float32]
    stamp: str
    encoder: str

    def cosines(self, vectors: Vectors) -> NDArray[np.float32]:
        """Cosine of queries, shape (queries, dimensions), with every text: shape (queries, texts).

        The bytes are widened block by block: widened at once they would hold four times the memory for good.
        """
        turned = vectors @ self.turn
        turned *= self.scale / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
        found = np.empty((len(turned), len(self.rows)), dtype=np.float32)
        for start in range(0, len(self.rows), BLOCK):
            block = self.rows[start : start + BLOCK].astype(np.float32)
            np.matmul(turned, block.T, out=found[:, start : start + BLOCK])
        return found


def made(book: Book, encoder: Encoder) -> bytes:
    """The file of kept vectors of a book: main directions by an eigendecomposition of the second moments."""
    vectors = encoder.encode([text.text for text in book.texts])
    _, directions = np.linalg.eigh(vectors.T.astype(float) @ vectors)
    turn = directions[:, ::-1][:, :KEPT].astype(np.float16)
    rows = vectors @ turn.astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    scale = np.float32(np.abs(rows).max() / STEPS)
    out = io.BytesIO()
    np.savez_compressed(
        out, rows=np.round(rows / scale).astype(np.int8), turn=turn, scale=scale, stamp=book.stamp, encoder=encoder.name
    )
    return out.getvalue()


def kept(book: Book, encoder: Encoder, read: Callable[[str], bytes] = files.content) -> Kept:
    """The shipped vectors. Raises ``VectorsStale`` where they do not belong to the book and the encoder."""
    with np.load(io.BytesIO(read(FILE))) as data:
        stamp, name = str(data["stamp"]), str(data["encoder"])
        if (stamp, name) != (book.stamp, encoder.name):
            raise VectorsStale(VectorsStale.__doc__)
        return Kept(data["rows"], float(data["scale"]), data["turn"].astype(np.float32), stamp, name)
