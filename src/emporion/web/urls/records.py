"""Addresses of the desk's lists and of one of their records, below ``office/``: a list, a page, a form each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import URLPattern, path

from emporion.domain.staff.rules import FINANCE, HALLS, MEETINGS, REGISTRATION, REVIEWER
from emporion.web.desk import downloads, editing, queues, records
from emporion.web.shell.staff import View, office_page

Guard = Callable[[View], View]


def _of(
    key: str, readers: Guard, *, editors: Guard | None = None, adds: bool = False, acts: Guard | None = None
) -> Iterator[URLPattern]:
    """The addresses of a list; ``editors`` change a record by hand, ``acts`` act on many at once."""
    given, name = {"queue": key}, f"office_{key}"
    yield path(f"{key}/", readers(queues.listing), given, name=name)
    yield path(f"{key}/list/", readers(downloads.download), given, name=f"{name}_list")
    yield path(f"{key}/<int:pk>/", readers(records.one), given, name=f"{name}_one")
    if editors:
        yield path(f"{key}/<int:pk>/change/", editors(editing.change), given, name=f"{name}_change")
    if editors and adds:
        yield path(f"{key}/new/", editors(editing.new), given, name=f"{name}_new")
    if acts:
        yield path(f"{key}/act/", acts(queues.act), given, name=f"{name}_act")


halls, review, timetable = office_page(HALLS), office_page(REVIEWER), office_page(MEETINGS)
places, decided = office_page(HALLS, REVIEWER), office_page(REVIEWER, REGISTRATION)
urlpatterns = [
    *_of("exhibitors", office_page(REVIEWER, HALLS, FINANCE), editors=review),
    *_of("stands", places, editors=halls, acts=halls),
    *_of("halls", halls, editors=halls, adds=True),
    *_of("areas", places, editors=halls, adds=True),
    *_of("products", review, editors=review),
    *_of("sessions", timetable, editors=timetable, adds=True),
    *_of("meetings", timetable),
    *_of("deals", office_page(FINANCE)),
    *_of("organisation_pairs", decided, acts=decided),
    *_of("visitor_pairs", office_page(REGISTRATION), acts=office_page(REGISTRATION)),
]
