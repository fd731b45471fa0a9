"""Whole numbers of addresses and buttons: keys, places in a list, numbers of slots."""

from __future__ import annotations

# Every number of so many digits fits a key of the database, and no longer one is worth computing.
MOST_DIGITS = 18


def whole_number(text: str) -> int | None:
    """The number from 0 that a text states in ASCII digits; none for everything else, however long it is."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def key_in(text: str) -> int:
    """The same for a key, of a record that is looked for: -1, which none has, for what is no number."""
    number = whole_number(text)
    return -1 if number is None else number
