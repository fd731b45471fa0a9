"""Stands in halls, free booths for least developed countries, and the runs that allocate."""

from __future__ import annotations

from typing import cast
from uuid import uuid4

from django.conf import settings
from django.db import models

from emporion.domain.booths.construction import ConstructionRules
from emporion.domain.editions.models import Edition, ExhibitionArea, Hall
from emporion.domain.editions.rules.floors import Shape, polygon, rectangle
from emporion.domain.exhibitors.models import Exhibitor, Pavilion
from emporion.domain.reason import Reason, restored
from emporion.domain.reference.models import Country


class AllocationRun(models.Model):
    """One run of the optimiser over an edition's halls."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="allocation_runs")
    finished = models.DateTimeField()
    seed = models.BigIntegerField()
    objective = models.FloatField()
    bound = models.FloatField()
    stopped = models.CharField(max_length=200)
    aisles = models.JSONField(default=dict, help_text="by hall code: [x, y, width, depth] in metres")
    places = models.JSONField(default=dict, help_text="by hall code: [kind, x, y, width, depth] in metres")
    area_parts = models.JSONField(default=dict, help_text="by hall code: in how many parts each area's stands lie")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"allocation of {self.edition}"


class AllocationDraft(models.Model):
    """A plan of an edition's halls that waits to be published or dropped; nobody else sees it.

    ``plan`` holds the answer of the optimiser, with the numbers of its stands and the exhibitors on each, by request;
    ``asked`` is a digest of what was asked for, so that a plan of other contracts is not published.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="allocation_draft")
    made = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    plan = models.JSONField()
    asked = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"draft of the halls of {self.edition}"


class ConstructionRule(models.Model):
    """An edition's rules of construction, with where they stand."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="construction_rule")
    height_m = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    decks = models.PositiveSmallIntegerField(null=True, blank=True)
    single_on_main = models.BooleanField(default=False)
    open_faces = models.PositiveSmallIntegerField(default=0)
    main_aisle_m = models.FloatField(default=6.0)
    fire_lane_m = models.FloatField(default=0.0)
    source = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"rules of construction of {self.edition}"

    @property
    def rules(self) -> ConstructionRules:
        """The rules as they are held against a stand."""
        return ConstructionRules(
            self.height_m, self.decks, self.single_on_main, self.open_faces, self.main_aisle_m, self.fire_lane_m
        )


class Stand(models.Model):
    """A stand on a hall's floor, in metres from the hall's north-west corner. One stand may serve many exhibitors.

    ``key`` stays when the number changes. ``corners`` are the points of a stand that is no rectangle along the walls;
    x, y, width and depth are then those of the rectangle around it.
    """

    class Kind(models.TextChoices):
        STANDARD = "standard", "standard booth"
        SPECIAL = "special", "special-built booth"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="stands")
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="stands")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, help_text="unique in the edition, as 4.1-A012")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    x = models.FloatField()
    y = models.FloatField()
    width = models.FloatField()
    depth = models.FloatField()
    corners = models.JSONField(default=list, blank=True, editable=False)
    area_m2 = models.PositiveIntegerField(help_text="net area")
    open_sides = models.PositiveSmallIntegerField()
    free = models.BooleanField(default=False, help_text="granted free of charge")
    locked = models.BooleanField(default=False, help_text="stays where it is when halls are allocated again")
    pavilion = models.ForeignKey(Pavilion, null=True, blank=True, on_delete=models.SET_NULL, related_name="stands")
    area = models.ForeignKey(ExhibitionArea, on_delete=models.PROTECT, related_name="stands")

    class Meta:
        ordering = ["edition", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_stand_per_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def shape(self) -> Shape:
        """The polygon of its floor."""
        return polygon(self.corners) if self.corners else rectangle(self.x, self.y, self.width, self.depth)


class Occupancy(models.Model):
    """That an exhibitor or co-exhibitor shows on a stand. ``area_m2`` is its share of the net area, 0 for a guest."""

    stand = models.ForeignKey(Stand, on_delete=models.CASCADE, related_name="occupancies")
    exhibitor = models.OneToOneField(Exhibitor, on_delete=models.CASCADE, related_name="occupancy")
    area_m2 = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "occupancies"

    def __str__(self) -> str:
        return f"{self.exhibitor} on {self.stand}"


class FreeBoothGrant(models.Model):
    """That an exhibitor from a least developed country has been granted a free booth, on a day."""

    exhibitor = models.OneToOneField(Exhibitor, on_delete=models.CASCADE, related_name="free_booth")
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    granted = models.DateField()
    area_m2 = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"free booth for {self.exhibitor}"


class Unplaced(models.Model):
    """An exhibitor for whom a run found no place; ``reason`` is stored as ``domain.reason.stored`` writes it."""

    run = models.ForeignKey(AllocationRun, on_delete=models.CASCADE, related_name="unplaced")
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE)
    reason = models.JSONField()

    def __str__(self) -> str:
        return f"{self.exhibitor}: {self.why}"

    @property
    def why(self) -> Reason | str:
        """The reason; the English sentence where the run was made before reasons were stored."""
        return cast("Reason | str", restored(self.reason))
