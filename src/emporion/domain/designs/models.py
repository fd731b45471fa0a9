"""Designs of special-built stands: versions, drawings, comments at places, the decision; and who builds."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from emporion.domain.booths.construction import Built
from emporion.domain.designs.rules import APPROVED, CHANGES, LONGEST_TEXT, REJECTED, SUBMITTED
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.stored_files import StoredFile


class StandDesign(models.Model):
    """The design of an exhibitor's stand. ``due``: until when a changed one is to be handed in."""

    class State(models.TextChoices):
        SUBMITTED = SUBMITTED, "handed in"
        APPROVED = APPROVED, "approved"
        CHANGES = CHANGES, "to be changed"
        REJECTED = REJECTED, "rejected"

    exhibitor = models.OneToOneField(Exhibitor, on_delete=models.CASCADE, related_name="design")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED)
    version = models.PositiveSmallIntegerField(default=0, help_text="the number of the newest")
    handed_in = models.DateTimeField()
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True, max_length=LONGEST_TEXT)
    due = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "handed_in"])]

    def __str__(self) -> str:
        return f"design of {self.exhibitor}"


class DesignVersion(models.Model):
    """What was handed in at one time, with the height in metres, decks and unobstructed sides that it declares."""

    design = models.ForeignKey(StandDesign, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True, max_length=LONGEST_TEXT)
    height_m = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    decks = models.PositiveSmallIntegerField(null=True, blank=True)
    open_faces = models.PositiveSmallIntegerField(null=True, blank=True)
    handed_in = models.DateTimeField()
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["design", "-number"]
        constraints = [models.UniqueConstraint(fields=["design", "number"], name="one_design_version_per_number")]

    def __str__(self) -> str:
        return f"{self.design}, version {self.number}"

    @property
    def built(self) -> Built:
        """What it declares, as the rules of construction see it."""
        return Built(self.height_m, self.decks, self.open_faces)


class DesignFile(StoredFile):
    """A drawing of a version."""

    version = models.ForeignKey(DesignVersion, on_delete=models.CASCADE, related_name="files")

    class Meta:
        ordering = ["version", "id"]


class DesignComment(models.Model):
    """What somebody says of a place on a drawing: ``x`` across and ``y`` down, in per cent of the page."""

    file = models.ForeignKey(DesignFile, on_delete=models.CASCADE, related_name="comments")
    page = models.PositiveSmallIntegerField(default=1)
    x = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    y = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    text = models.TextField(max_length=LONGEST_TEXT)
    of_office = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["file", "id"]

    def __str__(self) -> str:
        return self.text


class Contractor(models.Model):
    """Somebody of the firm that builds an exhibitor's stand: they see its design, and nothing else of the exhibitor."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="contractors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contracts_to_build")
    engaged = models.DateTimeField()

    class Meta:
        ordering = ["exhibitor", "id"]
        constraints = [models.UniqueConstraint(fields=["exhibitor", "user"], name="one_contractor_per_person")]

    def __str__(self) -> str:
        return f"{self.user} builds for {self.exhibitor}"
