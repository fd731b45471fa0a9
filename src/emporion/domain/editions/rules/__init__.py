"""What names a fair and its places, and what an edition's calendar allows: each action has a phase."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import available_timezones

from emporion.domain.reason import Phrase, Reason
from emporion.domain.refusal import Refusal

ENGLISH, CHINESE = "en", "zh-hans"
LANGUAGES = (ENGLISH, CHINESE)
# First parts of addresses that belong to the installation and to no fair.
_RESERVED = """accounts admin api assets bulletin calendar editions en exhibitors fairs favicon halls health i18n
    jobs language market media meetings my new office products programme records robots search sheets
    setup signin signout signup static unsubscribe visitors well-known zh zh-hans"""
RESERVED = frozenset(_RESERVED.split())
# How long after the show deals are recorded and confirmed.
DAYS_OF_DEALS = 120
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

# Space is let in modules of 3 m by 3 m: standard booths by the module, raw space from four modules on. Halls are
# measured in modules too.
MODULE_M = 3
MODULE_M2 = MODULE_M * MODULE_M
# Ten times the longest hall there is.
MOST_MODULES = 1_000
# Days outside these years are mistyped.
FIRST_YEAR, LAST_YEAR = 1800, 2199
LONGEST_SHOW = timedelta(days=366)
RAW_SPACE_FROM_M2 = 4 * MODULE_M2


class NoSuchFair(Refusal):
    """There is no fair {slug!r}. Known: {known}."""


class NoFair(Refusal):
    """There is no fair yet; create one with `emporion fair create`, or load the demonstration with `emporion demo`."""


class WhichFair(Refusal):
    """There are several fairs: {known}. Name one with --fair."""


class NoSuchEdition(Refusal):
    """There is no edition {number} of {fair}."""


class NoCurrentEdition(Refusal):
    """No edition of {fair} is current; mark one as the current edition first."""


class SlugNotFit(Refusal):
    """{slug!r} cannot be used in an address: use lower-case letters, digits and single hyphens, and begin with a
    letter."""


class SlugReserved(Refusal):
    """{slug!r} is an address of the installation itself; choose another name for the fair's addresses."""


class LanguagesNotKnown(Refusal):
    """A fair's languages are a list of one or both of {known}; the first is the default."""


class SlugTaken(Refusal):
    """There is a fair {slug!r} already; choose another name for the new fair's addresses."""


class NumberTaken(Refusal):
    """{fair} has an edition {number} already; give the new one another number."""


class ChineseNameMissing(Refusal):
    """The fair is published in Chinese too, so {what} needs a Chinese name."""


class UnknownCode(Refusal):
    """{code!r} is not a known {what}; {hint}."""


class SectorUnknown(Refusal):
    """{code!r} is not a sector of {fair}; leave it out, or enter it among the sectors of the fair first."""


class SectorInItself(Refusal):
    """The sector {code!r} cannot lie within {parent!r}: sectors have focus sectors within them, but no third level."""


class HoursNotInOrder(Refusal):
    """Give the hour at which the show opens each day and a later one at which it closes, or leave both empty."""


class DaysNotInOrder(Refusal):
    """The last day, {last_day}, is before the first, {first_day}."""


class YearNotLikely(Refusal):
    """{day} is no likely date of a fair: give one from the years {first} to {last}."""


class ShowTooLong(Refusal):
    """From {first_day} to {last_day} is longer than a year; check both days."""


class HallCodeNotFit(Refusal):
    """{code!r} cannot be a hall's code: it stands in addresses, so it has no slash, and more than dots."""


class FloorNotFit(Refusal):
    """A hall is from 1 to {most} modules of 3 m wide and deep."""


class ObstaclesNotFit(Refusal):
    """Give obstacles as a list of x, y, width and depth in modules of 3 m, all on the floor, as in [[4, 2, 1, 1]]."""


class ExitsNotFit(Refusal):
    """Give exits as a list of x and y in modules of 3 m, along the edge of the floor, as in [[0, 4]]."""


class AreaOfOtherEdition(Refusal):
    """{area} is no exhibition area of {edition}; choose among its own."""


class ShowIsOver(Refusal):
    """The show ended on {last_day}, before today, {today}. Enter its phases yourself, or choose days in the future."""


class AreaMissing(Refusal):
    """Exhibitors apply to an exhibition area; name at least one."""


class SectorOfCode(Reason):
    """the sector {slug}"""

    slug: str


class AreaOfCode(Reason):
    """the area {slug}"""

    slug: str


class GiveCountryCode(Reason):
    """give its ISO 3166 code, as in GH for Ghana"""


class GiveCurrencyCode(Reason):
    """give its ISO 4217 code, as in GHS"""


class CodeNotFit(Refusal):
    """{code!r} cannot be a code of {what}: use lower-case letters, digits and single hyphens, and begin with a
    letter."""


class NamedTwice(Refusal):
    """{code!r} is named twice among the {what}; give each its own."""


class NotAColour(Refusal):
    """{colour!r} is not a colour; write six hexadecimal digits after a #, as in #0b6e6e."""


class TimeZoneNotKnown(Refusal):
    """{time_zone!r} is not a time zone; give its IANA name, as in Africa/Accra."""


class PhaseEndsFirst(Refusal):
    """A phase ends before it begins; choose a later day or hour for its end."""


class PhaseNotPlanned(Refusal):
    """The days on which {phase} have not been set for this edition."""


class PhaseNotOpen(Refusal):
    """This is too early: {phase} from {opens}."""


class PhaseOver(Refusal):
    """This is too late: {phase} until {closes}."""


def require_slug(slug: str) -> None:
    """Raises: SlugNotFit, SlugReserved."""
    if not _SLUG.fullmatch(slug):
        raise SlugNotFit(slug=slug)
    if slug in RESERVED:
        raise SlugReserved(slug=slug)


def require_languages(languages: object) -> None:
    """Raises: LanguagesNotKnown, also when one is named twice."""
    known = isinstance(languages, list) and languages and set(map(str, languages)) <= set(LANGUAGES)
    if not known or len(set(languages)) != len(languages):  # type: ignore[call-overload,arg-type]
        raise LanguagesNotKnown(known=", ".join(LANGUAGES))


def require_colour(colour: str) -> None:
    """Raises: NotAColour."""
    if not _COLOUR.fullmatch(colour):
        raise NotAColour(colour=colour)


def require_time_zone(time_zone: str) -> None:
    """Raises: TimeZoneNotKnown."""
    if time_zone not in available_timezones():
        raise TimeZoneNotKnown(time_zone=time_zone)


def require_days(first_day: date, last_day: date) -> None:
    """Raises: DaysNotInOrder, YearNotLikely, ShowTooLong."""
    if last_day < first_day:
        raise DaysNotInOrder(first_day=first_day, last_day=last_day)
    require_likely(first_day)
    require_likely(last_day)
    if last_day - first_day > LONGEST_SHOW:
        raise ShowTooLong(first_day=first_day, last_day=last_day)


def require_likely(day: date) -> None:
    """Refuse a day that is mistyped; days at the ends of the calendar have no moment in some time zones.

    Raises: YearNotLikely.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise YearNotLikely(day=day, first=FIRST_YEAR, last=LAST_YEAR)


def require_hall_code(code: str) -> None:
    """Raises: HallCodeNotFit."""
    if "/" in code or not code.strip("."):
        raise HallCodeNotFit(code=code)


def require_floor(width: int, depth: int, *, obstacles: object, exits: object) -> None:
    """Refuse a floor that no plan can show: lengths in modules, what stands on it as somebody typed it.

    Raises: FloorNotFit, ObstaclesNotFit, ExitsNotFit.
    """
    if not (1 <= width <= MOST_MODULES and 1 <= depth <= MOST_MODULES):
        raise FloorNotFit(most=MOST_MODULES)
    if not all(is_on_floor(*place, floor=(width, depth)) for place in _places(obstacles, 4, ObstaclesNotFit)):
        raise ObstaclesNotFit()
    if not all(is_at_wall(*place, floor=(width, depth)) for place in _places(exits, 2, ExitsNotFit)):
        raise ExitsNotFit()


def is_on_floor(x: int, y: int, width: int, depth: int, *, floor: tuple[int, int]) -> bool:
    """Whether an obstacle lies on a floor of so many modules in width and depth."""
    return x + width <= floor[0] and y + depth <= floor[1]


def is_at_wall(x: int, y: int, *, floor: tuple[int, int]) -> bool:
    """Whether a module of the floor lies at one of its walls."""
    return x < floor[0] and y < floor[1] and (x in (0, floor[0] - 1) or y in (0, floor[1] - 1))


def _places(typed: object, numbers: int, unfit: type[Refusal]) -> list[list[int]]:
    """A list of lists of so many whole numbers from 0. Raises ``unfit`` for everything else."""
    if not isinstance(typed, list):
        raise unfit()
    for place in typed:
        if not isinstance(place, list) or len(place) != numbers:
            raise unfit()
        if any(type(number) is not int or number < 0 for number in place):
            raise unfit()
    return typed


def require_hours(opens: time | None, closes: time | None) -> None:
    """The show's daily hours are both set, in order, or neither. Raises: HoursNotInOrder."""
    if (opens is None) != (closes is None) or (opens and closes and closes <= opens):
        raise HoursNotInOrder()


def require_chinese(what: Phrase | AreaOfCode | SectorOfCode, languages: Sequence[str], name_zh: str) -> None:
    """A Chinese name is needed where Chinese is among the fair's languages.

    Raises: ChineseNameMissing.
    """
    if CHINESE in languages and not name_zh:
        raise ChineseNameMissing(what=what)


def require_codes(codes: Sequence[str], what: Phrase) -> None:
    """Each code can stand in an address and is there once. Raises: CodeNotFit, NamedTwice."""
    for code in codes:
        if not _SLUG.fullmatch(code):
            raise CodeNotFit(code=code, what=what)
        if codes.count(code) > 1:
            raise NamedTwice(code=code, what=what)


def check_within(code: str, above: Mapping[str, str], fair: str) -> None:
    """A focus sector lies within a sector of its fair that lies within none; ``above`` is the parent of each, by code.

    Raises: SectorUnknown, SectorInItself.
    """
    parent = above[code]
    if parent and parent not in above:
        raise SectorUnknown(code=parent, fair=fair)
    if parent and (above[parent] or code in above.values()):
        raise SectorInItself(code=code, parent=parent)


def usual_phases(first_day: date, last_day: date, today: date) -> dict[str, tuple[datetime, datetime]]:
    """When what is done where the organiser sets nothing else: by kind, first and last minute on the venue's clocks.

    The time that is left until the show is shared out: applications may come in half of it, review and contracts
    follow, halls are allocated before the last tenth. On the first day to apply, today, everything may begin. The show
    itself is open from eight to six.

    Raises: DaysNotInOrder, ShowIsOver.
    """
    require_days(first_day, last_day)
    if last_day < today:
        raise ShowIsOver(last_day=last_day, today=today)
    left = max((first_day - today).days, 0)

    def until(share: float) -> datetime:
        return datetime.combine(today + timedelta(days=round(left * share)), time(23, 59))

    now, half = datetime.combine(today, time.min), datetime.combine(until(0.5), time.min)
    over = datetime.combine(last_day, time(23, 59))
    deals = datetime.combine(last_day + timedelta(days=DAYS_OF_DEALS), time(23, 59))
    return {
        "application": (now, until(0.5)),
        "review": (now, until(0.7)),
        "contract": (now, until(0.9)),
        "allocation": (now, until(0.9)),
        "registration": (now, over),
        "matching": (half, over),
        "meeting": (half, over),
        "show": (datetime.combine(first_day, time(8)), datetime.combine(last_day, time(18))),
        "deal": (datetime.combine(first_day, time.min), deals),
    }


@dataclass(frozen=True)
class Window:
    """From the moment ``opens`` to the moment before ``closes``; both aware of their time zone."""

    opens: datetime
    closes: datetime

    def holds(self, at: datetime) -> bool:
        """Whether ``at`` lies within the window; the moment at which it closes does not."""
        return self.opens <= at < self.closes


def require_window(window: Window) -> None:
    """Refuse a phase without length, or on days that are mistyped. Raises: PhaseEndsFirst, YearNotLikely."""
    if window.closes <= window.opens:
        raise PhaseEndsFirst()
    require_likely(window.opens.date())
    require_likely(window.closes.date())


def require_open(
    window: Window | None,
    at: datetime,
    *,
    phase: Phrase,
    early: type[Refusal] = PhaseNotOpen,
    late: type[Refusal] = PhaseOver,
) -> None:
    """Refuse an action before or after the deadlines of its phase.

    ``phase`` says it in words, as in ``exhibitors apply``.

    ``early`` and ``late`` are a room's own refusals; they are told ``phase``, and ``opens`` or ``closes``.

    Raises: PhaseNotPlanned when there is no window, ``early`` before it, ``late`` after it.
    """
    if window is None:
        raise PhaseNotPlanned(phase=phase)
    if at < window.opens:
        raise early(phase=phase, opens=window.opens)
    if not window.holds(at):
        raise late(phase=phase, closes=window.closes)
