"""Who applies to exhibit: the rows of the exhibitors' spreadsheet, invented to the counts of a size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from emporion.demo import names, shares
from emporion.demo.lexicon import table
from emporion.demo.sizes import Size

FREE_BOOTH_M2 = 18
# Share of applications beyond those that end in a contract: review turns them down for want of a contact.
TURNED_DOWN = 0.04
AREAS = {
    "food-agriculture": 0.27,
    "automobiles": 0.08,
    "technical-equipment": 0.18,
    "consumer-goods": 0.23,
    "medical-healthcare": 0.13,
    "trade-in-services": 0.11,
}
# Contracts per focus sector of a full edition, and in the edition before it. Energy, seeds and integrated circuits
# grew by 30 %, as published; the others are invented.
FOCUS = {
    "energy-low-carbon-environment": ("technical-equipment", 130, 100),
    "crop-seeds": ("food-agriculture", 52, 40),
    "integrated-circuits": ("technical-equipment", 65, 50),
    "new-materials": ("technical-equipment", 84, 76),
    "smart-mobility": ("automobiles", 66, 58),
    "cosmetics": ("consumer-goods", 205, 188),
    "rehabilitation-elderly-care": ("medical-healthcare", 54, 47),
    "logistics-supply-chain": ("trade-in-services", 96, 88),
}
# Regions that take part by their enterprises and show no national image.
WITHOUT_IMAGE = {"HK", "MO", "TW"}
# The least purchasing size asked of buyers, company after company; 0 asks nothing.
LEAST_PURCHASES = (0, 0, 0, 2, 0, 0, 0, 3)
SMALLEST_FOCUS = {"energy-low-carbon-environment": (26, 20), "crop-seeds": (13, 10), "integrated-circuits": (13, 10)}


@dataclass(frozen=True)
class Land:
    """A country or region, or an international organisation, that takes part."""

    code: str
    name_en: str
    name_zh: str
    least_developed: bool = False
    international: bool = False


@dataclass(frozen=True)
class Applicant:
    """One row of the exhibitors' spreadsheet."""

    name: str
    name_zh: str
    country: str
    international: str
    registered_number: str
    kind: str
    area: str
    sector: str
    pavilion: str = ""
    pavilion_name: str = ""
    pavilion_name_zh: str = ""
    main: str = ""
    joint_stand: str = ""
    stand: str = "standard"
    area_m2: int = 0
    open_sides: int = 1
    requests_free_booth: bool = False
    contact_email: str = ""
    buyers_wanted: str = ""
    least_purchases: int = 0
    about_en: str = ""
    about_zh: str = ""
    earlier_editions: tuple[int, ...] = field(default_factory=tuple)


def focus_counts(size: Size, sector: str) -> tuple[int, int]:
    """Exhibitors of a focus sector in this edition and in the one before."""
    _, now, before = FOCUS[sector]
    if size.exhibitors > 1000:
        return now, before
    return SMALLEST_FOCUS.get(sector, (max(2, now // 12), max(2, before // 12)))


def applicants(size: Size, lands: Sequence[Land], seed: int) -> list[Applicant]:
    """Every application to the edition: contracts to be, their co-exhibitors, and those that review turns down.

    ``lands`` are the participants; the first ``size.country_exhibition`` of them show in the country exhibition.
    """
    rng = np.random.default_rng([seed, 1])
    # One supply of made-up words for everybody, so that no two companies share a name.
    roots = iter(names.roots(size.exhibitors * 2, rng))
    national = _national(size, lands, rng)
    companies = _companies(size, lands, size.exhibitors, roots, rng)
    companies = _with_stands(size, companies, rng)
    everyone = national + _with_history(size, companies, rng)
    return everyone + _co_exhibitors(size, everyone, lands, roots, rng) + _turned_down(size, lands, roots, rng)


def _national(size: Size, lands: Sequence[Land], rng: np.random.Generator) -> list[Applicant]:
    chosen = [land for land in lands if land.international]
    states = [land for land in lands if not land.international and land.code not in WITHOUT_IMAGE]
    chosen += states[: size.country_exhibition - len(chosen)]
    space = shares.areas(_national_area(size), len(chosen), 36, 324, rng, 0.35)
    return [_national_image(land, int(area)) for land, area in zip(chosen, space, strict=True)]


def _national_area(size: Size) -> int:
    return size.country_exhibition * 144


def _national_image(land: Land, area_m2: int) -> Applicant:
    return Applicant(
        name=land.name_en,
        name_zh=land.name_zh,
        country="" if land.international else land.code,
        international=land.code if land.international else "",
        registered_number="",
        kind="international" if land.international else "country",
        area="country-exhibition",
        sector="national-images",
        pavilion=f"N-{land.code}",
        pavilion_name=f"{land.name_en} Pavilion",
        pavilion_name_zh=f"{land.name_zh}馆",
        stand="raw",
        area_m2=area_m2,
        open_sides=4 if area_m2 >= 100 else 3,
        contact_email=f"pavilion.{land.code.lower()}@example.org",
        about_en=f"The national image of {land.name_en}: its goods, culture and places to invest."
        if not land.international
        else f"{land.name_en} shows its work for trade and development.",
        about_zh=f"{land.name_zh}国家形象展示:商品、文化与投资机会。"
        if not land.international
        else f"{land.name_zh}展示其贸易与发展工作。",
    )


def _companies(
    size: Size, lands: Sequence[Land], count: int, roots: Iterator[tuple[str, str]], rng: np.random.Generator
) -> list[Applicant]:
    origins = _origins(size, [land for land in lands if not land.international], count, rng)
    sectors = _sectors(size, count, rng)
    return [
        _company(land, area, sector, next(roots), index)
        for index, (land, (area, sector)) in enumerate(zip(origins, sectors, strict=True))
    ]


def _origins(size: Size, lands: Sequence[Land], count: int, rng: np.random.Generator) -> list[Land]:
    """Each land at least once; the free booth applicants come first and from least developed countries only."""
    poor = [land for land in lands if land.least_developed]
    free = [poor[index % len(poor)] for index in range(size.free_booth_applicants)]
    others = [land for land in lands if not land.least_developed]
    weights = {row["iso2"]: float(row["weight"]) for row in table("origins")}
    share = np.array([weights.get(land.code, 2.0) for land in others])
    numbers = shares.counts(count - len(free), share, least=1)
    rest = [land for land, number in zip(others, numbers, strict=True) for _ in range(number)]
    return free + [rest[index] for index in rng.permutation(len(rest))]


def _sectors(size: Size, count: int, rng: np.random.Generator) -> list[tuple[str, str]]:
    """Area and sector of each company; the first ones, from least developed countries, show food and crafts."""
    free = [
        ("food-agriculture", "food-agriculture") if index % 3 else ("consumer-goods", "consumer-goods")
        for index in range(size.free_booth_applicants)
    ]
    focus = [(FOCUS[sector][0], sector) for sector in FOCUS for _ in range(focus_counts(size, sector)[0])]
    numbers = shares.counts(count, np.array(list(AREAS.values())))
    rest = []
    for area, number in zip(AREAS, numbers, strict=True):
        taken = sum(1 for pair in free + focus if pair[0] == area)
        rest += [(area, area)] * max(0, int(number) - taken)
    rest = (focus + rest)[: count - len(free)]
    rest += [("consumer-goods", "consumer-goods")] * (count - len(free) - len(rest))
    return free + [rest[index] for index in rng.permutation(len(rest))]


def _company(land: Land, area: str, sector: str, root: tuple[str, str], index: int) -> Applicant:
    name, name_zh = names.company(root, sector, land.code, index)
    trade = next(row for row in table("trades") if row["sector"] == sector)
    return Applicant(
        name=name,
        name_zh=name_zh,
        country=land.code,
        international="",
        # One in five is known by its name alone, as in a real list.
        registered_number="" if index % 5 == 4 else f"{land.code}{7_000_000 + index * 37}",
        kind="enterprise",
        area=area,
        sector=sector,
        contact_email=f"fair@{root[0].lower()}.example",
        buyers_wanted=_buyers_wanted(trade, index),
        least_purchases=LEAST_PURCHASES[index % len(LEAST_PURCHASES)],
        about_en=f"{name} of {land.name_en} works in {trade['name_en'].lower()} and looks for partners in China.",
        about_zh=f"{name_zh}来自{land.name_zh},从事{trade['name_zh']}业务,寻求中国合作伙伴。",
    )


def _buyers_wanted(trade: dict[str, str], index: int) -> str:
    """Whom a company wants to meet: one in three says so, half of them in Chinese."""
    if index % 3:
        return ""
    english = f"Importers and distributors of {trade['name_en'].lower()}"
    return english if index % 2 else f"{trade['name_zh']}行业的进口商与经销商"


def _with_stands(size: Size, companies: list[Applicant], rng: np.random.Generator) -> list[Applicant]:
    """Give every company its space: a free booth, a standard booth, raw space, or a share of a joint stand."""
    free, others = companies[: size.free_booth_applicants], companies[size.free_booth_applicants :]
    placed = [replace(one, area_m2=FREE_BOOTH_M2, requests_free_booth=True) for one in free]
    stands_left = size.stands - size.country_exhibition - len(free)
    joint, single = _joint_groups(others, stands_left, rng)
    standard = _standard_count(size) - len(free)
    plain = _plain_areas(size, standard, rng)
    placed += [
        replace(one, area_m2=int(area), open_sides=1) for one, area in zip(single[:standard], plain, strict=True)
    ]
    shared, shared_area = _on_joint_stands(joint, rng)
    special_left = _special_area(size) - _national_area(size) - shared_area
    placed += _on_raw_space(single[standard:], special_left, rng)
    return placed + shared


def _standard_count(size: Size) -> int:
    return round(size.stands * float(1 - size.special_share_by_count))


def _special_area(size: Size) -> int:
    return int(size.net_area_m2 * size.special_share_by_area)


def _plain_areas(size: Size, standard: int, rng: np.random.Generator) -> np.ndarray:
    total = size.net_area_m2 - _special_area(size) - size.free_booth_applicants * FREE_BOOTH_M2
    return shares.areas(total, standard, 9, 108, rng, 0.5)


def _joint_groups(
    companies: list[Applicant], stands: int, rng: np.random.Generator
) -> tuple[list[list[Applicant]], list[Applicant]]:
    """Companies of one land and area that share a stand, and those that stand alone: ``stands`` in all."""
    by_place: dict[tuple[str, str], list[Applicant]] = {}
    for one in companies:
        by_place.setdefault((one.country, one.area), []).append(one)
    surplus, joint = len(companies) - stands, []
    places = sorted(by_place, key=lambda key: (-len(by_place[key]), key))
    # Two in three of a land's companies share first; the others only where that does not save stands enough.
    for share in (0.67, 1.0):
        for place in places:
            left = len(by_place[place]) * (1 - share)
            while surplus > 0 and len(by_place[place]) - left >= 2:
                take = min(int(len(by_place[place]) - left), int(rng.integers(3, 16)), surplus + 1)
                joint.append(by_place[place][:take])
                by_place[place], surplus = by_place[place][take:], surplus - (take - 1)
    single = [one for place in places for one in by_place[place]]
    return joint, [single[index] for index in rng.permutation(len(single))]


def _on_joint_stands(joint: list[list[Applicant]], rng: np.random.Generator) -> tuple[list[Applicant], int]:
    shared: list[Applicant] = []
    for number, members in enumerate(joint, start=1):
        share = 9 * int(rng.integers(max(1, -(-4 // len(members))), 4))
        land, code = members[0].country, f"J-{number:03d}"
        shared += [
            replace(
                one,
                joint_stand=code,
                pavilion=f"P-{land}-{one.area}"[:20],
                stand="raw",
                area_m2=share,
                open_sides=3 if share * len(members) < 108 else 4,
            )
            for one in members
        ]
    return shared, sum(one.area_m2 for one in shared)


def _on_raw_space(companies: list[Applicant], total_m2: int, rng: np.random.Generator) -> list[Applicant]:
    space = shares.areas(total_m2, len(companies), 36, 1080, rng, 0.55)
    return [
        replace(one, stand="raw", area_m2=int(area), open_sides=_open_sides(int(area), rng))
        for one, area in zip(companies, space, strict=True)
    ]


def _open_sides(area_m2: int, rng: np.random.Generator) -> int:
    if area_m2 >= 180:
        return 4
    return int(rng.choice([2, 3, 4], p=[0.45, 0.35, 0.2] if area_m2 < 108 else [0.2, 0.4, 0.4]))


def _with_history(size: Size, companies: list[Applicant], rng: np.random.Generator) -> list[Applicant]:
    """Earlier editions of each; the regular ones came to all five before, one of them under its own name."""
    chosen = set(rng.permutation(len(companies))[: size.regular_exhibitors].tolist())
    applicants = [
        replace(one, earlier_editions=(1, 2, 3, 4, 5) if index in chosen else _some_editions(rng))
        for index, one in enumerate(companies)
    ]
    return _with_the_regular(applicants)


def _some_editions(rng: np.random.Generator) -> tuple[int, ...]:
    came = tuple(number for number in range(1, 6) if rng.random() < 0.32)
    return came[:-1] if len(came) == 5 else came


def _with_the_regular(companies: list[Applicant]) -> list[Applicant]:
    def fitness(one: Applicant) -> tuple[bool, bool, bool]:
        # Not of a focus sector, whose published growth is to stay; with a stand of its own, special-built if it can.
        return one.sector != one.area, one.joint_stand != "", one.stand != "raw"

    place = companies.index(min((one for one in companies if one.country == "DE"), key=fitness))
    regular = replace(
        companies[place],
        name=names.REGULAR,
        name_zh=names.REGULAR_ZH,
        area="technical-equipment",
        sector="technical-equipment",
        registered_number="",
        contact_email="fair@regular.example",
        about_en="A glass maker that has exhibited in every edition.",
        about_zh="历届参展的玻璃制造企业。",
        earlier_editions=(1, 2, 3, 4, 5),
    )
    return [*companies[:place], regular, *companies[place + 1 :]]


def _co_exhibitors(
    size: Size,
    everyone: list[Applicant],
    lands: Sequence[Land],
    roots: Iterator[tuple[str, str]],
    rng: np.random.Generator,
) -> list[Applicant]:
    hosts = [one for one in everyone if one.kind == "enterprise" and one.stand == "raw" and not one.joint_stand]
    chosen = [hosts[index % len(hosts)] for index in rng.permutation(size.co_exhibitors)]
    by_code = {land.code: land for land in lands}
    return [
        replace(
            _company(by_code[host.country], host.area, host.sector, next(roots), 5 * index + 4),
            main=host.name,
            earlier_editions=(),
        )
        for index, host in enumerate(chosen)
    ]


def _turned_down(
    size: Size, lands: Sequence[Land], roots: Iterator[tuple[str, str]], rng: np.random.Generator
) -> list[Applicant]:
    """Applications that name no contact: the review of the demonstration rejects them, with that reason."""
    count = round(size.exhibitors * TURNED_DOWN)
    states = [land for land in lands if not land.international]
    picks = rng.integers(len(states), size=count)
    refused = [
        _company(states[pick], "consumer-goods", "consumer-goods", next(roots), 9_000 + 5 * index)
        for index, pick in enumerate(picks)
    ]
    return [replace(one, area_m2=9, contact_email="") for one in refused]
