"""Asking for market access: from the shipped schedules, or from newer ones that were loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Max

from emporion.domain.cache import Cache
from emporion.domain.editions.models import Edition
from emporion.domain.marketaccess import files, without_database
from emporion.domain.marketaccess.importers import plain
from emporion.domain.marketaccess.models import (
    Exhibit,
    ExhibitOutcome,
    ExhibitQuota,
    ExhibitStay,
    LoadedMeasure,
    LoadedSchedule,
)
from emporion.domain.marketaccess.rules import answer as answers
from emporion.domain.marketaccess.rules import exhibits
from emporion.domain.marketaccess.rules.answer import Answer, Range
from emporion.domain.marketaccess.rules.candidates import NOTHING_MORE, Facts
from emporion.domain.marketaccess.rules.charges import Measure
from emporion.domain.marketaccess.rules.free_booths import FreeBoothRule, NoFreeBoothRule
from emporion.domain.marketaccess.rules.rates import parse
from emporion.domain.marketaccess.rules.schedule import Line, Market
from emporion.domain.organisations.models import Organisation
from emporion.domain.reason import Country, Phrase
from emporion.domain.reference import files as data
from emporion.domain.reference.rules import Span

_markets: Cache[Market] = Cache("loaded schedules", most=8)


@dataclass(frozen=True)
class Query:
    """One question of a list: a code and an origin, with a customs value where it is known."""

    code: str
    origin: str
    customs_value: Decimal | None = None


def market_of(importer: str, on: date) -> Market:
    """The market of a country for a day: the latest version that answers for it, loaded or shipped.

    Raises ``NoSchedule``.
    """
    found = _serving(importer, on)
    market = files.shipped(importer) if found is None else _of_loaded(found)
    own = LoadedMeasure.objects.filter(importer=importer).aggregate(count=Count("pk"), last=Max("pk"))
    if not own["count"]:
        return market
    key = (importer, found.pk if found else None, "measures")
    return _markets.get(key, tuple(own.values()), lambda: replace(market, measures=measures_of(importer)))


def measures_of(importer: str) -> tuple[Measure, ...]:
    """The additional duties of an importer that were loaded."""
    return tuple(
        Measure(
            importer, one.kind, one.goods, tuple(one.origins.split()), parse(one.rate), Span(one.starts, one.ends),
            one.title, one.citation, one.exporter,
        )
        for one in LoadedMeasure.objects.filter(importer=importer)
    )  # fmt: skip


def version_of(importer: str, on: date) -> str:
    """A short name of what :func:`market_of` answers from, another as soon as schedule, lists or rules change."""
    found = _serving(importer, on)
    return f"{files.edition_of_the_law()}-{importer}-{found.pk if found else 'shipped'}"


def markets() -> list[str]:
    """The countries whose tariff is at hand, shipped or loaded."""
    loaded = LoadedSchedule.objects.order_by("importer").values_list("importer", flat=True).distinct()
    return sorted({*files.importers(), *loaded})


def tariff_days() -> list[tuple[str, date, date]]:
    """Every tariff at hand, shipped or loaded: its country, the first and the last day for which it answers."""
    loaded = LoadedSchedule.objects.values_list("importer", "starts", "ends")
    own = {(importer, starts, ends - timedelta(days=1)) for importer, starts, ends in loaded}
    return sorted(own | {(one, *files.shipped_days(one)) for one in files.importers()})


def _serving(importer: str, on: date) -> LoadedSchedule | None:
    """The loaded version that serves for a day; ``None``: the shipped one does, if there is one."""
    found = loaded_for(importer, on)
    if found is None and importer not in files.importers():
        return LoadedSchedule.objects.filter(importer=importer).first()
    return found


def loaded_for(importer: str, on: date) -> LoadedSchedule | None:
    """The latest loaded version that answers for a day and is newer than the shipped one, else ``None``."""
    own = LoadedSchedule.objects.filter(importer=importer, starts__lte=on, ends__gt=on).defer("content")
    newest = own.order_by("-as_of").first()
    shipped = files.shipped_as_of(importer)
    if newest is None or shipped is None or newest.as_of >= shipped:
        return newest
    return None if files.shipped(importer).schedule.covers(on) else newest


def _of_loaded(found: LoadedSchedule) -> Market:
    """The market of a loaded schedule, which never changes: another one has another key."""
    return _markets.get((found.importer_id, found.pk), found.pk, lambda: _parsed(found))


def _parsed(found: LoadedSchedule) -> Market:
    row = {
        "importer": found.importer_id, "title": found.title, "as_of": found.as_of.isoformat(),
        "starts": found.starts.isoformat(), "ends": found.ends.isoformat(), "currency": found.currency,
        "complete": "true" if found.complete else "false", "source": found.source, "licence": found.licence,
    }  # fmt: skip
    own = files.schedule(row, lines_of(found))
    agreements = None
    if found.agreements:
        agreements = files.agreements_of(files.table(found.agreements), files.table(found.parties))
    return files.market(found.importer_id, own, agreements)


def lines_of(found: LoadedSchedule) -> dict[str, tuple[Line, ...]]:
    """The lines of a loaded version by code."""
    return plain.lines_of(plain.read(files.unpacked(bytes(found.content))))


def versions(importer: str) -> list[LoadedSchedule]:
    """The loaded versions of a country's tariff, the latest first."""
    return list(LoadedSchedule.objects.filter(importer=importer).defer("content"))


def answer(
    code: str, origin: str, to: str, on: date, customs_value: Decimal | None = None, facts: Facts = NOTHING_MORE
) -> Answer | Range:
    """As :func:`without_database.answer`, from loaded schedules where they serve for the day."""
    return without_database.answer(code, origin, to, on, customs_value, facts, market_of=market_of)


def answers_for(rows: Iterable[Query], to: str, on: date) -> list[Answer | Range]:
    """The answers to many questions about one market and day, in order; the market is looked up once."""
    market = market_of(files.country(to), on)
    return [
        answers.answer(
            market, row.code, files.country(row.origin), on,
            NOTHING_MORE if row.customs_value is None else Facts(row.customs_value),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Law:
    """Of what the law of a market is at hand."""

    tariff: bool
    exhibits: bool
    negative_lists: bool


def law_of(market: str) -> Law:
    """What is at hand of a market's law; an edition may have rules for exhibits of its own beside."""
    return Law(
        tariff=market in markets(),
        exhibits=market in markets_with_rules_for_exhibits(),
        negative_lists=any(one.market == market for one in without_database.negative_lists()),
    )


def markets_with_rules_for_exhibits() -> list[str]:
    """The markets whose rules for exhibits are shipped."""
    return sorted({row["market"] for row in data.rows("tariffs/exhibit_stays.csv")})


def exhibit_quotas(edition: Edition) -> list[exhibits.Quota]:
    """What an exhibitor may sell free of duty, by category: as set for the edition, else by its market's law."""
    own = [
        exhibits.Quota(
            one.category, Phrase(one.name), tuple(one.prefixes.split()), one.pieces, one.value_usd, Phrase(one.source)
        )
        for one in ExhibitQuota.objects.filter(edition=edition)
    ]
    return own or quotas_in(edition.host_id, edition.first_day)


def quotas_in(market: str, on: date | None = None) -> list[exhibits.Quota]:
    """What an exhibitor may sell free of duty by a market's law; nothing where that has no such rule, or not yet."""
    rows = [row for row in data.rows("tariffs/exhibit_quotas.csv") if row["market"] == market and _in_force(row, on)]
    return exhibits.read_quotas(rows) if rows else []


def stay_of(edition: Edition) -> exhibits.Stay:
    """How long exhibits of an edition may stay: as set for it, else by its market's law. Raises NoRulesForExhibits."""
    if own := ExhibitStay.objects.filter(edition=edition).first():
        return exhibits.Stay(own.months, own.extension_months, own.extensions, Phrase(own.source))
    return stay_in(edition.host_id, edition.first_day)


def stay_in(market: str, on: date | None = None) -> exhibits.Stay:
    """How long exhibits may stay by a market's law. Raises NoRulesForExhibits."""
    for row in data.rows("tariffs/exhibit_stays.csv"):
        if row["market"] == market and _in_force(row, on):
            months, more, times = (int(row[name]) for name in ("months", "extension_months", "extensions"))
            return exhibits.Stay(months, more, times, Phrase(row["source"]))
    raise exhibits.NoRulesForExhibits(market=Country(market))


def free_booth_rule(edition: Edition) -> FreeBoothRule:
    """Who gets a free booth at an edition, by its market's rules in force then. Raises NoFreeBoothRule."""
    for row in data.rows("free_booths/free_booths.csv"):
        if row["market"] == edition.host_id and _in_force(row, edition.first_day):
            return FreeBoothRule(row["group"], int(row["area_m2"]), Phrase(row["source"]))
    raise NoFreeBoothRule(market=Country(edition.host_id))


def has_free_booths(edition: Edition) -> bool:
    """Whether the market has a rule on free booths and the edition a quota of them."""
    with suppress(NoFreeBoothRule):
        return edition.free_booth_quota > 0 and bool(free_booth_rule(edition))
    return False


def _in_force(row: dict[str, str], on: date | None) -> bool:
    return on is None or date.fromisoformat(row["effective"]) <= on


def exhibits_of(edition: Edition, organisation: Organisation | None = None) -> list[Exhibit]:
    """Exhibits under customs of an edition, or of one exhibitor, with what became of them."""
    found = Exhibit.objects.filter(edition=edition).select_related("organisation").prefetch_related("outcomes")
    return list(found.filter(organisation=organisation) if organisation else found)


def sold_free(edition: Edition, organisation: Organisation) -> list[exhibits.Sale]:
    """What an exhibitor has sold free of duty at an edition so far."""
    found = ExhibitOutcome.objects.filter(
        exhibit__edition=edition, exhibit__organisation=organisation, kind=ExhibitOutcome.Kind.SOLD_FREE
    )
    return [exhibits.Sale(one.category, one.pieces, one.value_usd) for one in found]


def pieces_left(exhibit: Exhibit) -> int:
    """Pieces of an exhibit that are still under customs."""
    return exhibit.pieces - sum(one.pieces for one in exhibit.outcomes.all())


def overdue(edition: Edition, on: date) -> Sequence[Exhibit]:
    """Exhibits of an edition whose stay ended before a day while pieces are still under customs."""
    stay = stay_of(edition)
    return [
        one for one in exhibits_of(edition)
        if pieces_left(one) and exhibits.due(one.admitted_on, one.extensions, stay) < on
    ]  # fmt: skip
