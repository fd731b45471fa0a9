"""Which countries, regions and international organisations take part in a demonstration fair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from emporion.demo.exhibitors import Land
from emporion.demo.lexicon import table
from emporion.demo.sizes import Size

# Both are named in what was published of the sixth edition.
ALWAYS = ("EC", "BJ")
LEAST_DEVELOPED_SHARE = 0.23


def participants(
    size: Size,
    countries: Mapping[str, tuple[str, str]],
    international: Sequence[tuple[str, str, str]],
    least_developed: set[str],
    seed: int,
) -> list[Land]:
    """The lands of a fair in random order: ``size.countries`` of them and ``size.international`` organisations.

    ``countries`` maps ISO codes of those that may come to their English and Chinese names, ``international`` gives
    code and names. Those that trade most with the host come first into the choice; then chance decides.
    """
    rng = np.random.default_rng([seed, 0])
    codes = _chosen(size, countries, least_developed, rng)
    lands = [Land(code, *countries[code], least_developed=code in least_developed) for code in codes]
    lands += [Land(code, en, zh, international=True) for code, en, zh in international[: size.international]]
    return [lands[index] for index in rng.permutation(len(lands))]


def _chosen(
    size: Size, countries: Mapping[str, tuple[str, str]], least_developed: set[str], rng: np.random.Generator
) -> list[str]:
    poor = _shuffled(sorted(least_developed & countries.keys()), rng)
    poor = _first(ALWAYS, poor)[: round(size.countries * LEAST_DEVELOPED_SHARE)]
    trading = [row["iso2"] for row in table("origins") if row["iso2"] in countries]
    others = _shuffled(sorted(countries.keys() - least_developed - set(trading)), rng)
    return poor + (_first(ALWAYS, trading) + others)[: size.countries - len(poor)]


def _shuffled(codes: list[str], rng: np.random.Generator) -> list[str]:
    return [codes[index] for index in rng.permutation(len(codes))]


def _first(wanted: Sequence[str], codes: list[str]) -> list[str]:
    return [code for code in wanted if code in codes] + [code for code in codes if code not in wanted]
