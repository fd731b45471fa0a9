"""Writing the lists of a run by PostgreSQL's binary COPY, straight from arrays.

A row of the binary format is the number of its fields (16 bits) and, for each, its length (32 bits) and its bytes, all
in network order; an array is its dimensions, a flag for nulls, the type of its elements, its length and lower bound
and the elements, each with its length (PostgreSQL manual, "COPY: Binary Format", and ``array_send``). Rows with lists
of one length are all alike, so they are laid out as one structured array and sent as they lie in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from emporion.domain.matching.models import MatchingRun
from emporion.domain.matching.queries import Market
from emporion.domain.matching.rules import IntArray
from emporion.kernels.matching import Result

Progress = Callable[[int, int, str], None]
AT_A_TIME = 20_000
SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
INT8, FLOAT8 = 20, 701
# The last column of a list's row and how it is laid out.
LAST = {"places": ">i2", "price": ">f8"}


def copy_visitor_lists(run: MatchingRun, market: Market, result: Result, progress: Progress | None) -> None:
    """Write every visitor's list, the places first and then the further ones; who has none gets no row."""
    columns = "run_id, visitor_id, exhibitors, scores, places"
    total = len(market.visitors)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY matching_visitorsuggestions ({columns}) FROM STDIN (FORMAT binary)") as copy,
    ):
        copy.write(SIGNATURE)
        for first in range(0, total, AT_A_TIME):
            part = slice(first, first + AT_A_TIME)
            lists, scores, places = _joined(result, part)
            for layout in _layouts(
                run.pk, market.visitors[part], market.exhibitors, lists, scores, more=("places", places)
            ):
                copy.write(layout)
            if progress:
                progress(min(first + AT_A_TIME, total), total, "suggestions written")
        copy.write(TRAILER)


def copy_exhibitor_lists(run: MatchingRun, market: Market, result: Result) -> None:
    """Write every exhibitor's list and its price of attention; who has none gets no row."""
    columns = "run_id, exhibitor_id, visitors, scores, price"
    found = (market.exhibitors, market.visitors, result.exhibitor_lists, result.exhibitor_scores)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY matching_exhibitorsuggestions ({columns}) FROM STDIN (FORMAT binary)") as copy,
    ):
        copy.write(SIGNATURE)
        for layout in _layouts(run.pk, *found, more=("price", result.attention_prices)):
            copy.write(layout)
        copy.write(TRAILER)


def _layouts(
    run: int,
    owners: IntArray,
    others: IntArray,
    lists: npt.NDArray[np.int32],
    scores: npt.NDArray[np.float32],
    *,
    more: tuple[str, npt.NDArray[Any]],
) -> list[bytes]:
    """The rows of owners with a list, laid out together where their lists are equally long."""
    lengths = (lists >= 0).sum(axis=1)
    laid = []
    for length in np.unique(lengths[lengths > 0]):
        chosen = lengths == length
        # Lists are padded at the end only.
        partners, points = others[lists[chosen, :length]], scores[chosen, :length]
        laid.append(_layout(run, owners[chosen], partners, points, more[0], more[1][chosen]))
    return laid


def _joined(result: Result, part: slice) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32], Any]:
    """Lists with the further entries behind those that count, their scores, and how many count."""
    lists = np.concatenate([result.visitor_lists[part], result.further_lists[part]], axis=1)
    scores = np.concatenate([result.visitor_scores[part], result.further_scores[part]], axis=1)
    # A stable sort by "is padding" closes the hole between the two.
    order = np.argsort(lists < 0, axis=1, kind="stable")[:, : result.visitor_lists.shape[1]]
    places = (result.visitor_lists[part] >= 0).sum(axis=1)
    return np.take_along_axis(lists, order, axis=1), np.take_along_axis(scores, order, axis=1), places


def _layout(run: int, owners: IntArray, partners: IntArray, points: Any, name: str, last: npt.NDArray[Any]) -> bytes:
    rows = np.zeros(len(owners), _row_type(partners.shape[1], name))
    rows["fields"] = 5
    _set(rows, "run", run)
    _set(rows, "owner", owners)
    _set_array(rows, "partners", INT8, partners)
    _set_array(rows, "points", FLOAT8, points)
    rows[name]["size"] = rows.dtype[name]["value"].itemsize
    rows[name]["value"] = last
    return rows.tobytes()


def _row_type(length: int, last: str) -> np.dtype[Any]:
    def element(kind: str) -> list[tuple[str, str]]:
        return [("size", ">i4"), ("value", kind)]

    def array(kind: str) -> list[tuple[Any, ...]]:
        head = [(name, ">i4") for name in ("size", "dimensions", "nulls", "type", "length", "lower")]
        return [*head, ("elements", element(kind), (length,))]

    fields: list[tuple[Any, ...]] = [("fields", ">i2"), ("run", element(">i8")), ("owner", element(">i8"))]
    fields += [("partners", array(">i8")), ("points", array(">f8"))]
    return np.dtype([*fields, (last, element(LAST[last]))])


def _set(rows: npt.NDArray[Any], name: str, values: Any) -> None:
    rows[name]["size"] = 8
    rows[name]["value"] = values


def _set_array(rows: npt.NDArray[Any], name: str, kind: int, values: npt.NDArray[Any]) -> None:
    length = values.shape[1]
    heads = {"size": 20 + 12 * length, "dimensions": 1, "nulls": 0, "type": kind, "length": length, "lower": 1}
    for head, value in heads.items():
        rows[name][head] = value
    rows[name]["elements"]["size"] = 8
    rows[name]["elements"]["value"] = values
