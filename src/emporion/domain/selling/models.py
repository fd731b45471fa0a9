"""How an edition sells its stands: its rules, the state of each stand, who waits for which, and how they were drawn."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.reason import Reason, restored


class SaleRules(models.Model):
    """How the stands of an edition come to exhibitors. An edition without a row allocates them."""

    class Way(models.TextChoices):
        ALLOCATED = "allocated", "the organiser allocates"
        CHOSEN = "chosen", "exhibitors choose on the plan"
        DRAWN = "drawn", "ranked wishes are drawn"

    class Survivor(models.TextChoices):
        LOWEST = "lowest", "the lowest number"
        HIGHEST = "highest", "the highest number"
        LARGEST = "largest", "the number of the largest stand"

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="sale_rules")
    way = models.CharField(max_length=9, choices=Way.choices, default=Way.ALLOCATED)
    hold_minutes = models.PositiveSmallIntegerField(
        default=15, validators=[MinValueValidator(1), MaxValueValidator(24 * 60)]
    )
    offer_hours = models.PositiveSmallIntegerField(
        default=72, validators=[MinValueValidator(1), MaxValueValidator(60 * 24)]
    )
    returning_until = models.DateField(
        null=True, blank=True, help_text="wishes of returning exhibitors come first to this day's end, at the venue"
    )
    survivor = models.CharField(max_length=7, choices=Survivor.choices, default=Survivor.LOWEST)

    class Meta:
        verbose_name_plural = "sale rules"

    def __str__(self) -> str:
        return f"sale of {self.edition}"


class StandSale(models.Model):
    """A stand that is on sale, as it stands now: one row a stand, locked by whoever takes it.

    ``until``: when a hold or an offer ends by itself; a hold whose time is over is free, whether or not its row says
    so. ``renewed``: that the hold was renewed, which is done once. The journal has what was before.
    """

    class State(models.TextChoices):
        FREE = "free", "free"
        HELD = "held", "held"
        OFFERED = "offered", "offered"
        REQUESTED = "requested", "requested"
        CONFIRMED = "confirmed", "confirmed"

    stand = models.OneToOneField(Stand, primary_key=True, on_delete=models.CASCADE, related_name="sale")
    location = models.CharField(max_length=1, blank=True, help_text="the code of its class in the price list")
    state = models.CharField(max_length=9, choices=State.choices, default=State.FREE)
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="stand_sales"
    )
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    renewed = models.BooleanField(default=False)
    upper_deck_m2 = models.PositiveIntegerField(default=0, help_text="of a second floor, as it was requested")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=~models.Q(state="free"), name="one_stand_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(state="free", application=None, until=None)
                | models.Q(state__in=["held", "offered"], application__isnull=False, until__isnull=False)
                | models.Q(state="requested", application__isnull=False, until=None)
                | models.Q(state="confirmed", until=None),
                name="stand_sale_state_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stand}: {self.state}"


class Wish(models.Model):
    """That an applicant wants a stand: its place among the applicant's own wishes, and how it ended.

    Where stands are drawn these are the wishes, and everywhere the waiting list of a stand.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", "taken"
        DECLINED = "declined", "declined"
        LAPSED = "lapsed", "not answered in time"
        LEFT = "left", "taken back"
        PLACED = "placed", "another stand taken"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="stand_wishes")
    stand = models.ForeignKey(Stand, on_delete=models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField()
    made = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)

    class Meta:
        verbose_name_plural = "wishes"
        ordering = ["application", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stand"], condition=models.Q(ended=None), name="one_wish_per_stand"
            )
        ]
        indexes = [models.Index(fields=["stand"], condition=models.Q(ended=None), name="wishes_open")]

    def __str__(self) -> str:
        return f"{self.application} wants {self.stand}"


class Priority(models.Model):
    """Points that the office has given an applicant, beside those for the editions in which it exhibited."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="stand_priority")
    points = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(1000)])

    class Meta:
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return f"{self.points} points for {self.application}"


class Drawing(models.Model):
    """One drawing of an edition's stands by the wishes that were there."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="drawings")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"drawing of {self.edition}"


class DrawnPlace(models.Model):
    """An applicant's place in a drawing, with the reason for it, and the stand it got or why it got none.

    ``why`` and ``result`` are stored as ``domain.reason.stored`` writes them.
    """

    drawing = models.ForeignKey(Drawing, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveIntegerField()
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    stand_number = models.CharField(max_length=20, blank=True)
    why = models.JSONField()
    result = models.JSONField()

    class Meta:
        ordering = ["drawing", "position"]
        constraints = [models.UniqueConstraint(fields=["drawing", "position"], name="one_applicant_per_place")]

    def __str__(self) -> str:
        return f"{self.position}. {self.application}"

    @property
    def reason(self) -> Reason:
        """Why the applicant had its turn there."""
        return cast("Reason", restored(self.why))

    @property
    def outcome(self) -> Reason:
        """Which of its wishes it got, or why none."""
        return cast("Reason", restored(self.result))
