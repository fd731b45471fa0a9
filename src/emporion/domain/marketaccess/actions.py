"""Loading schedules and additional duties, whole or not at all, and keeping the ledger of exhibits."""

from __future__ import annotations

import csv
import hashlib
import io
import lzma
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.db import IntegrityError, transaction

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.marketaccess import files, queries
from emporion.domain.marketaccess.importers import measures, plain, shapes
from emporion.domain.marketaccess.models import (
    Exhibit,
    ExhibitOutcome,
    ExhibitQuota,
    ExhibitStay,
    LoadedMeasure,
    LoadedSchedule,
)
from emporion.domain.marketaccess.rules import exhibits
from emporion.domain.marketaccess.rules import row_problems as problems
from emporion.domain.marketaccess.rules.answer import digits_of
from emporion.domain.marketaccess.rules.charges import Measure
from emporion.domain.marketaccess.rules.measure_problems import LoadedAlready, ReplaceThem
from emporion.domain.marketaccess.rules.refusals import (
    AgreementsDamaged,
    ImporterNotNamed,
    ImporterOtherwise,
    ScheduleEndsEarly,
    VersionNotLoaded,
    VersionOlder,
)
from emporion.domain.marketaccess.rules.schedule import GENERAL, IN_QUOTA, MFN, PROVISIONAL, Line
from emporion.domain.organisations.models import Organisation
from emporion.domain.reference.models import Country
from emporion.domain.refusal import BulkOutcome, RowProblem

AGREEMENTS_HEADER = {
    "code", "name", "basis", "column", "starts", "ends", "unlisted", "column_known", "list_as_of", "proof",
    "origin_rule", "source",
}  # fmt: skip
PARTIES_HEADER = {"code", "country", "starts", "ends", "verified", "source"}


@dataclass(frozen=True)
class ScheduleFile:
    """A schedule to load: where it is, the day whose law it states, and what it does not say of itself."""

    path: Path
    as_of: date
    importer: str = ""
    title: str = ""
    source: str = ""
    licence: str = ""
    currency: str = ""
    ends: date | None = None
    excerpt: bool = False
    agreements: Path | None = None
    parties: Path | None = None


@dataclass(frozen=True)
class Difference:
    """What a version changed against the one before: codes added, dropped, and (code, column, before, after)."""

    against: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    changed: tuple[tuple[str, str, str, str], ...]


def load_schedule(
    wanted: ScheduleFile, *, context: ActionContext, replace: bool = False
) -> tuple[LoadedSchedule, Difference]:
    """Load a schedule as a new version of its importer's tariff; everything is checked before anything is written.

    With ``replace`` it takes the place of the version of its own day, which goes in the same transaction. Gives the
    version and what it changed against that one, else the last one (loaded, else shipped). Writes one row and a
    journal entry. Raises ``ScheduleShapeUnknown``, ``ScheduleDamaged``, ``ScheduleEmpty``, ``ImporterNotNamed``,
    ``ImporterOtherwise``, ``NotACountry``, ``AgreementsDamaged``, ``VersionOlder``, ``VersionNotLoaded``,
    ``ScheduleEndsEarly``.
    """
    if wanted.ends and wanted.ends <= wanted.as_of:
        raise ScheduleEndsEarly(as_of=wanted.as_of, until=wanted.ends)
    found = shapes.open_schedule(wanted.path, wanted.as_of)
    importer = _importer(wanted, found)
    agreements, parties = _agreements(wanted)
    if found.shape == shapes.PLAIN:
        plain.require_rates(found.rows)
    plain.require_columns(found.rows, _columns(importer, agreements))
    text = plain.write(found.rows)
    lines = plain.lines_of(found.rows)
    with transaction.atomic():
        before = _version(importer, wanted.as_of) if replace else _newest(importer, wanted.as_of)
        change = _difference(importer, before, lines)
        if replace and before:
            before.delete()
        loaded = _store(wanted, importer, found.shape, text, len(lines), agreements, parties, context.at)
        record(
            "tariff.replaced" if replace else "tariff.loaded", _tariff(importer), context=context,
            as_of=wanted.as_of.isoformat(), lines=len(lines), added=len(change.added), dropped=len(change.dropped),
            changed=len(change.changed), sha256=loaded.sha256, before=before.sha256 if before else "",
        )  # fmt: skip
    return loaded, change


@transaction.atomic
def unload_schedule(importer: str, as_of: date, *, context: ActionContext) -> LoadedSchedule:
    """Take a loaded version out again; the one before it, else the shipped tariff, answers in its place.

    The journal keeps what it was. Raises ``NotACountry``, ``NotOneCountry``, ``VersionNotLoaded``.
    """
    gone = _version(files.country(importer), as_of)
    record(
        "tariff.unloaded", _tariff(gone.importer_id), context=context, as_of=as_of.isoformat(), lines=gone.lines,
        title=gone.title, sha256=gone.sha256,
    )  # fmt: skip
    LoadedSchedule.objects.filter(pk=gone.pk).delete()
    return gone


def _newest(importer: str, as_of: date) -> LoadedSchedule | None:
    """The last version loaded, ``None`` where there is none. Raises ``VersionOlder`` unless ``as_of`` is later."""
    newest = LoadedSchedule.objects.filter(importer=importer).order_by("-as_of").first()
    if newest and newest.as_of >= as_of:
        raise VersionOlder(importer=importer, newest=newest.as_of)
    return newest


def _version(importer: str, as_of: date) -> LoadedSchedule:
    """The version of a day, locked: of two who fix it at once one waits. Raises ``VersionNotLoaded``."""
    own = LoadedSchedule.objects.filter(importer=importer)
    found = own.select_for_update().filter(as_of=as_of).first()
    if found is None:
        days = ", ".join(day.isoformat() for day in own.values_list("as_of", flat=True))
        raise VersionNotLoaded(importer=importer, as_of=as_of, loaded=days or "no day")
    return found


def _importer(wanted: ScheduleFile, found: shapes.Found) -> str:
    if not wanted.importer and not found.importer:
        raise ImporterNotNamed()
    named = files.country(wanted.importer) if wanted.importer else found.importer
    if found.importer and named != found.importer:
        raise ImporterOtherwise(file=wanted.path.name, found=found.importer, named=named)
    return named


def _agreements(wanted: ScheduleFile) -> tuple[str, str]:
    """The texts of the two files of agreements, checked; empty where none were given. Raises ``AgreementsDamaged``."""
    if wanted.agreements is None and wanted.parties is None:
        return "", ""
    if wanted.agreements is None or wanted.parties is None:
        raise AgreementsDamaged(row=1, wrong=problems.OneFileOfTwo(), fix=problems.GiveBothFiles())
    texts = [shapes.text_of(path, path.read_bytes()) for path in (wanted.agreements, wanted.parties)]
    for text, needed in zip(texts, (AGREEMENTS_HEADER, PARTIES_HEADER), strict=True):
        header = set(next(csv.reader(io.StringIO(text)), []))
        if missing := needed - header:
            wrong = problems.HeaderLacks(tuple(sorted(missing)))
            raise AgreementsDamaged(row=1, wrong=wrong, fix=problems.AddColumns())
    _require_parties(*texts)
    return texts[0], texts[1]


def _require_parties(agreements: str, parties: str) -> None:
    codes = {row["code"] for row in files.table(agreements)}
    for number, row in enumerate(files.table(parties), 2):
        if row["code"] not in codes or row["country"] not in files.countries():
            wrong = problems.PartyUnknown(row["country"], row["code"])
            raise AgreementsDamaged(row=number, wrong=wrong, fix=problems.WriteParty())
    try:
        files.agreements_of(files.table(agreements), files.table(parties))
    except ValueError as error:
        unreadable = problems.AgreementsUnreadable(str(error))
        raise AgreementsDamaged(row=2, wrong=unreadable, fix=problems.WriteDays()) from error


def _columns(importer: str, agreements: str) -> dict[str, object]:
    own = files.agreements_of(files.table(agreements), ()) if agreements else files.shipped_agreements(importer)
    named = {column: None for one in own for column in (one.column,)}
    return {**dict.fromkeys((MFN, GENERAL, PROVISIONAL, IN_QUOTA, "column_2")), **named}


def _difference(importer: str, newest: LoadedSchedule | None, lines: Mapping[str, tuple[Line, ...]]) -> Difference:
    before: Mapping[str, tuple[Line, ...]]
    if newest:
        against, before = str(newest), queries.lines_of(newest)
    else:
        against, before = f"the shipped tariff of {importer}", files.shipped_lines(importer)
    changed = [
        (code, column, before[code][-1].cells.get(column, ""), lines[code][-1].cells.get(column, ""))
        for code in sorted(before.keys() & lines.keys())
        for column in sorted(before[code][-1].cells.keys() | lines[code][-1].cells.keys())
        if before[code][-1].cells.get(column, "") != lines[code][-1].cells.get(column, "")
    ]
    added, dropped = sorted(lines.keys() - before.keys()), sorted(before.keys() - lines.keys())
    return Difference(against, tuple(added), tuple(dropped), tuple(changed))


def _store(
    wanted: ScheduleFile, importer: str, shape: str, text: str, count: int, agreements: str, parties: str, at: datetime
) -> LoadedSchedule:
    content = text.encode()
    try:
        with transaction.atomic():
            return LoadedSchedule.objects.create(
                importer_id=importer, title=wanted.title or f"Tariff of {files.countries()[importer][0]}",
                as_of=wanted.as_of, starts=wanted.as_of, ends=wanted.ends or date(wanted.as_of.year + 1, 1, 1),
                currency=wanted.currency or _currency(importer), complete=not wanted.excerpt,
                source=wanted.source or wanted.path.name, licence=wanted.licence, shape=shape,
                sha256=hashlib.sha256(content).hexdigest(), lines=count, content=lzma.compress(content),
                agreements=agreements, parties=parties, loaded_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        # Two people loaded the same day's schedule at once: the other one's stands.
        raise VersionOlder(importer=importer, newest=wanted.as_of) from error


def _currency(importer: str) -> str:
    return files.shipped(importer).schedule.currency if importer in files.importers() else ""


@transaction.atomic
def set_exhibit_rules(
    edition: Edition, stay: exhibits.Stay, quotas: Sequence[exhibits.Quota], *, context: ActionContext
) -> None:
    """Set how long exhibits of an edition may stay and what each exhibitor sells free of duty, in place of all before.

    What was sold already stays in the ledger and counts by its category.
    """
    ExhibitStay.objects.update_or_create(
        edition=edition,
        defaults={
            "months": stay.months, "extension_months": stay.extension_months, "extensions": stay.extensions,
            "source": stay.source,
        },
    )  # fmt: skip
    ExhibitQuota.objects.filter(edition=edition).delete()
    ExhibitQuota.objects.bulk_create(
        ExhibitQuota(
            edition=edition, category=one.category, name=one.name, prefixes=" ".join(one.prefixes), pieces=one.pieces,
            value_usd=one.value_usd, source=one.source,
        )
        for one in quotas
    )  # fmt: skip
    record(
        "exhibit_rules.set", edition, context=context, edition=edition.pk,
        months=stay.months, extension_months=stay.extension_months, extensions=stay.extensions, quotas=len(quotas),
    )  # fmt: skip


@transaction.atomic
def admit(
    edition: Edition, organisation: Organisation, *, hs: str, description: str, pieces: int, value_usd: Decimal,
    on: date, context: ActionContext,
) -> Exhibit:  # fmt: skip
    """Enter goods that came in for an edition under temporary import. Raises ``NotATariffCode``, ``NothingSettled``."""
    _require_amounts(pieces, value_usd)
    made = Exhibit.objects.create(
        edition=edition, organisation=organisation, hs=digits_of(hs), description=description, pieces=pieces,
        value_usd=value_usd, admitted_on=on,
    )  # fmt: skip
    _record("exhibit.admitted", made, context, hs=made.hs, pieces=pieces, on=on.isoformat())
    return made


@transaction.atomic
def extend_stay(exhibit: Exhibit, *, on: date, context: ActionContext) -> Exhibit:
    """Extend an exhibit's stay once more. Raises ``StayNotExtendable``, ``StayOver``."""
    own = Exhibit.objects.select_for_update(of=("self",)).select_related("edition").get(pk=exhibit.pk)
    own.extensions = exhibits.extended(own.admitted_on, own.extensions, queries.stay_of(own.edition), on)
    own.save(update_fields=["extensions"])
    _record("exhibit.stay_extended", own, context, extensions=own.extensions, on=on.isoformat())
    return own


@transaction.atomic
def settle(
    exhibit: Exhibit, kind: str, *, pieces: int, value_usd: Decimal, on: date, context: ActionContext
) -> ExhibitOutcome:
    """Enter what became of some pieces: sold (free of duty within the exhibitor's quota, or taxed), returned, used up.

    Locks the exhibitor, so that two sales at once cannot both take the last of a quota. Raises ``NothingSettled``,
    ``PiecesNotThere``, ``BeforeAdmission``, ``QuotaExceeded``, ``NeverDutyFree``.
    """
    _require_amounts(pieces, value_usd)
    Organisation.objects.select_for_update().get(pk=exhibit.organisation_id)
    left = queries.pieces_left(exhibit)
    if pieces > left:
        raise exhibits.PiecesNotThere(left=left, requested=pieces)
    if on < exhibit.admitted_on:
        raise exhibits.BeforeAdmission(admitted=exhibit.admitted_on, day=on)
    sold_free = kind == ExhibitOutcome.Kind.SOLD_FREE
    made = ExhibitOutcome.objects.create(
        exhibit=exhibit, kind=kind, pieces=pieces, value_usd=value_usd, on=on,
        category=_category_of_sale(exhibit, pieces, value_usd) if sold_free else "",
    )  # fmt: skip
    _record("exhibit.settled", exhibit, context, kind=kind, pieces=pieces, on=on.isoformat())
    return made


def _category_of_sale(exhibit: Exhibit, pieces: int, value_usd: Decimal) -> str:
    """The quota that a sale free of duty takes from, once it is known to leave room."""
    quota = exhibits.quota_for(exhibit.hs, queries.exhibit_quotas(exhibit.edition))
    earlier = queries.sold_free(exhibit.edition, exhibit.organisation)
    exhibits.require_sale_within_quota(quota, exhibits.Sale(quota.category, pieces, value_usd), earlier)
    return quota.category


def _require_amounts(pieces: int, value_usd: Decimal) -> None:
    if pieces < 1 or not value_usd.is_finite() or value_usd < 0:
        raise exhibits.NothingSettled(pieces=pieces, value=value_usd)


def _record(event: str, exhibit: Exhibit, context: ActionContext, **data: object) -> None:
    record(event, exhibit, context=context, edition=exhibit.edition_id, **data)


def _tariff(importer: str) -> Subject:
    return Subject("tariff", importer, importer)


@transaction.atomic
def load_measures(path: Path, *, context: ActionContext, replace: bool = False) -> BulkOutcome:
    """Load a list of additional duties; where a row has a problem, nothing is written and every problem is given.

    With ``replace`` all measures of the importers in the list go in the same transaction. Raises ``ScheduleDamaged``
    for a file that is no text, ``ScheduleShapeUnknown`` where there is none.
    """
    found = measures.read(shapes.text_of_file(path))
    importers = sorted({one.importer for one in found.measures.values()})
    # Of two who load at once, one waits and then sees what the other loaded.
    list(Country.objects.select_for_update().filter(pk__in=importers))
    if not replace:
        found.problems += _loaded_already(found, importers)
    if found.problems:
        return BulkOutcome(problems=sorted(found.problems, key=lambda one: one.row))
    gone = LoadedMeasure.objects.filter(importer__in=importers).delete()[0] if replace else 0
    LoadedMeasure.objects.bulk_create(map(_measure_row, found.measures.values()), batch_size=2_000)
    for importer in importers:
        rows = sum(one.importer == importer for one in found.measures.values())
        record("measures.loaded", _tariff(importer), context=context, measures=rows, replaced=replace)
    return BulkOutcome(created=len(found.measures), updated=gone)


@transaction.atomic
def unload_measures(importer: str, *, context: ActionContext) -> int:
    """Take out every additional duty of an importer, and say how many. Raises ``NotACountry``, ``NotOneCountry``."""
    code = files.country(importer)
    gone = LoadedMeasure.objects.filter(importer=code).delete()[0]
    if gone:
        record("measures.unloaded", _tariff(code), context=context, measures=gone)
    return gone


def _loaded_already(found: measures.MeasureList, importers: Iterable[str]) -> list[RowProblem]:
    held: dict[tuple[object, ...], list[Measure]] = {}
    for importer in importers:
        for one in queries.measures_of(importer):
            held.setdefault(measures.identity(one), []).append(one)
    return [
        RowProblem(number, "title", LoadedAlready(one.title), ReplaceThem())
        for number, one in found.measures.items()
        if any(measures.overlap(one, other) for other in held.get(measures.identity(one), ()))
    ]


def _measure_row(one: Measure) -> LoadedMeasure:
    return LoadedMeasure(
        importer_id=one.importer, kind=one.kind, goods=one.code, origins=" ".join(one.origins), rate=one.rate.text,
        starts=one.span.starts, ends=one.span.ends, title=one.title, citation=one.citation, exporter=one.exporter,
    )  # fmt: skip
