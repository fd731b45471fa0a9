"""What is asked of badges and entries: who came, how often, through which gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import TruncDate, TruncTime

from emporion.domain.admission.models import (
    Badge,
    BuildDays,
    Entry,
    MorePasses,
    PassBand,
    SigningKey,
    StaffMember,
)
from emporion.domain.admission.rules import Pass, badge_code, badge_text
from emporion.domain.admission.rules.staffing import CO_EXHIBITOR, STAFF, USUAL_BANDS, Band, quota_of
from emporion.domain.booths.models import Occupancy
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.visitors.models import Visitor


def public_key(edition: Edition) -> bytes:
    """The key by which gates tell a true badge. Raises ``SigningKey.DoesNotExist`` before the first badge."""
    return bytes(SigningKey.objects.get(edition=edition).public)


def badge_of(visitor: Visitor) -> Badge | None:
    """A visitor's badge, once it is made."""
    return Badge.objects.filter(visitor=visitor).first()


def code_of(badge: Badge) -> str:
    """What the QR code of a badge holds."""
    said = pass_of(badge.edition, badge.number, badge.kind, badge.first_day, badge.last_day)
    return badge_code(badge_text(said), bytes(badge.signature))


def pass_of(
    edition: Edition, number: str, kind: str, first_day: date | None = None, last_day: date | None = None
) -> Pass:
    """What a badge of ``edition`` says; it is valid on all days of the show unless it names others."""
    days = (first_day or edition.first_day, last_day or edition.last_day)
    return Pass(edition.fair.slug, edition.number, number, kind, *days)


@dataclass(frozen=True)
class StaffQuota:
    """How many passes an exhibitor has of a kind: by the net area of its stand, and those granted on request."""

    by_area: int
    granted: int

    @property
    def passes(self) -> int:
        return self.by_area + self.granted


def bands_of(edition: Edition) -> list[Band]:
    """How many passes the edition's stands get; what is usual until the organiser sets its own."""
    own = [Band(one.kind, one.from_m2, one.passes) for one in PassBand.objects.filter(edition=edition)]
    return own or list(USUAL_BANDS)


def build_days_of(edition: Edition) -> BuildDays | None:
    """The days of build-up and dismantling, once they are set."""
    return BuildDays.objects.filter(edition=edition).first()


def staff_quota(exhibitor: Exhibitor, kind: str) -> StaffQuota:
    """The quota of an exhibitor: a co-exhibitor's is its own, a main exhibitor's goes by the net area."""
    of_guest = exhibitor.main_id is not None and kind == STAFF
    area_m2 = _area_m2(exhibitor)
    by_area = quota_of(bands_of(exhibitor.edition), CO_EXHIBITOR if of_guest else kind, area_m2)
    more = MorePasses.objects.filter(exhibitor=exhibitor, kind=kind, decided__isnull=False)
    return StaffQuota(by_area, more.aggregate(sum=Sum("granted"))["sum"] or 0)


def _area_m2(exhibitor: Exhibitor) -> int:
    """The exhibitor's own share of its stand; what it has applied for while it has none."""
    occupancy = Occupancy.objects.filter(exhibitor=exhibitor).select_related("stand").first()
    if occupancy is None:
        return exhibitor.application.area_m2
    return occupancy.area_m2 or (0 if exhibitor.main_id else occupancy.stand.area_m2)


def staff_of(exhibitor: Exhibitor) -> QuerySet[StaffMember]:
    """The people whom an exhibitor has registered, with their passes."""
    return StaffMember.objects.filter(exhibitor=exhibitor).prefetch_related("badges").order_by("id")


def requests_for_passes(edition: Edition) -> QuerySet[MorePasses]:
    """The requests for more passes that wait for the organiser, the oldest first."""
    found = MorePasses.objects.filter(exhibitor__edition=edition, decided=None)
    return found.select_related("exhibitor__organisation", "exhibitor__application", "exhibitor__edition")


def open_request(exhibitor: Exhibitor, kind: str) -> MorePasses | None:
    """What an exhibitor has asked for and the organiser has not decided."""
    return MorePasses.objects.filter(exhibitor=exhibitor, kind=kind, decided=None).first()


def visits(edition: Edition) -> QuerySet[Entry]:
    """The entries that are counted: of visitors' badges, within the show's daily hours where the edition has them.

    Passes of exhibitors, the press, the organiser's staff and service firms are not among them. What happened stays:
    whoever came before the registration was cancelled or rejected did come.
    """
    return in_hours(Entry.objects.filter(badge__edition=edition, badge__kind=Badge.Kind.VISITOR), edition)


def in_hours(entries: QuerySet[Entry], edition: Edition) -> QuerySet[Entry]:
    """The entries within the daily hours, both ends included, in the venue's time; all where no hours are set."""
    if edition.opens_daily is None or edition.closes_daily is None:
        return entries
    with_hour = entries.annotate(hour=TruncTime("at", tzinfo=edition.zone))
    return with_hour.filter(hour__gte=edition.opens_daily, hour__lte=edition.closes_daily)


def came(edition: Edition, visitor: str) -> Exists:
    """Whether the visitor at ``visitor`` (a key of the outer query) has an entry that is counted."""
    return Exists(visits(edition).filter(badge__visitor=OuterRef(visitor)))


def visitors_present(edition: Edition) -> QuerySet[Visitor]:
    """The visitors who came: those with at least one entry, each once."""
    return Visitor.objects.filter(edition=edition, badge__in=visits(edition).values("badge"))


def visits_by_day(edition: Edition) -> dict[date, int]:
    """How many entries of visitors each day had, in the venue's time."""
    by_day = visits(edition).annotate(day=TruncDate("at", tzinfo=edition.zone))
    rows = by_day.values_list("day").annotate(n=Count("scan"))
    return dict(rows.order_by("day"))
