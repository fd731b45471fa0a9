"""Sentence vectors of the nomenclature's texts, compressed: projected on their main directions, one byte a value."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emporion.kernels.hs.nomenclature import Nomenclature
from emporion.kernels.text.encoder import Encoder, Vectors

DIRECTIONS = 256
STEPS = 127
BLOCK = 2048


class VectorsStale(ValueError):
    """The stored vectors were made of other texts or by another encoder: run ``emporion hs --rebuild``."""


@dataclass(frozen=True)
class TextVectors:
    """``rows`` of shape (texts, directions), of length one times ``scale``; ``projection`` brings a query to them."""

    rows: NDArray[np.int8]
    scale: float
    projection: NDArray[np.float32]
    stamp: str
    encoder: str

    @property
    def unit_rows(self) -> Vectors:
        """The texts' vectors, of length about one."""
        return self.rows.astype(np.float32) * np.float32(self.scale)

    def projected(self, vectors: Vectors) -> Vectors:
        """Vectors of length one on the main directions, shape (queries, directions)."""
        found = vectors @ self.projection
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return found

    def cosines(self, projected: Vectors) -> NDArray[np.float32]:
        """Cosine of projected queries with every text: shape (queries, texts).

        The bytes are widened block by block: widened at once they would hold four times the memory for good.
        """
        projected = projected * np.float32(self.scale)
        found = np.empty((len(projected), len(self.rows)), dtype=np.float32)
        for start in range(0, len(self.rows), BLOCK):
            block = self.rows[start : start + BLOCK].astype(np.float32)
            np.matmul(projected, block.T, out=found[:, start : start + BLOCK])
        return found


def build(nomenclature: Nomenclature, encoder: Encoder) -> bytes:
    """The file of vectors of a nomenclature: main directions by an eigendecomposition of the second moments."""
    vectors = encoder.encode([text.text for text in nomenclature.texts])
    _, directions = np.linalg.eigh(vectors.T.astype(float) @ vectors)
    projection = directions[:, ::-1][:, :DIRECTIONS].astype(np.float16)
    rows = vectors @ projection.astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    scale = np.float32(np.abs(rows).max() / STEPS)
    out = io.BytesIO()
    np.savez_compressed(
        out, rows=np.round(rows / scale).astype(np.int8), turn=projection, scale=scale, stamp=nomenclature.stamp,
        encoder=encoder.name,
    )  # fmt: skip
    return out.getvalue()


def load(file: bytes, nomenclature: Nomenclature, encoder: Encoder) -> TextVectors:
    """The vectors of a file. Raises ``VectorsStale`` where they do not belong to the nomenclature and the encoder."""
    with np.load(io.BytesIO(file)) as data:
        stamp, name = str(data["stamp"]), str(data["encoder"])
        if (stamp, name) != (nomenclature.stamp, encoder.name):
            raise VectorsStale(VectorsStale.__doc__)
        return TextVectors(data["rows"], float(data["scale"]), data["turn"].astype(np.float32), stamp, name)
