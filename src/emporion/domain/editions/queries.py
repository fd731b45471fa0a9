"""What is asked of fairs and editions: which is current, when a phase is open, which areas it has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from emporion.domain.editions.models import Edition, ExhibitionArea, Fair, Hall, HallElement, Phase, Sector
from emporion.domain.editions.rules import (
    CHINESE,
    NoCurrentEdition,
    NoFair,
    NoSuchEdition,
    NoSuchFair,
    WhichFair,
    Window,
)
from emporion.domain.editions.rules.floors import Element, elements_in_modules, shape_of
from emporion.domain.reason import Phrase


def fairs() -> list[Fair]:
    """The fairs of this installation, by slug."""
    return list(Fair.objects.select_related("host"))


def fairs_speak_chinese() -> bool:
    """Whether a fair of this installation has pages in Chinese."""
    return Fair.objects.filter(languages__contains=[CHINESE]).exists()


def fair_by_slug(slug: str) -> Fair:
    """Raises: NoSuchFair."""
    fair = Fair.objects.select_related("host").filter(slug=slug).first()
    if fair is None:
        raise NoSuchFair(slug=slug, known=_slugs(fairs()))
    return fair


def fair_named(slug: str | None) -> Fair:
    """The fair with that slug; without one, the only fair.

    Raises: NoSuchFair, NoFair, WhichFair.
    """
    if slug is not None:
        return fair_by_slug(slug)
    known = fairs()
    if not known:
        raise NoFair()
    if len(known) > 1:
        raise WhichFair(known=_slugs(known))
    return known[0]


def fair_among(slugs: Collection[str]) -> Fair | None:
    """The fair that one of these slugs names; none where no fair has one of them."""
    return Fair.objects.filter(slug__in=slugs).first()


def only_fair() -> Fair | None:
    """The fair of an installation that holds just one."""
    found = list(Fair.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def editions() -> QuerySet[Edition]:
    """Editions with what nearly every reader of one needs: fair and host, venue, currency."""
    return Edition.objects.select_related("fair__host", "venue", "currency")


def editions_of(fair: int | None) -> QuerySet[Edition]:
    """The editions of a fair, by its key; without one, those of all fairs."""
    return Edition.objects.all() if fair is None else Edition.objects.filter(fair=fair)


def current_edition(fair: Fair) -> Edition:
    """The edition that the fair's public pages show.

    Raises: NoCurrentEdition.
    """
    edition = editions().filter(fair=fair, current=True).first()
    if edition is None:
        raise NoCurrentEdition(fair=fair.slug)
    return edition


def current_editions() -> list[Edition]:
    """The current edition of each fair that has one."""
    return list(editions().filter(current=True))


def public_editions(fair: Fair, today: date) -> QuerySet[Edition]:
    """The editions that everybody may read, the latest first: the current one and those before it.

    Without a current one, those that are over. An edition in preparation is the organiser's alone.
    """
    current = Edition.objects.filter(fair=fair, current=True).values_list("number", flat=True).first()
    until = {"number__lte": current} if current is not None else {"last_day__lt": today}
    return editions().filter(fair=fair, **until).order_by("-number")


def edition_numbered(fair: Fair, number: int) -> Edition:
    """The fair's edition of that number.

    Raises: NoSuchEdition.
    """
    edition = editions().filter(fair=fair, number=number).first()
    if edition is None:
        raise NoSuchEdition(fair=fair.slug, number=number)
    return edition


def common_zone() -> ZoneInfo | None:
    """The time zone of the current editions' venues when they share one."""
    zones = set(Edition.objects.filter(current=True).values_list("venue__time_zone", flat=True))
    return ZoneInfo(zones.pop()) if len(zones) == 1 else None


def _slugs(found: list[Fair]) -> str:
    return ", ".join(fair.slug for fair in found) or "none"


def window_of(edition: Edition, kind: Phase.Kind | str) -> Window | None:
    """When a phase of the edition is open, in the venue's time zone; none when its days are not set."""
    moments = edition.phases.filter(kind=kind).values_list("opens", "closes").first()
    return moments and Window(moments[0].astimezone(edition.zone), moments[1].astimezone(edition.zone))


def phases_by_kind(edition: Edition) -> dict[str, Phase]:
    """The edition's phases whose days are set."""
    return {phase.kind: phase for phase in edition.phases.all()}


def turns_of_phases(editions: QuerySet[Edition]) -> set[datetime]:
    """The moments at which a phase of one of these editions opens or closes."""
    windows = Phase.objects.filter(edition__in=editions).values_list("opens", "closes")
    return {moment for window in windows for moment in window}


def phase_words(kind: Phase.Kind | str) -> Phrase:
    """A phase in words, as refusals tell it: ``exhibitors apply``."""
    return Phrase(Phase.Kind(kind).label)


def local_day(edition: Edition, at: datetime) -> date:
    """The day at the venue on which a moment falls."""
    return at.astimezone(edition.zone).date()


def day_at_venue(edition: Edition, day: date) -> tuple[datetime, datetime]:
    """The first moment of a day at the venue and the first one after it: 23 to 25 hours when its clocks change."""
    begins = datetime.combine(day, time.min, edition.zone)
    return begins, datetime.combine(day + timedelta(days=1), time.min, edition.zone)


def sectors_of(fair: Fair | None) -> QuerySet[Sector]:
    """The sectors of a fair in the order of their numbers; none of a fair that is not recorded yet."""
    return Sector.objects.filter(fair=fair and fair.pk)


def sectors_by_code(edition: Edition) -> dict[str, Sector]:
    """The sectors of the edition's fair by their code, in the order of their numbers."""
    return {sector.code: sector for sector in Sector.objects.filter(fair=edition.fair_id)}


def within_sector(edition: Edition, code: str) -> QuerySet[Sector]:
    """The sector of the edition's fair with this code, and the focus sectors within it."""
    return Sector.objects.filter(Q(code=code) | Q(parent__code=code), fair=edition.fair_id)


def areas_by_code(edition: Edition) -> dict[str, ExhibitionArea]:
    """The edition's exhibition areas by their code, in the order of their numbers."""
    return {area.code: area for area in edition.areas.all()}


def halls_of(edition: Edition) -> QuerySet[Hall]:
    """The edition's halls by their code."""
    return Hall.objects.filter(edition=edition).order_by("code")


def elements_of(hall: Hall) -> tuple[Element, ...]:
    """What is on the hall's floor besides stands; of a hall measured in modules, its obstacles and exits."""
    if not hall.is_drawn:
        floor = (hall.width_modules, hall.depth_modules, hall.obstacles, hall.exits)
        return elements_in_modules(str(hall.pk), *floor)
    return tuple(map(_element, HallElement.objects.filter(hall=hall).select_related("area").order_by("kind", "id")))


def _element(one: HallElement) -> Element:
    return Element(
        key=str(one.key), kind=one.kind, shape=shape_of(one.shape), name=one.name, width_m=one.width_m,
        depth_m=one.depth_m, services=tuple(one.services), area=one.area.code if one.area else "", main=one.main,
        step_free=one.step_free,
    )  # fmt: skip


def moved_with(moment: datetime, before: Edition, following: Edition) -> datetime:
    """A moment of an edition at the same distance from the first day of a following one, by the clocks of its venue."""
    local = moment.astimezone(before.zone).replace(tzinfo=None)
    return (local + (following.first_day - before.first_day)).replace(tzinfo=following.zone)
