"""Meeting requests and their answers, slots, the timetable."""

from __future__ import annotations

from django.db import models

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.visitors.models import Visitor


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
        return f"{self.starts:%d %b %H:%M}"


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
        return f"timetable of {self.edition_id}"


class MeetingRequest(models.Model):
    """One side's wish to meet the other. A pending request blocks nothing."""

    class Wish(models.TextChoices):
        MUST = "must", "must meet"
        LIKE = "like", "would like to meet"

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
    asked = models.DateTimeField()
    answered = models.DateTimeField(null=True, blank=True)
    unplaced_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visitor", "exhibitor"], name="already_asked_to_meet")]
        indexes = [models.Index(fields=["edition", "state"])]

    def __str__(self) -> str:
        return f"{self.visitor} and {self.exhibitor}"


class Meeting(models.Model):
    """An accepted request with its slot. The place is the exhibitor's stand."""

    request = models.OneToOneField(MeetingRequest, on_delete=models.CASCADE, related_name="meeting")
    run = models.ForeignKey(TimetableRun, on_delete=models.PROTECT, related_name="meetings")
    slot = models.ForeignKey(MeetingSlot, on_delete=models.PROTECT, related_name="meetings")
    published = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.request} at {self.slot}"
