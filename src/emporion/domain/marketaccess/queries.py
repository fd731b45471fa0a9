"""Asking for market access: from the shipped schedules, or from newer ones that were loaded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from emporion.domain.editions.models import Edition
from emporion.domain.marketaccess import files
from emporion.domain.marketaccess.importers import plain
from emporion.domain.marketaccess.models import Exhibit, ExhibitOutcome, ExhibitQuota, ExhibitStay, LoadedSchedule
from emporion.domain.marketaccess.rules import answer as answers
from emporion.domain.marketaccess.rules import exhibits
from emporion.domain.marketaccess.rules.answer import Answer, Range
from emporion.domain.marketaccess.rules.candidates import NOTHING_MORE, Facts
from emporion.domain.marketaccess.rules.negative_lists import Finding, Item, NegativeList, look_up
from emporion.domain.marketaccess.rules.papers import Paper, checklist
from emporion.domain.marketaccess.rules.refusals import NoSchedule
from emporion.domain.marketaccess.rules.schedule import Line, Market
from emporion.domain.organisations.models import Organisation
from emporion.domain.reference import files as data

KEPT = 8
_markets: OrderedDict[tuple[str, int], Market] = OrderedDict()


@dataclass(frozen=True)
class Asked:
    """One question of a list: a code and an origin, with a customs value where it is known."""

    code: str
    origin: str
    customs_value: Decimal | None = None


def market_of(importer: str, on: date, *, stored: bool = True) -> Market:
    """The market of a country for a day: the latest version that answers for it, loaded or shipped.

    Without ``stored`` no database is touched. Raises ``NoSchedule``.
    """
    found = _serving(importer, on) if stored else None
    return files.shipped(importer) if found is None else _of_loaded(found)


def version_of(importer: str, on: date) -> str:
    """A short name of what :func:`market_of` answers from, another as soon as schedule, lists or rules change."""
    found = _serving(importer, on)
    return f"{files.edition_of_the_law()}-{importer}-{found.pk if found else 'shipped'}"


def markets() -> list[str]:
    """The countries whose tariff is at hand, shipped or loaded."""
    loaded = LoadedSchedule.objects.order_by("importer").values_list("importer", flat=True).distinct()
    return sorted({*files.importers(), *loaded})


def days_at_hand() -> list[tuple[str, date, date]]:
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
    """The market of a loaded version; versions never change, so a parsed one is kept."""
    key = (found.importer_id, found.pk)
    if key not in _markets:
        _markets[key] = _parsed(found)
        if len(_markets) > KEPT:
            _markets.popitem(last=False)
    return _markets[key]


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
    code: str, origin: str, to: str, on: date, customs_value: Decimal | None = None, facts: Facts | None = None,
    *, stored: bool = True,
) -> Answer | Range:  # fmt: skip
    """What it takes for goods of a code and origin to enter a country on a day.

    ``origin`` and ``to`` are letters or names; a code of 2, 4 or 6 digits gives a ``Range``. A country whose tariff is
    not at hand is answered as unknown. Raises ``NotATariffCode``, ``NotACountry``, ``NotOneCountry``.
    """
    importer, source = files.destination(to), files.country(origin)
    try:
        market = market_of(importer, on, stored=stored)
    except NoSchedule:
        return answers.without_schedule(code, source, importer, on, _no_schedule(importer, on))
    known = facts or NOTHING_MORE
    if customs_value is not None:
        known = replace(known, customs_value=customs_value)
    return answers.answer(market, code, source, on, known)


def _no_schedule(importer: str, on: date) -> str:
    """What is missing where a country's tariff is not at hand; members of the European Union share one."""
    members = files.memberships()["eu"].get(importer, ())
    whose = ", which applies the tariff of the European Union" if any(span.holds(on) for span in members) else ""
    return (
        f"the tariff of {files.name_of(importer)}{whose}: it is not at hand, there are those of "
        f"{', '.join(files.importers())}; load it with emporion tariff load FILE"
    )


def hs_titles(code: str) -> tuple[str, str]:
    """English and Chinese title of the subheading of a national line, or of a shorter code itself; empty without one.

    Tariffs name their lines in the importer's language alone. Chinese titles of chapters are official, those of
    headings and subheadings a translation made for this product.
    """
    return files.hs_titles().get(code[:6], ("", ""))


def answers_for(rows: Iterable[Asked], to: str, on: date, *, stored: bool = True) -> list[Answer | Range]:
    """The answers to many questions about one market and day, in order; the market is looked up once."""
    market = market_of(files.country(to), on, stored=stored)
    return [
        answers.answer(
            market, row.code, files.country(row.origin), on,
            NOTHING_MORE if row.customs_value is None else Facts(row.customs_value),
        )
        for row in rows
    ]  # fmt: skip


def papers_for(code: str, to: str) -> list[Paper]:
    """The papers known for a code entering a country."""
    return checklist(_papers(), files.destination(to), answers.digits_of(code))


def _papers() -> list[Paper]:
    return [
        Paper(
            row["importer"], tuple(row["prefixes"].split()), row["paper"], row["authority"], row["source"],
            row["verified"] == "true",
        )
        for row in data.rows("tariffs/papers.csv")
    ]  # fmt: skip


def negative_list(kind: str, scope: str, activity: str, on: date, sector: str = "") -> Finding:
    """What China's negative list in force on a day says of an activity: listed, not among the items known, unknown."""
    return look_up(negative_lists(), negative_items(), kind, scope, activity, on, sector)


def negative_lists() -> list[NegativeList]:
    """Every edition of the negative lists that is known."""
    return [
        NegativeList(
            row["code"], row["kind"], row["scope"], int(row["edition"]), int(row["items"]) if row["items"] else None,
            date.fromisoformat(row["effective"]), row["instrument"], row["source"], row["verified"] == "true",
        )
        for row in data.rows("negative_lists/lists.csv")
    ]  # fmt: skip


def negative_items() -> list[Item]:
    """Every item of the negative lists that is known."""
    return [
        Item(row["list"], row["item"], row["sector"], row["measure"], row["gloss"], row["words"], row["source"])
        for row in data.rows("negative_lists/items.csv")
    ]


def exhibit_quotas(edition: Edition | None = None) -> list[exhibits.Quota]:
    """What an exhibitor may sell free of duty at the fair, by category: as set for the edition, else as shipped."""
    own = [
        exhibits.Quota(one.category, one.name, tuple(one.prefixes.split()), one.pieces, one.value_usd, one.source)
        for one in (ExhibitQuota.objects.filter(edition=edition) if edition else ())
    ]
    return own or exhibits.read_quotas(data.rows("tariffs/exhibit_quotas.csv"))


def stay_of(edition: Edition) -> exhibits.Stay:
    """How long exhibits of an edition may stay: as set for it, else the general rule."""
    own = ExhibitStay.objects.filter(edition=edition).first()
    return exhibits.Stay(own.months, own.extension_months, own.extensions, own.source) if own else exhibits.Stay()


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
