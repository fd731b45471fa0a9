"""What names a fair and its places, and what an edition's calendar allows: each action has a phase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from emporion.domain.refusal import Refusal

ENGLISH, CHINESE = "en", "zh-hans"
LANGUAGES = (ENGLISH, CHINESE)
# First parts of addresses that belong to the installation and to no fair.
RESERVED = frozenset(
    [
        "accounts",
        "admin",
        "api",
        "assets",
        "bulletin",
        "calendar",
        "editions",
        "en",
        "exhibitors",
        "fairs",
        "favicon",
        "halls",
        "health",
        "i18n",
        "jobs",
        "language",
        "market",
        "media",
        "meetings",
        "my",
        "new",
        "office",
        "products",
        "programme",
        "records",
        "robots",
        "sheets",
        "search",
        "signin",
        "signout",
        "signup",
        "static",
        "visitors",
        "well-known",
        "zh",
        "zh-hans",
    ]
)
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class NoSuchFair(Refusal):
    """There is no fair {slug!r}. Known: {known}."""


class NoFair(Refusal):
    """There is no fair yet; create one with `emporion fair create`, or make the demonstration with `emporion demo`."""


class WhichFair(Refusal):
    """There are several fairs: {known}. Name one with --fair."""


class NoSuchEdition(Refusal):
    """There is no edition {number} of {fair}."""


class NoCurrentEdition(Refusal):
    """No edition of {fair} is current; mark one as the current edition first."""


class SlugNotFit(Refusal):
    """{slug!r} cannot stand in an address: use small letters, digits and single hyphens, and begin with a letter."""


class SlugReserved(Refusal):
    """{slug!r} is an address of the installation itself; choose another name for the fair's addresses."""


class LanguagesNotKnown(Refusal):
    """A fair's languages are a list of one or both of {known}; the first is the default."""


class NotAColour(Refusal):
    """{colour!r} is not a colour; write six hexadecimal digits after a #, as in #0b6e6e."""


class TimeZoneNotKnown(Refusal):
    """{time_zone!r} is not a time zone; give its IANA name, as in Africa/Accra."""


class PhaseNotPlanned(Refusal):
    """The days on which {phase} have not been set for this edition."""


class PhaseNotOpen(Refusal):
    """This is too early: {phase} from {opens}."""


class PhaseOver(Refusal):
    """This is too late: {phase} until {closes}."""


def check_slug(slug: str) -> None:
    """Raises: SlugNotFit, SlugReserved."""
    if not _SLUG.fullmatch(slug):
        raise SlugNotFit(slug=slug)
    if slug in RESERVED:
        raise SlugReserved(slug=slug)


def check_languages(languages: object) -> None:
    """Raises: LanguagesNotKnown, also when one is named twice."""
    known = isinstance(languages, list) and languages and set(map(str, languages)) <= set(LANGUAGES)
    if not known or len(set(languages)) != len(languages):  # type: ignore[call-overload,arg-type]
        raise LanguagesNotKnown(known=", ".join(LANGUAGES))


def check_colour(colour: str) -> None:
    """Raises: NotAColour."""
    if not _COLOUR.fullmatch(colour):
        raise NotAColour(colour=colour)


def check_time_zone(time_zone: str) -> None:
    """Raises: TimeZoneNotKnown."""
    if time_zone not in available_timezones():
        raise TimeZoneNotKnown(time_zone=time_zone)


@dataclass(frozen=True)
class Window:
    """From the moment ``opens`` to the moment before ``closes``; both aware of their time zone."""

    opens: datetime
    closes: datetime

    def holds(self, at: datetime) -> bool:
        """Whether ``at`` lies within the window; the moment at which it closes does not."""
        return self.opens <= at < self.closes


def check_open(
    window: Window | None,
    at: datetime,
    *,
    phase: str,
    early: type[Refusal] = PhaseNotOpen,
    late: type[Refusal] = PhaseOver,
) -> None:
    """Refuse a action outside its phase. ``phase`` says it in words, as in ``exhibitors apply``.

    ``early`` and ``late`` are a room's own refusals; they are told ``phase``, and ``opens`` or ``closes``.

    Raises: PhaseNotPlanned when there is no window, ``early`` before it, ``late`` after it.
    """
    if window is None:
        raise PhaseNotPlanned(phase=phase)
    if at < window.opens:
        raise early(phase=phase, opens=window.opens)
    if not window.holds(at):
        raise late(phase=phase, closes=window.closes)
