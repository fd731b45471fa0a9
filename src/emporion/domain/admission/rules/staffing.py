"""How many of an exhibitor's people get a pass, and when those who build the stand do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from emporion.domain.refusal import Refusal

STAFF, CO_EXHIBITOR, BUILDER = "staff", "co_exhibitor", "builder"
LONGEST_NAME = 150
LONGEST_FUNCTION = 100
MOST_MORE = 200


class StaffNameNeeded(Refusal):
    """Write the person's name as it stands in the passport or on the identity card."""


class StaffTextTooLong(Refusal):
    """Use at most {longest} characters; yours has {length}."""


class StaffKnown(Refusal):
    """{name} is registered already."""


class QuotaUsedUp(Refusal):
    """All {quota} passes are taken. Remove somebody, or ask the organiser for more."""


class DesignNotApproved(Refusal):
    """Builders get passes when the stand's design is approved."""


class NothingToBuild(Refusal):
    """The organiser builds standard booths; passes for builders are for special-built stands."""


class BuildDaysNotSet(Refusal):
    """The organiser has not set the days of build-up and dismantling yet; passes for builders follow then."""


class MorePassesOutOfRange(Refusal):
    """Ask for 1 to {most} more passes, not {passes}."""


class MorePassesReasonNeeded(Refusal):
    """Say what the additional people do; the organiser decides by it."""


class MorePassesDecided(Refusal):
    """This request has been decided already."""


class BuildDaysOutOfOrder(Refusal):
    """Build-up comes before the show begins on {first_day}, and dismantling on its last day, {last_day}, or later."""


class Band(NamedTuple):
    """From how many square metres on how many passes of a kind are given."""

    kind: str
    from_m2: int
    passes: int


# What holds until the organiser sets its own.
USUAL_BANDS = (
    Band(STAFF, 0, 3), Band(STAFF, 12, 5), Band(STAFF, 31, 8), Band(STAFF, 61, 12), Band(STAFF, 101, 20),
    Band(STAFF, 301, 40), Band(CO_EXHIBITOR, 0, 3), Band(BUILDER, 0, 10), Band(BUILDER, 101, 20),
    Band(BUILDER, 301, 40),
)  # fmt: skip


def quota_of(bands: Iterable[Band], kind: str, area_m2: int) -> int:
    """How many passes of a kind a stand of that net area gets; none below the smallest band."""
    reached = [band for band in bands if band.kind == kind and band.from_m2 <= area_m2]
    return max(reached, key=lambda band: band.from_m2).passes if reached else 0


def require_person(name: str, function: str, *, known: bool) -> None:
    """Raises: StaffNameNeeded, StaffTextTooLong, StaffKnown."""
    if not name:
        raise StaffNameNeeded()
    for text, longest in ((name, LONGEST_NAME), (function, LONGEST_FUNCTION)):
        if len(text) > longest:
            raise StaffTextTooLong(longest=longest, length=len(text))
    if known:
        raise StaffKnown(name=name)


def require_place(registered: int, quota: int) -> None:
    """Raises: QuotaUsedUp."""
    if registered >= quota:
        raise QuotaUsedUp(quota=quota)


def require_builder(*, builds: bool, approved: bool, days_set: bool) -> None:
    """Raises: NothingToBuild, DesignNotApproved, BuildDaysNotSet."""
    if not builds:
        raise NothingToBuild()
    if not approved:
        raise DesignNotApproved()
    if not days_set:
        raise BuildDaysNotSet()


def require_more(passes: int, reason: str) -> None:
    """Raises: MorePassesOutOfRange, MorePassesReasonNeeded, StaffTextTooLong."""
    if not 1 <= passes <= MOST_MORE:
        raise MorePassesOutOfRange(most=MOST_MORE, passes=passes)
    if not reason:
        raise MorePassesReasonNeeded()
    if len(reason) > 500:
        raise StaffTextTooLong(longest=500, length=len(reason))


def require_build_days(build_up: tuple[date, date], dismantling: tuple[date, date], show: tuple[date, date]) -> None:
    """Raises: BuildDaysOutOfOrder."""
    (first, last), (begins, ends) = build_up, dismantling
    if not first <= last < show[0] or not show[1] <= begins <= ends:
        raise BuildDaysOutOfOrder(first_day=show[0], last_day=show[1])
