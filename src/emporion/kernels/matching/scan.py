"""The loops over a block of scores: the best exhibitors of each visitor and the best visitors of each exhibitor.

Both are threshold searches: a row is read in chunks whose maximum is compared with the worst entry kept so far, and
only chunks that can hold something better are looked into. Equal scores keep the order of the rows and columns.
"""

from __future__ import annotations

import numpy as np

from emporion.kernels.matching.compiled import compiled
from emporion.kernels.matching.market import FLOOR
from emporion.kernels.matching.order import best_first
from emporion.kernels.matching.problem import Floats, Ints

CHUNK = 32


@compiled
def best_of_block(
    scores: Floats, prices: Floats, length: int, capacity: Ints, items: Ints, values: Floats, marginal: Floats
) -> None:
    """Fill ``items`` and ``values`` (rows, length) with each row's best columns by score less price, best first.

    ``items`` is -1 where a row has fewer. ``marginal`` is the value of the last place a row's capacity holds, at
    least 0: what the row's time is worth to it.
    """
    priced = np.empty(scores.shape[1], np.float32)
    peaks = np.empty((scores.shape[1] + CHUNK - 1) // CHUNK, np.float32)
    scratch = np.empty(length, np.float32)
    unused = np.empty(length, np.int32)
    for row in range(scores.shape[0]):
        _price_row(scores[row], prices, priced, peaks)
        floor = _floor_of(peaks, scratch, unused)
        count = _best_of_row(priced, peaks, floor, values[row], items[row])
        items[row, count:] = -1
        values[row, count:] = 0.0
        last = min(capacity[row], length)
        marginal[row] = max(values[row, last - 1], np.float32(0.0)) if last <= count else np.float32(0.0)


@compiled
def collect_block(
    scores: Floats, offsets: Floats, first: int, thresholds: Floats, counts: Ints, items: Ints, values: Floats
) -> None:
    """Add each column's rows whose score less ``offsets[row]`` passes its threshold to the column's pool.

    A pool holds twice as many rows as are wanted; when it is full the better half stays and the threshold rises.
    """
    for row in range(scores.shape[0]):
        line, offset = scores[row], offsets[row]
        full = line.size // CHUNK
        for chunk in range(full):
            base = chunk * CHUNK
            excess = FLOOR
            for lane in range(CHUNK):
                excess = max(excess, (line[base + lane] - offset) - thresholds[base + lane])
            if excess > 0:
                _pool_chunk(line, base, base + CHUNK, offset, first + row, thresholds, counts, items, values)
        _pool_chunk(line, full * CHUNK, line.size, offset, first + row, thresholds, counts, items, values)


@compiled
def pool(column: int, item: int, value: float, thresholds: Floats, counts: Ints, items: Ints, values: Floats) -> None:
    """Add one entry to a column's pool, halving the pool when it is full. Items must come in ascending order."""
    items[column, counts[column]] = item
    values[column, counts[column]] = value
    counts[column] += 1
    if counts[column] == items.shape[1]:
        halve(column, thresholds, counts, items, values)


@compiled
def halve(column: int, thresholds: Floats, counts: Ints, items: Ints, values: Floats) -> None:
    """Sort a column's pool, best first, and keep at most half of what it can hold."""
    count, wanted = counts[column], items.shape[1] // 2
    order = best_first(values[column, :count])[:wanted]
    items[column, : order.size] = items[column, :count][order]
    values[column, : order.size] = values[column, :count][order]
    counts[column] = order.size
    if order.size == wanted:
        thresholds[column] = max(thresholds[column], values[column, wanted - 1])


@compiled
def pool_all(
    columns: Ints, new_items: Ints, new_values: Floats, thresholds: Floats, counts: Ints, items: Ints, values: Floats
) -> None:
    """Add entries found by a task to the pools, in the order of the tasks."""
    for entry in range(columns.size):
        if new_values[entry] > thresholds[columns[entry]]:
            pool(columns[entry], new_items[entry], new_values[entry], thresholds, counts, items, values)


@compiled
def insert(values: Floats, items: Ints, count: int, value: float, item: int) -> int:
    """Insert into a short list sorted best first, dropping the worst when it is full; equal values keep their order."""
    place = min(count, values.size - 1)
    while place > 0 and values[place - 1] < value:
        values[place] = values[place - 1]
        items[place] = items[place - 1]
        place -= 1
    values[place] = value
    items[place] = item
    return min(count + 1, values.size)


@compiled
def _pool_chunk(
    line: Floats,
    first: int,
    last: int,
    offset: float,
    item: int,
    thresholds: Floats,
    counts: Ints,
    items: Ints,
    values: Floats,
) -> None:
    for column in range(first, last):
        value = line[column] - offset
        if value > thresholds[column]:
            pool(column, item, value, thresholds, counts, items, values)


@compiled
def _price_row(scores: Floats, prices: Floats, priced: Floats, peaks: Floats) -> None:
    full = scores.size // CHUNK
    for chunk in range(full):
        base = chunk * CHUNK
        peak = FLOOR
        for lane in range(CHUNK):
            value = scores[base + lane] - prices[base + lane]
            priced[base + lane] = value
            peak = max(peak, value)
        peaks[chunk] = peak
    if full < peaks.size:
        peaks[full] = FLOOR
        for column in range(full * CHUNK, scores.size):
            priced[column] = scores[column] - prices[column]
            peaks[full] = max(peaks[full], priced[column])


@compiled
def _floor_of(peaks: Floats, scratch: Floats, unused: Ints) -> np.float32:
    # The k-th best of the chunks' maxima: the k-th best of the row cannot be below it.
    count = 0
    for chunk in range(peaks.size):
        if count < scratch.size or peaks[chunk] > scratch[count - 1]:
            count = insert(scratch, unused, count, peaks[chunk], 0)
    return scratch[count - 1] if count == scratch.size else FLOOR


@compiled
def _best_of_row(priced: Floats, peaks: Floats, floor: np.float32, values: Floats, items: Ints) -> int:
    count = 0
    for chunk in range(peaks.size):
        if peaks[chunk] >= floor and (count < values.size or peaks[chunk] > values[count - 1]):
            for column in range(chunk * CHUNK, min((chunk + 1) * CHUNK, priced.size)):
                value = priced[column]
                if value >= floor and value > FLOOR and (count < values.size or value > values[count - 1]):
                    count = insert(values, items, count, value, column)
    return count
