"""Badges, gates and scans."""

from __future__ import annotations

from django.db import models

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.reason import ProperName
from emporion.domain.visitors.models import Visitor

# Kinds of pass for those who are there to work: the press, the organiser's staff, service firms.
WORKING = ("press", "organiser", "contractor")


class SigningKey(models.Model):
    """The edition's key with which badges are signed (Ed25519, raw bytes)."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="signing_key")
    private = models.BinaryField()
    public = models.BinaryField()

    def __str__(self) -> str:
        return f"key of {self.edition}"


class Badge(models.Model):
    """A signed pass for one person: a visitor, one of an exhibitor's staff, or one who is there to work.

    Only a visitor's badge makes a visitor; every other kind lets its holder in and is never counted as one.
    """

    class Kind(models.TextChoices):
        VISITOR = "visitor", "visitor"
        EXHIBITOR = "exhibitor", "exhibitor's staff"
        PRESS = "press", "press"
        ORGANISER = "organiser", "organiser's staff"
        CONTRACTOR = "contractor", "service firm"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="badges", db_index=False)
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    visitor = models.OneToOneField(Visitor, null=True, blank=True, on_delete=models.CASCADE, related_name="badge")
    exhibitor = models.ForeignKey(
        Exhibitor, null=True, blank=True, on_delete=models.CASCADE, related_name="badges", db_index=False
    )
    holder = models.CharField(max_length=150)
    firm = models.CharField(max_length=200, blank=True, default="", db_default="", help_text="of those who work there")
    signature = models.BinaryField(help_text="Ed25519 signature over the badge's text")
    issued = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_badge_per_number"),
            models.CheckConstraint(
                condition=models.Q(kind="visitor", visitor__isnull=False, exhibitor__isnull=True)
                | models.Q(kind="exhibitor", visitor__isnull=True, exhibitor__isnull=False)
                | models.Q(kind__in=WORKING, visitor__isnull=True, exhibitor__isnull=True),
                name="only_a_visitors_badge_is_a_visitor",
            ),
            models.UniqueConstraint(
                fields=["edition", "kind", "firm", "holder"],
                condition=models.Q(kind__in=WORKING),
                name="one_pass_per_worker",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def proper_name(self) -> ProperName:
        """The holder's name, and a visitor's name in Latin letters where one is given."""
        return ProperName(self.visitor.name_latin if self.visitor else "", self.holder, is_person=True)


class Entry(models.Model):
    """One admitted scan of a badge at a gate. ``scan`` is the scan's own id: uploading it twice changes nothing."""

    scan = models.UUIDField(primary_key=True)
    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, related_name="entries")
    gate = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.badge_id} at {self.gate}"
