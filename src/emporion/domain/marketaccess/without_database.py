"""Asking for market access from the files that ship with the product: no model is loaded, no database is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from emporion.domain.marketaccess import files
from emporion.domain.marketaccess.rules import answer as answers
from emporion.domain.marketaccess.rules.answer import Answer, Range
from emporion.domain.marketaccess.rules.candidates import NOTHING_MORE, Facts
from emporion.domain.marketaccess.rules.charges import charges_on
from emporion.domain.marketaccess.rules.negative_lists import Finding, Item, NegativeList, look_up
from emporion.domain.marketaccess.rules.papers import Admission, Entry, Paper, checklist, may_enter
from emporion.domain.marketaccess.rules.reasons import NoTariff, NoUnionTariff, OriginOfTheWhole
from emporion.domain.marketaccess.rules.refusals import NoSchedule
from emporion.domain.marketaccess.rules.schedule import Market
from emporion.domain.reason import Country, Phrase, Reason
from emporion.domain.reference import files as data
from emporion.domain.reference.rules import Span

MarketOf = Callable[[str, date], Market]


def shipped_market(importer: str, on: date) -> Market:
    """The shipped market of a country, whatever the day. Raises ``NoSchedule``."""
    return files.shipped(importer)


def answer(
    code: str, origin: str, to: str, on: date, customs_value: Decimal | None = None, facts: Facts = NOTHING_MORE,
    *, market_of: MarketOf = shipped_market,
) -> Answer | Range:  # fmt: skip
    """What it takes for goods of a code and origin to enter a country on a day.

    ``origin`` and ``to`` are letters or names; a code of 2, 4 or 6 digits gives a ``Range``. A country whose tariff is
    not at hand is answered as unknown. Raises ``NotATariffCode``, ``NotACountry``, ``NotOneCountry``.
    """
    importer, source = files.destination(to), files.country(origin)
    try:
        market = market_of(importer, on)
    except NoSchedule:
        charges = charges_on(importer, files.levies(importer), (), answers.digits_of(code), source, on)
        return answers.without_schedule(code, source, importer, on, _no_tariff(importer, on), charges)
    if customs_value is not None:
        facts = replace(facts, customs_value=customs_value)
    return explained(answers.answer(market, code, source, on, facts), origin)


def explained(found: Answer | Range, origin: str) -> Answer | Range:
    """An answer that says which country's goods it is about, where ``origin`` named a part of one."""
    if files.whole_of(origin) is None:
        return found
    note = OriginOfTheWhole(origin.strip(), Country(found.origin))
    if isinstance(found, Answer):
        return replace(found, notes=(*found.notes, note))
    return replace(found, lines=tuple(replace(line, notes=(*line.notes, note)) for line in found.lines))


def _no_tariff(importer: str, on: date) -> Reason:
    """What is missing where a country's tariff is not held; members of the European Union share one."""
    members = files.memberships()["eu"].get(importer, ())
    kind = NoUnionTariff if any(span.holds(on) for span in members) else NoTariff
    return kind(files.name_of(importer), files.importers())


def hs_titles(code: str) -> tuple[str, str]:
    """English and Chinese title of the subheading of a national line, or of a shorter code itself; empty without one.

    Tariffs name their lines in the importer's language alone. Chinese titles of chapters are official, those of
    headings and subheadings a translation made for this product.
    """
    return files.hs_titles().get(code[:6], ("", ""))


def papers_for(code: str, to: str, on: date) -> list[Paper]:
    """The papers known on a day for a code entering a country, in the order in which they are to be had."""
    return checklist(_papers(), files.destination(to), answers.digits_of(code), on)


def entry_of(code: str, origin: str, to: str, on: date) -> Entry:
    """Whether goods of a code and origin may enter a country at all, as far as lists are at hand."""
    importer, digits = files.destination(to), answers.digits_of(code)
    lists = [one for one in _admissions() if one.importer == importer]
    return may_enter(papers_for(code, to, on), lists, digits, files.country(origin))


@cache
def _papers() -> tuple[Paper, ...]:
    return tuple(
        Paper(
            row["importer"], tuple(row["prefixes"].split()), Phrase(row["paper"]), Phrase(row["authority"]),
            Phrase(row["source"]), row["verified"] == "true", row["step"], Phrase(row["takes"]) or None,
            Span(_date(row["starts"]), _date(row["ends"])),
        )
        for row in data.rows("tariffs/papers.csv")
    )  # fmt: skip


@cache
def _admissions() -> tuple[Admission, ...]:
    return tuple(
        Admission(
            row["importer"], row["prefix"], row["origin"], Phrase(row["goods"]), Phrase(row["condition"]),
            date.fromisoformat(row["listed_on"]), Phrase(row["source"]), row["verified"] == "true",
        )
        for row in data.rows("tariffs/admissions.csv")
    )  # fmt: skip


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def negative_list(kind: str, scope: str, activity: str, on: date, sector: str = "") -> Finding:
    """What China's negative list in force on a day says of an activity: listed, not among the items known, unknown."""
    return look_up(negative_lists(), negative_items(), kind, scope, activity, on, sector)


def negative_lists() -> list[NegativeList]:
    """Every edition of the negative lists that is known."""
    return [
        NegativeList(
            row["market"], row["code"], row["kind"], row["scope"], int(row["edition"]),
            int(row["items"]) if row["items"] else None, date.fromisoformat(row["effective"]),
            Phrase(row["instrument"]), Phrase(row["source"]), row["verified"] == "true",
        )
        for row in data.rows("negative_lists/lists.csv")
    ]  # fmt: skip


def negative_items() -> list[Item]:
    """Every item of the negative lists that is known."""
    return [
        Item(row["list"], row["item"], row["sector"], row["measure"], row["gloss"], row["words"], Phrase(row["source"]))
        for row in data.rows("negative_lists/items.csv")
    ]
