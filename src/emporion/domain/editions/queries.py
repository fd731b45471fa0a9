"""What is asked of an edition: which is current, when a phase is open, which areas it has."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from emporion.domain.editions.models import Edition, ExhibitionArea, Phase
from emporion.domain.editions.rules import NoCurrentEdition, NoSuchEdition, Window


def current_edition() -> Edition:
    """The edition that the public site shows, with its venue, host and currency.

    Raises: NoCurrentEdition.
    """
    edition = Edition.objects.select_related("venue", "host", "currency").filter(current=True).first()
    if edition is None:
        raise NoCurrentEdition()
    return edition


def edition_numbered(number: int) -> Edition:
    """The edition of that number, with its venue, host and currency.

    Raises: NoSuchEdition.
    """
    edition = Edition.objects.select_related("venue", "host", "currency").filter(number=number).first()
    if edition is None:
        raise NoSuchEdition(number=number)
    return edition


def window_of(edition: Edition, kind: Phase.Kind | str) -> Window | None:
    """When a phase of the edition is open, in the fair's time zone; none when its days are not set."""
    moments = edition.phases.filter(kind=kind).values_list("opens", "closes").first()
    return moments and Window(timezone.localtime(moments[0]), timezone.localtime(moments[1]))


def phase_words(kind: Phase.Kind | str) -> str:
    """A phase in words, as refusals tell it: ``exhibitors apply``."""
    return str(Phase.Kind(kind).label)


def local_day(at: datetime) -> date:
    """The day in the fair's time zone on which a moment falls."""
    return timezone.localtime(at).date()


def areas_by_code(edition: Edition) -> dict[str, ExhibitionArea]:
    """The edition's exhibition areas by their code, in the order of their numbers."""
    return {area.code: area for area in edition.areas.all()}
