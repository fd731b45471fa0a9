"""Importing the programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from emporion.domain.catalogue.models import Debut
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.rules import name_key
from emporion.domain.programme import row_problems as problems
from emporion.domain.programme.models import Session, Speaker
from emporion.domain.programme.queries import clashes_of
from emporion.domain.programme.rules import require_session
from emporion.domain.reason import Phrase
from emporion.domain.refusal import BulkOutcome, Refusal, RowProblem
from emporion.domain.row_problems import NamesMoreThanOne, NamesNo, RepeatsRow, WriteOneOf

FIELDS = (
    "kind", "title_en", "title_zh", "starts", "ends", "place_en", "place_zh", "hall_id", "host_id", "debut_id",
)  # fmt: skip

PLANNED, CANCELLED = "planned", "cancelled"


class SessionRow(NamedTuple):
    """A session as a list names it. ``hall`` is a hall's code, ``product`` the number of the product launched,
    ``host`` an organisation's name; all may be empty. ``speakers`` are (name, position). ``state`` is ``planned``,
    ``cancelled`` or empty, which leaves a session as it is."""

    row: int
    number: str
    kind: str
    title_en: str
    title_zh: str
    starts: datetime
    ends: datetime
    place_en: str = ""
    place_zh: str = ""
    hall: str = ""
    product: str = ""
    host: str = ""
    speakers: tuple[tuple[str, str], ...] = ()
    state: str = ""


class _RowError(Exception):
    """A cell that names nothing: its column, what is wrong and how to fix it."""


@dataclass(frozen=True)
class _Known:
    """What a row can name: halls by code, debuts by product number, hosts by their normalised name."""

    halls: dict[str, int]
    debuts: dict[str, list[int]]
    hosts: dict[str, list[int]]


@transaction.atomic
def import_sessions(edition: Edition, rows: Iterable[SessionRow], *, context: ActionContext) -> BulkOutcome:
    """Write the sessions of a list or bring them up to date, by number; their speakers are replaced by the list's.

    Rows that cannot be taken are problems of the outcome; all others are written. Sessions that have one speaker or one
    place at the same time are notices. One journal entry.
    """
    listed = list(rows)
    outcome, known = BulkOutcome(), _known(edition, listed)
    there = {
        session.number: session for session in Session.objects.filter(edition=edition).prefetch_related("speakers")
    }
    seen: dict[str, int] = {}
    for row in listed:
        try:
            facts = _facts(edition, row, known, seen)
        except _RowError as error:
            outcome.problems.append(RowProblem(row.row, *error.args))
        else:
            _write(edition, row, facts, there.get(row.number), outcome)
    outcome.notices += clashes_of(edition, numbers=seen)
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    record("sessions.imported", edition, context=context, edition=edition.pk, **counts)
    return outcome


def _known(edition: Edition, rows: list[SessionRow]) -> _Known:
    debuts: dict[str, list[int]] = {}
    named = {row.product for row in rows if row.product}
    shown = Debut.objects.filter(product__edition=edition, product__number__in=named)
    for number, debut in shown.values_list("product__number", "pk"):
        debuts.setdefault(number, []).append(debut)
    hosts: dict[str, list[int]] = {}
    keys = {name_key(row.host) for row in rows if row.host}
    for key, host in Organisation.objects.filter(name_key__in=keys).values_list("name_key", "pk"):
        hosts.setdefault(key, []).append(host)
    return _Known(dict(Hall.objects.filter(edition=edition).values_list("code", "pk")), debuts, hosts)


def _facts(edition: Edition, row: SessionRow, known: _Known, seen: dict[str, int]) -> dict[str, Any]:
    if seen.setdefault(row.number, row.row) != row.row:
        raise _RowError("number", RepeatsRow(row.number, seen[row.number]), problems.NumberOfEachSession())
    if row.kind not in Session.Kind.values:
        raise _RowError("kind", problems.NoKindOfSession(row.kind), WriteOneOf(", ".join(Session.Kind.values)))
    local = (row.starts.astimezone(edition.zone), row.ends.astimezone(edition.zone))
    try:
        first_day, last_day = edition.first_day, edition.last_day
        require_session(row.number, (row.title_en, row.title_zh), *local, first_day=first_day, last_day=last_day)
    except Refusal as refusal:
        raise _RowError("starts", refusal.with_traceback(None), problems.CorrectTitleOrTimes()) from refusal
    titles = (row.title_en or row.title_zh, row.title_zh or row.title_en)
    places = (row.starts, row.ends, row.place_en, row.place_zh)
    facts = dict(zip(FIELDS, (row.kind, *titles, *places, *_names(row, known)), strict=True))
    return facts | ({"is_cancelled": row.state == CANCELLED} if row.state else {})


def _names(row: SessionRow, known: _Known) -> tuple[int | None, int | None, int | None]:
    """The hall, host and debut that a row names."""
    if row.hall and row.hall not in known.halls:
        raise _RowError("hall", problems.NoHallOfEdition(row.hall), problems.WriteHallCode())
    host = _one("host", row.host, known.hosts.get(name_key(row.host), []), Phrase("organisation"))
    debut = _one("product", row.product, known.debuts.get(row.product, []), Phrase("debut of this edition"))
    return known.halls.get(row.hall), host, debut


def _one(column: str, given: str, found: list[int], what: Phrase) -> int | None:
    if not given:
        return None
    if len(found) != 1:
        wrong = NamesMoreThanOne(what, given) if found else NamesNo(what, given)
        raise _RowError(column, wrong, problems.NameExactlyOne())
    return found[0]


def _write(
    edition: Edition, row: SessionRow, facts: dict[str, Any], session: Session | None, outcome: BulkOutcome
) -> None:
    if session is None:
        session = Session.objects.create(edition=edition, number=row.number, **facts)
        outcome.created += 1
    elif _same(session, facts, row):
        outcome.unchanged += 1
        return
    else:
        Session.objects.filter(pk=session.pk).update(**facts)
        session.speakers.all().delete()
        outcome.updated += 1
    Speaker.objects.bulk_create(Speaker(session=session, name=name, position=post) for name, post in row.speakers)


def _same(session: Session, facts: dict[str, Any], row: SessionRow) -> bool:
    speakers = tuple((speaker.name, speaker.position) for speaker in session.speakers.all())
    return all(getattr(session, name) == value for name, value in facts.items()) and speakers == row.speakers
