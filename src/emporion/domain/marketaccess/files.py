"""The markets that ship with the product: schedules, agreements, parties and remarks, read without a database."""

from __future__ import annotations

import csv
import hashlib
import io
import lzma
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files as package
from pathlib import Path

from emporion.domain.marketaccess.importers import plain
from emporion.domain.marketaccess.rules.charges import Levy
from emporion.domain.marketaccess.rules.rates import Rate, parse
from emporion.domain.marketaccess.rules.refusals import NoSchedule, NotACountry, NotOneCountry
from emporion.domain.marketaccess.rules.schedule import Agreement, Line, Market, Memberships, Note, Party, Schedule
from emporion.domain.reason import Name, Phrase
from emporion.domain.reference import files
from emporion.domain.reference.names import SHARED, country_key, country_keys, country_named, key_of
from emporion.domain.reference.rules import Span

FOLDER = "tariffs"
UNION = "EU"
UNION_NAMES = ("eu", "europeanunion", "欧盟", "欧洲联盟")
SEVERAL = {**SHARED, **dict.fromkeys(UNION_NAMES, "the member state, as DE")}


# Codes and names of customs for a part of a country, whose goods originate in the whole.
PARTS = {
    **dict.fromkeys(["xi", "northernireland", "北爱尔兰"], "GB"),
}


@lru_cache(maxsize=1)
def _countries() -> tuple[Mapping[str, str], ...]:
    return tuple(files.rows("countries/countries.csv"))


@lru_cache(maxsize=1)
def countries() -> Mapping[str, tuple[str, str]]:
    """English and Chinese name of every country and area by its two letters."""
    return {row["iso2"]: (row["name_en"], row["name_zh"]) for row in _countries()}


@lru_cache(maxsize=1)
def hs_titles() -> Mapping[str, tuple[str, str]]:
    """English and Chinese title of every code of the Harmonized System 2022, of two, four or six digits."""
    return {row["code"]: (row["title_en"], row["title_zh"]) for row in files.rows("hs/codes.csv")}


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, str]:
    return country_keys((row["iso2"], row["iso3"], row["name_en"], row["name_zh"]) for row in _countries())


def country(text: str) -> str:
    """A country's two letters in capitals, of its two or three letters or its English or Chinese name.

    Northern Ireland (``XI``) is a part of the United Kingdom. Raises ``NotACountry``, ``NotOneCountry`` for a name that
    several share.
    """
    if (code := text.strip().upper()) in countries():
        return code
    if whole := whole_of(text):
        return whole
    if which := SEVERAL.get(country_key(text)):
        raise NotOneCountry(country=text, which=which)
    if (named := country_named(text, _by_name())) is None:
        raise NotACountry(country=text)
    return named


def whole_of(text: str) -> str | None:
    """The country of which a text names a part that customs tell apart; None for any other text."""
    return PARTS.get(key_of(text).replace(" ", ""))


def destination(text: str) -> str:
    """As :func:`country`; the European Union, which has one tariff, is a destination too: ``EU``."""
    return UNION if key_of(text) in UNION_NAMES else country(text)


def name_of(place: str) -> Name:
    """The name of a country or of the European Union by its two letters."""
    return Name("the European Union", "欧盟") if place == UNION else Name(*countries()[place])


@lru_cache(maxsize=1)
def memberships() -> Memberships:
    """Spans by group and country, from the reference data and the groups that only tariffs know."""
    found: dict[str, dict[str, tuple[Span, ...]]] = {}
    for name in ("groups/memberships.csv", f"{FOLDER}/groups.csv"):
        for row in files.rows(name):
            own = found.setdefault(row["group"], {})
            own[row["country"]] = (*own.get(row["country"], ()), _span(row))
    return found


def _span(row: Mapping[str, str]) -> Span:
    starts, ends, deferred = (
        date.fromisoformat(row[name]) if row.get(name) else None for name in ("starts", "ends", "deferred")
    )
    return Span(starts, ends, deferred, Phrase(row.get("proposal", "")))


@lru_cache(maxsize=1)
def _index() -> Mapping[str, Mapping[str, str]]:
    return {row["importer"]: row for row in files.rows(f"{FOLDER}/schedules.csv")}


def importers() -> tuple[str, ...]:
    """The countries whose tariff ships with the product."""
    return tuple(_index())


def shipped_as_of(importer: str) -> date | None:
    """The day of the shipped schedule, ``None`` where none ships."""
    row = _index().get(importer)
    return date.fromisoformat(row["as_of"]) if row else None


def shipped_days(importer: str) -> tuple[date, date]:
    """The first and the last day for which the shipped schedule of a country answers."""
    row = _index()[importer]
    ends = date.fromisoformat(row["carried_until"] or row["ends"])
    return date.fromisoformat(row["starts"]), ends - timedelta(days=1)


@lru_cache(maxsize=1)
def edition_of_the_law() -> str:
    """A short name of the shipped data and rules together, another as soon as either changes."""
    own = [*Path(__file__).parent.glob("rules/*.py"), *Path(str(package("emporion.data"))).glob(f"{FOLDER}/*")]
    names = {path.name: path.read_bytes() for path in own if path.is_file()}
    names["memberships"] = files.content("groups/memberships.csv")
    return hashlib.sha256(repr(sorted(names.items())).encode()).hexdigest()[:16]


@lru_cache(maxsize=8)
def shipped(importer: str) -> Market:
    """The market of a country as shipped. Raises ``NoSchedule``."""
    row = _index().get(importer)
    if row is None:
        raise NoSchedule(country=importer, known=", ".join(importers()))
    return market(importer, schedule(row, shipped_lines(importer)))


def load_shipped() -> None:
    """Read every shipped market, the titles of the nomenclature and the memberships, so that no question waits."""
    for importer in importers():
        shipped(importer)
    hs_titles()
    edition_of_the_law()


@lru_cache(maxsize=8)
def shipped_lines(importer: str) -> Mapping[str, tuple[Line, ...]]:
    """The lines of a shipped schedule by code, empty where none ships."""
    row = _index().get(importer)
    if row is None:
        return {}
    data = files.content(f"{FOLDER}/{row['file']}")
    return plain.lines_of(plain.read(unpacked(data)))


def unpacked(data: bytes) -> str:
    """The text of a compressed plain form."""
    return lzma.decompress(data).decode("utf-8")


def schedule(row: Mapping[str, str], lines: Mapping[str, tuple[Line, ...]]) -> Schedule:
    """A schedule of a row of ``schedules.csv`` and its lines."""
    as_of, starts, ends = (date.fromisoformat(row[name]) for name in ("as_of", "starts", "ends"))
    carried = row.get("carried_until", "")
    return Schedule(
        row["importer"], Phrase(row["title"]), as_of, starts, ends, row["currency"], row["complete"] == "true",
        Phrase(row["source"]), row["licence"], lines, date.fromisoformat(carried) if carried else None,
    )  # fmt: skip


def market(importer: str, own: Schedule, agreements: tuple[Agreement, ...] | None = None) -> Market:
    """The market around a schedule; its agreements are the shipped ones unless others are given."""
    notes = tuple(
        Note(row["prefix"], row["origin"], row["kind"], Phrase(row["text"]), Phrase(row["source"]))
        for row in files.rows(f"{FOLDER}/notes.csv") if row["importer"] == importer
    )  # fmt: skip
    return Market(
        importer, own, shipped_agreements(importer) if agreements is None else agreements, notes, memberships(),
        levies(importer),
    )  # fmt: skip


@lru_cache(maxsize=64)
def levies(importer: str) -> tuple[Levy, ...]:
    """The taxes and fees of an importer beside its duties, as far as they are known."""
    return tuple(
        Levy(
            row["group"], row["kind"], tuple(row["prefixes"].split()), _rate(row["rate"]), _rate(row["least"]),
            row["base"], Phrase(row["name"]), Phrase(row["condition"]), _span(row), Phrase(row["source"]),
            row["verified"] == "true",
        )
        for row in files.rows(f"{FOLDER}/taxes.csv") if row["importer"] == importer
    )  # fmt: skip


def _rate(text: str) -> Rate | None:
    return parse(text) if text else None


@lru_cache(maxsize=8)
def shipped_agreements(importer: str) -> tuple[Agreement, ...]:
    """The agreements, lists and programmes of an importer, in the order of the file."""
    rows = [row for row in files.rows(f"{FOLDER}/agreements.csv") if row["importer"] == importer]
    parties = [row for row in files.rows(f"{FOLDER}/parties.csv") if row["importer"] == importer]
    return agreements_of(rows, parties)


def agreements_of(rows: Iterable[Mapping[str, str]], parties: Iterable[Mapping[str, str]]) -> tuple[Agreement, ...]:
    """Agreements from rows of ``agreements.csv`` and of ``parties.csv``."""
    by_code: dict[str, dict[str, Party]] = {}
    for row in parties:
        party = Party(_span(row), row["verified"] == "true", Phrase(row["source"]))
        by_code.setdefault(row["code"], {})[row["country"]] = party
    return tuple(
        Agreement(
            row["code"], Phrase(row["name"]), row["basis"], row["column"], _span(row), row["unlisted"] == "free",
            row["column_known"] == "true", date.fromisoformat(row["list_as_of"]) if row["list_as_of"] else None,
            Phrase(row["proof"]), Phrase(row["origin_rule"]), Phrase(row["source"]), by_code.get(row["code"], {}),
            Phrase(row.get("proof_source") or ""), Phrase(row.get("transit_source") or ""),
        )
        for row in rows
    )  # fmt: skip


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text by column."""
    return list(csv.DictReader(io.StringIO(text, newline="")))
