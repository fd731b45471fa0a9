"""What is asked of the programme."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q, QuerySet

from emporion.domain.editions.models import Edition
from emporion.domain.programme.models import ChosenSession, Session
from emporion.domain.programme.rules import Booked, clashes
from emporion.domain.reason import Reason
from emporion.domain.visitors.models import Visitor


def sessions(edition: Edition, *, kind: str = "") -> QuerySet[Session]:
    """The edition's sessions in the order of their times, with what a list shows of them; two queries when read."""
    found = Session.objects.filter(edition=edition, **({"kind": kind} if kind else {}))
    shown = found.select_related("hall", "host", "debut__product__exhibitor__organisation")
    return shown.prefetch_related("speakers").order_by("starts", "number")


def by_day(edition: Edition, *, kind: str = "") -> dict[date, list[Session]]:
    """The sessions of each day of the show, in the venue's time; a day without any is left out."""
    days: dict[date, list[Session]] = {}
    for session in sessions(edition, kind=kind):
        days.setdefault(session.starts.astimezone(edition.zone).date(), []).append(session)
    return days


def session(edition: Edition, number: str) -> Session:
    """One session. Raises ``Session.DoesNotExist``."""
    return sessions(edition).get(number=number)


def next_sessions(edition: Edition, at: datetime, limit: int) -> tuple[list[Session], bool]:
    """The sessions that start next and are not cancelled; when none does any more, the first of all, and false."""
    found = Session.objects.filter(edition=edition, is_cancelled=False).order_by("starts", "number")
    upcoming = list(found.filter(starts__gte=at)[:limit])
    return (upcoming, True) if upcoming else (list(found[:limit]), False)


def sessions_titled(edition: Edition, text: str, limit: int) -> list[Session]:
    """The first sessions with the words in their title that are not cancelled."""
    titled = Q(title_en__icontains=text) | Q(title_zh__icontains=text)
    return list(Session.objects.filter(titled, edition=edition, is_cancelled=False).order_by("starts")[:limit])


def starts_of_sessions(editions: QuerySet[Edition]) -> set[datetime]:
    """The moments at which a session of one of these editions starts."""
    return set(Session.objects.filter(edition__in=editions).values_list("starts", flat=True))


def clashes_of(edition: Edition, *, numbers: Collection[str] | None = None) -> list[Reason]:
    """Which sessions of the programme have one speaker or one place at the same time; two queries.

    With ``numbers`` those alone in which one of these sessions is.
    """
    held = Session.objects.filter(edition=edition, is_cancelled=False).prefetch_related("speakers")
    found = clashes(_booked(session, edition) for session in held)
    return [one for one in found if numbers is None or {one.data["first"], one.data["second"]} & set(numbers)]


def _booked(session: Session, edition: Edition) -> Booked:
    return Booked(
        session.number,
        session.starts.astimezone(edition.zone),
        session.ends.astimezone(edition.zone),
        tuple(filter(None, (session.place_en, session.place_zh))),
        tuple(speaker.name for speaker in session.speakers.all()),
    )


def chosen_by(visitor: Visitor) -> list[ChosenSession]:
    """The sessions that a visitor means to attend, in the order of their times, with their halls; one query."""
    chosen = ChosenSession.objects.filter(visitor=visitor).select_related("session__hall")
    return list(chosen.order_by("session__starts", "session__number"))


def chosen_keys(visitor: Visitor) -> frozenset[int]:
    """The keys of the sessions that a visitor means to attend."""
    return frozenset(ChosenSession.objects.filter(visitor=visitor).values_list("session", flat=True))
