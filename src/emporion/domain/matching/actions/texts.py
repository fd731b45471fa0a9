"""Texts of both sides are encoded once and stored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.models import ExhibitorTexts, TextVector, UnitTexts
from emporion.domain.matching.queries.texts import (
    OwnerTexts,
    exhibitors_texts,
    packed,
    profile,
    units_texts,
    vectors_of,
)
from emporion.kernels.text.encoder import Encoder, default_encoder

Progress = Callable[[int, int, str], None]
AT_A_TIME = 2048


def encode_texts(edition: Edition, *, at: datetime, progress: Progress | None = None) -> int:
    """Encode what exhibitors show and seek and what buyers need, each distinct text once; how many were new.

    What was encoded stays when the run is killed, and what did not change is not touched: done again, it changes
    nothing. The encoder is loaded only where there is something new.
    """
    encoder = default_encoder()
    shown, needed = exhibitors_texts(edition), units_texts(edition)
    new = _encode(encoder, [shown, needed], progress)
    with transaction.atomic():
        stored = ExhibitorTexts.objects.filter(exhibitor__edition=edition)
        if changed := _store_profiles(encoder, ExhibitorTexts, "exhibitor_id", shown, stored):
            record("texts.kept", edition, context=ActionContext(at), edition=edition.pk, changed=changed)
    _store_profiles(encoder, UnitTexts, "unit_id", needed, UnitTexts.objects.filter(unit__edition=edition))
    return new


def _encode(encoder: Encoder, sides: list[OwnerTexts], progress: Progress | None) -> int:
    distinct = {text.digest: text.meaning for side in sides for texts in side.values() for text in texts}
    known = TextVector.objects.filter(encoder=encoder.name).values_list("digest", flat=True)
    new = sorted(distinct.keys() - set(known), key=lambda digest: (len(distinct[digest]), digest))
    for first in range(0, len(new), AT_A_TIME):
        digests = new[first : first + AT_A_TIME]
        vectors = encoder.encode([distinct[digest] for digest in digests])
        rows = [
            TextVector(encoder=encoder.name, digest=digest, vector=packed(vector))
            for digest, vector in zip(digests, vectors, strict=True)
        ]
        # Two at once may encode the same text: either vector will do.
        TextVector.objects.bulk_create(rows, ignore_conflicts=True)
        if progress:
            progress(first + len(digests), len(new), "texts encoded")
    return len(new)


@transaction.atomic
def _store_profiles(encoder: Encoder, model: Any, owner: str, texts: OwnerTexts, stored: Any) -> int:
    """Make the profiles whose texts changed anew, take away those of owners who say nothing any more; how many."""
    have = dict(stored.filter(encoder=encoder.name).values_list("pk", "texts_digest"))
    signs = {pk: _sign([text.digest for text in own]) for pk, own in texts.items()}
    changed = [pk for pk, sign in signs.items() if have.get(pk) != sign]
    gone, _ = stored.exclude(pk__in=list(texts)).delete()
    vectors = vectors_of({text.digest for pk in changed for text in texts[pk]})
    made = {pk: profile(texts[pk], vectors) for pk in changed}
    rows = [
        model(**{owner: pk}, encoder=encoder.name, texts_digest=signs[pk], vector=packed(vector))
        for pk, vector in made.items()
        if vector is not None
    ]
    key = owner.removesuffix("_id")
    model.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[key],
        update_fields=["encoder", "texts_digest", "vector"],
        batch_size=2000,
    )
    return len(changed) + int(gone)


def _sign(digests: list[str]) -> str:
    return hashlib.sha256(" ".join(digests).encode()).hexdigest()
