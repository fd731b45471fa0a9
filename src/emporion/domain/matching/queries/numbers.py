"""Reading many rows of whole numbers at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.db import connection

from emporion.domain.matching.rules import IntArray


def read_numbers(columns: int, sql: str, **facts: int | str | Sequence[int] | None) -> IntArray:
    """The rows of ``sql`` as an array (n, columns). Read by COPY: no object is made for a row.

    Every column must be a whole number and not null.
    """
    with connection.cursor() as cursor:
        # COPY takes no parameters from outside, so they are written into the statement here, quoted.
        statement = cursor.mogrify(f"COPY ({sql}) TO STDOUT (DELIMITER ' ')", facts)
        with cursor.copy(statement) as copy:
            text = b"".join(bytes(part) for part in copy)
    return np.fromstring(text.decode(), dtype=np.int64, sep=" ").reshape(-1, columns)


def rows_of(ids: IntArray, wanted: IntArray) -> tuple[IntArray, np.ndarray]:
    """The places of ``wanted`` in the rising ``ids``, and which of them are there at all."""
    places = np.searchsorted(ids, wanted)
    there = places < len(ids)
    there[there] = ids[places[there]] == wanted[there]
    return places, there
