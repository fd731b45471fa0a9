"""Readers of what the data name: countries, HS codes, currencies; sectors of a fair; areas and halls of an edition."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from emporion.domain.editions.models import Edition, Sector
from emporion.domain.reason import Phrase
from emporion.domain.reference.models import Country, Currency, HSCode, InternationalOrganisation
from emporion.domain.reference.names import SHARED, country_key, country_keys, country_named, key_of
from emporion.domain.row_problems import NamesNo
from emporion.language.reading.errors import (
    InputError,
    NamesNoCountry,
    NamesSeveralCountries,
    WriteCountry,
    WriteWhich,
)
from emporion.spreadsheets.cells import problems
from emporion.spreadsheets.cells.basics import Corrected, Parse, hints
from emporion.spreadsheets.notices import ZeroPutBack

# By what people write, without blanks and points in small letters.
DAILY_CURRENCIES = {
    name: code
    for code, names in {
        "CNY": "rmb cnh 人民币 元人民币 人民币元 renminbi yuan", "USD": "us$ usd$ $us 美元 美金 usdollar usdollars",
        "EUR": "€ euro euros 欧元", "JPY": "yen jp¥ 日元 日圆 円", "GBP": "£ gb£ 英镑 sterling", "HKD": "hk$ 港元 港币",
        "TWD": "ntd nt$ nt 新台币 新臺幣", "KRW": "₩ 韩元", "INR": "₹ 卢比", "RUB": "₽ 卢布", "CHF": "sfr fr 瑞士法郎",
        "AUD": "a$ au$ 澳元", "CAD": "c$ ca$ 加元", "SGD": "s$ 新元 新加坡元", "BRL": "r$", "MXN": "mx$", "NZD": "nz$",
        "THB": "฿ 泰铢", "VND": "₫ 越南盾", "TRY": "₺ tl", "PHP": "₱", "ILS": "₪", "UAH": "₴", "NGN": "₦",
    }.items()
    for name in names.split()
}  # fmt: skip
SHARED_CURRENCIES = {
    "¥": "CNY, JPY", "元": "CNY, TWD, HKD", "$": "USD, AUD, CAD, HKD, SGD", "dollar": "USD, AUD, CAD, HKD, SGD",
    "dollars": "USD, AUD, CAD, HKD, SGD", "kr": "DKK, NOK, SEK", "krone": "DKK, NOK", "peso": "MXN, ARS, CLP, COP, PHP",
    "franc": "CHF, XOF, XAF", "francs": "CHF, XOF, XAF", "pound": "GBP, EGP", "rupee": "INR, PKR, LKR",
}  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """What cells may name, as dictionaries from the compared name to the code that is stored."""

    countries: dict[str, str]
    internationals: dict[str, str]
    currencies: dict[str, str]
    sectors: dict[str, str]
    numbers: dict[str, int]
    hs: frozenset[str]
    areas: dict[str, str]
    halls: dict[str, str]
    zone: dt.tzinfo

    @classmethod
    def load(cls, edition: Edition) -> Reference:
        """Read it all once: a handful of queries however long the list is."""
        sectors = list(Sector.objects.filter(fair=edition.fair_id).values_list("code", "name_en", "name_zh", "number"))
        return cls(
            countries=_countries(),
            internationals=_by_name(InternationalOrganisation.objects.values_list("code", "name_en", "name_zh")),
            currencies=_by_name(Currency.objects.values_list("code", "name_en", "name_zh")),
            sectors=_by_name(sectors),
            numbers={code: number for code, *_, number in sectors},
            hs=frozenset(HSCode.objects.values_list("code", flat=True)),
            areas=_by_name(edition.areas.values_list("code", "name_en", "name_zh")),
            halls=_by_name((code,) for code in edition.halls.values_list("code", flat=True)),
            zone=edition.zone,
        )


def _by_name(rows: Iterable[tuple[object, ...]]) -> dict[str, str]:
    return {key_of(str(name)): str(row[0]) for row in rows for name in row if name not in ("", None)}


def _countries() -> dict[str, str]:
    return country_keys(Country.objects.values_list("iso2", "iso3", "name_en", "name_zh"))


def _named(what: Phrase, names: dict[str, str]) -> Callable[[str], str]:
    hint = hints(list(names))

    def read(cell: str) -> str:
        if code := names.get(key_of(cell)):
            return code
        raise InputError(NamesNo(what, cell), problems.WriteCodeOrName(hint(cell)))

    return read


def country(reference: Reference) -> Parse:
    """A country or region by its ISO 3166 code of two or three letters, or its English or Chinese name."""

    hint = hints(list(reference.countries))

    def read(cell: str) -> str:
        if which := SHARED.get(country_key(cell)):
            raise InputError(NamesSeveralCountries(cell), WriteWhich(which))
        if code := country_named(cell, reference.countries):
            return code
        raise InputError(NamesNoCountry(cell), WriteCountry(hint(cell)))

    return read


def international(reference: Reference) -> Parse:
    """An international organisation that takes part, by code or name."""
    return _named(Phrase("international organisation"), reference.internationals)


def currency(reference: Reference) -> Parse:
    """A currency by its ISO 4217 code, its name, or as it is written in daily use: RMB, US$, €, 人民币."""
    code = _named(Phrase("currency"), reference.currencies)

    def read(cell: str) -> str:
        plain = unicodedata.normalize("NFKC", cell).casefold().replace(" ", "").replace(".", "")
        if several := SHARED_CURRENCIES.get(plain):
            raise InputError(problems.NamesSeveralCurrencies(cell), problems.WriteOneOfThese(several))
        daily = DAILY_CURRENCIES.get(plain, "")
        return daily if daily in reference.currencies.values() else code(cell)

    return read


def sector(reference: Reference) -> Parse:
    """A sector by code, number or name; gives its code."""
    return _named(Phrase("sector"), reference.sectors)


def sector_number(reference: Reference) -> Parse:
    """The same, giving its number."""
    code = sector(reference)
    return lambda cell: reference.numbers[code(cell)]


def area(reference: Reference) -> Parse:
    """An exhibition area of the edition, by code or name."""
    return _named(Phrase("exhibition area of this edition"), reference.areas)


def hall(reference: Reference) -> Parse:
    """A hall of the edition by its code; ``Hall 4.1`` and ``4.1号馆`` are understood."""

    code = _named(Phrase("hall of this edition"), reference.halls)
    return lambda cell: code(re.sub(r"(?i)^hall\s*|号?馆$", "", cell).strip())


def hs_code(*digits: int) -> Callable[[Reference], Parse]:
    """An HS code of one of the given lengths; dots and blanks go, digits beyond the sixth are national and are cut.

    A leading zero lost to a number format is put back, with a notice, when the data know the result.
    """

    def make(reference: Reference) -> Parse:
        return partial(_read_hs, reference.hs, digits)

    return make


def hs_heading(reference: Reference) -> Parse:
    """An HS heading of four digits; of a longer code its heading is taken."""
    read = partial(_read_hs, reference.hs, (4, 6))

    def shorten(cell: str) -> str:
        found = read(cell)
        return str(found.value if isinstance(found, Corrected) else found)[:4]

    return shorten


def _read_hs(known: frozenset[str], lengths: tuple[int, ...], cell: str) -> str | Corrected:
    plain = unicodedata.normalize("NFKC", cell).strip()
    written = re.sub(r"[\s.\-]", "", plain)
    if not written.isdecimal():
        raise InputError(problems.CellReads(cell), problems.WriteHSDigits(_lengths(lengths)))
    code = restored_hs(plain)[:6]
    if len(code) in lengths and code in known:
        return code if code == written[:6] else Corrected(code, ZeroPutBack(cell, code))
    if len(code) not in lengths:
        raise InputError(problems.WrongNumberOfDigits(len(written), cell), problems.WriteHSDigits(_lengths(lengths)))
    raise InputError(problems.NamesNoHSCode(cell), problems.LookUpHSCode())


def restored_hs(cell: str) -> str:
    """The digits with the zeros that a number format took: ``805.1`` was 0805.10, ``80510`` was 080510."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    written = re.sub(r"[\s.\-]", "", plain)
    groups = re.split(r"[.\s\-]+", plain)
    if len(groups) > 1 and len(groups[0]) in (3, 4):
        first, *rest = groups
        return first.zfill(4) + "".join(part + "0" * (len(part) % 2) for part in rest)
    return written.zfill(len(written) + len(written) % 2)


def _lengths(lengths: tuple[int, ...]) -> str:
    return " or ".join(str(one) for one in lengths)
