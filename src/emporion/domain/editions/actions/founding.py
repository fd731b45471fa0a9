"""Setting up a fair and its editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from emporion.domain.editions import rules
from emporion.domain.editions.actions.opening import NewArea, NewPhase, open_edition
from emporion.domain.editions.actions.sectors import NewSector, set_sectors
from emporion.domain.editions.models import Edition, Fair, Venue
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Phrase
from emporion.domain.reference.models import Country, Currency


@dataclass(frozen=True)
class NewFair:
    """A fair as its organiser describes it; ``host`` is the ISO 3166 code of the market, of two letters."""

    slug: str
    name_en: str
    host: str
    languages: tuple[str, ...] = (rules.ENGLISH,)
    name_zh: str = ""
    organiser_en: str = ""
    organiser_zh: str = ""
    website: str = ""
    sender_name: str = ""
    sender_email: str = ""
    reply_to: str = ""
    colour: str = ""
    sectors: Sequence[NewSector] = ()


@dataclass(frozen=True)
class NewVenue:
    """Where an edition is held; ``time_zone`` is an IANA name. Its code is made from its name where none is given."""

    name_en: str
    city_en: str
    time_zone: str
    code: str = ""
    name_zh: str = ""
    city_zh: str = ""


@dataclass(frozen=True)
class NewEdition:
    """An edition with its days and areas; without phases it has the usual ones, by :func:`rules.usual_phases`."""

    number: int
    name_en: str
    first_day: date
    last_day: date
    currency: str
    name_zh: str = ""
    areas: Sequence[NewArea] = ()
    phases: Sequence[NewPhase] = field(default=())
    free_booth_quota: int = 0


def require_free_slug(slug: str) -> None:
    """Raises: SlugNotFit, SlugReserved, SlugTaken."""
    rules.require_slug(slug)
    if Fair.objects.filter(slug=slug).exists():
        raise rules.SlugTaken(slug=slug)


def require_host(code: str) -> None:
    """Raises: UnknownCode, where no country has these two letters."""
    if not Country.objects.filter(pk=code).exists():
        raise rules.UnknownCode(code=code, what=Phrase("country"), hint=rules.GiveCountryCode())


def require_currency(code: str) -> None:
    """Raises: UnknownCode, where no currency has these three letters."""
    if not Currency.objects.filter(pk=code).exists():
        raise rules.UnknownCode(code=code, what=Phrase("currency"), hint=rules.GiveCurrencyCode())


@transaction.atomic
def create_fair(new: NewFair, *, context: ActionContext) -> Fair:
    """Record a fair; one entry in the journal.

    Raises: SlugNotFit, SlugReserved, SlugTaken, LanguagesNotKnown, ChineseNameMissing, NotAColour, UnknownCode and
    what :func:`set_sectors` does.
    """
    require_free_slug(new.slug)
    rules.require_languages(list(new.languages))
    rules.require_chinese(Phrase("the fair"), new.languages, new.name_zh)
    if new.colour:
        rules.require_colour(new.colour)
    require_host(new.host)
    plain = {**vars(new), "languages": list(new.languages)}
    sectors = plain.pop("sectors")
    try:
        # Of two who take one name at the same moment the constraint lets one in.
        with transaction.atomic():
            fair = Fair.objects.create(host_id=plain.pop("host"), **plain)
    except IntegrityError:
        raise rules.SlugTaken(slug=new.slug) from None
    set_sectors(fair, sectors)
    record("fair.created", fair, context=context, host=new.host, languages=list(new.languages))
    return fair


@transaction.atomic
def create_edition(fair: Fair, new: NewEdition, venue: NewVenue, *, context: ActionContext) -> Edition:
    """Record an edition and open it: it becomes the fair's current one, with its areas and phases.

    A venue whose code is known is used as it is. Raises: NumberTaken, UnknownCode, DaysNotInOrder, ShowIsOver,
    AreaMissing, SectorUnknown, NamedTwice, ChineseNameMissing, TimeZoneNotKnown.
    """
    _require_valid(fair, new)
    place = venue_for(fair, venue)
    edition = Edition.objects.create(
        fair=fair, number=new.number, name_en=new.name_en, name_zh=new.name_zh, first_day=new.first_day,
        last_day=new.last_day, venue=place, currency_id=new.currency,
    )  # fmt: skip
    return open_edition(
        edition, areas=new.areas, phases=new.phases or usual_phases(edition, context.at), context=context,
        free_booth_quota=new.free_booth_quota,
    )  # fmt: skip


def _require_valid(fair: Fair, new: NewEdition) -> None:
    rules.require_days(new.first_day, new.last_day)
    rules.require_chinese(Phrase("the edition"), fair.languages, new.name_zh)
    if fair.editions.filter(number=new.number).exists():
        raise rules.NumberTaken(fair=fair.slug, number=new.number)
    require_currency(new.currency)
    if not new.areas:
        raise rules.AreaMissing()
    rules.require_codes([area.code for area in new.areas], Phrase("exhibition areas"))
    rules.require_codes([phase.kind for phase in new.phases], Phrase("phases"))
    known = set(fair.sectors.values_list("code", flat=True))
    for area in new.areas:
        rules.require_chinese(rules.AreaOfCode(area.code), fair.languages, area.name_zh)
        if area.sector and area.sector not in known:
            raise rules.SectorUnknown(code=area.sector, fair=fair.name_en)


def venue_for(fair: Fair, new: NewVenue) -> Venue:
    """The venue of that code, made when it is new. Without a code it is one of the same name, city and time zone.

    Raises: TimeZoneNotKnown, ChineseNameMissing.
    """
    code = new.code or _code_of(new)
    if known := Venue.objects.filter(pk=code).first():
        return known
    rules.require_time_zone(new.time_zone)
    rules.require_chinese(Phrase("the venue"), fair.languages, new.name_zh)
    return Venue.objects.create(**{**vars(new), "code": code})


def _code_of(new: NewVenue) -> str:
    """The code made of a venue's name; a number is put behind it where another place has it already."""
    name, this = slugify(new.name_en)[:20].strip("-") or "venue", (new.name_en, new.city_en, new.time_zone)
    codes = (f"{name[:16]}-{number}" if number > 1 else name for number in count(1))
    there = {code: rest for code, *rest in Venue.objects.values_list("pk", "name_en", "city_en", "time_zone")}
    return next(code for code in codes if code not in there or tuple(there[code]) == this)


def usual_phases(edition: Edition, at: datetime) -> list[NewPhase]:
    """The phases of an edition whose organiser set none, from the moment ``at`` on. Raises: ShowIsOver."""
    zone = edition.zone
    usual = rules.usual_phases(edition.first_day, edition.last_day, at.astimezone(zone).date())
    return [
        NewPhase(kind, opens.replace(tzinfo=zone), closes.replace(tzinfo=zone))
        for kind, (opens, closes) in usual.items()
    ]
