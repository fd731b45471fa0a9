"""What both sides say in their own words: products, buyers wanted and purchase needs, as texts and as vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from emporion.domain.catalogue.models import Product
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.models import ExhibitorTexts, TextVector, UnitTexts
from emporion.domain.matching.queries.numbers import rows_of
from emporion.domain.matching.rules import FloatArray, IntArray, meaning
from emporion.domain.visitors.models import PurchaseNeed
from emporion.kernels.text.encoder import default_encoder

# Half a number's precision is plenty for a cosine and halves what is stored and read.
STORED = np.dtype("<f2")
# Up to so many owners are asked for by name; of more, all are read.
FEW = 1000
# Below this cosine two texts are not said to be alike.
ALIKE = 0.35
# The main directions of the exhibitors' texts that a whole market is scored on.
DIRECTIONS = 64


class Text(NamedTuple):
    """One thing said: of what kind (shown, wanted, needed), in both languages, and as it is encoded."""

    kind: str
    en: str
    zh: str
    meaning: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.meaning.encode()).hexdigest()


OwnerTexts = dict[int, list[Text]]


def exhibitors_texts(edition: Edition, only: Iterable[int] | None = None) -> OwnerTexts:
    """Exhibitors' products, and whom they want to meet, by the exhibitor's key; two queries."""
    products = Product.objects.filter(edition=edition).order_by("exhibitor", "id")
    wishes = Exhibitor.objects.filter(edition=edition).exclude(application__buyers_wanted="")
    if only is not None:
        products, wishes = products.filter(exhibitor__in=only), wishes.filter(pk__in=only)
    rows = [
        (exhibitor, Text("shown", en or zh, zh or en, meaning(en or zh, about_en or about_zh)))
        for exhibitor, en, zh, about_en, about_zh in products.values_list(
            "exhibitor", "name_en", "name_zh", "about_en", "about_zh"
        )
    ]
    rows += [
        (exhibitor, Text("wanted", wish, wish, meaning(wish)))
        for exhibitor, wish in wishes.values_list("pk", "application__buyers_wanted")
    ]
    return _by_owner(rows)


def units_texts(edition: Edition, only: Iterable[int] | None = None) -> OwnerTexts:
    """What visiting units need, by the unit's key; one query."""
    needs = PurchaseNeed.objects.filter(unit__edition=edition).order_by("unit", "id")
    if only is not None:
        needs = needs.filter(unit__in=only)
    return _by_owner(
        (unit, Text("needed", text, text, meaning(text))) for unit, text in needs.values_list("unit", "text")
    )


def vectors_of(digests: Iterable[str]) -> dict[str, FloatArray]:
    """The kept vectors of texts by their digests; those that are not encoded yet are left out."""
    kept = TextVector.objects.filter(encoder=default_encoder().name, digest__in=set(digests))
    return {digest: unpacked(vector) for digest, vector in kept.values_list("digest", "vector")}


def profile(texts: Iterable[Text], vectors: Mapping[str, FloatArray]) -> FloatArray | None:
    """The mean direction of texts, of length one; None when none of them has a vector."""
    found = [vectors[text.digest] for text in texts if text.digest in vectors]
    total: FloatArray = np.zeros(1, np.float32) + sum(found)
    length = float(np.linalg.norm(total))
    direction: FloatArray = total / np.float32(length or 1)
    return direction if length else None


def exhibitor_text_vectors(exhibitors: IntArray) -> FloatArray:
    """What the exhibitors of rising ids show and seek in their own words, as directions by row; one query."""
    return _stored_vectors(ExhibitorTexts, "exhibitor", exhibitors)


def text_factors(units: IntArray, shown: FloatArray, *, whole: bool) -> tuple[FloatArray, FloatArray]:
    """What visitors need and exhibitors show in their own words, as rows whose inner product is the cosine.

    ``units`` has the unit of each visitor (0: none), ``shown`` what each exhibitor tells. For a ``whole`` market both
    are turned to the main directions of the exhibitors' texts, so that the factors stay few; else the product is
    exact. One query.
    """
    asking = np.unique(units[units > 0])
    needed = _stored_vectors(UnitTexts, "unit", asking)
    if not needed.any() or not shown.any():
        return np.zeros((len(units), 0), np.float32), np.zeros((len(shown), 0), np.float32)
    if whole:
        basis = main_directions(shown)
        shown, needed = shown @ basis, needed @ basis
    place, there = rows_of(asking, units)
    wants = np.zeros((len(units), shown.shape[1]), np.float32)
    wants[there] = needed[place[there]]
    return wants, shown


def main_directions(rows: FloatArray, most: int = DIRECTIONS) -> FloatArray:
    """An orthonormal basis (dimensions, at most ``most``) of the directions in which the rows lie most."""
    values, vectors = np.linalg.eigh(rows.T.astype(np.float64) @ rows)
    kept = np.argsort(-values, kind="stable")[:most]
    basis: FloatArray = vectors[:, kept[values[kept] > 1e-9 * values.max()]].astype(np.float32)
    return basis


def closest(
    texts: Iterable[Text], others: Iterable[Text], vectors: Mapping[str, FloatArray], alike: float = ALIKE
) -> tuple[Text, Text] | None:
    """The two most alike texts of two sides, the first best one; None where no two reach the cosine ``alike``."""
    mine = [text for text in texts if text.digest in vectors]
    theirs = [text for text in others if text.digest in vectors]
    if not mine or not theirs:
        return None
    likeness = np.stack([vectors[text.digest] for text in mine]) @ np.stack([vectors[text.digest] for text in theirs]).T
    row, column = np.unravel_index(int(np.argmax(likeness)), likeness.shape)
    return (mine[row], theirs[column]) if likeness[row, column] >= alike else None


def packed(vector: FloatArray) -> bytes:
    """A vector as it is stored."""
    return vector.astype(STORED).tobytes()


def unpacked(vector: bytes | memoryview) -> FloatArray:
    """A stored vector as numbers."""
    return np.frombuffer(vector, STORED).astype(np.float32)


def _stored_vectors(model: type[ExhibitorTexts] | type[UnitTexts], owner: str, ids: IntArray) -> FloatArray:
    """The profiles of the rising ``ids`` as rows, zero where nothing was said or kept yet."""
    encoder = default_encoder()
    profiles = model._default_manager.filter(encoder=encoder.name)
    if len(ids) <= FEW:
        profiles = profiles.filter(pk__in=ids.tolist())
    found = list(profiles.values_list(f"{owner}_id", "vector"))
    rows = np.zeros((len(ids), encoder.dimensions), np.float32)
    place, there = rows_of(ids, np.array([pk for pk, _ in found], np.int64))
    for row, (_, vector), known in zip(place.tolist(), found, there.tolist(), strict=True):
        if known:
            rows[row] = unpacked(vector)
    return rows


def _by_owner(rows: Iterable[tuple[int, Text]]) -> OwnerTexts:
    """Texts by who said them; those without a word to encode are left out."""
    texts: OwnerTexts = {}
    for owner, text in rows:
        if text.meaning:
            texts.setdefault(owner, []).append(text)
    return texts
