"""The pictures of the office's first page: how the fair fills, beside the edition before.

They look a few minutes back: counting hundreds of thousands of registrations by day takes longer than a page may.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from emporion.domain.cache import Cache
from emporion.domain.desk.queries import progress
from emporion.domain.editions.models import Edition
from emporion.domain.meetings.queries import counts_of
from emporion.domain.staff.rules import HALLS, MEETINGS, REGISTRATION, REVIEWER, Held, may
from emporion.web.desk.pictures import Bar, Line, Part, bars, lines, rising
from emporion.web.shell.templatetags.fair import figure, words

MINUTES = 5


@dataclass(frozen=True)
class Picture:
    """A picture with its title and scope, and the same as rows of a table."""

    title: str
    scope: str
    drawing: SafeString
    headings: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]


_pictures: Cache[Picture | None] = Cache("pictures of the office", most=128)


def pictures_of(edition: Edition, held: Collection[Held], at: datetime) -> list[Picture]:
    """The pictures that the person's roles are about; those without anything to show are left out."""
    version = (at.date(), at.hour, at.minute // MINUTES)
    found = [
        _pictures.get((edition.pk, draw.__name__, get_language()), version, lambda: draw(edition))  # noqa: B023
        for roles, draw in PICTURES
        if may(held, roles, reading=True)
    ]
    return [picture for picture in found if picture is not None]


def applications(edition: Edition) -> Picture | None:
    """Applications handed in, added up."""
    return _over_time(edition, progress.applications_by_day, _("Applications handed in"))


def registrations(edition: Edition) -> Picture | None:
    """Registered visitors, added up."""
    return _over_time(edition, progress.registrations_by_day, _("Registered visitors"))


def space(edition: Edition) -> Picture | None:
    """Space by exhibition area: contracted, approved, under review."""
    found = progress.space_by_area(edition)
    if not any(one.total for one in found):
        return None
    shown = [
        Bar(
            words(one.area),
            [Part(one.contracted, "strong"), Part(one.approved, "mild"), Part(one.submitted, "faint")],
            f"{figure(one.contracted)} / {figure(one.total)} m²",
        )
        for one in found
    ]
    headings = (_("Exhibition area"), _("Contracted, m²"), _("Approved, m²"), _("Under review, m²"))
    rows = [(words(one.area), one.contracted, one.approved, one.submitted) for one in found]
    scope = _("contracted, approved, under review; from dark to light")
    return Picture(_("Space by exhibition area, m²"), scope, bars(shown), headings, rows)


def meetings(edition: Edition) -> Picture | None:
    """Meeting requests and what has come of them."""
    counts = counts_of(edition)
    rows = [
        (_("Awaiting an answer"), counts["pending"]), (_("Accepted"), counts["accepted"]),
        (_("In the draft"), counts["draft"]), (_("Published"), counts["published"]),
    ]  # fmt: skip
    if not any(count for _name, count in rows):
        return None
    shown = [Bar(name, [Part(count, "strong")], figure(count)) for name, count in rows]
    return Picture(_("Meetings"), _("requests and meetings of this edition"), bars(shown), (_("State"), _("Count")),
                   list(rows))  # fmt: skip


def _over_time(edition: Edition, count: Callable[[Edition], dict[int, int]], title: str) -> Picture | None:
    own, before = count(edition), progress.edition_before(edition)
    earlier = count(before) if before else {}
    if not own and not earlier:
        return None
    shown = [Line(f"{words(edition)} {figure(sum(own.values()))}", rising(own), True)]
    if before and earlier:
        shown.append(Line(f"{words(before)} {figure(sum(earlier.values()))}", rising(earlier), False))
    first, last = max((*own, *earlier)), min((*own, *earlier))
    headings = (_("Days before the show"), words(edition), words(before) if before else "–")
    # A row for each week is enough to read.
    weeks = range(first, last - 1, -7)
    rows: list[tuple[object, ...]] = [(day, _until(own, day), _until(earlier, day)) for day in weeks]
    scope = _("added up, by days before the first day of the show")
    return Picture(title, scope, lines(shown, _when(first + 1), _when(last)), headings, rows)


def _until(counted: dict[int, int], day: int) -> int:
    return sum(count for one, count in counted.items() if one >= day)


def _when(days: int) -> str:
    """A day by its distance from the first day of the show."""
    if days < 0:
        return ngettext("%(n)d day after it opened", "%(n)d days after it opened", -days) % {"n": -days}
    return ngettext("%(n)d day before the show", "%(n)d days before the show", days) % {"n": days}


PICTURES: tuple[tuple[tuple[str, ...], Callable[[Edition], Picture | None]], ...] = (
    ((REVIEWER, HALLS), applications),
    ((REVIEWER, HALLS), space),
    ((REGISTRATION,), registrations),
    ((MEETINGS,), meetings),
)
