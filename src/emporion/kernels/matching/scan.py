"""The loops over a block of scores: the best exhibitors of each visitor and the best visitors of each exhibitor.

Both are threshold searches: a row is read once for the peaks of its groups, and only groups whose peak can matter are
looked into. A group is every n-th column, so that the peaks of neighbouring columns are found by vector instructions
without a reduction, and the loops that pick are free of branches that a processor could guess wrong. Equal scores
keep the order of the rows and columns.
"""

from __future__ import annotations

import numpy as np

from emporion.kernels.matching.compiled import compiled
from emporion.kernels.matching.market import FLOOR
from emporion.kernels.matching.order import best_first
from emporion.kernels.matching.problem import Floats, Ints

# Most columns of a group: the groups of a row's twenty best then leave some hundred columns to look at.
GROUP = 32
# At least so many groups for each column wanted: on a small fair a floor of fewer groups would hold nothing back.
SPREAD = 4
# Halvings of the range of peaks in search of a floor.
HALVINGS = 12
# The least that is above what hidden pairs score.
LOWEST: np.float32 = np.nextafter(FLOOR, np.float32(0))
# What two orders of the same float32 sum may differ by, as a share of the numbers.
ROUNDING = np.float32(1e-6)


@compiled
def best_of_block(
    scores: Floats, prices: Floats, length: int, capacity: Ints, items: Ints, values: Floats, marginal: Floats
) -> None:
    """Fill ``items`` and ``values`` (rows, length) with each row's best columns by score less price, best first.

    ``items`` is -1 where a row has fewer. ``marginal`` is the value of the last place a row's capacity holds, at
    least 0: what the row's time is worth to it.
    """
    peaks = np.empty(_groups(scores.shape[1], length), np.float32)
    near, near_items = np.empty(scores.shape[1] + 1, np.float32), np.empty(scores.shape[1] + 1, np.int32)
    for row in range(scores.shape[0]):
        _peaks_of(scores[row], prices, peaks)
        floor = _floor_of(peaks, length)
        found = _at_least(scores[row], prices, peaks, floor, near, near_items)
        count = _best_of(near[:found], near_items[:found], values[row], items[row])
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
    peaks = np.empty(_groups(scores.shape[1], 0), np.float32)
    for row in range(scores.shape[0]):
        line, offset = scores[row], offsets[row]
        _peaks_of(line, thresholds, peaks)
        for group in range(peaks.size):
            if peaks[group] >= offset - ROUNDING * (abs(peaks[group]) + abs(offset)):
                for column in range(group, line.size, peaks.size):
                    value = line[column] - offset
                    if value > thresholds[column]:
                        pool(column, first + row, value, thresholds, counts, items, values)


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
def _groups(columns: int, wanted: int) -> int:
    return max((columns + GROUP - 1) // GROUP, min(columns, SPREAD * wanted))


@compiled
def _peaks_of(scores: Floats, prices: Floats, peaks: Floats) -> None:
    """The largest score less price of each group of columns: group g holds g, g + groups, g + 2 groups …"""
    groups = peaks.size
    for group in range(groups):
        peaks[group] = scores[group] - prices[group]
    for base in range(groups, scores.size, groups):
        for group in range(min(groups, scores.size - base)):
            # An unsigned index needs no look for negative ones, without which the loop becomes vector instructions.
            place = np.uint64(base + group)
            value = scores[place] - prices[place]
            if value > peaks[group]:
                peaks[group] = value


@compiled
def _floor_of(peaks: Floats, wanted: int) -> np.float32:
    """A number that at least ``wanted`` peaks reach, so that the last wanted of the row cannot be below it."""
    low, high, known = np.float32(np.inf), FLOOR, 0
    for group in range(peaks.size):
        if peaks[group] > FLOOR:
            low, high, known = min(low, peaks[group]), max(high, peaks[group]), known + 1
    if known < wanted:
        return LOWEST
    for _ in range(HALVINGS):
        middle, reached = (low + high) * np.float32(0.5), 0
        for group in range(peaks.size):
            reached += peaks[group] >= middle
        if reached >= wanted:
            low = middle
        else:
            high = middle
    return np.float32(low)


@compiled
def _at_least(scores: Floats, prices: Floats, peaks: Floats, floor: np.float32, near: Floats, near_items: Ints) -> int:
    """Write the columns that reach ``floor``, and what they are worth, behind each other; how many there are."""
    found = 0
    for group in range(peaks.size):
        if peaks[group] >= floor:
            for column in range(group, scores.size, peaks.size):
                value = scores[column] - prices[column]
                near[found], near_items[found] = value, column
                found += value >= floor
    return found


@compiled
def _best_of(near: Floats, near_items: Ints, values: Floats, items: Ints) -> int:
    """The best of the columns near the top, best first, equal ones in the order of the columns; how many."""
    count = 0
    for entry in range(near.size):
        value, item = near[entry], near_items[entry]
        if count < values.size or _before(value, item, values[count - 1], items[count - 1]):
            place = min(count, values.size - 1)
            while place > 0 and _before(value, item, values[place - 1], items[place - 1]):
                values[place], items[place] = values[place - 1], items[place - 1]
                place -= 1
            values[place], items[place] = value, item
            count = min(count + 1, values.size)
    return count


@compiled
def _before(value: np.float32, item: int, other: np.float32, other_item: int) -> bool:
    return bool(value > other or (value == other and item < other_item))
