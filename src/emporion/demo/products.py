"""What is shown: products, technologies and services of the exhibitors, some of them debuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from emporion.demo import shares
from emporion.demo.exhibitors import Applicant
from emporion.demo.lexicon import table
from emporion.demo.sizes import Size

DEBUT_KINDS = np.array(["world", "asia", "host"])
DEBUT_SHARE = [0.28, 0.24, 0.48]


@dataclass(frozen=True)
class Shown:
    """One row of the products' spreadsheet."""

    exhibitor: str
    country: str
    number: str
    kind: str
    name_en: str
    name_zh: str
    about_en: str
    about_zh: str
    hs: str
    sector: str
    origin: str
    debut: str


def shown(size: Size, exhibitors: Sequence[Applicant], seed: int) -> list[Shown]:
    """Every product of the fair; exhibitors of raw space show more than those in a standard booth."""
    rng = np.random.default_rng([seed, 5])
    showing = [one for one in exhibitors if one.kind == "enterprise"]
    weights = np.array([1.0 + one.area_m2 / 30 for one in showing]) * rng.lognormal(0, 0.4, len(showing))
    numbers = shares.counts(size.products, weights, least=1)
    owners = [one for one, number in zip(showing, numbers, strict=True) for _ in range(number)]
    debuts = _debuts(size, len(owners), rng)
    draws = rng.random((len(owners), 3))
    return [
        _product(index, owner, draw, debut)
        for index, (owner, draw, debut) in enumerate(zip(owners, draws.tolist(), debuts, strict=True), start=1)
    ]


def _debuts(size: Size, count: int, rng: np.random.Generator) -> list[str]:
    kinds = np.full(count, "", dtype="<U5")
    kinds[rng.permutation(count)[: size.debuts]] = DEBUT_KINDS[rng.choice(3, size.debuts, p=DEBUT_SHARE)]
    return kinds.tolist()


def _family(row: dict[str, str]) -> str:
    """Which qualities a noun takes: nobody praises a heat exchanger for being organic."""
    if row["kind"] == "service":
        return "services"
    if row["sector"] in ("food-agriculture", "crop-seeds"):
        return "food"
    return "goods" if row["sector"] in ("consumer-goods", "cosmetics") else "equipment"


def _product(index: int, owner: Applicant, draw: list[float], debut: str) -> Shown:
    options = [row for row in table("products") if row["sector"] == owner.sector]
    row = options[int(draw[0] * len(options))]
    qualities = [quality for quality in table("qualities") if quality["fits"] == _family(row)]
    quality = qualities[int(draw[1] * len(qualities))]
    model = f"{owner.name[:2].upper()}-{100 + int(draw[2] * 900)}"
    maker = owner.name.split()[0]
    return Shown(
        exhibitor=owner.name,
        country=owner.country,
        number=f"P06-{index:05d}",
        kind=row["kind"],
        name_en=f"{quality['name_en'].capitalize()} {row['name_en']} {model}",
        name_zh=f"{quality['name_zh']}{row['name_zh']} {model}",
        about_en=f"{row['name_en'][0].upper()}{row['name_en'][1:]} by {maker}: {quality['name_en']}, ready for import.",
        about_zh=f"{maker}出品的{quality['name_zh']}{row['name_zh']},可供进口。",
        hs=row["hs"],
        sector=row["sector"],
        origin=owner.country,
        debut=debut,
    )
