"""What ``emporion fair create`` is told of a fair: by options, by questions or by a TOML file."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from emporion.domain.editions import rules
from emporion.domain.editions.actions import (
    NewArea,
    NewEdition,
    NewFair,
    NewPhase,
    NewSector,
    NewVenue,
    require_currency,
    require_free_slug,
    require_host,
)
from emporion.domain.editions.models import Phase
from emporion.domain.refusal import Refusal

# (name, whether it must be given, question and help)
FAIR = (
    ("slug", True, "short name in the fair's addresses, as in accra-trade"),
    ("name_en", True, "name of the fair in English"),
    ("name_zh", False, "name in Chinese, where the fair speaks Chinese"),
    ("languages", False, "en, zh-hans or en,zh-hans; the first is the default (default: en)"),
    ("host", True, "country whose market goods are to enter, by its two letters, as in GH"),
    ("organiser_en", True, "who holds the fair"),
    ("organiser_zh", False, "the same in Chinese"),
    ("website", False, "the organiser's website"),
    ("sender_email", False, "address from which messages are sent"),
    ("colour", False, "colour of the pages, as in #0b6e6e"),
)
VENUE = (
    ("venue", True, "name of the venue"),
    ("venue_zh", False, "the same in Chinese"),
    ("city", True, "city of the venue"),
    ("city_zh", False, "the same in Chinese"),
    ("time_zone", True, "the venue's time zone by its IANA name, as in Africa/Accra"),
)
EDITION = (
    ("edition", False, "number of the edition (default: 1)"),
    ("edition_name", False, "name of the edition (default: the fair's)"),
    ("edition_name_zh", False, "the same in Chinese"),
    ("currency", True, "currency of prices and figures by its three letters, as in GHS"),
    ("first_day", True, "first day of the show, as in 2027-01-20"),
    ("last_day", True, "last day of the show"),
)
SETTINGS = (*FAIR, *VENUE, *EDITION)
SECTOR_HELP = "a sector of the fair, CODE=NAME or CODE=NAME|中文名; may be given more than once"
AREA_HELP = "an exhibition area, CODE=NAME or CODE=NAME|中文名; may be given more than once"


SECTOR_QUESTION = "a sector of the fair, as in food=Food and drinks"
AREA_QUESTION = "an exhibition area, as in food=Food and drinks"
CHECKS: dict[str, Callable[[str], None]] = {
    "slug": require_free_slug,
    "host": lambda text: require_host(text.upper()),
    "time_zone": rules.require_time_zone,
    "currency": lambda text: require_currency(text.upper()),
    "first_day": lambda text: _require_day("first_day", text),
}


class Unusable(Exception):
    """What was told cannot be used: the sentence says where and how to fix it."""


def add_options(parser: ArgumentParser) -> None:
    for name, _, meaning in SETTINGS:
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="…", help=meaning)
    parser.add_argument("--sector", action="append", default=[], metavar="CODE=NAME", help=SECTOR_HELP)
    parser.add_argument("--area", action="append", default=[], metavar="CODE=NAME", help=AREA_HELP)
    parser.add_argument("--file", metavar="FILE.toml", help="read all of this from a file")


def from_options(options: dict[str, Any]) -> dict[str, Any]:
    """What the options say; sectors and areas as rows."""
    given = {name: options[name] for name, _, _ in SETTINGS if options.get(name)}
    return {**given, **{f"{name}s": [_named(text, name) for text in options[name]] for name in ("sector", "area")}}


def prompt_for_missing(
    given: dict[str, Any], prompt: Callable[[str], str], tell: Callable[[str], None] = print
) -> dict[str, Any]:
    """The same with what a person answers to questions for what must be told and was not.

    An answer that cannot be used is told at once and asked for again: the other answers are kept.
    """
    found = dict(given)
    for name, needed, meaning in SETTINGS:
        if needed and name not in found:
            found[name] = _answer(f"{meaning}: ", prompt, tell, partial(_require_usable, name, found))
    sectors, areas = list(given["sectors"]), list(given["areas"])
    while text := _answer(f"{SECTOR_QUESTION}, empty when done: ", prompt, tell, partial(_require_named, "sector")):
        sectors.append(_named(text, "sector"))
    if not areas:
        areas.append(_named(_answer(f"{AREA_QUESTION}: ", prompt, tell, partial(_require_one, "area")), "area"))
    while text := _answer(f"{AREA_QUESTION}, empty when done: ", prompt, tell, partial(_require_named, "area")):
        areas.append(_named(text, "area"))
    return {**found, "sectors": sectors, "areas": areas}


def _answer(
    question: str, prompt: Callable[[str], str], tell: Callable[[str], None], require: Callable[[str], None]
) -> str:
    """The first answer to a question that can be used."""
    while True:
        text = prompt(question).strip()
        try:
            require(text)
        except (Refusal, Unusable) as problem:
            tell(f"  {problem}")
        else:
            return text


def _require_usable(name: str, earlier: dict[str, Any], text: str) -> None:
    """That an answer can be used beside the earlier ones. Raises: Unusable and the refusals of the fair's rules."""
    if not text:
        raise Unusable("This needs an answer.")
    if name in CHECKS:
        CHECKS[name](text)
    if name == "last_day":
        rules.require_days(_day("first_day", earlier["first_day"]), _day(name, text))


def _require_day(name: str, text: str) -> None:
    _day(name, text)


def _require_named(option: str, text: str) -> None:
    if text:
        _of(_named(text, option), "name_en", f"{option}s")


def _require_one(option: str, text: str) -> None:
    if not text:
        raise rules.AreaMissing()
    _require_named(option, text)


def from_file(path: Path) -> dict[str, Any]:
    """What a TOML file says. Raises: Unusable."""
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path} cannot be read ({error}).") from error
    except tomllib.TOMLDecodeError as error:
        raise Unusable(f"{path} is no TOML: {error}.") from error
    known = {name for name, _, _ in SETTINGS} | {"sectors", "areas", "phases"}
    if unknown := sorted(set(given) - known):
        raise Unusable(f"{path}: {', '.join(unknown)} is not known; known are {', '.join(sorted(known))}.")
    return {"sectors": [], "areas": [], **given}


def described(given: dict[str, Any]) -> tuple[NewFair, NewEdition, NewVenue]:
    """The fair, its edition and venue. Raises: Unusable."""
    if missing := [f"--{name.replace('_', '-')}" for name, needed, _ in SETTINGS if needed and not given.get(name)]:
        raise Unusable(f"Missing: {', '.join(missing)}.")
    fair: dict[str, Any] = {name: str(given[name]) for name, _, _ in FAIR if given.get(name) and name != "languages"}
    fair["host"] = fair["host"].upper()
    described = NewFair(
        languages=_languages(given.get("languages", "en")), sectors=_sectors(given["sectors"]), **fair
    )  # fmt: skip
    return described, _edition(given), _venue(given)


def _languages(value: str | list[str]) -> tuple[str, ...]:
    names = value.split(",") if isinstance(value, str) else value
    return tuple(str(name).strip().lower() for name in names)


def _sectors(rows: list[dict[str, Any]]) -> list[NewSector]:
    return [
        NewSector(
            code=str(_of(row, "code", "sectors")), name_en=str(_of(row, "name_en", "sectors")),
            name_zh=row.get("name_zh", ""), parent=row.get("parent", ""), focus=bool(row.get("focus")),
        )
        for row in rows
    ]  # fmt: skip


def _venue(given: dict[str, Any]) -> NewVenue:
    return NewVenue(
        name_en=given["venue"], city_en=given["city"], time_zone=given["time_zone"],
        name_zh=given.get("venue_zh", ""), city_zh=given.get("city_zh", ""),
    )  # fmt: skip


def _edition(given: dict[str, Any]) -> NewEdition:
    areas = [
        NewArea(
            code=str(_of(row, "code", "areas")), number=number, name_en=str(_of(row, "name_en", "areas")),
            name_zh=row.get("name_zh", ""), scope=row.get("scope", "enterprise"), sector=row.get("sector"),
        )
        for number, row in enumerate(given["areas"], start=1)
    ]  # fmt: skip
    return NewEdition(
        number=_number(given.get("edition", 1)), name_en=given.get("edition_name") or given["name_en"],
        name_zh=given.get("edition_name_zh") or given.get("name_zh", ""), currency=str(given["currency"]).upper(),
        first_day=_day("first_day", given["first_day"]), last_day=_day("last_day", given["last_day"]), areas=areas,
        phases=list(_phases(given.get("phases", []), given["time_zone"])),
    )  # fmt: skip


def _phases(rows: list[dict[str, Any]], time_zone: str) -> Iterable[NewPhase]:
    zone = ZoneInfo(time_zone) if time_zone in available_timezones() else None
    for row in rows:
        moments = [_moment(_of(row, bound, "phases")) for bound in ("opens", "closes")]
        if _of(row, "kind", "phases") not in Phase.Kind.values:
            raise Unusable(f"{row['kind']!r} is no phase; phases are {', '.join(Phase.Kind.values)}.")
        opens, closes = (moment if moment.tzinfo else moment.replace(tzinfo=zone) for moment in moments)
        try:
            yield NewPhase(row["kind"], opens, closes)
        except ValueError as error:
            raise Unusable(f"{error}.") from error


def _of(row: dict[str, Any], name: str, rows: str) -> Any:
    if not row.get(name):
        raise Unusable(f"Each of the {rows} needs {name}: {row}.")
    return row[name]


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    raise Unusable(f"{value!r} is no moment; write 2027-01-20T23:59:00 without quotes.")


def _named(text: str, option: str) -> dict[str, str]:
    code, equals, names = text.partition("=")
    if not equals:
        raise Unusable(f"--{option} {text!r} has no name; write CODE=NAME, as in food=Food and drinks.")
    english, _, chinese = names.partition("|")
    return {"code": code.strip(), "name_en": english.strip(), "name_zh": chinese.strip()}


def _number(value: Any) -> int:
    if str(value).isdecimal() and 0 < int(value) < 1000:
        return int(value)
    raise Unusable(f"The edition's number is {value!r}; give a whole number from 1 on.")


def _day(name: str, value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise Unusable(f"--{name.replace('_', '-')} is {value!r}; write year-month-day, as in 2027-01-20.") from error
