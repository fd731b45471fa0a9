"""Who registers to visit: the delegation tree, the visiting units and their people, as columns of spreadsheets."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from emporion.demo import names, shares
from emporion.demo.lexicon import table
from emporion.demo.sizes import Size

FIRST_DAY, LAST_DAY = date(2023, 6, 1), date(2023, 10, 25)
# Share of people who come from abroad, each with a unit of its own and outside the trading groups.
FROM_ABROAD = 0.015
SECTORS = np.array([1, 2, 3, 4, 5, 6])
SECTOR_SHARE = np.array([0.3, 0.1, 0.18, 0.22, 0.12, 0.08])
SECTOR_SLUGS = {
    1: "food-agriculture",
    2: "automobiles",
    3: "technical-equipment",
    4: "consumer-goods",
    5: "medical-healthcare",
    6: "trade-in-services",
}
TRADE_ZH = {1: "食品", 2: "汽车贸易", 3: "机电设备", 4: "日用百货", 5: "医疗器械", 6: "供应链服务"}
OWNERSHIP = np.array(["state", "private", "foreign", "institution"])
OWNERSHIP_SHARE = np.array([0.22, 0.58, 0.12, 0.08])
POSITIONS = np.array(["采购经理", "进口部主管", "总经理", "业务经理", "采购专员", "技术总监", "市场经理", "合伙人"])
CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def delegations(size: Size) -> pl.DataFrame:
    """The tree: 43 trading groups and their sub-groups. Columns path, name_en, name_zh, remit."""
    groups = table("delegations")
    numbers = shares.counts(size.sub_groups, np.array([float(row["weight"]) for row in groups]), least=1)
    rows = []
    for group, (row, count) in enumerate(zip(groups, numbers, strict=True), start=1):
        rows.append((f"{group:02d}", f"{row['name_en']} trading group", f"{row['name_zh']}交易团", ""))
        rows += [_sub_group(f"{group:02d}", row, number) for number in range(1, int(count) + 1)]
    return pl.DataFrame(rows, schema=["path", "name_en", "name_zh", "remit"], orient="row")


def _sub_group(group: str, row: dict[str, str], number: int) -> tuple[str, str, str, str]:
    sector = 1 + (number - 1) % 6
    slug = SECTOR_SLUGS[sector]
    return (
        f"{group}.{number:03d}",
        f"{row['name_en']} sub-group {number}: {slug.replace('-', ' ')}",
        f"{row['name_zh']}第{number}分团({TRADE_ZH[sector]})",
        slug,
    )


def units(size: Size, tree: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The visiting units of the trading groups, one row each, with name, code, ownership, path, sector and size."""
    rng = np.random.default_rng([seed, 2])
    leaves = tree.filter(pl.col("path").str.contains(".", literal=True))
    weights = {f"{number:02d}": float(row["weight"]) for number, row in enumerate(table("delegations"), start=1)}
    paths = leaves["path"].to_numpy()
    share = np.array([weights[path[:2]] for path in paths]) / _leaves_of_each(paths)
    numbers = shares.counts(size.units, share, least=1)
    path = np.repeat(paths, numbers)
    sector = np.repeat(np.array([1 + (int(leaf[3:]) - 1) % 6 for leaf in paths]), numbers)
    return pl.DataFrame(
        {
            "organisation": _unit_names(path, sector, rng),
            "organisation_number": credit_codes(size.units, rng),
            "ownership": OWNERSHIP[rng.choice(4, size.units, p=OWNERSHIP_SHARE)],
            "delegation": path,
            "purchasing_size": rng.choice(6, size.units, p=[0.1, 0.35, 0.3, 0.17, 0.07, 0.01]),
            "sector": sector,
        }
    )


def _leaves_of_each(paths: np.ndarray) -> np.ndarray:
    groups = np.array([path[:2] for path in paths])
    _, inverse, counts = np.unique(groups, return_inverse=True, return_counts=True)
    return counts[inverse]


def _unit_names(path: np.ndarray, sector: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    places = np.array([row["name_zh"] for row in table("delegations")])
    roots = np.array([root[1] for root in names.roots(len(path), rng)])
    trades = np.array([TRADE_ZH[number] for number in range(1, 7)])
    place = places[np.array([int(one[:2]) - 1 for one in path])]
    return np.char.add(np.char.add(np.char.add(place, roots), trades[sector - 1]), "有限公司")


def credit_codes(count: int, rng: np.random.Generator) -> np.ndarray:
    """``count`` distinct unified social credit codes with the check character of GB 32100-2015."""
    weights = np.array([pow(3, place, 31) for place in range(17)])
    serial = rng.permutation(10_000_000)[:count]
    text = np.char.add("9131", np.char.zfill(serial.astype(str), 13))
    digits = np.array([list(one) for one in text]).astype(int)
    check = (31 - digits @ weights % 31) % 31
    return np.char.add(text, np.array(list(CODE_CHARACTERS))[check])


def people(size: Size, of_units: pl.DataFrame, abroad: list[str], seed: int) -> pl.DataFrame:
    """Every visitor, one row each, in the columns of the visitors' spreadsheet."""
    rng = np.random.default_rng([seed, 3])
    foreign = round(size.visitors * FROM_ABROAD)
    domestic = _domestic(size.visitors - foreign, of_units, rng)
    guests = _guests(foreign, abroad, rng)
    rows = pl.concat([domestic, guests], how="vertical").sample(fraction=1.0, shuffle=True, seed=seed)
    days = (LAST_DAY - FIRST_DAY).days
    when = np.datetime64(FIRST_DAY) + np.sort(rng.integers(0, days, size.visitors))
    return rows.with_columns(
        pl.Series("number", [f"V06-{index:07d}" for index in range(1, size.visitors + 1)]),
        pl.Series("registered", when.astype(str)),
    )


def _domestic(count: int, of_units: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    index = np.concatenate([np.arange(of_units.height), rng.integers(of_units.height, size=count - of_units.height)])
    chosen = of_units[index]
    return chosen.select(
        pl.Series("name", names.chinese_people(count, rng)),
        pl.lit("CN").alias("country"),
        pl.Series("position", POSITIONS[rng.integers(len(POSITIONS), size=count)]),
        *[pl.col(name) for name in ("organisation", "organisation_number", "ownership", "delegation")],
        pl.Series("sectors", _interests(chosen["sector"].to_numpy(), rng)),
        pl.Series("hs_headings", _headings(chosen["sector"].to_numpy(), rng)),
        pl.col("purchasing_size").cast(pl.Int64),
    )


def _guests(count: int, abroad: list[str], rng: np.random.Generator) -> pl.DataFrame:
    sector = rng.choice(SECTORS, count, p=SECTOR_SHARE)
    roots = names.roots(count, rng)
    return pl.DataFrame(
        {
            "name": names.latin_people(count, rng),
            "country": np.array(abroad)[rng.integers(len(abroad), size=count)],
            "position": np.full(count, "Buyer"),
            "organisation": [f"{root[0]} Trading" for root in roots],
            "organisation_number": np.full(count, ""),
            "ownership": np.full(count, "foreign"),
            "delegation": np.full(count, ""),
            "sectors": _interests(sector, rng),
            "hs_headings": _headings(sector, rng),
            "purchasing_size": rng.integers(1, 4, count),
        }
    )


def _interests(sector: np.ndarray, rng: np.random.Generator) -> list[str]:
    """The unit's sector, at times a focus sector of it, at times another sector."""
    slugs = {row["sector"] for row in table("products")}
    focus_slugs = {number: sorted(_focus_slugs(number) & slugs) for number in SECTOR_SLUGS}
    other = rng.choice(SECTORS, len(sector), p=SECTOR_SHARE)
    draw = rng.random((len(sector), 2))
    return [
        ";".join(dict.fromkeys(_interest(own, extra, pair, focus_slugs)))
        for own, extra, pair in zip(sector.tolist(), other.tolist(), draw.tolist(), strict=True)
    ]


def _interest(own: int, extra: int, draw: list[float], focus_slugs: dict[int, list[str]]) -> list[str]:
    chosen = [SECTOR_SLUGS[own]]
    if draw[0] < 0.4:
        options = focus_slugs[own]
        chosen.append(options[int(draw[0] / 0.4 * len(options))])
    if draw[1] < 0.3:
        chosen.append(SECTOR_SLUGS[extra])
    return chosen


def _focus_slugs(number: int) -> set[str]:
    return {
        1: {"crop-seeds"},
        2: {"smart-mobility"},
        3: {"energy-low-carbon-environment", "integrated-circuits", "new-materials"},
        4: {"cosmetics"},
        5: {"rehabilitation-elderly-care"},
        6: {"logistics-supply-chain"},
    }[number]


def _headings(sector: np.ndarray, rng: np.random.Generator) -> list[str]:
    """Up to two HS headings of the sector's goods, separated by a semicolon."""
    options = {number: _headings_of(number) for number in SECTOR_SLUGS}
    draw = rng.random((len(sector), 2)).tolist()
    return [_pair(options[own], first, second) for own, (first, second) in zip(sector.tolist(), draw, strict=True)]


def _pair(options: list[str], first: float, second: float) -> str:
    if not options or first < 0.35:
        return ""
    one = options[int((first - 0.35) / 0.65 * len(options))]
    other = options[int(second * len(options))]
    return one if second < 0.5 or one == other else f"{one};{other}"


def _headings_of(number: int) -> list[str]:
    sectors = {SECTOR_SLUGS[number]} | _focus_slugs(number)
    return sorted({row["hs"][:4] for row in table("products") if row["sector"] in sectors and row["hs"]})


def needs(size: Size, of_units: pl.DataFrame, seed: int) -> pl.DataFrame:
    """What some units mean to buy: one row a need, in words, with its HS subheading and amount."""
    rng = np.random.default_rng([seed, 4])
    chosen = of_units[np.sort(rng.permutation(of_units.height)[: size.needs])]
    rows = [
        _need(int(sector), float(draw)) for sector, draw in zip(chosen["sector"], rng.random(size.needs), strict=True)
    ]
    return pl.DataFrame(
        {
            "organisation": chosen["organisation"],
            "organisation_number": chosen["organisation_number"],
            "number": [f"N06-{index:05d}" for index in range(1, size.needs + 1)],
            "text": [row[0] for row in rows],
            "sector": [row[1] for row in rows],
            "hs": [row[2] for row in rows],
            "amount": np.rint(rng.lognormal(11.5, 1.4, size.needs)).astype(int) + 1000,
            "currency": np.array(["CNY", "USD", "EUR"])[rng.choice(3, size.needs, p=[0.7, 0.22, 0.08])],
        }
    )


def _need(sector: int, draw: float) -> tuple[str, str, str]:
    own = {SECTOR_SLUGS[sector]} | _focus_slugs(sector)
    options = [row for row in table("products") if row["sector"] in own]
    row = options[int(draw * len(options))]
    return f"求购{row['name_zh']},年度采购", row["sector"], row["hs"]
