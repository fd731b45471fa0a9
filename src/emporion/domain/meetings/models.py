"""Meeting requests and their answers, slots, the timetable."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from emporion.domain.editions.models import Edition, Hall
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.visitors.models import Delegation, Visitor


class MeetingSlot(models.Model):
    """A time at which meetings may be held, numbered from 0 over the whole show."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="meeting_slots")
    number = models.PositiveSmallIntegerField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        ordering = ["edition", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_slot_per_number")]

    def __str__(self) -> str:
        return f"{self.local_start:%d %b %H:%M}"

    @property
    def local_start(self) -> datetime:
        """When it starts by the venue's clocks."""
        return self.starts.astimezone(self.edition.zone)

    @property
    def local_end(self) -> datetime:
        """When it ends by the venue's clocks."""
        return self.ends.astimezone(self.edition.zone)


class TimetableRun(models.Model):
    """One run of the scheduling kernel over an edition's accepted requests."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="timetable_runs")
    finished = models.DateTimeField()
    seed = models.BigIntegerField()
    method = models.CharField(max_length=60)
    accepted = models.PositiveIntegerField()
    placed = models.PositiveIntegerField()
    bound = models.FloatField()
    stopped = models.CharField(max_length=200)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"timetable of {self.edition}"


class MeetingRequest(models.Model):
    """One side's wish to meet the other. A pending request blocks nothing."""

    class Wish(models.TextChoices):
        MUST = "must", "must meet"
        LIKE = "like", "would like to meet"
        NO = "no", "does not want to meet"

    class State(models.TextChoices):
        PENDING = "pending", "awaits an answer"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        CANCELLED = "cancelled", "cancelled"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="meeting_requests")
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="meeting_requests")
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="meeting_requests")
    by_exhibitor = models.BooleanField(default=False)
    wish = models.CharField(max_length=6, choices=Wish.choices, default=Wish.LIKE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    requested = models.DateTimeField()
    answered = models.DateTimeField(null=True, blank=True)
    unplaced = models.JSONField(null=True, blank=True, help_text="why the last timetable has no slot for it")
    agreed_slot = models.ForeignKey(
        MeetingSlot,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agreed",
        help_text="the time one side proposed; once accepted, the meeting is held then or not at all",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visitor", "exhibitor"], name="already_asked_to_meet")]
        indexes = [models.Index(fields=["edition", "state"])]

    def __str__(self) -> str:
        return f"{self.visitor} and {self.exhibitor}"


class Meeting(models.Model):
    """An accepted request with its slot. The place is the exhibitor's stand.

    A published meeting keeps its slot but for a replan; one the organiser has pinned keeps it always.
    """

    class Outcome(models.TextChoices):
        UNKNOWN = "", "not told yet"
        HELD = "held", "held"
        VISITOR_MISSED = "visitor", "the visitor did not come"
        EXHIBITOR_MISSED = "exhibitor", "nobody was at the stand"

    request = models.OneToOneField(MeetingRequest, on_delete=models.CASCADE, related_name="meeting")
    run = models.ForeignKey(TimetableRun, on_delete=models.PROTECT, related_name="meetings")
    slot = models.ForeignKey(MeetingSlot, on_delete=models.PROTECT, related_name="meetings")
    published = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False, db_default=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="", db_default="")
    outcome_note = models.CharField(max_length=500, blank=True, default="", db_default="")

    def __str__(self) -> str:
        return f"{self.request} at {self.slot}"


class OneSide(models.Model):
    """Something that one visitor or one exhibitor has."""

    visitor = models.OneToOneField(Visitor, null=True, blank=True, on_delete=models.CASCADE)
    exhibitor = models.OneToOneField(Exhibitor, null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(visitor__isnull=False, exhibitor__isnull=True)
                | Q(visitor__isnull=True, exhibitor__isnull=False),
                name="%(class)s_is_of_one_side",
            )
        ]


class Presence(OneSide):
    """When somebody cannot meet, and how much they can. Who has none is free in all slots, within the usual limits."""

    away = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, help_text="numbers of slots")
    daily_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    hosts = models.PositiveSmallIntegerField(null=True, blank=True, help_text="meetings at the stand side by side")

    def __str__(self) -> str:
        return f"{self.visitor or self.exhibitor}: away in {len(self.away)} slots"


class CalendarLink(OneSide):
    """The private address of somebody's calendar; whoever has it reads it, until it is revoked."""

    token = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.visitor or self.exhibitor}"


class DelegationLink(models.Model):
    """The private address of a delegation's sheets, which the office gives its leader, until it is revoked."""

    delegation = models.OneToOneField(Delegation, on_delete=models.CASCADE, related_name="link")
    token = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()

    def __str__(self) -> str:
        return f"sheets of {self.delegation}"


class HallClosure(models.Model):
    """A hall in which nobody meets from one slot to another, both included."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="meeting_closures")
    first = models.ForeignKey(MeetingSlot, on_delete=models.CASCADE, related_name="+")
    last = models.ForeignKey(MeetingSlot, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.hall} closed from {self.first} to {self.last}"


class TimetableChange(models.Model):
    """A published meeting that a replan moved, lost or added. Both sides are told in the same transaction."""

    class Kind(models.TextChoices):
        MOVED = "moved", "moved"
        PLACED = "placed", "new"
        LOST = "lost", "lost its slot"

    run = models.ForeignKey(TimetableRun, on_delete=models.CASCADE, related_name="changes")
    request = models.ForeignKey(MeetingRequest, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.ForeignKey(MeetingSlot, null=True, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(MeetingSlot, null=True, on_delete=models.PROTECT, related_name="+")
    forced = models.BooleanField(help_text="its published slot did not hold any more")
    cause = models.JSONField(null=True, help_text="what took its published slot, by code and facts")
    no_other = models.JSONField(null=True, help_text="why a meeting that lost its slot found no other")

    def __str__(self) -> str:
        return f"{self.request} {self.kind}"
