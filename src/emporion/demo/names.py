"""Invented names: companies from syllables, people from characters. No real person or firm is meant by any of them."""

from __future__ import annotations

import numpy as np

from emporion.demo.lexicon import table

# The one firm named by its own name: a published fact of the sixth edition (six times in a row, EUR 170 million).
REGULAR = "SCHOTT AG"
REGULAR_ZH = "肖特集团"


def roots(count: int, rng: np.random.Generator) -> list[tuple[str, str]]:
    """``count`` distinct made-up words of three syllables, each in Latin letters and in Chinese characters."""
    syllables = table("syllables")
    codes = rng.permutation(len(syllables) ** 3)[:count]
    return [_spell(int(code), syllables) for code in codes]


def _spell(code: int, syllables: tuple[dict[str, str], ...]) -> tuple[str, str]:
    size = len(syllables)
    parts = [syllables[code // size**2], syllables[code // size % size], syllables[code % size]]
    return "".join(part["latin"] for part in parts).capitalize(), "".join(part["zh"] for part in parts)


def company(root: tuple[str, str], sector: str, iso2: str, turn: int) -> tuple[str, str]:
    """A company's name in English, with the legal form of its country, and in Chinese."""
    trades = [trade for trade in table("trades") if trade["sector"] == sector]
    trade = trades[turn % len(trades)]
    form = {row["iso2"]: row["form"] for row in table("legal_forms")}.get(iso2, "Ltd")
    return f"{root[0]} {trade['name_en']} {form}", f"{root[1]}{trade['name_zh']}公司"


def chinese_people(count: int, rng: np.random.Generator) -> np.ndarray:
    """``count`` names of a family name and one or two given characters, as an array of strings."""
    kinds = {row["kind"]: np.array(list(row["text"])) for row in table("people")}
    family = kinds["family"][rng.integers(len(kinds["family"]), size=count)]
    first = kinds["given"][rng.integers(len(kinds["given"]), size=count)]
    second = kinds["given"][rng.integers(len(kinds["given"]), size=count)]
    second = np.where(rng.random(count) < 0.25, "", second)
    return np.char.add(np.char.add(family, first), second)


def latin_people(count: int, rng: np.random.Generator) -> np.ndarray:
    """``count`` names of two made-up words in Latin letters, as an array of strings."""
    words = np.array([root[0] for root in roots(4000, rng)])
    given = words[rng.integers(len(words), size=count)]
    family = words[rng.integers(len(words), size=count)]
    return np.char.add(np.char.add(given, " "), family)
